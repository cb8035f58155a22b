using Interop.Platform.Storage;

namespace Interop.Platform.Tests.Storage;

public abstract partial class StoreContract
{
    static readonly ReadOnlyMemory<byte> Largest = new byte[StoreLimits.BodyBytes];

    static readonly Dictionary<string, Func<Change[]>> Refused = new()
    {
        ["no change"] = () => [],
        ["101 changes"] = () => [.. Enumerable.Range(0, 101).Select(number => new Change.Insert($"{number}", default))],
        ["a key twice"] = () => [new Change.Delete("row"), new Change.Insert("row", default)],
        ["a body too large"] = () => [new Change.Insert("row", new byte[StoreLimits.BodyBytes + 1])],
        ["a commit too large"] = () => [.. Enumerable.Range(0, 4).Select(number => new Change.Insert($"{number}", Largest))],
    };

    public static TheoryData<string> RefusedNames => [.. Refused.Keys];

    public static TheoryData<string> RefusedKeys => ["", "a/b", "a\\b", "a#b", "a?b", "a\tb", "a\0", "a\x7F", "é", "\u2028", new string('a', 513)];

    [SkippableTheory]
    [MemberData(nameof(RefusedNames))]
    public async Task Commit_BeyondTheLimits_IsMisuse(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.Commit(Partition, Refused[name](), None));
        Assert.Empty(await All(Store.Range(Partition, "", null, 10, None)));
    }

    [SkippableTheory]
    [MemberData(nameof(RefusedKeys))]
    public async Task EveryCall_WithAKeyThatCannotBe_IsMisuse(string key)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.Commit(Partition, [new Change.Upsert(key, default)], None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.Commit(key, [new Change.Upsert("row", default)], None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.Read(Partition, key, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.Read(key, "row", None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => All(Store.Range(key, "", null, 1, None)));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Reading_WithoutALimit_IsMisuse(int limit)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => All(Store.Range(Partition, "", null, limit, None)));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => All(Store.Due(Noon, limit, None)));
    }

    [SkippableFact]
    public async Task Commit_AtTheLimits_IsDone()
    {
        var key = new string('k', StoreLimits.KeyCharacters);
        await Done(Store, key, new Change.Insert(key, Largest));
        Assert.Equal(StoreLimits.BodyBytes, (await Store.Read(key, key, None))!.Body.Length);

        await Done(Store, Partition, [.. Enumerable.Range(0, StoreLimits.Changes).Select(number => new Change.Insert($"{number:D3}", default))]);
        Assert.Equal(StoreLimits.Changes, (await All(Store.Range(Partition, "", null, 200, None))).Count);
    }

    [SkippableFact]
    public async Task Range_OfLargeBodies_GivesThemWhole()
    {
        var random = new Random(7);
        var bodies = Enumerable.Range(0, 7).Select(_ => { var body = new byte[StoreLimits.BodyBytes - 1]; random.NextBytes(body); return body; }).ToList();
        foreach (var part in bodies.Index().Chunk(4))
            await Done(Store, Partition, [.. part.Select(body => new Change.Insert($"{body.Index}", body.Item, Noon))]);

        var at = 0;
        await foreach (var row in Store.Range(Partition, "", null, 100, None)) Assert.True(row.Body.Span.SequenceEqual(bodies[at++]));
        Assert.Equal(bodies.Count, at);
        await foreach (var row in Store.Due(Noon, 100, None)) Assert.True(row.Body.Span.SequenceEqual(bodies[^at--]));
        Assert.Equal(0, at);
    }
}
