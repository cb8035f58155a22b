using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Tables;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Platform.Tests.Storage.Tables;

/// <summary>What only a storage account does: it throttles, keeps large bodies elsewhere, and leaves pieces behind when somebody dies.</summary>
[Collection(AzuriteTests.Name)]
public sealed class TablesFailureTests(Azurite azurite)
{
    const string Partition = "northshire|runs";
    static readonly CancellationToken None = CancellationToken.None;
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    readonly Fault fault = new();

    [SkippableTheory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Commit_RefusedForTheLoad_IsSentAgain(int status)
    {
        var (store, _) = await Open();
        fault.Fail(1, done: false, new Azure.RequestFailedException(status, "The test is busy."));
        Assert.IsType<CommitOutcome.Done>(await store.Commit(Partition, [new Change.Insert("row", default)], None));
        Assert.Equal(2, fault.Calls);
    }

    [SkippableFact]
    public async Task Commit_WhoseAnswerIsLost_IsNotTakenForAConflict()
    {
        var (store, _) = await Open();
        fault.Fail(1, done: true);
        var done = Assert.IsType<CommitOutcome.Done>(await store.Commit(Partition, [new Change.Insert("row", new byte[3])], None));
        Assert.Equal((await store.Read(Partition, "row", None))!.ETag, done.ETags[0]);
    }

    [SkippableFact]
    public async Task Commit_OfOneRow_IsOneCall_AndOfADueRowTwo()
    {
        var (store, _) = await Open();
        fault.Fail(-1, done: false);
        await store.Commit(Partition, [new Change.Insert("row", new byte[60_000])], None);
        Assert.Equal(1, fault.Calls);
        await store.Commit(Partition, [new Change.Insert("due", default, Noon), new Change.Insert("due too", default, Noon)], None);
        Assert.Equal(3, fault.Calls);
    }

    [SkippableFact]
    public async Task Commit_OfManyMiddlingBodies_KeepsWithinATransaction()
    {
        var (store, account) = await Open();
        var body = new byte[41_000];
        Assert.IsType<CommitOutcome.Done>(await store.Commit(Partition, [.. Enumerable.Range(0, 100).Select(at => new Change.Insert(at.ToString("D3", CultureInfo.InvariantCulture), body))], None));
        Assert.InRange(await Blobs(account), 48, 50);
        await foreach (var row in store.Range(Partition, "", null, 200, None)) Assert.Equal(body.Length, row.Body.Length);
    }

    [SkippableFact]
    public async Task LargeBody_ThatIsReplacedOrDeleted_LeavesNoBlob()
    {
        var (store, account) = await Open();
        var tag = await Done(store, new Change.Insert("row", new byte[100_000]));
        Assert.Equal(1, await Blobs(account));
        tag = await Done(store, new Change.Replace("row", new byte[200_000], tag));
        Assert.Equal(1, await Blobs(account));
        await Done(store, new Change.Delete("row", tag));
        Assert.Equal(0, await Blobs(account));
        Assert.IsType<CommitOutcome.Conflict>(await store.Commit(Partition, [new Change.Replace("row", new byte[100_000], tag)], None));
        Assert.Equal(0, await Blobs(account));
    }

    [SkippableFact]
    public async Task Sweep_RemovesWhatNoRowNames_AndNothingYoung()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (store, account) = await Open(clock);
        await Done(store, new Change.Insert("kept", new byte[100_000]));
        await Done(store, new Change.Insert("replaced", new byte[100_000]));
        await Done(store, new Change.Upsert("replaced", default));
        Assert.Equal(0, await store.Sweep(None));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await store.Sweep(None));
        Assert.Equal(1, await Blobs(account));
        Assert.Equal(100_000, (await store.Read(Partition, "kept", None))!.Body.Length);
    }

    [SkippableFact]
    public async Task DueTime_OfNoRow_IsForgottenWhenNoCommitCanStillCome()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (store, account) = await Open(clock);
        await Done(store, new Change.Insert("done", default, Noon));
        await Done(store, new Change.Upsert("done", default));
        Assert.Null(await store.NextDue(None));
        Assert.Equal(1, await Entries(account));
        Later(clock, TimeSpan.FromMinutes(11));
        Assert.Null(await store.NextDue(None));
        Assert.Equal(0, await Entries(account));
    }

    [SkippableFact]
    public async Task DueTimes_OfManyRowsThatAreDone_AreForgottenTogether_ByTwoSweepsAtOnce()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (store, account) = await Open(clock);
        for (var part = 0; part < 3; part++)
        {
            var keys = Enumerable.Range(part * 100, part == 2 ? 50 : 100).Select(number => number.ToString("D3", CultureInfo.InvariantCulture)).ToArray();
            Assert.IsType<CommitOutcome.Done>(await store.Commit(Partition, [.. keys.Select(key => new Change.Insert(key, default, Noon))], None));
            Assert.IsType<CommitOutcome.Done>(await store.Commit(Partition, [.. keys.Select(key => new Change.Upsert(key, default))], None));
        }

        await Done(store, new Change.Insert("due", default, Noon));
        Assert.Equal(251, await Entries(account));
        Later(clock, TimeSpan.FromMinutes(11));
        var due = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => (await store.Due(Noon, 10, None).ToListAsync()).Select(row => row.Key).Single()));
        Assert.Equal(["due", "due"], due);
        Assert.Equal(1, await Entries(account));
    }

    [SkippableFact]
    public async Task DueTimes_OfRowsThatAreDone_AreReadTwiceAtMost()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (store, account) = await Open(clock);
        string[] keys = [.. Enumerable.Range(0, 40).Select(number => number.ToString("D2", CultureInfo.InvariantCulture))];
        Assert.IsType<CommitOutcome.Done>(await store.Commit(Partition, [.. keys.Select(key => new Change.Insert(key, default, Noon))], None));
        Assert.IsType<CommitOutcome.Done>(await store.Commit(Partition, [.. keys.Select(key => new Change.Upsert(key, default))], None));
        await Done(store, new Change.Insert("due", default, Noon));

        // A sweep each minute, as the timer makes it: a call for the index, one for each row that is read, and one for those that are forgotten together.
        var calls = new List<int>();
        for (var minute = 0; minute < 13; minute++)
        {
            fault.Fail(-1, done: false);
            Assert.Equal("due", Assert.Single(await store.Due(Noon, 1_000, None).ToListAsync()).Key);
            calls.Add(fault.Calls);
            clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([1 + 41, .. Enumerable.Repeat(1 + 1, 10), 1 + 41 + 1, 1 + 1], calls.ToArray());
        Assert.Equal(1, await Entries(account));
    }

    [SkippableFact]
    public async Task DueTime_ThatWasPassedOver_IsFoundAtOnceWhenAnnouncedAgain_AndElseBeforeItIsForgotten()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (store, account) = await Open(clock);
        foreach (var key in new[] { "again", "late" }) await Done(store, new Change.Insert(key, default, Noon));
        foreach (var key in new[] { "again", "late" }) await Done(store, new Change.Upsert(key, default));
        Assert.Empty(await store.Due(Noon, 10, None).ToListAsync());
        await Done(store, new Change.Upsert("again", default, Noon));
        Assert.Equal(["again"], (await store.Due(Noon, 10, None).ToListAsync()).Select(row => row.Key));

        // What a commit does that was announced before its row was read, and got through after that.
        await account.Rows.UpsertEntityAsync(new TableEntity(Partition, "late") { ["Due"] = Noon.UtcTicks }, TableUpdateMode.Replace, None);
        Later(clock, TableDueIndex.Grace + TimeSpan.FromSeconds(1));
        Assert.Equal(["again", "late"], (await store.Due(Noon, 10, None).ToListAsync()).Select(row => row.Key));
    }

    [Fact]
    public void PassedOver_AreNoMoreThanTheirLimit()
    {
        var passed = new PassedEntries();
        var entries = Enumerable.Range(0, PassedEntries.Most + 1).Select(number => new DueEntry("", "", 0, (UInt128)number, "", "", Noon)).ToList();
        passed.Add(entries);
        Assert.True(passed.Has(entries[0]));
        Assert.False(passed.Has(entries[^1]));
        passed.Drop(Noon.AddTicks(1));
        Assert.False(passed.Has(entries[0]));
    }

    [SkippableFact]
    public async Task EveryCharacterOfAKey_IsKept()
    {
        var (store, _) = await Open();
        foreach (var one in StoreLimits.KeyAlphabet)
        {
            var key = $"k{one}k";
            Assert.IsType<CommitOutcome.Done>(await store.Commit(key, [new Change.Insert(key, new byte[100_000], Noon)], None));
            Assert.Equal(100_000, (await store.Read(key, key, None))!.Body.Length);
        }

        var due = new List<string>();
        await foreach (var row in store.Due(Noon, 200, None)) due.Add(row.Key);
        Assert.Equal(StoreLimits.KeyAlphabet.Select(one => $"k{one}k").Order(StringComparer.Ordinal), due);
    }

    [SkippableFact]
    public async Task Account_ThatRefuses_IsAStoreException()
    {
        var (store, _) = await Open();
        fault.Fail(1, done: false, new Azure.RequestFailedException(403, "The test refuses.", "AuthorizationPermissionMismatch", null));
        var failed = await Assert.ThrowsAsync<StoreException>(async () => await store.Commit(Partition, [new Change.Insert("row", default)], None));
        Assert.Contains("403 AuthorizationPermissionMismatch", failed.Message, StringComparison.Ordinal);
    }

    async Task<(TablesStore Store, TablesAccount Account)> Open(TimeProvider? clock = null)
    {
        var account = azurite.New(fault, out _);
        return (await TablesStore.Open(account, clock ?? TimeProvider.System, None), account);
    }

    // After all that was written: the account tells when by its own clock, however long that took.
    static void Later(FakeTimeProvider clock, TimeSpan after) => clock.SetUtcNow(TimeProvider.System.GetUtcNow() + after);

    static async Task<ETag> Done(TablesStore store, Change change) => Assert.IsType<CommitOutcome.Done>(await store.Commit(Partition, [change], None)).ETags[0];

    static async Task<int> Blobs(TablesAccount account)
    {
        var count = 0;
        await foreach (var _ in account.Bodies.GetBlobsAsync(BlobTraits.None, BlobStates.None, null, None)) count++;
        return count;
    }

    static async Task<int> Entries(TablesAccount account)
    {
        var count = 0;
        await foreach (var _ in account.Due.QueryAsync<TableEntity>()) count++;
        return count;
    }
}
