using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>Raises errors.</summary>
static class Raises
{
    public static Advance<Work> Begin(Turn turn, RaiseTask task, View view, Scope scope)
    {
        if (turn.Evaluate(task.Error, view.Input, view, scope, out var value) is { } wrong) return new Failed<Work>(wrong);
        var error = WorkflowError.FromJson(value);
        return new Failed<Work>(error.Instance.Length > 0 ? error : error with { Instance = task.Pointer });
    }
}

/// <summary>Emits events.</summary>
static class Emits
{
    public static Advance<Work> Begin(Turn turn, EmitTask task, View view, Scope scope)
    {
        if (turn.Evaluate(task.With, view.Input, view, scope, out var with) is { } wrong) return new Failed<Work>(wrong);
        if (with["type"].StringOrNull is not { Length: > 0 } || with["source"].StringOrNull is not { Length: > 0 })
            return new Failed<Work>(new WorkflowError(WorkflowError.Configuration, 400, "Wrong event", "\"type\" and \"source\" of an event must be texts that are not empty."));
        var emitted = JsonValue.Null;
        turn.Request(task.Pointer, id =>
        {
            emitted = JsonValue.Of(("specversion", "1.0"), ("id", id.ToString()), ("time", Turn.Rfc3339(turn.At)));
            emitted = with.Members.Aggregate(emitted, (so, member) => so.With(member.Key, member.Value));
            return new Effect.Emit(id, task.Pointer, emitted);
        });
        return new Ended<Work>(emitted);
    }
}
