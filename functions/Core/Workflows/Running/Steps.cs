using Interop.Core.Json;

namespace Interop.Core.Workflows.Running;

/// <summary>What each event does to a run that it fits.</summary>
static class Steps
{
    static readonly string[] Needed = ["id", "source", "type"];

    public static Transition Start(Workflow workflow, RunState state, Started started)
    {
        var begun = state with { Status = RunStatus.Waiting, StartedAt = started.At, Input = started.Input };
        var turn = new Turn(workflow, begun, started.At);
        turn.Note(JournalKind.RunStarted, "", started.Input);
        return Close(turn, Frames.Begin(turn, workflow.Main, started.Input, Scope.Outermost));
    }

    public static Transition Answer(Workflow workflow, RunState state, DateTimeOffset at, EffectId id, JsonValue output, WorkflowError? error)
    {
        if (id.Run != state.Id || !WaitsFor(state, id)) return UnknownEffect(state, id);
        var turn = new Turn(workflow, state, at);
        var task = state.Waiting.First(waiting => waiting.Effect == id).Task;
        turn.Note(error is null ? JournalKind.EffectDone : JournalKind.EffectFailed, task, id, error?.ToJson() ?? output);
        return Close(turn, Frames.Resume(turn, state.Root!, new Answer(id.Sequence, output, error), Scope.Outermost));
    }

    public static Transition Arrive(Workflow workflow, RunState state, EventArrived arrived)
    {
        if (Unfit(state, arrived.CloudEvent) is { } refusal) return refusal;
        var turn = new Turn(workflow, state, arrived.At);
        var advance = Frames.Resume(turn, state.Root!, new Arrival(arrived.CloudEvent), Scope.Outermost);
        if (turn.Taken) return Close(turn, advance);
        if (Keepable(workflow, state, arrived.CloudEvent) is { } unkept) return unkept;
        turn = new Turn(workflow, state, arrived.At);
        turn.Note(JournalKind.EventKept, "", arrived.CloudEvent);
        turn.Inbox = turn.Inbox.Add(arrived.CloudEvent);
        return turn.End(before => before);
    }

    public static Transition Suspend(Workflow workflow, RunState state, Suspended suspended)
    {
        var turn = new Turn(workflow, state, suspended.At);
        turn.Note(JournalKind.RunSuspended, "", JsonValue.Null);
        return turn.End(before => before with { Status = RunStatus.Suspended });
    }

    /// <summary>Keeps what happens while suspended, if it would fit.</summary>
    public static Transition Hold(Workflow workflow, RunState state, RunEvent happened)
    {
        var refusal = happened switch
        {
            EffectDone done when !WaitsFor(state, done.Id) || IsHeld(state, done.Id) => UnknownEffect(state, done.Id),
            EffectFailed failed when !WaitsFor(state, failed.Id) || IsHeld(state, failed.Id) => UnknownEffect(state, failed.Id),
            EventArrived arrived => Unfit(state, arrived.CloudEvent) ?? Keepable(workflow, state, arrived.CloudEvent),
            _ => null,
        };
        return refusal ?? new Transition(state with { Held = state.Held.Add(happened) }, [], []);
    }

    /// <summary>Takes what was held, in order, as if it happened now; what no longer fits (a timer cancelled by what came before it) is dropped.</summary>
    public static Transition Resume(Workflow workflow, RunState state, Resumed resumed)
    {
        var turn = new Turn(workflow, state, resumed.At);
        turn.Note(JournalKind.RunResumed, "", JsonValue.Null);
        var so = turn.End(before => before with { Status = RunStatus.Waiting, Held = [] });
        foreach (var held in state.Held)
        {
            var next = Machine.Step(workflow, so.State, held with { At = resumed.At });
            if (next.Refusal is null) so = new Transition(next.State, so.Effects.AddRange(next.Effects), so.Journal.AddRange(next.Journal));
        }

        return so;
    }

