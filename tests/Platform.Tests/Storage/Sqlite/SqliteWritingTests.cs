using System.Text;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;

namespace Interop.Platform.Tests.Storage.Sqlite;

/// <summary>Group commit, and what callers see when the medium fails.</summary>
public sealed class SqliteWritingTests : IDisposable
{
    const string Partition = "northshire|runs";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Commit_ManyWaiting_AreOneTransaction_AndAConflictHurtsNoOther()
    {
        using var entered = new SemaphoreSlim(0);
        using var gate = new SemaphoreSlim(0);
        var transactions = 0;
        await using var store = SqliteStore.Open(folder.Path, maxPages: null, () =>
        {
            transactions++;
            entered.Release();
            Assert.True(gate.Wait(Patience));
        }).Value;

        var first = store.Commit(Partition, [new Change.Insert("first", default)], default).AsTask();
        Assert.True(await entered.WaitAsync(Patience));
        var waiting = Enumerable.Range(0, 50).Select(number => store.Commit(
            Partition,
            [new Change.Insert($"own {number}", default), new Change.Insert($"shared {number / 2}", default)],
            default).AsTask()).ToList();
        Assert.All(waiting.Append(first), task => Assert.False(task.IsCompleted));
        Assert.Null(await store.Read(Partition, "first", default));

        gate.Release(2);
        Assert.IsType<CommitOutcome.Done>(await first.WaitAsync(Patience));
        var outcomes = await Task.WhenAll(waiting).WaitAsync(Patience);

        Assert.Equal(2, transactions);
        for (var number = 0; number < outcomes.Length; number++)
        {
            if (number % 2 == 0) Assert.IsType<CommitOutcome.Done>(outcomes[number]);
            else Assert.Equal(new CommitOutcome.Conflict($"shared {number / 2}", ConflictReason.Exists), outcomes[number]);
            Assert.Equal(number % 2 == 0, await store.Read(Partition, $"own {number}", default) is not null);
        }
    }

