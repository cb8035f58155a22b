using System.Collections.Immutable;
using Interop.Platform.Runs;
using Interop.Platform.Storage;

namespace Interop.Platform.Work;

/// <summary>A due row, or that of an unfinished message: something that must still be done. The row itself is the durable promise; this is only its address.</summary>
/// <param name="Partition">The row's partition.</param>
/// <param name="Key">The row's key.</param>
/// <param name="IsFresh">True only when the row was committed by this process and has never been tried: then nothing can have got through before.</param>
public sealed record WorkItem(string Partition, string Key, bool IsFresh)
{
    /// <summary>Whether it is a row of a run's partition.</summary>
    public bool IsOfRun => PartitionKey.Split(Partition) is [_, RunKeys.PartitionPart, _];
}

/// <summary>How work ended.</summary>
public abstract record WorkOutcome
{
    WorkOutcome()
    {
    }

    /// <summary>The fault that ended it, for the host's log; null for most.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Done, no longer needed, or held for a person: the row is not due any more.</summary>
    public sealed record Done : WorkOutcome
    {
        /// <summary>Whether there was nothing to do, or nothing that the run could still be told: it may have ended without whoever keeps something for it knowing.</summary>
        public bool MayBeOver { get; init; }
    }

    /// <summary>To be tried again no sooner than after this wall-clock time; the row stays due.</summary>
    public sealed record Later(TimeSpan After) : WorkOutcome;

    /// <summary>Done, as mostly.</summary>
    public static WorkOutcome Finished { get; } = new Done();

    /// <summary>It was done before, or for a run that may have ended.</summary>
    public static WorkOutcome Late { get; } = new Done { MayBeOver = true };
}

/// <summary>What a committed step of a run left to do.</summary>
/// <param name="Partition">The run's partition.</param>
/// <param name="Due">The rows that the step left due, and the business time at which each is.</param>
/// <param name="IsEnd">Whether the run ended with it.</param>
/// <param name="Parent">The partition of the run that waits for this one's end, at its first step alone; null for most.</param>
public sealed record StepSignal(string Partition, ImmutableArray<(WorkItem Item, DateTimeOffset At)> Due, bool IsEnd, string? Parent);

/// <summary>Tells the host's worker that a row has become due, so that it need not wait for the next look. Losing a signal loses no work.</summary>
public interface IWorkSignal
{
    /// <summary>A row was committed as due at that business time.</summary>
    void Due(WorkItem item, DateTimeOffset at);

    /// <summary>A run began, ended, or left rows due. A host that keeps nothing for each run needs to know of the rows alone.</summary>
    void Stepped(StepSignal step)
    {
        foreach (var (item, at) in step.Due) Due(item, at);
    }

    /// <summary>A row that was due later is due no more: a timer was cancelled.</summary>
    void Dropped(string partition, string key)
    {
    }
}
