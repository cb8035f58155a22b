namespace Interop.Core.Workflows;

/// <summary>One thing a run waits for, for display.</summary>
/// <param name="Task">The JSON Pointer of the task that waits.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Effect">The effect whose answer it waits for; null for a listen.</param>
/// <param name="What">The function, the due time (RFC 3339) or the event types, separated by a comma.</param>
public sealed record Waiting(string Task, WaitingKind Kind, EffectId? Effect, string What);

/// <summary>Kinds of <see cref="Waiting"/>.</summary>
public enum WaitingKind
{
    /// <summary>The answer of a call.</summary>
    Call,

    /// <summary>A <c>wait</c>.</summary>
    Timer,

    /// <summary>The next attempt of a try.</summary>
    Retry,

    /// <summary>The end of the time a task may take.</summary>
    Timeout,

    /// <summary>An event.</summary>
    Event,
}
