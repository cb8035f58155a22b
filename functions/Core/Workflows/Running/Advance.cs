using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>What came of carrying on with something: it goes on, has ended, or failed.</summary>
abstract record Advance<T>
{
    /// <summary>The same for the thing around: a new state if this goes on, the rest as it is.</summary>
    public Advance<TOther> Around<TOther>(Func<T, TOther> state) => this switch
    {
        Going<T> going => new Going<TOther>(state(going.State)),
        Ended<T> ended => new Ended<TOther>(ended.Output, ended.Flow, ended.IsShaped),
        Failed<T> failed => new Failed<TOther>(failed.Error, failed.At is null ? default : state(failed.At)),
        _ => throw new InvalidOperationException($"Unknown advance {GetType()}."),
    };
}

/// <summary>It waits for something.</summary>
sealed record Going<T>(T State) : Advance<T>;

/// <summary>It has ended. For the body of a task, <see cref="Flow.Continue"/> leaves the way on to the task's own <c>then</c>.</summary>
/// <param name="Output">What it gives.</param>
/// <param name="Flow">Where to go on.</param>
/// <param name="IsShaped">Whether the task's <c>output.as</c> has been applied.</param>
sealed record Ended<T>(JsonValue Output, Flow? Flow = null, bool IsShaped = false) : Advance<T>;

/// <summary>It failed, and waits for nothing any more.</summary>
/// <param name="Error">Why.</param>
/// <param name="At">Where it stood, with <see cref="Broken"/> in the place of what failed; null if it is to be taken up from its beginning.</param>
sealed record Failed<T>(WorkflowError Error, T? At = default) : Advance<T>;

/// <summary>What is told to the frames of a run.</summary>
abstract record Happening;

/// <summary>An effect was done, or failed with an error.</summary>
sealed record Answer(long Effect, JsonValue Output, WorkflowError? Error) : Happening;

/// <summary>What is broken is taken up again; with an input in the place of its own if one is given.</summary>
sealed record Again(JsonValue? Input) : Happening;

/// <summary>An event arrived.</summary>
sealed record Arrival(JsonValue CloudEvent) : Happening;
