using Interop.Platform.Storage;

namespace Interop.Platform.Tests.Storage;

public abstract partial class StoreContract
{
    // In ordinal order: a space and punctuation before digits, capitals before '_' before small letters, '|' after them.
    static readonly string[] Ordered = [" ", "!", "-a", "0", "09", "1", "10", "2", "A", "B", "Z", "_", "a", "a ", "a b", "aa", "b", "b'c", "b|1", "b|10", "b|2", "c", "z", "|", "~"];

    public static TheoryData<string, string?, int, string[]> Ranges => new()
    {
        { "", null, 100, Ordered },
        { "", null, 3, Ordered[..3] },
        { "", "0", 100, [" ", "!", "-a"] },
        { "0", "2", 100, ["0", "09", "1", "10"] },
        { "00", "2", 100, ["09", "1", "10"] },
        { "0", "2", 2, ["0", "09"] },
        { "a", "a", 100, [] },
        { "b", "a", 100, [] },
        { "b|1", "b|2", 100, ["b|1", "b|10"] },
        { "z", null, 100, ["z", "|", "~"] },
        { "~~", null, 100, [] },
        { "b/", "c#", 100, ["b|1", "b|10", "b|2", "c"] },
    };

    [SkippableTheory]
    [MemberData(nameof(Ranges))]
    public async Task Range_GivesTheKeysBetween_InOrdinalOrder(string from, string? to, int limit, string[] expected)
    {
        Assert.Equal(Ordered.Order(StringComparer.Ordinal), Ordered);
        await Done(Store, Partition, [.. Ordered.Reverse().Select(key => new Change.Insert(key, Bytes("here")))]);
        await Done(Store, Elsewhere, [.. Ordered.Select(key => new Change.Insert(key, Bytes("there")))]);
        Assert.Equal(expected.Select(key => $"{key}=here"), await All(Store.Range(Partition, from, to, limit, None)));
    }

    [SkippableTheory]
    [InlineData("", 25)]
    [InlineData("a", 4)]
    [InlineData("b|", 3)]
    [InlineData("b|1", 2)]
    [InlineData("~", 1)]
    [InlineData("q", 0)]
    public async Task Prefix_GivesTheKeysThatBeginSo(string prefix, int expected)
    {
        await Done(Store, Partition, [.. Ordered.Select(key => new Change.Insert(key, default))]);
        var found = await All(Store.Prefix(Partition, prefix, 100, None));
        Assert.Equal(Ordered.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Select(key => $"{key}="), found);
        Assert.Equal(expected, found.Count);
    }

    [SkippableFact]
    public async Task Range_OverManyPages_GivesEveryRowOnce()
    {
        const int Rows = 2_345;
        var keys = Enumerable.Range(0, Rows).Select(number => $"{number:D5}").ToList();
        foreach (var part in keys.Chunk(StoreLimits.Changes)) await Done(Store, Partition, [.. part.Select(key => new Change.Insert(key, default, Noon))]);

        Assert.Equal(keys.Select(key => $"{key}="), await All(Store.Range(Partition, "", null, int.MaxValue, None)));
        Assert.Equal(keys.Select(key => $"{key}="), await All(Store.Due(Noon, int.MaxValue, None)));
        Assert.Equal(1_500, (await All(Store.Range(Partition, "", null, 1_500, None))).Count);
        Assert.Equal(1_000, (await All(Store.Due(Noon, 1_000, None))).Count);
    }

    [SkippableFact]
    public async Task Range_RowsDeletedWhileReading_GivesEveryRowOnce()
    {
        await Done(Store, Partition, [.. Ordered.Select(key => new Change.Insert(key, default))]);
        var seen = new List<string>();
        await foreach (var row in Store.Range(Partition, "", null, 100, None))
        {
            seen.Add(row.Key);
            await Done(Store, Partition, new Change.Delete(row.Key, row.ETag));
        }

        Assert.Equal(Ordered, seen);
        Assert.Empty(await All(Store.Range(Partition, "", null, 100, None)));
    }

    [SkippableFact]
    public async Task Due_IsInOrderOfTimeThenPartitionThenKey()
    {
        await Done(Store, "b", new Change.Insert("2", Bytes("3"), Noon), new Change.Insert("1", Bytes("2"), Noon), new Change.Insert("0", Bytes("never")));
        await Done(Store, "a", new Change.Insert("9", Bytes("1"), Noon), new Change.Insert("8", Bytes("4"), Noon.AddTicks(1)), new Change.Insert("7", Bytes("5"), Noon.AddDays(1)));
        await Done(Store, "c", new Change.Insert("1", Bytes("0"), Noon.AddYears(-1).ToOffset(TimeSpan.FromHours(5))));

        Assert.Equal(["1=0", "9=1", "1=2", "2=3"], await All(Store.Due(Noon, 10, None)));
        Assert.Equal(["1=0", "9=1"], await All(Store.Due(Noon, 2, None)));
        Assert.Equal(["1=0", "9=1", "1=2", "2=3", "8=4"], await All(Store.Due(Noon.AddTicks(1).ToOffset(TimeSpan.FromHours(1)), 10, None)));
        Assert.Equal(6, (await All(Store.Due(DateTimeOffset.MaxValue, 10, None))).Count);
        Assert.Empty(await All(Store.Due(Noon.AddYears(-2), 10, None)));
    }

    [SkippableFact]
    public async Task Due_OverManyPages_GivesEveryRowOfEveryPartitionOnce()
    {
        var keys = Enumerable.Range(0, 700).Select(number => $"{number:D5}").ToList();
        foreach (var partition in new[] { "b", "a" })
        {
            foreach (var part in keys.Chunk(StoreLimits.Changes)) await Done(Store, partition, [.. part.Select(key => new Change.Insert(key, Bytes(partition), Noon))]);
        }

        Assert.Equal([.. keys.Select(key => $"{key}=a"), .. keys.Select(key => $"{key}=b")], await All(Store.Due(Noon, int.MaxValue, None)));
    }

    [SkippableFact]
    public async Task NextDue_FollowsEveryChange()
    {
        Assert.Null(await Store.NextDue(None));
        var tag = (await Done(Store, Partition, new Change.Insert("a", default, Noon), new Change.Insert("b", default, Noon.AddHours(1)), new Change.Insert("c", default)))[0];
        Assert.Equal(Noon, await Store.NextDue(None));
        await Done(Store, Partition, new Change.Replace("a", default, tag, Noon.AddHours(2)));
        Assert.Equal(Noon.AddHours(1), await Store.NextDue(None));
        await Done(Store, Partition, new Change.Delete("b"));
        Assert.Equal(Noon.AddHours(2), await Store.NextDue(None));
        await Done(Store, Partition, new Change.Upsert("a", default));
        Assert.Null(await Store.NextDue(None));
    }
}
