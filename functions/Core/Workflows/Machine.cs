using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows.Running;

namespace Interop.Core.Workflows;

/// <summary>Runs workflows: a pure function of the state and what happened. Total: what does not fit is a <see cref="Transition.Refusal"/>, never an exception.</summary>
public static class Machine
{
    /// <summary>The state of a new run, before it has begun.</summary>
    public static RunState Create(Workflow workflow, RunId id) => new(id, workflow.Reference);

    /// <summary>A new run and its first step; the same as <see cref="Create"/> and a <see cref="Step"/> with <see cref="Started"/>.</summary>
    /// <param name="workflow">The definition, to which the run is pinned.</param>
    /// <param name="id">The run.</param>
    /// <param name="input">The workflow's input; for a run started by an event, an array of that one CloudEvent.</param>
    /// <param name="at">Now.</param>
    public static Transition Start(Workflow workflow, RunId id, JsonValue input, DateTimeOffset at) => Step(workflow, Create(workflow, id), new Started(at, input));

    /// <summary>Takes a run one step on: until everything in it waits for something.</summary>
    public static Transition Step(Workflow workflow, RunState state, RunEvent happened)
    {
        if (state.Workflow != workflow.Reference || ((state.Root ?? state.FailedAt) is { } root && !Bodies.Fits(workflow, root)))
            return Transition.Refused(state, "other-version", $"The run is pinned to {state.Workflow} and cannot go on with {workflow.Reference}. Give the definition it started with.");
        return (state.Status, happened) switch
        {
            (RunStatus.Faulted, Retried retried) => Steps.Retry(workflow, state, retried),
            (_, Retried) when state.Status is not RunStatus.Faulted => Transition.Refused(state, "not-faulted", $"The run is {Word(state.Status)}. Only a run that failed can be taken up again; start another from the beginning with rerun."),
            (RunStatus.Completed or RunStatus.Faulted or RunStatus.Cancelled, _) => Transition.Refused(state, "finished", $"The run is {Word(state.Status)}: nothing can happen to it."),
            (_, Cancelled cancelled) => Steps.Cancel(workflow, state, cancelled),
            (RunStatus.Pending, Started started) => Steps.Start(workflow, state, started),
            (RunStatus.Pending, _) => Transition.Refused(state, "not-started", "The run has not begun. Start it first."),
            (_, Started) => Transition.Refused(state, "already-started", "The run has begun already."),
            (RunStatus.Suspended, Suspended) => Transition.Refused(state, "already-suspended", "The run is suspended already."),
            (RunStatus.Suspended, Resumed resumed) => Steps.Resume(workflow, state, resumed),
            (RunStatus.Suspended, _) => Steps.Hold(workflow, state, happened),
            (_, Suspended suspended) => Steps.Suspend(workflow, state, suspended),
            (_, Resumed) => Transition.Refused(state, "not-suspended", "The run is not suspended."),
            (_, EventArrived arrived) => Steps.Arrive(workflow, state, arrived),
            (_, EffectDone done) => Steps.Answer(workflow, state, done.At, done.Id, done.Output, null),
            (_, EffectFailed failed) => Steps.Answer(workflow, state, failed.At, failed.Id, JsonValue.Null, failed.Error),
            _ => throw new InvalidOperationException($"Unknown event {happened.GetType()}."),
        };
    }

    static string Word(RunStatus status) => status switch
    {
        RunStatus.Completed => "completed",
        RunStatus.Faulted => "faulted",
        RunStatus.Cancelled => "cancelled",
        RunStatus.Suspended => "suspended",
        RunStatus.Waiting => "waiting",
        _ => "not begun",
    };
}