    [Fact]
    public async Task Purge_LeavesNoByteOfWhatWasRemovedOrReplaced()
    {
        var secrets = Enumerable.Range(0, 20).Select(number => $"the secret of {number}").ToArray();
        await using var store = SqliteStore.Open(folder.Path).Value;
        foreach (var (number, secret) in secrets.Index())
            await store.Commit(Partition, [new Change.Insert($"row {number}", Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Repeat(secret, 1 + (number * 300)))))], default);
        Assert.NotEmpty(Found());

        for (var number = 0; number < secrets.Length; number++)
            await store.Commit(Partition, [number % 2 == 0 ? new Change.Delete($"row {number}") : new Change.Upsert($"row {number}", "erased"u8.ToArray())], default);
        Assert.NotEmpty(Found());
        await store.Purge(default);

        Assert.Empty(Found());
        Assert.Equal(0, new FileInfo(Path.Combine(folder.Path, "store.db-wal")).Length);
        await store.Commit(Partition, [new Change.Insert("after", default)], default);

        string[] Found() => [.. new[] { "store.db", "store.db-wal" }.Select(file => Path.Combine(folder.Path, file)).SelectMany(file => secrets.Where(secret => Bytes(file).IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0))];
    }

    // Past the lock that the store holds on its files.
    static ReadOnlySpan<byte> Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    [Fact]
    public async Task Commit_OfOneGroupOnOneRow_SeeEachOther()
    {
        using var entered = new SemaphoreSlim(0);
        using var gate = new SemaphoreSlim(0);
        await using var store = SqliteStore.Open(folder.Path, maxPages: null, () => { entered.Release(); gate.Wait(Patience); }).Value;
        var first = store.Commit(Partition, [new Change.Insert("other", default)], default).AsTask();
        await entered.WaitAsync(Patience);
        var insert = store.Commit(Partition, [new Change.Insert("row", default)], default).AsTask();
        var delete = store.Commit(Partition, [new Change.Delete("row")], default).AsTask();
        var again = store.Commit(Partition, [new Change.Insert("row", new byte[] { 7 })], default).AsTask();
        gate.Release(2);

        var tags = (await Task.WhenAll(first, insert, delete, again).WaitAsync(Patience)).Select(outcome => Assert.IsType<CommitOutcome.Done>(outcome).ETags[0]).ToList();
        Assert.NotEqual(tags[1], tags[3]);
        Assert.Equal(tags[3], (await store.Read(Partition, "row", default))!.ETag);
    }

    [Fact]
    public async Task Commit_CancelledWhileItWaits_ChangesNothing()
    {
        using var entered = new SemaphoreSlim(0);
        using var gate = new SemaphoreSlim(0);
        using var source = new CancellationTokenSource();
        await using var store = SqliteStore.Open(folder.Path, maxPages: null, () => { entered.Release(); gate.Wait(Patience); }).Value;
        var first = store.Commit(Partition, [new Change.Insert("first", default)], default).AsTask();
        await entered.WaitAsync(Patience);
        var cancelled = store.Commit(Partition, [new Change.Insert("second", default)], source.Token).AsTask();
        await source.CancelAsync();
        gate.Release(2);

        await first.WaitAsync(Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(Patience));
        Assert.Null(await store.Read(Partition, "second", default));
    }

    [Fact]
    public async Task Dispose_WithCommitsWaiting_WritesThem()
    {
        using var gate = new SemaphoreSlim(0);
        var store = SqliteStore.Open(folder.Path, maxPages: null, () => gate.Wait(Patience)).Value;
        var waiting = Enumerable.Range(0, 20).Select(number => store.Commit(Partition, [new Change.Insert($"{number}", default)], default).AsTask()).ToList();
        var closed = store.DisposeAsync().AsTask();
        gate.Release(waiting.Count);
        await closed.WaitAsync(Patience);
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.IsType<CommitOutcome.Done>(outcome));
        await using var again = SqliteStore.Open(folder.Path).Value;
        Assert.NotNull(await again.Read(Partition, "19", default));
    }

    /// <summary>The n-th transaction fails, for every n: the caller hears of it, nothing is half there, and doing it again ends as if nothing had failed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_TheNthFails_ReplayedEndsTheSame(bool reopens)
    {
        const int Commits = 6;
        for (var failing = 1; failing <= Commits; failing++)
        {
            var partition = $"{failing}";
            var transactions = 0;
            var fails = failing;
            var store = SqliteStore.Open(folder.Path, maxPages: null, () =>
            {
                if (++transactions == fails) throw new IOException("The medium failed.");
            }).Value;

            for (var step = 0; step < Commits;)
            {
                var before = await Count(store, partition);
                try
                {
                    Assert.IsType<CommitOutcome.Done>(await Step(store, partition, step));
                    step++;
                }
                catch (StoreException failure)
                {
                    Assert.Contains("The medium failed.", failure.Message, StringComparison.Ordinal);
                    Assert.Equal(failing, transactions);
                    Assert.Equal(before, await Count(store, partition));
                    if (!reopens) continue;
                    await store.DisposeAsync();
                    store = SqliteStore.Open(folder.Path).Value;
                }
            }

            Assert.Equal((Commits, $"{Commits - 1}"), await Count(store, partition));
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task Commit_DiskFull_FailsWhole_AndWritesAgainWhenThereIsRoom()
    {
        Change[] large = [.. Enumerable.Range(0, 3).Select(number => new Change.Insert($"large {number}", new byte[1_000_000]))];
        await using (var full = SqliteStore.Open(folder.Path, maxPages: 400, beforeCommit: null).Value)
        {
            Assert.IsType<CommitOutcome.Done>(await full.Commit(Partition, [large[0]], default));
            var failure = await Assert.ThrowsAsync<StoreException>(async () => await full.Commit(Partition, [new Change.Insert("small", default), .. large[1..]], default));
            Assert.Contains("The disk is full", failure.Message, StringComparison.Ordinal);
            Assert.Null(await full.Read(Partition, "small", default));
            Assert.Null(await full.Read(Partition, "large 1", default));
            Assert.IsType<CommitOutcome.Done>(await full.Commit(Partition, [new Change.Insert("small", default)], default));
        }

        await using var roomy = SqliteStore.Open(folder.Path).Value;
        Assert.IsType<CommitOutcome.Done>(await roomy.Commit(Partition, large[1..], default));
        Assert.NotNull(await roomy.Read(Partition, "small", default));
    }

    // A journal entry and the state that counts it: the shape of a run's step.
    static async Task<CommitOutcome> Step(SqliteStore store, string partition, int step)
    {
        var state = await store.Read(partition, "state", default);
        ReadOnlyMemory<byte> body = new[] { (byte)step };
        return await store.Commit(partition, [new Change.Insert($"journal|{step}", default), state is null ? new Change.Insert("state", body) : new Change.Replace("state", body, state.ETag)], default);
    }

    static async Task<(int Journal, string State)> Count(SqliteStore store, string partition)
    {
        var journal = 0;
        await foreach (var _ in store.Prefix(partition, "journal|", 100, default)) journal++;
        return (journal, await store.Read(partition, "state", default) is { } state ? $"{state.Body.Span[0]}" : "");
    }
}
