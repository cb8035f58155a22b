using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Interop.Core.Audit;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Connectors;
using Interop.Platform.Storage;

namespace Interop.Platform.Audit;

/// <summary>The log of each organisation: one hash chain, cut into a partition a day. A cause is logged once for an operation, however often it is repeated.</summary>
sealed class AuditLog(IStore store, ISecretStore secrets)
{
    const string HeadKey = "head";
    const string EntryPart = "entry";
    const string CausePart = "cause";
    const int MaxConflicts = 50;
    const int MostDays = 36_600;
    const int MostEntriesADay = 10_000_000;

    readonly ConcurrentDictionary<OrganisationId, SemaphoreSlim> writers = new();

    /// <summary>Adds a line; nothing is added when the cause already has one for this operation.</summary>
    public async Task Append(OrganisationId organisation, AuditData data, CancellationToken cancellation)
    {
        var writer = writers.GetOrAdd(organisation, _ => new SemaphoreSlim(1, 1));
        await writer.WaitAsync(cancellation);
        try
        {
            for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
            {
                var days = await Days(organisation, cancellation);
                if (await IsLogged(organisation, data, days, cancellation)) return;
                if (await TryAppend(organisation, data, days, cancellation)) return;
            }

            throw new StoreException($"The audit log of {organisation} was changed by others {MaxConflicts} times in a row.");
        }
        finally
        {
            writer.Release();
        }
    }

    /// <summary>Lines of one day, oldest first.</summary>
    public async Task<ImmutableArray<AuditEntry>> OfDay(OrganisationId organisation, DateOnly day, int limit, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<AuditEntry>();
        await foreach (var row in store.Prefix(Partition(organisation, day), RowKey.Of(EntryPart, ""), limit, cancellation)) entries.Add(Entry(row));
        return entries.ToImmutable();
    }

    /// <summary>The days that have lines, oldest first.</summary>
    public async Task<ImmutableArray<DateOnly>> Days(OrganisationId organisation, CancellationToken cancellation)
    {
        var days = ImmutableArray.CreateBuilder<DateOnly>();
        await foreach (var row in store.Range(DaysPartition(organisation), "", null, MostDays, cancellation))
            days.Add(DateOnly.ParseExact(row.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        return days.ToImmutable();
    }

    /// <summary>Everything that is wrong with the log, day by day; and how many lines were read.</summary>
    public async Task<(long Lines, ImmutableArray<(DateOnly Day, AuditFinding Finding)> Findings)> Verify(OrganisationId organisation, CancellationToken cancellation)
    {
        var key = await Key(organisation, cancellation);
        var found = ImmutableArray.CreateBuilder<(DateOnly, AuditFinding)>();
        var start = AuditHead.None(organisation);
        var lines = 0L;
        foreach (var day in await Days(organisation, cancellation))
        {
            var entries = await OfDay(organisation, day, MostEntriesADay, cancellation);
            lines += entries.Length;
            var headRow = await store.Read(Partition(organisation, day), HeadKey, cancellation);
            if (headRow is null)
            {
                // A crash between listing a day and its first line leaves a day without lines; that is no finding.
                if (!entries.IsEmpty) found.Add((day, new AuditFinding(AuditFindingKind.HeadMismatch, entries.Length, $"The head of {day:yyyy-MM-dd} is missing.")));
                continue;
            }

            var end = Head(headRow);
            found.AddRange(AuditChain.Verify(start, entries, end, key).Select(finding => (day, finding)));
            start = end;
        }

        return (lines, found.ToImmutable());
    }

    async Task<bool> IsLogged(OrganisationId organisation, AuditData data, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        var first = DateOnly.FromDateTime(data.At.UtcDateTime);
        foreach (var day in days.Where(day => day >= first))
        {
            if (await store.Read(Partition(organisation, day), CauseKey(data), cancellation) is not null) return true;
        }

        return false;
    }

    async Task<bool> TryAppend(OrganisationId organisation, AuditData data, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        var (head, row) = await Newest(organisation, days, cancellation);
        var (entry, next) = AuditChain.Append(head, data, await Key(organisation, cancellation));
        var partition = Partition(organisation, entry.Day);
        if (!days.Contains(entry.Day)) await store.Commit(DaysPartition(organisation), [new Change.Upsert(DayText(entry.Day), default)], cancellation);
        var body = next.ToJson().ToUtf8();
        Change headChange = row is not null && head.Day == entry.Day ? new Change.Replace(HeadKey, body, row.ETag) : new Change.Insert(HeadKey, body);
        Change[] changes = [headChange, new Change.Insert(EntryKey(entry.Sequence), entry.ToJson().ToUtf8()), new Change.Insert(CauseKey(data), Encoding.ASCII.GetBytes(EntryKey(entry.Sequence)))];
        return await store.Commit(partition, changes, cancellation) is CommitOutcome.Done;
    }

    async Task<(AuditHead Head, Row? Row)> Newest(OrganisationId organisation, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        foreach (var day in days.Reverse())
        {
            if (await store.Read(Partition(organisation, day), HeadKey, cancellation) is { } row) return (Head(row), row);
        }

        return (AuditHead.None(organisation), null);
    }

    async ValueTask<byte[]> Key(OrganisationId organisation, CancellationToken cancellation) =>
        Encoding.UTF8.GetBytes(await secrets.Read(SecretNames.Audit(organisation), cancellation) ?? "");

    static AuditEntry Entry(Row row) => AuditEntry.FromJson(JsonValue.Parse(row.Body.Span, JsonLimits.Stored).Value).Value;

    static AuditHead Head(Row row) => AuditHead.FromJson(JsonValue.Parse(row.Body.Span, JsonLimits.Stored).Value).Value;

    static string DaysPartition(OrganisationId organisation) => PartitionKey.Of(organisation.Value, "audit-days");

    static string Partition(OrganisationId organisation, DateOnly day) => PartitionKey.Of(organisation.Value, "audit", DayText(day));

    static string DayText(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string EntryKey(long sequence) => RowKey.Of(EntryPart, sequence.ToString("D12", CultureInfo.InvariantCulture));

    static string CauseKey(AuditData data) => RowKey.Of(CausePart, data.Operation.ToString(), data.Cause);
}
