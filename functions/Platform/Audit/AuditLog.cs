using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Connectors;
using Interop.Platform.Storage;

namespace Interop.Platform.Audit;

/// <summary>The log of each organisation: one hash chain, cut into a partition a day. A cause is logged once for an operation, however often it is repeated.</summary>
sealed class AuditLog(IStore store, ISecretStore secrets)
{
    const int MaxConflicts = 50;

    readonly ConcurrentDictionary<OrganisationId, SemaphoreSlim> writers = new();
    readonly ConcurrentDictionary<OrganisationId, DateOnly> anchored = new();

    /// <summary>Adds a line; nothing is added when the cause already has one for this operation.</summary>
    public async Task Append(OrganisationId organisation, AuditData data, CancellationToken cancellation)
    {
        var writer = writers.GetOrAdd(organisation, _ => new SemaphoreSlim(1, 1));
        await writer.WaitAsync(cancellation);
        try
        {
            for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
            {
                var days = await store.DaysOf(organisation, cancellation);
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
        await foreach (var row in store.Prefix(AuditRows.Day(organisation, day), AuditRows.Entries, limit, cancellation)) entries.Add(AuditRows.Entry(organisation, day, row));
        return entries.ToImmutable();
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

    async Task<bool> TryAppend(OrganisationId organisation, AuditData data, ImmutableArray<DateOnly> days, CancellationToken cancellation)
    {
        var key = await secrets.Key(organisation, cancellation);
        var (head, row) = await Newest(organisation, days, cancellation);
        var (entry, next) = AuditChain.Append(head, data, key);
        if (!days.Contains(entry.Day)) await store.Commit(AuditRows.Days(organisation), [new Change.Upsert(AuditRows.Text(entry.Day), default)], cancellation);
        var body = SealedHead.Of(next, key).ToJson().ToUtf8();
        var entryKey = AuditRows.EntryKey(entry.Sequence);
        Change headChange = row is not null && head.Day == entry.Day ? new Change.Replace(AuditRows.HeadKey, body, row.ETag) : new Change.Insert(AuditRows.HeadKey, body);
        Change[] changes = [headChange, new Change.Insert(entryKey, entry.ToJson().ToUtf8()), new Change.Insert(AuditRows.CauseKey(data), Encoding.ASCII.GetBytes(entryKey))];
        if (await store.Commit(AuditRows.Day(organisation, entry.Day), changes, cancellation) is not CommitOutcome.Done) return false;
        if (anchored.TryGetValue(organisation, out var day) && day == entry.Day) return true;

        // Within a day its own head tells of lines cut off; the anchor tells of whole days cut off, so it moves once a day and once a start.
        await store.Commit(AuditRows.Anchor(organisation), [new Change.Upsert(AuditRows.HeadKey, body)], cancellation);
        anchored[organisation] = entry.Day;
        return true;
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
