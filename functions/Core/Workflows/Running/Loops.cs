using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>Loops over data. The output of one round is the input of the next; <c>then: exit</c> in the body leaves the loop.</summary>
static class Loops
{
    public static Advance<Work> Begin(Turn turn, ForTask task, View view, Scope scope)
    {
        var items = task.In.Evaluate(view.Input, turn.Variables(view, scope));
        if (!items.Succeeded) return new Failed<Work>(new WorkflowError(WorkflowError.Expression, 400, "An expression failed", items.Problems[0].Message));
        return items.Value.Kind switch
        {
            JsonKind.Null => new Ended<Work>(view.Input),
            JsonKind.Array => Rounds(turn, task, view, items.Value, 0, view.Input, scope),
            var kind => new Failed<Work>(new WorkflowError(WorkflowError.Expression, 400, "Not a list", $"\"in\" of the task \"{task.Basics.Name}\" must give an array, but gave {kind}.")),
        };
    }

    public static Advance<Work> Resume(Turn turn, ForTask task, View view, Looping looping, Happening happening, Scope scope)
    {
        var advance = Sequence.Resume(turn, task.Body, looping.Body, happening, Inside(task, looping.Items, looping.At, scope));
        return Bodies.Same(looping, looping.Body, advance, body => looping with { Body = body }, other => other switch
        {
            Ended<Listed> { Flow: null } ended => Rounds(turn, task, view, looping.Items, looping.At + 1, ended.Output, scope),
            _ => Bodies.Leave(other, body => looping with { Body = body }),
        });
    }

    static Advance<Work> Rounds(Turn turn, ForTask task, View view, JsonValue items, int at, JsonValue data, Scope scope)
    {
        for (; at < items.Count; at++)
        {
            var (round, inside) = (at, Inside(task, items, at, scope));
            if (turn.Test(task.While, data, view, inside, out var goesOn) is { } wrong) return new Failed<Work>(wrong);
            if (!goesOn) break;
            switch (Sequence.Begin(turn, task.Body, data, inside))
            {
                case Going<Listed> going: return new Going<Work>(new Looping(items, at, going.State));
                case Ended<Listed> { Flow: null } ended: data = ended.Output; break;
                case var other: return Bodies.Leave(other, body => new Looping(items, round, body));
            }
        }

        return new Ended<Work>(data);
    }

    static Scope Inside(ForTask task, JsonValue items, int at, Scope scope) => scope.With(task.Each, items[at]).With(task.At, at);
}
