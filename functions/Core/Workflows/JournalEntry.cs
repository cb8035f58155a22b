using System.Collections.Frozen;
using Interop.Core.Json;

namespace Interop.Core.Workflows;

/// <summary>What a journal entry tells.</summary>
public enum JournalKind
{
    /// <summary>The run began; detail: its input.</summary>
    RunStarted,

    /// <summary>A task began; detail: its transformed input.</summary>
    TaskStarted,

    /// <summary>A task was left out because its <c>if</c> was false.</summary>
    TaskSkipped,

    /// <summary>A task ended; detail: its transformed output.</summary>
    TaskCompleted,

    /// <summary>A task was stopped: another branch won, its time was over, or the run was cancelled.</summary>
    TaskCancelled,

    /// <summary>A task raised an error; detail: the error.</summary>
    TaskFaulted,

    /// <summary>A try caught an error and will try again; detail: attempt, due and error.</summary>
    TaskRetried,

    /// <summary>A try caught an error and handles it; detail: the error.</summary>
    ErrorCaught,

    /// <summary>An effect was asked for; detail: what it asks.</summary>
    EffectRequested,

    /// <summary>An effect was done; detail: its output.</summary>
    EffectDone,

    /// <summary>An effect failed; detail: the error.</summary>
    EffectFailed,

    /// <summary>An effect is no longer wanted.</summary>
    EffectCancelled,

    /// <summary>A listen began; detail: the event types it wants.</summary>
    ListenStarted,

    /// <summary>A listen has what it listened for; detail: the correlation keys that events set.</summary>
    ListenCompleted,

    /// <summary>A listen took an event; detail: the event.</summary>
    EventTaken,

    /// <summary>An event is kept for a later listen; detail: the event.</summary>
    EventKept,

    /// <summary>The run ended well; detail: its output.</summary>
    RunCompleted,

    /// <summary>The run ended with an error nothing caught; detail: the error.</summary>
    RunFaulted,

    /// <summary>The run was suspended.</summary>
    RunSuspended,

    /// <summary>The run was resumed.</summary>
    RunResumed,

    /// <summary>The run was cancelled.</summary>
    RunCancelled,

    /// <summary>A faulted run was taken up again at the task that failed; detail: the input given in the place of the task's own, if one was.</summary>
    RunRetried,

    /// <summary>The run went over to another version of its workflow; detail: from and to.</summary>
    RunMoved,
}

/// <summary>One line of a run's history.</summary>
/// <param name="Sequence">Counts the entries of the run from 1; the same at every replay.</param>
/// <param name="At">The time of the event that led to it.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Task">The JSON Pointer of the task; empty for the run itself.</param>
/// <param name="EffectId">The effect it tells of, if any.</param>
/// <param name="Detail">See <see cref="JournalKind"/>. May hold personal data.</param>
public sealed record JournalEntry(long Sequence, DateTimeOffset At, JournalKind Kind, string Task, EffectId? EffectId, JsonValue Detail)
{
    static readonly FrozenDictionary<JournalKind, string> Names = Enum.GetValues<JournalKind>().ToFrozenDictionary(kind => kind, Kebab);

    /// <summary>The kind as it is stored and shown: kebab case, such as <c>task-started</c>.</summary>
    public string KindName => Names[Kind];

    static string Kebab(JournalKind kind) =>
        string.Concat(kind.ToString().Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
