using Interop.Platform.Storage;

namespace Interop.Platform.Tests.Storage;

/// <summary>A store where something happens right before or right after a commit, as another process would do it, or a crash.</summary>
sealed class WatchedStore(IStore store) : IStore
{
    internal Func<string, IReadOnlyList<Change>, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    internal Func<string, IReadOnlyList<Change>, Task> After { get; set; } = (_, _) => Task.CompletedTask;

    public ValueTask<Row?> Read(string partition, string key, CancellationToken cancellation) => store.Read(partition, key, cancellation);

    public IAsyncEnumerable<Row> Range(string partition, string from, string? to, int limit, CancellationToken cancellation) => store.Range(partition, from, to, limit, cancellation);

    public async ValueTask<CommitOutcome> Commit(string partition, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        await Before(partition, changes);
        var outcome = await store.Commit(partition, changes, cancellation);
        await After(partition, changes);
        return outcome;
    }

    public IAsyncEnumerable<Row> Due(DateTimeOffset until, int limit, CancellationToken cancellation) => store.Due(until, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextDue(CancellationToken cancellation) => store.NextDue(cancellation);
}
