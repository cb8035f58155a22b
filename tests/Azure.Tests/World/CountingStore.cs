using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Interop.Platform.Storage;

namespace Interop.Azure.Tests.World;

/// <summary>A store that counts the calls which Azure Tables would charge for, by kind of partition: a read, a page of a range, an entity-group transaction, and the one more that announces the due times which a commit sets (<c>TablesFailureTests</c> counts that one at the emulator).</summary>
sealed class CountingStore(IStore inner) : IStore
{
    readonly ConcurrentDictionary<(string Call, string Kind), int> counts = new();
    int entities;

    /// <summary>Called after each commit.</summary>
    public Action<string, IReadOnlyList<Change>> Committed { get; set; } = (_, _) => { };

    /// <summary>Commits of which partitions fail, as those of a medium that is out of reach.</summary>
    public Func<string, bool> Failing { get; set; } = _ => false;

    public int Reads => Sum("read") + Sum("range");

    public int Commits => Sum("commit");

    public int Announcements => Sum("due");

    /// <summary>The rows that these calls read and write: what a storage account has its limits for.</summary>
    public int Entities => Volatile.Read(ref entities);

    public IEnumerable<string> Lines => counts.OrderBy(count => count.Key.Call, StringComparer.Ordinal).ThenByDescending(count => count.Value).Select(count => $"{count.Key.Call} {count.Key.Kind}: {count.Value}");

    public int Of(string call, string kind) => counts.GetValueOrDefault((call, kind));

    public void Clear()
    {
        counts.Clear();
        Interlocked.Exchange(ref entities, 0);
    }

    public ValueTask<Row?> Read(string partition, string key, CancellationToken cancellation)
    {
        Count("read", partition);
        Interlocked.Increment(ref entities);
        return inner.Read(partition, key, cancellation);
    }

    public async IAsyncEnumerable<Row> Range(string partition, string from, string? to, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Count("range", partition);
        await foreach (var row in inner.Range(partition, from, to, limit, cancellation))
        {
            Interlocked.Increment(ref entities);
            yield return row;
        }
    }

    public async ValueTask<CommitOutcome> Commit(string partition, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        Count("commit", partition);
        var due = changes.Count(change => change is Change.Insert { Due: not null } or Change.Replace { Due: not null } or Change.Upsert { Due: not null });
        if (due > 0) Count("due", partition);
        Interlocked.Add(ref entities, changes.Count + due);
        if (Failing(partition)) throw new StoreException("The test lets this commit fail.");
        var outcome = await inner.Commit(partition, changes, cancellation);
        Committed(partition, changes);
        return outcome;
    }

    public IAsyncEnumerable<Row> Due(DateTimeOffset until, int limit, CancellationToken cancellation) => inner.Due(until, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextDue(CancellationToken cancellation) => inner.NextDue(cancellation);

    void Count(string call, string partition) => counts.AddOrUpdate((call, PartitionKey.Split(partition) is [_, var kind, ..] ? kind : partition), 1, (_, count) => count + 1);

    int Sum(string call) => counts.Where(count => count.Key.Call == call).Sum(count => count.Value);
}
