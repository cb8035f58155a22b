using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>
/// Runs the tasks that extensions put before and after others. They see the extended task as <c>$task</c>, and what they give is dropped,
/// so that they cannot disturb the data; but <c>then: exit</c> before a task puts their output in the place of the task's own.
/// </summary>
static class Extensions
{
    public static Advance<Work> Begin(Turn turn, View view, Scope scope) => Before(turn, view, 0, scope);

    /// <summary>Goes on once the task has ended and its output is shaped.</summary>
    public static Advance<Work> After(Turn turn, View view, Ended<Work> ended, Scope scope) => Afterwards(turn, view, 0, ended.Output, ended.Flow, scope);

    public static Advance<Work> Resume(Turn turn, View view, Extending extending, Happening happening, Scope scope)
    {
        var extension = turn.Workflow.Extensions[extending.At];
        var list = extending.IsAfter ? extension.After : extension.Before;
        return Bodies.Same(extending, extending.Body, Sequence.Resume(turn, list, extending.Body, happening, Inside(turn, view, extending.Output, scope)), body => extending with { Body = body },
            advance => extending.IsAfter ? Afterwards(turn, view, extending, advance, scope) : Before(turn, view, extending.At, advance, scope));
    }

    static Advance<Work> Before(Turn turn, View view, int from, Scope scope)
    {
        if (Next(turn, view, from, extension => extension.Before, JsonValue.Null, scope, out var at) is { } wrong) return new Failed<Work>(wrong);
        if (at is not { } found) return Bodies.Begin(turn, view, scope);
        var advance = Sequence.Begin(turn, turn.Workflow.Extensions[found].Before, view.Input, Inside(turn, view, JsonValue.Null, scope));
        return advance is Going<Listed> going ? new Going<Work>(new Extending(found, false, JsonValue.Null, null, going.State)) : Before(turn, view, found, advance, scope);
    }

    static Advance<Work> Before(Turn turn, View view, int at, Advance<Listed> advance, Scope scope) => advance switch
    {
        Ended<Listed> { Flow: null } => Before(turn, view, at + 1, scope),
        Ended<Listed> ended => new Ended<Work>(ended.Output, Bodies.EndOnly(ended.Flow)),
        _ => advance.Around<Work>(body => new Extending(at, false, JsonValue.Null, null, body)),
    };

    static Advance<Work> Afterwards(Turn turn, View view, int from, JsonValue output, Flow? flow, Scope scope)
    {
        if (Next(turn, view, from, extension => extension.After, output, scope, out var at) is { } wrong) return new Failed<Work>(wrong);
        if (at is not { } found) return new Ended<Work>(output, flow, IsShaped: true);
        var advance = Sequence.Begin(turn, turn.Workflow.Extensions[found].After, output, Inside(turn, view, output, scope));
        var extending = new Extending(found, true, output, flow, null!);
        return advance is Going<Listed> going ? new Going<Work>(extending with { Body = going.State }) : Afterwards(turn, view, extending, advance, scope);
    }

    static Advance<Work> Afterwards(Turn turn, View view, Extending extending, Advance<Listed> advance, Scope scope) => advance switch
    {
        Ended<Listed> { Flow.Kind: FlowKind.End } => new Ended<Work>(extending.Output, Flow.End, IsShaped: true),
        Ended<Listed> => Afterwards(turn, view, extending.At + 1, extending.Output, extending.Flow, scope),
        _ => advance.Around<Work>(body => extending with { Body = body }),
    };

    // The next extension that is for this task and has something to do there.
    static WorkflowError? Next(Turn turn, View view, int from, Func<Extension, TaskList> list, JsonValue output, Scope scope, out int? found)
    {
        found = null;
        if (view.Task.Pointer.Length == 0) return null;
        for (var at = from; at < turn.Workflow.Extensions.Length; at++)
        {
            var extension = turn.Workflow.Extensions[at];
            if (list(extension).Count == 0 || !Extends(extension, view.Task, scope.IsExtension)) continue;
            if (turn.Test(extension.When, view.Input, view, Inside(turn, view, output, scope), out var holds) is { } wrong) return wrong;
            if (!holds) continue;
            found = at;
            return null;
        }

        return null;
    }

    static bool Extends(Extension extension, TaskDefinition task, bool isExtension) =>
        isExtension ? extension.Extends == "extension" : extension.Extends == "all" || extension.Extends == KindOf(task);

    static string KindOf(TaskDefinition task) => task switch
    {
        DoTask or ForkTask => "composite",
        CallTask or RemoteTask or CallOwnTask => "call",
        EmitTask => "emit",
        ForTask => "for",
        ListenTask => "listen",
        RaiseTask => "raise",
        RunWorkflowTask => "run",
        SetTask => "set",
        SwitchTask => "switch",
        TryTask => "try",
        WaitTask => "wait",
        _ => "",
    };

    // Conditions are often written against the definition's own members, such as $task.with.endpoint.
    static Scope Inside(Turn turn, View view, JsonValue output, Scope scope)
    {
        var described = turn.Describe(view with { RawOutput = output }).Members.Aggregate(view.Task.Basics.Source, (so, member) => so.With(member.Key, member.Value));
        return scope.OfFunction().With("task", described) with { IsExtension = true };
    }
}
