using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Interop.Platform.Storage.Tables;

/// <summary>The store in an Azure storage account: rows in one table, what is due in another, bodies too large for a row in a blob container.</summary>
/// <remarks>
/// The account is reached with the identity that <see cref="TablesAccount"/> was given. A row and its due time cannot change in one transaction, for they stand in two partitions:
/// <see cref="TableDueIndex"/> says how neither a crash nor a race loses one.
/// </remarks>
public sealed class TablesStore : IStore
{
    const int PageRows = 1_000;
    const int MaxMoves = 5;

    readonly TableClient rows;
    readonly TableBodies bodies;
    readonly TableDueIndex due;
    readonly TableCommits commits;

    TablesStore(TablesAccount account, TimeProvider clock)
    {
        (rows, bodies, due) = (account.Rows, new TableBodies(account.Bodies), new TableDueIndex(account.Due, account.Rows, clock));
        commits = new TableCommits(account.RowsOnce, rows, bodies, due, clock);
    }

    /// <summary>Opens the store of an account, and creates its tables and container if they are not there.</summary>
    /// <exception cref="StoreException">The account cannot be reached, or refuses this identity.</exception>
    public static async Task<TablesStore> Open(TablesAccount account, TimeProvider clock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        await TableFailures.Translate(async () =>
        {
            await account.Rows.CreateIfNotExistsAsync(cancellation);
            await account.Due.CreateIfNotExistsAsync(cancellation);
            await account.Bodies.CreateIfNotExistsAsync(cancellationToken: cancellation);
            return true;
        });
        return new TablesStore(account, clock);
    }

    /// <inheritdoc/>
    public async ValueTask<Row?> Read(string partition, string key, CancellationToken cancellation)
    {
        StoreLimits.CheckKey(partition, nameof(partition));
        StoreLimits.CheckKey(key, nameof(key));
        return await TableFailures.Translate(() => One(partition, key, cancellation));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Row> Range(string partition, string from, string? to, int limit, CancellationToken cancellation)
    {
        StoreLimits.CheckRange(partition, from, to, limit);
        return InRange(partition, from, to, limit, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<CommitOutcome> Commit(string partition, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Change[] kept = [.. changes];
        StoreLimits.CheckCommit(partition, kept);
        cancellation.ThrowIfCancellationRequested();
        return await TableFailures.Translate(() => commits.Commit(partition, kept, cancellation));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Row> Due(DateTimeOffset until, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return DueRows(until, limit, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> NextDue(CancellationToken cancellation) => await TableFailures.Translate(() => due.Next(cancellation));

    /// <summary>Removes bodies that no row names any more and due times that no row has any more: what crashes left behind. Safe at any time; meant for a daily timer.</summary>
    /// <returns>How many bodies were removed.</returns>
    public Task<int> Sweep(CancellationToken cancellation) => TableFailures.Translate(() => bodies.Sweep(rows, commits.OldestWithoutRow(), cancellation));

    async Task<Row?> One(string partition, string key, CancellationToken cancellation)
    {
        // A body may be replaced between the reading of its row and its own.
        for (var moves = 0; moves < MaxMoves; moves++)
        {
            var found = await rows.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
            if (!found.HasValue) return null;
            if (await bodies.Complete(found.Value!, cancellation) is { } row) return row;
        }

        throw new StoreException($"The body of row \"{key}\" was replaced {MaxMoves} times while it was read, or is lost. Read it again.");
    }

    async IAsyncEnumerable<Row> InRange(string partition, string from, string? to, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from}");
        if (to is not null) filter += TableClient.CreateQueryFilter($" and RowKey lt {to}");
        var left = limit;
        await foreach (var entity in TableFailures.Translated(rows.QueryAsync<TableEntity>(filter, Math.Min(limit, PageRows), cancellationToken: cancellation), cancellation))
        {
            if (await TableFailures.Translate(async () => await bodies.Complete(entity, cancellation) ?? await One(partition, entity.RowKey, cancellation)) is not { } row) continue;
            yield return row;
            if (--left == 0) yield break;
        }
    }

    async IAsyncEnumerable<Row> DueRows(DateTimeOffset until, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var left = limit;
        await foreach (var entries in due.Until(until, cancellation))
        {
            var passed = new List<DueEntry>();
            foreach (var window in entries.Chunk(TableDueIndex.ReadAtOnce))
            {
                var read = await Task.WhenAll(window.Select(entry => TableFailures.Translate(() => One(entry.Partition, entry.Key, cancellation))));
                passed.AddRange(window.Zip(read).Where(pair => pair.Second?.Due?.UtcTicks != pair.First.Ticks).Select(pair => pair.First));
                foreach (var (entry, row) in window.Zip(read))
                {
                    if (row?.Due?.UtcTicks != entry.Ticks) continue;
                    yield return row;
                    if (--left > 0) continue;
                    await Forget(passed, cancellation);
                    yield break;
                }

                if (passed.Count >= TableDueIndex.ReadAtOnce * StoreLimits.Changes) await Forget(passed, cancellation);
            }

            await Forget(passed, cancellation);
        }
    }

    async Task Forget(List<DueEntry> passed, CancellationToken cancellation)
    {
        await TableFailures.Translate(() => due.Forget(passed, cancellation));
        passed.Clear();
    }
}
