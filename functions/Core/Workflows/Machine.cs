using Interop.Core.Json;

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
    public static Transition Step(Workflow workflow, RunState state, RunEvent happened) => Transition.Refused(state, "not-built", "The machine is not built yet.");
}
