using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Audit;

/// <summary>
/// Logs that somebody was refused. Anybody can be, as often as they like: so of each source the first lines of a window stand by themselves, and one line says how many more there were.
/// Row <c>more|kind|source|begin of the window</c>, due at the window's end, promises that line.
/// </summary>
sealed class RefusalLog(IStore store, AuditLog audit, TimeProvider clock, IWorkSignal work)
{
    public const string PartitionPart = "refusals";
    public const string MorePart = "more";

    /// <summary>How many refusals of a source in a window have a line each. After a restart, and beyond 10,000 sources within a window, counting begins anew.</summary>
    public const int MostLines = 20;

    /// <summary>In business time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    const int MostSources = 10_000;

    readonly ConcurrentDictionary<(OrganisationId Organisation, AuditActor Who), Tally> tallies = new();

    // The number of refusals in a window; those beyond the first lines are to be told together.
    sealed record Tally(DateTimeOffset From, long Count)
    {
        public long More => Math.Max(0, Count - MostLines);
    }

    sealed record Told(DateTimeOffset From, long More);

    /// <summary>Logs a refusal, or counts it.</summary>
    public async Task Refused(OrganisationId organisation, AuditActor who, string why, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        Tally? before = null;
        if (tallies.Count > MostSources) Forget(now);
        var tally = tallies.AddOrUpdate((organisation, who), new Tally(now, 1), (_, known) =>
        {
            before = known;
            return now < known.From + Window && now >= known.From ? known with { Count = known.Count + 1 } : new Tally(now, 1);
        });

        // The count of the window before goes down with its last number; within a window, whenever it has doubled: what a crash takes is less than half.
        if (before is { More: > 0 } past && past.From != tally.From) await Keep(organisation, who, past, cancellation);
        if (tally.More == 0) await audit.Append(organisation, new AuditData(now, AuditOperation.RefusedAccess, who, null, [], why, null, Guid.CreateVersion7(now).ToString()), cancellation);
        else if (BitOperations.IsPow2(tally.More)) await Keep(organisation, who, tally, cancellation);
    }

    /// <summary>Writes the line of a window that is over.</summary>
    public async Task<WorkOutcome> Close(OrganisationId organisation, WorkItem item, CancellationToken cancellation)
    {
        if (await store.Read(item.Partition, item.Key, cancellation) is not { Due: { } due } row || due > clock.GetUtcNow()) return WorkOutcome.Finished;
        var (parts, told) = (RowKey.Split(row.Key), RowBody.Read<Told>(row));
        var who = new AuditActor(Enum.Parse<AuditActorKind>(parts[1]), parts[2]);
        var more = tallies.TryGetValue((organisation, who), out var known) && known.From == told.From ? known.More : told.More;
        var why = $"{Math.Max(more, told.More)} more were refused from {told.From.UtcDateTime:u} on, within {Window.TotalMinutes:0} minutes";
        await audit.Append(organisation, new AuditData(told.From + Window, AuditOperation.RefusedAccess, who, null, [], why, null, $"{item.Key}"), cancellation);
        await store.Commit(row.Partition, [new Change.Delete(row.Key)], cancellation);
        return WorkOutcome.Finished;
    }

    // Windows that are over and have nothing more to tell; when that makes no room, counting begins anew.
    void Forget(DateTimeOffset now)
    {
        foreach (var known in tallies.Where(known => known.Value.More == 0 && known.Value.From + Window <= now)) tallies.TryRemove(known);
        if (tallies.Count > MostSources) tallies.Clear();
    }

    async Task Keep(OrganisationId organisation, AuditActor who, Tally tally, CancellationToken cancellation)
    {
        var partition = PartitionKey.Of(organisation.Value, PartitionPart);
        var key = RowKey.Of(MorePart, who.Kind.ToString(), who.Id, tally.From.UtcTicks.ToString("D19", CultureInfo.InvariantCulture));
        await store.Commit(partition, [new Change.Upsert(key, RowBody.Of(new Told(tally.From, tally.More)), tally.From + Window)], cancellation);
        work.Due(new WorkItem(partition, key, IsFresh: true), tally.From + Window);
    }
}
