using Interop.Platform.Storage;

namespace Interop.Local.Tests.Crashes;

/// <summary>A real store whose n-th commit fails, as if the process had died there: before it was made, or after it was made and before anybody knew.</summary>
sealed class FaultyStore(IStore inner) : IStore
{
    int commits;
    int failing = int.MaxValue;
    bool isMade;

    public int Commits => commits;

    /// <summary>Lets one commit from now on fail.</summary>
    public void Fail(int nth, bool made) => (failing, isMade) = (commits + nth, made);

    public async ValueTask<CommitOutcome> Commit(string partition, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        if (++commits != failing) return await inner.Commit(partition, changes, cancellation);
        if (isMade) await inner.Commit(partition, changes, cancellation);
        throw new StoreException("The test lets this commit fail.");
    }

    public ValueTask<Row?> Read(string partition, string key, CancellationToken cancellation) => inner.Read(partition, key, cancellation);

    public IAsyncEnumerable<Row> Range(string partition, string from, string? to, int limit, CancellationToken cancellation) => inner.Range(partition, from, to, limit, cancellation);

    public IAsyncEnumerable<Row> Due(DateTimeOffset until, int limit, CancellationToken cancellation) => inner.Due(until, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextDue(CancellationToken cancellation) => inner.NextDue(cancellation);
}
