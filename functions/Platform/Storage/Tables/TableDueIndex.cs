using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace Interop.Platform.Storage.Tables;

/// <summary>One due time as it was announced; true only while its row still has it.</summary>
/// <param name="Index">The partition of the index.</param>
/// <param name="Entry">The key there.</param>
/// <param name="Ticks">The due time.</param>
/// <param name="Row">The hash of the row's address.</param>
/// <param name="Partition">The row's partition.</param>
/// <param name="Key">The row's key.</param>
/// <param name="Announced">When, by the clock of the service.</param>
sealed record DueEntry(string Index, string Entry, long Ticks, UInt128 Row, string Partition, string Key, DateTimeOffset Announced);

/// <summary>When rows are due, over all partitions. An entry is a hint: it is written before the row it is about, and counts only while that row has the same due time.</summary>
/// <remarks>
/// So a row is never due without an entry, whatever crashes; an entry without its row is passed over, and forgotten when it is older than any commit may take (<see cref="Grace"/>).
/// Each is read twice at most by one process: when its time has come, and before it is forgotten (<see cref="PassedEntries"/>).
/// The partitions of the index are an organisation's minutes, so that none takes more than one organisation's traffic; those of one minute are read together and put in order here.
/// </remarks>
sealed class TableDueIndex(TableClient index, TableClient rows, TimeProvider clock)
{
    /// <summary>How many rows are read at the same time.</summary>
    public const int ReadAtOnce = 16;

    /// <summary>A commit whose due times were announced longer ago is given up, so an entry of this age without its row is of no use.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    const string Partition = "Partition";
    const string Key = "Key";

    readonly PassedEntries passed = new();

    // The '}' is after '|', which ends the minute in the keys of the index.
    const string AfterMinute = "}";

    /// <summary>Writes an entry for each due time, before the rows that have them: one call for each minute, mostly one in all.</summary>
    public async Task Announce(string partition, IEnumerable<(string Key, DateTimeOffset Due)> dues, CancellationToken cancellation)
    {
        var organisation = partition.Split('|')[0];
        foreach (var minute in dues.GroupBy(due => $"{Minute(due.Due.UtcTicks)}|{organisation}", StringComparer.Ordinal))
        {
            var entries = minute.Select(due => new TableTransactionAction(TableTransactionActionType.UpsertReplace, new TableEntity(minute.Key, EntryKey(due.Due.UtcTicks, partition, due.Key))
            {
                [Partition] = partition,
                [Key] = due.Key,
            }));
            await index.SubmitTransactionAsync(entries, cancellation);
        }
    }

    /// <summary>The entries at or before a time whose rows may have it, in order of due time, partition and key; those of one minute at once.</summary>
    public async IAsyncEnumerable<List<DueEntry>> Until(DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellation)
    {
        passed.Drop(Old());
        await foreach (var minute in Minutes(Minute(until.UtcTicks), cancellation))
        {
            minute.RemoveAll(entry => entry.Ticks > until.UtcTicks || passed.Has(entry));
            yield return minute;
        }
    }

    /// <summary>The earliest due time that a row has.</summary>
    public async Task<DateTimeOffset?> Next(CancellationToken cancellation)
    {
        await foreach (var minute in Minutes(null, cancellation))
        {
            foreach (var entry in minute)
            {
                var row = await rows.GetEntityIfExistsAsync<TableEntity>(entry.Partition, entry.Key, TableRow.ForDue, cancellation);
                if (row.HasValue && TableRow.DueOf(row.Value!)?.UtcTicks == entry.Ticks) return new DateTimeOffset(entry.Ticks, TimeSpan.Zero);
                await Forget([entry], cancellation);
            }
        }

        return null;
    }

    /// <summary>Removes entries that no row has, if they are old enough: those of an organisation's minute together. The others are passed over until they are.</summary>
    public async Task<int> Forget(IReadOnlyCollection<DueEntry> entries, CancellationToken cancellation)
    {
        var old = Old();
        passed.Add(entries.Where(entry => entry.Announced >= old));
        var together = entries.Where(entry => entry.Announced < old).GroupBy(entry => entry.Index, StringComparer.Ordinal).SelectMany(minute => minute.Chunk(StoreLimits.Changes)).ToList();
        await Parallel.ForEachAsync(together, new ParallelOptions { MaxDegreeOfParallelism = ReadAtOnce, CancellationToken = cancellation }, async (part, token) => await Remove(part, token));
        return together.Sum(part => part.Length);
    }

    DateTimeOffset Old() => clock.GetUtcNow() - Grace;

    // One that another sweep removed fails all of a transaction: then each goes alone.
    async Task Remove(DueEntry[] part, CancellationToken cancellation)
    {
        try
        {
            await index.SubmitTransactionAsync(part.Select(entry => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(entry.Index, entry.Entry), Azure.ETag.All)), cancellation);
        }
        catch (TableTransactionFailedException gone) when (gone.Status == 404)
        {
            foreach (var entry in part) await index.DeleteEntityAsync(entry.Index, entry.Entry, Azure.ETag.All, cancellation);
        }
    }

    async IAsyncEnumerable<List<DueEntry>> Minutes(string? last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = last is null ? null : TableClient.CreateQueryFilter($"PartitionKey lt {last + AfterMinute}");
        List<DueEntry> minute = [];
        await foreach (var entity in TableFailures.Translated(index.QueryAsync<TableEntity>(filter, cancellationToken: cancellation), cancellation))
        {
            if (minute.Count > 0 && !SameMinute(minute[0].Index, entity.PartitionKey))
            {
                yield return InOrder(minute);
                minute = [];
            }

            var bar = entity.RowKey.IndexOf('|', StringComparison.Ordinal);
            var ticks = long.Parse(entity.RowKey.AsSpan(0, bar), NumberStyles.None, CultureInfo.InvariantCulture);
            var row = UInt128.Parse(entity.RowKey.AsSpan(bar + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            minute.Add(new DueEntry(entity.PartitionKey, entity.RowKey, ticks, row, entity.GetString(Partition), entity.GetString(Key), entity.Timestamp ?? DateTimeOffset.MaxValue));
        }

        if (minute.Count > 0) yield return InOrder(minute);
    }

    static List<DueEntry> InOrder(List<DueEntry> minute)
    {
        minute.Sort((left, right) =>
            left.Ticks != right.Ticks ? left.Ticks.CompareTo(right.Ticks)
            : string.CompareOrdinal(left.Partition, right.Partition) is var order and not 0 ? order
            : string.CompareOrdinal(left.Key, right.Key));
        return minute;
    }

    static bool SameMinute(string left, string right) => left.AsSpan(0, left.IndexOf('|', StringComparison.Ordinal)).SequenceEqual(right.AsSpan(0, right.IndexOf('|', StringComparison.Ordinal)));

    static string Minute(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture);

    // Two keys together may be longer than a key: their hash stands for them.
    static string EntryKey(long ticks, string partition, string key) =>
        string.Create(CultureInfo.InvariantCulture, $"{ticks:D19}|{RowKey.Hash(partition, key)}");
}
