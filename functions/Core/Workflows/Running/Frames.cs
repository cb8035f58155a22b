using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>What every task goes through: input, condition, time limit, its own work, output, export, and where to go on.</summary>
static class Frames
{
    const int MostProblems = 5;

    public static Advance<Frame> Begin(Turn turn, TaskDefinition task, JsonValue rawInput, Scope scope)
    {
        var view = new View(task, rawInput, rawInput, turn.At);
        if (!turn.MayBegin())
            return Fault(turn, view, new WorkflowError(WorkflowError.Runtime, 500, "Too many tasks", $"More than {Turn.MostTasks} tasks began in one step. Let the loop wait for something."));
        if (turn.Test(task.Basics.If, rawInput, view, scope, out var runs) is { } untestable) return Fault(turn, view, untestable);
        if (!runs)
        {
            turn.Note(JournalKind.TaskSkipped, task.Pointer, JsonValue.Null);
            return new Ended<Frame>(rawInput, Flow.Continue);
        }

        if (Misfit(task.Basics.Input?.Schema, rawInput, "input") is { } unfit) return Fault(turn, view, unfit);
        if (task.Basics.Input?.By is { } from)
        {
            if (turn.Evaluate(from, rawInput, view, scope, out var input) is { } wrong) return Fault(turn, view, wrong);
            view = view with { Input = input };
        }

        if (task.Pointer.Length > 0) turn.Note(JournalKind.TaskStarted, task.Pointer, view.Input);
        PendingTimer? timeout = null;
        if (task.Basics.Timeout is { } limit)
        {
            if (turn.Length(limit, view, scope, out var length) is { } wrong) return Fault(turn, view, wrong);
            timeout = turn.Timer(task.Pointer, length);
        }

        return Settle(turn, view, timeout, Extensions.Begin(turn, view, scope), scope);
    }

    /// <summary>Tells a frame what happened; the same frame comes back if it was not meant.</summary>
    public static Advance<Frame> Resume(Turn turn, Frame frame, Happening happening, Scope scope)
    {
        var task = turn.Workflow.Tasks[frame.Task];
        var view = new View(task, frame.RawInput, frame.Input, frame.StartedAt);
        if (happening is Again again)
        {
            if (frame.Work is Broken broken)
            {
                turn.Taken = true;
                return Begin(turn, task, broken.IsCause && again.Input is { } given ? given : frame.RawInput, scope);
            }

            // The time that the task may take begins anew.
            if (task.Basics.Timeout is { } limit)
            {
                if (turn.Length(limit, view, scope, out var length) is { } wrong) return Fault(turn, view, wrong, frame.Work);
                frame = frame with { Timeout = turn.Timer(task.Pointer, length) };
            }
        }

        if (happening is Answer answer && answer.Effect == frame.Timeout?.Effect)
        {
            turn.Taken = true;
            turn.Cancel(frame.Task, frame.Work);
            return Fault(turn, view, new WorkflowError(WorkflowError.Timeout, 408, "Timed out", $"The task \"{task.Basics.Name}\" took longer than it may."));
        }

        var advance = frame.Work is Extending extending ? Extensions.Resume(turn, view, extending, happening, scope) : Bodies.Resume(turn, view, frame.Work, happening, scope);
        return advance is Going<Work> going && ReferenceEquals(going.State, frame.Work) ? new Going<Frame>(frame) : Settle(turn, view, frame.Timeout, advance, scope);
    }

    static Advance<Frame> Settle(Turn turn, View view, PendingTimer? timeout, Advance<Work> advance, Scope scope)
    {
        // An error of output.as or export.as, or of an extension afterwards, is one of the task, too.
        if (advance is Ended<Work> { IsShaped: false } body)
        {
            advance = Shape(turn, view, scope, view.Task.Basics.Output, view.Task.Basics.Export, body.Output, out var output) is { } wrong
                ? new Failed<Work>(wrong)
                : Extensions.After(turn, view, body with { Output = output, IsShaped = true }, scope);
        }

        if (advance is Going<Work> going) return new Going<Frame>(new Frame(view.Task.Pointer, view.RawInput, view.Input, view.StartedAt, timeout, going.State));
        if (timeout is not null) turn.Cancel(view.Task.Pointer, timeout.Effect, true);
        if (advance is Failed<Work> failed) return Fault(turn, view, failed.Error, failed.At);
        var ended = (Ended<Work>)advance;
        if (view.Task.Pointer.Length > 0) turn.Note(JournalKind.TaskCompleted, view.Task.Pointer, ended.Output);
        return new Ended<Frame>(ended.Output, ended.Flow ?? view.Task.Basics.Then);
    }

    /// <summary>Applies <c>output</c> and <c>export</c>.</summary>
    public static WorkflowError? Shape(Turn turn, View view, Scope scope, Filter? outputs, Filter? exports, JsonValue raw, out JsonValue output)
    {
        output = raw;
        view = view with { RawOutput = raw };
        if (outputs?.By is { } outputAs && turn.Evaluate(outputAs, raw, view, scope, out output, raw) is { } wrong) return wrong;
        if (Misfit(outputs?.Schema, output, "output") is { } unfit) return unfit;
        if (exports?.By is { } exportAs)
        {
            if (turn.Evaluate(exportAs, output, view, scope, out var context, output) is { } unexportable) return unexportable;
            turn.Context = context;
        }

        return Misfit(exports?.Schema, turn.Context, "context");
    }

    static WorkflowError? Misfit(Schema? schema, JsonValue value, string what)
    {
        if (schema?.Validate(value) is not { IsEmpty: false } problems) return null;
        var shown = problems.Take(MostProblems).Select(problem => $"{(problem.Path.Length == 0 ? "" : problem.Path + ": ")}{problem.Message}");
        return new WorkflowError(WorkflowError.Validation, 400, $"The {what} does not fit its schema", string.Join(" ", shown));
    }

    static Failed<Frame> Fault(Turn turn, View view, WorkflowError error, Work? at = null)
    {
        var placed = error.Instance.Length > 0 ? error : error with { Instance = view.Task.Pointer };
        turn.Note(JournalKind.TaskFaulted, view.Task.Pointer, placed.ToJson());
        return new Failed<Frame>(placed, new Frame(view.Task.Pointer, view.RawInput, view.Input, view.StartedAt, null, at ?? new Broken(true)));
    }
}
