using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>Runs the tasks of a list. It ends with the flow <see cref="Flow.Exit"/> or <see cref="Flow.End"/> if a task said so, else with none.</summary>
static class Sequence
{
    public static Advance<Listed> Begin(Turn turn, TaskList list, JsonValue input, Scope scope) => From(turn, list, 0, input, scope);

    public static Advance<Listed> Resume(Turn turn, TaskList list, Listed listed, Happening happening, Scope scope) => Frames.Resume(turn, listed.Child, happening, scope) switch
    {
        Going<Frame> going when ReferenceEquals(going.State, listed.Child) => new Going<Listed>(listed),
        Going<Frame> going => new Going<Listed>(listed with { Child = going.State }),
        Failed<Frame> failed => new Failed<Listed>(failed.Error, failed.At is { } child ? listed with { Child = child } : null),
        Ended<Frame> ended => After(turn, list, listed.At, ended, scope),
        _ => throw new InvalidOperationException("Unknown advance."),
    };

    static Advance<Listed> After(Turn turn, TaskList list, int at, Ended<Frame> ended, Scope scope) =>
        Next(list, at, ended.Flow) is { } next ? From(turn, list, next, ended.Output, scope) : new Ended<Listed>(ended.Output, ended.Flow);

    static Advance<Listed> From(Turn turn, TaskList list, int at, JsonValue input, Scope scope)
    {
        while (at < list.Count)
        {
            switch (Frames.Begin(turn, list.Tasks[at], input, scope))
            {
                case Going<Frame> going: return new Going<Listed>(new Listed(at, going.State));
                case Failed<Frame> failed: return new Failed<Listed>(failed.Error, failed.At is { } child ? new Listed(at, child) : null);
                case Ended<Frame> ended when Next(list, at, ended.Flow) is { } next: (at, input) = (next, ended.Output); break;
                case Ended<Frame> ended: return new Ended<Listed>(ended.Output, ended.Flow);
            }
        }

        return new Ended<Listed>(input);
    }

    static int? Next(TaskList list, int at, Flow? flow) => flow?.Kind switch
    {
        FlowKind.Exit or FlowKind.End => null,
        FlowKind.To => list.IndexOf(flow.Target),
        _ => at + 1,
    };
}
