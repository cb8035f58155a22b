using System.Globalization;
using CsCheck;
using Interop.Core.Tests;
using Interop.Platform.Storage;

namespace Interop.Platform.Tests.Storage;

public abstract partial class StoreContract
{
    // Small sets, so that changes meet: 2 partitions, 4 keys, 3 due times or none; a tag is the row's own or one of long ago.
    static readonly Gen<Step> Steps =
        from partition in Gen.Int[0, 1]
        from changes in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[0, 3], Gen.Byte.Array[0, 3], (key, kind, due, body) => new Planned($"k{key}", kind, due, body)).Array[1, 4]
        select new Step(partition, [.. changes.DistinctBy(change => change.Key)]);

    /// <summary>Any sequence of commits ends as it would on a dictionary.</summary>
    [SkippableFact]
    public async Task AnySequenceOfCommits_EndsAsOnADictionary()
    {
        var run = 0;
        await Steps.Array[1, 12].HoldAsync(
            async steps =>
            {
                var names = Interlocked.Increment(ref run).ToString(CultureInfo.InvariantCulture);
                var model = new Model();
                foreach (var step in steps)
                {
                    var partition = PartitionKey.Of(names, $"{step.Partition}");
                    var changes = step.Changes.Select(planned => planned.For(model.Find(partition, planned.Key)?.ETag ?? new ETag("0"))).ToArray();
                    Assert.Equal(model.Expect(partition, changes), Shape(await Store.Commit(partition, changes, None)));
                    foreach (var key in changes.Select(change => change.Key)) model.Learn(partition, key, await Store.Read(partition, key, None));
                }

                foreach (var partition in new[] { PartitionKey.Of(names, "0"), PartitionKey.Of(names, "1") })
                    Assert.Equal(model.Rows(partition), await Shapes(Store.Range(partition, "", null, 100, None)));
                Assert.Equal(model.DueRows(), (await Shapes(Store.Due(DateTimeOffset.MaxValue, int.MaxValue, None))).Where(row => row.StartsWith(names + "|", StringComparison.Ordinal)));
            },
            everyTime: 60);
    }

    static string Shape(CommitOutcome outcome) => outcome is CommitOutcome.Conflict conflict ? $"{conflict.Key} {conflict.Reason}" : "done";

    static string Shape(string partition, string key, ReadOnlyMemory<byte> body, DateTimeOffset? due) => $"{partition} {key} {Convert.ToHexString(body.Span)} {due?.UtcTicks}";

    static async Task<List<string>> Shapes(IAsyncEnumerable<Row> rows)
    {
        var all = new List<string>();
        await foreach (var row in rows) all.Add(Shape(row.Partition, row.Key, row.Body, row.Due));
        return all;
    }

    sealed record Step(int Partition, Planned[] Changes);

    sealed record Planned(string Key, int Kind, int DueIn, byte[] Body)
    {
        internal Change For(ETag current) => Kind switch
        {
            0 => new Change.Insert(Key, Body, Due),
            1 => new Change.Replace(Key, Body, current, Due),
            2 => new Change.Replace(Key, Body, new ETag("0"), Due),
            3 => new Change.Upsert(Key, Body, Due),
            4 => new Change.Delete(Key, current),
            _ => new Change.Delete(Key),
        };

        DateTimeOffset? Due => DueIn == 0 ? null : Noon.AddHours(DueIn);
    }

    sealed class Model
    {
        readonly SortedDictionary<(string Partition, string Key), (byte[] Body, DateTimeOffset? Due, ETag ETag)> rows =
            new(Comparer<(string Partition, string Key)>.Create((left, right) =>
                string.CompareOrdinal(left.Partition, right.Partition) is var order and not 0 ? order : string.CompareOrdinal(left.Key, right.Key)));

        internal (byte[] Body, DateTimeOffset? Due, ETag ETag)? Find(string partition, string key) => rows.TryGetValue((partition, key), out var row) ? row : null;

        internal string Expect(string partition, Change[] changes)
        {
            foreach (var change in changes)
            {
                ConflictReason? reason = (change, Find(partition, change.Key)) switch
                {
                    (Change.Insert, not null) => ConflictReason.Exists,
                    (Change.Replace or Change.Delete, null) => ConflictReason.Missing,
                    (Change.Replace replace, { } row) when replace.ETag != row.ETag => ConflictReason.Changed,
                    (Change.Delete { ETag: { } tag }, { } row) when tag != row.ETag => ConflictReason.Changed,
                    _ => null,
                };
                if (reason is { } found) return $"{change.Key} {found}";
            }

            foreach (var change in changes)
            {
                if (change is Change.Delete) rows.Remove((partition, change.Key));
                else rows[(partition, change.Key)] = (StoreLimits.Body(change).ToArray(), Due(change), default);
            }

            return "done";
        }

        /// <summary>Takes the version over, which only the store can know, and checks the rest.</summary>
        internal void Learn(string partition, string key, Row? read)
        {
            var known = Find(partition, key);
            Assert.Equal(known is { } row ? Shape(partition, key, row.Body, row.Due) : null, read is null ? null : Shape(partition, key, read.Body, read.Due));
            if (known is { } kept) rows[(partition, key)] = kept with { ETag = read!.ETag };
        }

        internal IEnumerable<string> Rows(string partition) =>
            rows.Where(row => row.Key.Partition == partition).Select(row => Shape(partition, row.Key.Key, row.Value.Body, row.Value.Due));

        internal IEnumerable<string> DueRows() =>
            rows.Where(row => row.Value.Due is not null).OrderBy(row => row.Value.Due).Select(row => Shape(row.Key.Partition, row.Key.Key, row.Value.Body, row.Value.Due));

        static DateTimeOffset? Due(Change change) => change switch
        {
            Change.Insert one => one.Due,
            Change.Replace one => one.Due,
            Change.Upsert one => one.Due,
            _ => null,
        };
    }
}