    /// <summary>Takes a faulted run up where it stood: what failed begins anew, and so does what was stopped for it.</summary>
    public static Transition Retry(Workflow workflow, RunState state, Retried retried)
    {
        if (state.FailedAt is not { } place) return Transition.Refused(state, "no-place", "Where the run failed is not known any more: its data was removed, or it failed under an earlier release. Start it again with rerun.");
        var turn = new Turn(workflow, state, retried.At);
        turn.Note(JournalKind.RunRetried, Cause(place) ?? "", retried.Input ?? JsonValue.Null);
        return Close(turn, Frames.Resume(turn, place, new Again(retried.Input), Scope.Outermost));
    }

    static string? Cause(Frame frame) => frame.Work is Broken { IsCause: true } ? frame.Task : Pending.Children(frame.Work).Select(Cause).FirstOrDefault(found => found is not null);

    public static Transition Cancel(Workflow workflow, RunState state, Cancelled cancelled)
    {
        var turn = new Turn(workflow, state, cancelled.At);
        if (state.Root is { } root) turn.Cancel(root);
        turn.Note(JournalKind.RunCancelled, "", JsonValue.Null);
        turn.Inbox = [];
        return turn.End(before => before with { Status = RunStatus.Cancelled, Root = null, Held = [] });
    }

    static Transition Close(Turn turn, Advance<Frame> advance)
    {
        if (advance is Going<Frame> going) return turn.End(before => before with { Status = RunStatus.Waiting, Root = going.State, Error = null, FailedAt = null });
        if (advance is Failed<Frame> failed)
        {
            // What was kept for a later listen is needed if the run is taken up again.
            turn.Note(JournalKind.RunFaulted, "", failed.Error.ToJson());
            return turn.End(before => before with { Status = RunStatus.Faulted, Error = failed.Error, Root = null, FailedAt = failed.At });
        }

        turn.Inbox = [];
        var output = ((Ended<Frame>)advance).Output;
        turn.Note(JournalKind.RunCompleted, "", output);
        return turn.End(before => before with { Status = RunStatus.Completed, Output = output, Root = null, Error = null, FailedAt = null });
    }

    static Transition? Unfit(RunState state, JsonValue cloudEvent)
    {
        var missing = Needed.Where(name => cloudEvent[name].StringOrNull is not { Length: > 0 }).ToArray();
        if (missing.Length > 0)
            return Transition.Refused(state, "not-an-event", $"A CloudEvent needs texts that are not empty for {string.Join(", ", missing)}.");
        return Kept(state).Any(kept => kept["id"] == cloudEvent["id"] && kept["source"] == cloudEvent["source"])
            ? Transition.Refused(state, "duplicate-event", $"The event {cloudEvent["id"].AsString()} of {cloudEvent["source"].AsString()} is kept already.")
            : null;
    }

    static Transition? Keepable(Workflow workflow, RunState state, JsonValue cloudEvent)
    {
        if (!workflow.Listens.Any(listen => listen.CouldTake(cloudEvent)))
            return Transition.Refused(state, "no-listener", $"No listen of {workflow.Reference} takes an event like this one of type {cloudEvent["type"].AsString()}.");
        return Kept(state).Count() >= RunState.InboxLimit
            ? Transition.Refused(state, "inbox-full", $"{RunState.InboxLimit} events wait for a listen already. Give this one again when the run has gone on.")
            : null;
    }

    static IEnumerable<JsonValue> Kept(RunState state) => state.Inbox.Concat(state.Held.OfType<EventArrived>().Select(held => held.CloudEvent));

    static bool IsHeld(RunState state, EffectId id) => state.Held.Any(held => held is EffectDone done ? done.Id == id : held is EffectFailed failed && failed.Id == id);

    static bool WaitsFor(RunState state, EffectId id) => state.Waiting.Any(waiting => waiting.Effect == id);

    static Transition UnknownEffect(RunState state, EffectId id) =>
        Transition.Refused(state, "unknown-effect", $"The run does not wait for the effect {id}: it was never asked for, was answered already, or is no longer wanted.");
}
