namespace Interop.Platform.Work;

/// <summary>A due row: something that must still be done. The row itself is the durable promise; this is only its address.</summary>
/// <param name="Partition">The row's partition.</param>
/// <param name="Key">The row's key.</param>
/// <param name="IsFresh">True only when the row was committed by this process and has never been tried: then nothing can have got through before.</param>
public sealed record WorkItem(string Partition, string Key, bool IsFresh);

/// <summary>How work ended.</summary>
public abstract record WorkOutcome
{
    WorkOutcome()
    {
    }

    /// <summary>The fault that ended it, for the host's log; null for most.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Done, no longer needed, or held for a person: the row is not due any more.</summary>
    public sealed record Done : WorkOutcome;

    /// <summary>To be tried again no sooner than after this wall-clock time; the row stays due.</summary>
    public sealed record Later(TimeSpan After) : WorkOutcome;

    /// <summary>The one instance of <see cref="Done"/>.</summary>
    public static WorkOutcome Finished { get; } = new Done();
}

/// <summary>Tells the host's worker that a row has become due, so that it need not wait for the next look. Losing a signal loses no work.</summary>
public interface IWorkSignal
{
    /// <summary>A row was committed as due at that business time.</summary>
    void Due(WorkItem item, DateTimeOffset at);
}
