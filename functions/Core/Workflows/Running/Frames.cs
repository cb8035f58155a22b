using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>What every task goes through: input, condition, time limit, its own work, output, export, and where to go on.</summary>
static class Frames
{
    public static Advance<Frame> Begin(Turn turn, TaskDefinition task, JsonValue rawInput, Scope scope)
    {
        var view = new View(task, rawInput, rawInput, turn.At);
        if (!turn.MayBegin())
            return Fault(turn, view, new WorkflowError(WorkflowError.Runtime, 500, "Too many tasks", $"More than {Turn.MostTasks} tasks began in one step. Let the loop wait for something."));
        if (task.Basics.InputFrom is { } from)
        {
            if (turn.Evaluate(from, rawInput, view, scope, out var input) is { } wrong) return Fault(turn, view, wrong);
            view = view with { Input = input };
        }

        if (turn.Test(task.Basics.If, view.Input, view, scope, out var runs) is { } untestable) return Fault(turn, view, untestable);
        if (!runs)
        {
            turn.Note(JournalKind.TaskSkipped, task.Pointer, JsonValue.Null);
            return new Ended<Frame>(rawInput, Flow.Continue);
        }

        if (task.Pointer.Length > 0) turn.Note(JournalKind.TaskStarted, task.Pointer, view.Input);
        PendingTimer? timeout = null;
        if (task.Basics.Timeout is { } limit)
        {
            if (turn.Length(limit, view, scope, out var length) is { } wrong) return Fault(turn, view, wrong);
            timeout = turn.Timer(task.Pointer, length);
        }

        return Settle(turn, view, timeout, Bodies.Begin(turn, view, scope), scope);
    }

    /// <summary>Tells a frame what happened; the same frame comes back if it was not meant.</summary>
    public static Advance<Frame> Resume(Turn turn, Frame frame, Happening happening, Scope scope)
    {
        var task = turn.Workflow.Tasks[frame.Task];
        var view = new View(task, frame.RawInput, frame.Input, frame.StartedAt);
        if (happening is Answer answer && answer.Effect == frame.Timeout?.Effect)
        {
            turn.Taken = true;
            turn.Cancel(frame.Task, frame.Work);
            return Fault(turn, view, new WorkflowError(WorkflowError.Timeout, 408, "Timed out", $"The task \"{task.Basics.Name}\" took longer than it may."));
        }

        var advance = Bodies.Resume(turn, view, frame.Work, happening, scope);
        return advance is Going<Work> going && ReferenceEquals(going.State, frame.Work) ? new Going<Frame>(frame) : Settle(turn, view, frame.Timeout, advance, scope);
    }

    static Advance<Frame> Settle(Turn turn, View view, PendingTimer? timeout, Advance<Work> advance, Scope scope)
    {
        if (advance is Going<Work> going) return new Going<Frame>(new Frame(view.Task.Pointer, view.RawInput, view.Input, view.StartedAt, timeout, going.State));
        if (timeout is not null) turn.Cancel(view.Task.Pointer, timeout.Effect, true);
        if (advance is Failed<Work> failed) return Fault(turn, view, failed.Error);
        var ended = (Ended<Work>)advance;
        if (Shape(turn, view, scope, view.Task.Basics.OutputAs, view.Task.Basics.ExportAs, ended.Output, out var output) is { } wrong) return Fault(turn, view, wrong);
        if (view.Task.Pointer.Length > 0) turn.Note(JournalKind.TaskCompleted, view.Task.Pointer, output);
        return new Ended<Frame>(output, ended.Flow ?? view.Task.Basics.Then);
    }

    /// <summary>Applies <c>output.as</c> and <c>export.as</c>.</summary>
    public static WorkflowError? Shape(Turn turn, View view, Scope scope, Template? outputAs, Template? exportAs, JsonValue raw, out JsonValue output)
    {
        output = raw;
        if (outputAs is not null && turn.Evaluate(outputAs, raw, view, scope, out output, raw) is { } wrong) return wrong;
        if (exportAs is null) return null;
        if (turn.Evaluate(exportAs, output, view, scope, out var context, output) is { } unexportable) return unexportable;
        turn.Context = context;
        return null;
    }

    static Failed<Frame> Fault(Turn turn, View view, WorkflowError error)
    {
        var placed = error.Instance.Length > 0 ? error : error with { Instance = view.Task.Pointer };
        turn.Note(JournalKind.TaskFaulted, view.Task.Pointer, placed.ToJson());
        return new Failed<Frame>(placed);
    }
}
