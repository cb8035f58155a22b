using Interop.Platform.Storage;

namespace Interop.Platform.Tests.Storage;

public abstract partial class StoreContract
{
    const int MostCalls = 14;

    static readonly ReadOnlyMemory<byte> Large = new byte[200_000];

    public static TheoryData<int, bool> Failures
    {
        get
        {
            var all = new TheoryData<int, bool>();
            foreach (var nth in Enumerable.Range(1, MostCalls))
            {
                all.Add(nth, false);
                all.Add(nth, true);
            }

            return all;
        }
    }

    /// <summary>A commit whose n-th call to the medium fails, or was done and its answer lost, is found wholly done or not at all; done again where it was not, everything ends as it should.</summary>
    [SkippableTheory]
    [MemberData(nameof(Failures))]
    public async Task Commit_WhoseNthCallFails_IsDoneWhollyOrNotAtAll(int nth, bool isDone)
    {
        var tag = (await Done(Store, Partition, new Change.Insert("old", Large), new Change.Insert("gone", Bytes("x"), Noon)))[0];
        Fault.Fail(nth, isDone);

        await UntilDone("new", new Change.Insert("new", Bytes("n"), Noon.AddHours(1)), new Change.Insert("large", Large, Noon), new Change.Delete("gone"));
        await UntilDone("mark", new Change.Replace("old", Bytes("o"), tag), new Change.Insert("mark", Bytes("m")));

        Fault.Fail(-1, false);
        Assert.Equal([("large", 200_000), ("mark", 1), ("new", 1), ("old", 1)], await Sizes(Store.Range(Partition, "", null, 10, None)));
        Assert.Equal([("large", 200_000), ("new", 1)], await Sizes(Store.Due(DateTimeOffset.MaxValue, 10, None)));
        Assert.Equal(Noon, await Store.NextDue(None));
    }

    // Who is told of a failure reads whether it was done, as the port says; the commit inserts the row "mark".
    async Task UntilDone(string mark, params Change[] changes)
    {
        for (var tries = 0; tries < 3; tries++)
        {
            try
            {
                Assert.IsType<CommitOutcome.Done>(await Store.Commit(Partition, changes, None));
                return;
            }
            catch (StoreException)
            {
                if (await Store.Read(Partition, mark, None) is not null) return;
            }
        }

        Assert.Fail("One call failed, and the commit was refused three times.");
    }

    static async Task<List<(string, int)>> Sizes(IAsyncEnumerable<Row> rows)
    {
        var all = new List<(string, int)>();
        await foreach (var row in rows) all.Add((row.Key, row.Body.Length));
        return all;
    }
}
