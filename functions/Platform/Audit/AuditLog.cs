using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Connectors;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Audit;

/// <summary>The log of each organisation: one hash chain, cut into a partition a day. A cause is logged once for an operation, however often it is repeated.</summary>
sealed class AuditLog(IStore store, ISecretStore secrets)
{
    const int MaxConflicts = 50;

    readonly ConcurrentDictionary<OrganisationId, SemaphoreSlim> writers = new();
    readonly ConcurrentDictionary<OrganisationId, DateOnly> anchored = new();

    /// <summary>Adds a line; nothing is added when the cause already has one for this operation.</summary>
    public Task Append(OrganisationId organisation, AuditData data, CancellationToken cancellation) => Append(organisation, [data], null, cancellation);

    /// <summary>Adds lines about one time with one commit, and rows of their day in the same. Of lines whose cause has one already, none is added; the rows are written whatever there was.</summary>
    public async Task Append(OrganisationId organisation, ImmutableArray<AuditData> lines, DayRows? beside, CancellationToken cancellation)
    {
        var writer = writers.GetOrAdd(organisation, _ => new SemaphoreSlim(1, 1));
        await writer.WaitAsync(cancellation);
        try
        {
            for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
            {
                var days = await store.DaysOf(organisation, cancellation);
                var left = await NotLogged(organisation, lines, days, cancellation);
                if (left.IsEmpty && beside is null) return;
                if (await (left.IsEmpty ? TryPut(organisation, beside!, days, cancellation) : TryAppend(organisation, left, beside, days, cancellation))) return;
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
        await foreach (var row in store.Prefix(AuditRows.Day(organisation, day), AuditRows.Entries, limit, cancellation)) entries.Add(AuditRows.Entry(organisation, day, row));
        return entries.ToImmutable();
    }

    async Task<ImmutableArray<AuditData>> NotLogged(OrganisationId organisation, ImmutableArray<AuditData> lines, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        var left = ImmutableArray.CreateBuilder<AuditData>(lines.Length);
        foreach (var data in lines)
            if (!await IsLogged(organisation, data, days, cancellation)) left.Add(data);
        return left.ToImmutable();
    }

    async Task<bool> IsLogged(OrganisationId organisation, AuditData data, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        var first = DateOnly.FromDateTime(data.At.UtcDateTime);
        foreach (var day in days.Where(day => day >= first))
        {
            if (await store.Read(AuditRows.Day(organisation, day), AuditRows.CauseKey(data), cancellation) is not null) return true;
        }

        return false;
    }

    async Task<bool> TryAppend(OrganisationId organisation, ImmutableArray<AuditData> lines, DayRows? beside, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        var key = await secrets.Key(organisation, cancellation);
        var (before, row) = await Newest(organisation, days, cancellation);
        var (head, entries) = (before, ImmutableArray.CreateBuilder<AuditEntry>(lines.Length));
        foreach (var data in lines)
        {
            (var entry, head) = AuditChain.Append(head, data, key);
            entries.Add(entry);
        }

        await Name(organisation, head.Day, days, cancellation);
        var body = SealedHead.Of(head, key).ToJson().ToUtf8();
        List<Change> changes = [row is not null && before.Day == head.Day ? new Change.Replace(AuditRows.HeadKey, body, row.ETag) : new Change.Insert(AuditRows.HeadKey, body)];
        foreach (var entry in entries) changes.AddRange(new Change.Insert(AuditRows.EntryKey(entry.Sequence), entry.ToJson().ToUtf8()), new Change.Insert(AuditRows.CauseKey(entry.Data), Encoding.ASCII.GetBytes(AuditRows.EntryKey(entry.Sequence))));
        if (beside?.Day == head.Day) changes.AddRange(beside.Rows);
        if (await store.Commit(AuditRows.Day(organisation, head.Day), changes, cancellation) is not CommitOutcome.Done) return false;
        await Anchor(organisation, head.Day, body, cancellation);

        // The log is at a later day already: the rows stand in their own all the same.
        return beside is not { } late || late.Day == head.Day || await TryPut(organisation, late, days, cancellation);
    }

    async Task<bool> TryPut(OrganisationId organisation, DayRows late, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        await Name(organisation, late.Day, days, cancellation);
        return await store.Commit(AuditRows.Day(organisation, late.Day), late.Rows, cancellation) is CommitOutcome.Done;
    }

    async Task Name(OrganisationId organisation, DateOnly day, ImmutableArray<DateOnly> known, CancellationToken cancellation)
    {
        if (!known.Contains(day)) await store.Commit(AuditRows.Days(organisation), [new Change.Upsert(AuditRows.Text(day), default)], cancellation);
    }

    // Within a day its own head tells of lines cut off; the anchor tells of whole days cut off, so it moves once a day and once a start.
    async Task Anchor(OrganisationId organisation, DateOnly day, byte[] head, CancellationToken cancellation)
    {
        if (anchored.TryGetValue(organisation, out var last) && last == day) return;
        await store.Commit(AuditRows.Anchor(organisation), [new Change.Upsert(AuditRows.HeadKey, head)], cancellation);
        anchored[organisation] = day;
    }

    async Task<(AuditHead Head, Row? Row)> Newest(OrganisationId organisation, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        foreach (var day in days.Reverse())
        {
            if (await store.Read(AuditRows.Day(organisation, day), AuditRows.HeadKey, cancellation) is { } row)
                return (AuditRows.Head(row)?.Head ?? throw new StoreException($"The audit log of {organisation} is damaged: the head of {AuditRows.Text(day)} cannot be read. Verify the log."), row);
        }

        return (AuditHead.None(organisation), null);
    }
}
