using System.Collections.Immutable;
using System.Text;
using Interop.Platform.Storage;

namespace Interop.Platform.Tests.Storage;

/// <summary>What every store must do. A store's own tests derive from this and say how one is made.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    protected const string Partition = "northshire|runs";
    protected const string Elsewhere = "northshire|messages";
    protected static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    protected static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Makes a call to the medium of <see cref="Store"/> fail.</summary>
    protected Fault Fault { get; } = new();

    /// <summary>An empty store of its own for each test.</summary>
    protected IStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await Create();

    public abstract Task DisposeAsync();

    protected abstract ValueTask<IStore> Create();

    /// <summary>The same store, opened anew.</summary>
    protected abstract ValueTask<IStore> Reopen(IStore store);

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(Row? row) => row is null ? "(none)" : Encoding.UTF8.GetString(row.Body.Span);

    protected static async Task<ImmutableArray<ETag>> Done(IStore store, string partition, params Change[] changes) =>
        Assert.IsType<CommitOutcome.Done>(await store.Commit(partition, changes, None)).ETags;

    // States: a row never written, one as it was read, one changed since, one deleted since.
    [SkippableTheory]
    [InlineData("never", "insert", "done", "new")]
    [InlineData("never", "replace", "missing", "(none)")]
    [InlineData("never", "upsert", "done", "new")]
    [InlineData("never", "delete", "missing", "(none)")]
    [InlineData("never", "delete any", "missing", "(none)")]
    [InlineData("as read", "insert", "exists", "old")]
    [InlineData("as read", "replace", "done", "new")]
    [InlineData("as read", "upsert", "done", "new")]
    [InlineData("as read", "delete", "done", "(none)")]
    [InlineData("as read", "delete any", "done", "(none)")]
    [InlineData("changed", "insert", "exists", "other")]
    [InlineData("changed", "replace", "changed", "other")]
    [InlineData("changed", "upsert", "done", "new")]
    [InlineData("changed", "delete", "changed", "other")]
    [InlineData("changed", "delete any", "done", "(none)")]
    [InlineData("deleted", "insert", "done", "new")]
    [InlineData("deleted", "replace", "missing", "(none)")]
    [InlineData("deleted", "upsert", "done", "new")]
    [InlineData("deleted", "delete", "missing", "(none)")]
    [InlineData("deleted", "delete any", "missing", "(none)")]
    [InlineData("written again", "insert", "exists", "other")]
    [InlineData("written again", "replace", "changed", "other")]
    [InlineData("written again", "delete", "changed", "other")]
    public async Task Commit_OneChange_FitsTheRowOrSaysWhyNot(string state, string change, string expected, string left)
    {
        var read = new ETag("1");
        if (state != "never") read = (await Done(Store, Partition, new Change.Insert("row", Bytes("old"))))[0];
        if (state == "changed") await Done(Store, Partition, new Change.Upsert("row", Bytes("other")));
        if (state is "deleted" or "written again") await Done(Store, Partition, new Change.Delete("row"));
        if (state == "written again") await Done(Store, Partition, new Change.Insert("row", Bytes("other")));

        var outcome = await Store.Commit(Partition, [change switch
        {
            "insert" => new Change.Insert("row", Bytes("new")),
            "replace" => new Change.Replace("row", Bytes("new"), read),
            "upsert" => new Change.Upsert("row", Bytes("new")),
            "delete" => new Change.Delete("row", read),
            _ => new Change.Delete("row"),
        }], None);

        Assert.Equal(expected, outcome is CommitOutcome.Conflict { Key: "row" } conflict ? conflict.Reason.ToString().ToLowerInvariant() : "done");
        var row = await Store.Read(Partition, "row", None);
        Assert.Equal(left, Text(row));
        if (outcome is CommitOutcome.Done done) Assert.Equal(row?.ETag ?? ETag.None, Assert.Single(done.ETags));
    }

    [SkippableFact]
    public async Task Commit_TagNeverGiven_IsAConflict()
    {
        await Done(Store, Partition, new Change.Insert("row", Bytes("old")));
        foreach (var tag in new[] { "", "x", "-1", "99999999999999999999" })
        {
            Assert.Equal(new CommitOutcome.Conflict("row", ConflictReason.Changed), await Store.Commit(Partition, [new Change.Replace("row", Bytes("new"), new ETag(tag))], None));
            Assert.Equal(new CommitOutcome.Conflict("row", ConflictReason.Changed), await Store.Commit(Partition, [new Change.Delete("row", new ETag(tag))], None));
        }
    }

    [SkippableFact]
    public async Task Commit_OneOfManyConflicts_ChangesNothing()
    {
        var tag = (await Done(Store, Partition, new Change.Insert("a", Bytes("a0")), new Change.Insert("b", Bytes("b0"), Noon)))[0];
        var outcome = await Store.Commit(
            Partition,
            [new Change.Replace("a", Bytes("a1"), tag), new Change.Delete("b"), new Change.Insert("c", Bytes("c1"), Noon), new Change.Replace("d", Bytes("d1"), tag), new Change.Insert("e", Bytes("e1"))],
            None);

        Assert.Equal(new CommitOutcome.Conflict("d", ConflictReason.Missing), outcome);
        Assert.Equal(["a=a0", "b=b0"], await All(Store.Range(Partition, "", null, 10, None)));
        Assert.Equal(["b=b0"], await All(Store.Due(Noon, 10, None)));
        Assert.Equal(tag, (await Store.Read(Partition, "a", None))!.ETag);
    }

    [SkippableFact]
    public async Task Commit_SameKeyInTwoPartitions_AreTwoRows()
    {
        await Done(Store, Partition, new Change.Insert("row", Bytes("here")));
        await Done(Store, Elsewhere, new Change.Insert("row", Bytes("there")));
        await Done(Store, Partition, new Change.Delete("row"));
        Assert.Null(await Store.Read(Partition, "row", None));
        Assert.Equal("there", Text(await Store.Read(Elsewhere, "row", None)));
    }

    [SkippableFact]
    public async Task Commit_EachWritesWhatItWasGiven()
    {
        var due = new DateTimeOffset(2026, 3, 29, 2, 30, 0, 123, TimeSpan.FromHours(1)).AddTicks(4567);
        var tags = await Done(Store, Partition, new Change.Insert("body", Bytes("{}"), due), new Change.Insert("empty", default));

        var row = (await Store.Read(Partition, "body", None))!;
        Assert.Equal((Partition, "body", tags[0], due), (row.Partition, row.Key, row.ETag, row.Due!.Value));
        var empty = (await Store.Read(Partition, "empty", None))!;
        Assert.True(empty.Body.IsEmpty);
        Assert.Null(empty.Due);
    }

    [SkippableFact]
    public async Task Commit_PartOfALargerBuffer_WritesThatPart()
    {
        var buffer = Encoding.UTF8.GetBytes("before, body, after");
        await Done(Store, Partition, new Change.Insert("row", buffer.AsMemory(8, 4)));
        Assert.Equal("body", Text(await Store.Read(Partition, "row", None)));
    }

    [SkippableFact]
    public async Task Reopen_KeepsRowsAndGivesNoVersionTwice()
    {
        var before = (await Done(Store, Partition, new Change.Insert("kept", Bytes("kept"), Noon), new Change.Insert("gone", Bytes("gone"))))[1];
        await Done(Store, Partition, new Change.Delete("gone"));

        var store = await Reopen(Store);

        Assert.Equal(["kept=kept"], await All(store.Range(Partition, "", null, 10, None)));
        Assert.Equal(Noon, await store.NextDue(None));
        var after = (await Done(store, Partition, new Change.Insert("gone", Bytes("back"))))[0];
        Assert.NotEqual(before, after);
        Assert.Equal(new CommitOutcome.Conflict("gone", ConflictReason.Changed), await store.Commit(Partition, [new Change.Delete("gone", before)], None));
    }

    [SkippableFact]
    public async Task Commit_ConcurrentWritersOfOneRow_ExactlyOneWinsEachRound()
    {
        const int Rounds = 20, Writers = 8;
        var tag = (await Done(Store, Partition, new Change.Insert("row", Bytes("0"))))[0];
        for (var round = 1; round <= Rounds; round++)
        {
            var expected = tag;
            var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
                await Store.Commit(Partition, [new Change.Replace("row", Bytes($"{writer}"), expected)], None))));

            var winner = Assert.Single(outcomes, outcome => outcome is CommitOutcome.Done);
            Assert.All(outcomes.Where(outcome => outcome is not CommitOutcome.Done), lost => Assert.Equal(new CommitOutcome.Conflict("row", ConflictReason.Changed), lost));
            var row = (await Store.Read(Partition, "row", None))!;
            tag = ((CommitOutcome.Done)winner).ETags[0];
            Assert.Equal((tag, $"{Array.IndexOf(outcomes, winner)}"), (row.ETag, Text(row)));
        }
    }

    [SkippableFact]
    public async Task Commit_LostUpdatesRetried_CountsEveryOne()
    {
        const int Writers = 6, Each = 10, Attempts = 1_000;
        await Done(Store, Partition, new Change.Insert("count", Bytes("0")));
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (int added = 0, attempt = 0; added < Each && attempt < Attempts; attempt++)
            {
                var row = (await Store.Read(Partition, "count", None))!;
                var more = new Change.Replace("count", Bytes($"{int.Parse(Text(row)) + 1}"), row.ETag);
                if (await Store.Commit(Partition, [more], None) is CommitOutcome.Done) added++;
            }
        })));
        Assert.Equal($"{Writers * Each}", Text(await Store.Read(Partition, "count", None)));
    }

    [SkippableFact]
    public async Task Commit_CancelledBefore_ChangesNothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.Commit(Partition, [new Change.Insert("row", Bytes("new"))], source.Token));
        Assert.Null(await Store.Read(Partition, "row", None));
    }

    protected static async Task<List<string>> All(IAsyncEnumerable<Row> rows)
    {
        var all = new List<string>();
        await foreach (var row in rows) all.Add($"{row.Key}={Text(row)}");
        return all;
    }
}
