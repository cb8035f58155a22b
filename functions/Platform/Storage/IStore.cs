namespace Interop.Platform.Storage;

/// <summary>Rows in partitions, in the model of Azure Table storage. Everything durable is written through this port.</summary>
/// <remarks>
/// Misuse (a key or commit beyond <see cref="StoreLimits"/>) throws <see cref="ArgumentException"/>; a failing medium throws <see cref="StoreException"/>.
/// A commit that ended is seen by every read begun afterwards. Keys are ASCII, so that every store orders them the same: by ordinal.
/// Thread-safe.
/// </remarks>
public interface IStore
{
    /// <summary>The row, or null when there is none.</summary>
    ValueTask<Row?> Read(string partition, string key, CancellationToken cancellation);

    /// <summary>Rows of one partition in the order of their keys.</summary>
    /// <remarks>Read in pages: each page is consistent in itself, and a row changed meanwhile may be seen in its earlier or later state.</remarks>
    /// <param name="partition">See <see cref="PartitionKey"/>.</param>
    /// <param name="from">The first key wanted; empty for the beginning.</param>
    /// <param name="to">The first key no longer wanted; null for the end.</param>
    /// <param name="limit">The most rows wanted; at least 1.</param>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<Row> Range(string partition, string from, string? to, int limit, CancellationToken cancellation);

    /// <summary>Makes all changes durable, or none: one partition, 1 to 100 changes, each key once.</summary>
    /// <remarks>When it is cancelled, nothing was changed; once writing has begun, cancelling has no effect.</remarks>
    ValueTask<CommitOutcome> Commit(string partition, IReadOnlyList<Change> changes, CancellationToken cancellation);

    /// <summary>Rows of all partitions that are due at or before <paramref name="until"/>, in order of due time, then partition, then key. Read in pages, as <see cref="Range"/> is.</summary>
    IAsyncEnumerable<Row> Due(DateTimeOffset until, int limit, CancellationToken cancellation);

    /// <summary>The earliest due time of all rows; null when nothing is due ever.</summary>
    ValueTask<DateTimeOffset?> NextDue(CancellationToken cancellation);

    /// <summary>Leaves nothing, wherever the store keeps its bytes, of what was removed or replaced before. Nothing to do for a store that keeps none.</summary>
    ValueTask Purge(CancellationToken cancellation) => ValueTask.CompletedTask;
}
