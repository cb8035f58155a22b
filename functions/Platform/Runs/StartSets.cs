using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>Events that begin a run together, as far as they have come.</summary>
/// <param name="Key">What they have in common: see <see cref="StartRule.GatheringKey"/>.</param>
/// <param name="BegunAt">When the first came, in business time.</param>
/// <param name="Events">In the order they came.</param>
sealed record StartSet(string Key, DateTimeOffset BegunAt, ImmutableArray<GatheredEvent> Events)
{
    public JsonValue? Input(StartRule rule) => rule.Input([.. Events.Select(one => one.Event)]);

    public StartSet With(StartRule rule, GatheredEvent next) =>
        rule.With([.. Events.Select(one => one.Event)], next.Event).Length == Events.Length ? this : this with { Events = Events.Add(next) };
}

/// <summary>An event and the incident it is about.</summary>
sealed record GatheredEvent(string Subject, JsonValue Event);

/// <summary>
/// The sets of a workflow: rows <c>set|hash of the key</c>, due when they are given up; <c>since|time|hash</c> finds the oldest, and <c>count</c> says how many there are.
/// Each subject of a set has a row that names it, written before the set and removed after it, so that an erasure finds all.
/// </summary>
sealed class StartSets(IStore store, SubjectStore subjects, TimeProvider clock)
{
    public const string PartitionPart = "starting";
    public const string SetPart = "set";

    /// <summary>How long a set waits for what is missing.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>How many sets of a workflow wait in one organisation; beyond, the oldest gives way.</summary>
    public const int MostSets = 10_000;

    const string SincePart = "since";
    const string CountKey = "count";
    const int MaxConflicts = 50;
    const int MostOfSubject = 10_000;

    readonly int mostSets = MostSets;

    internal StartSets(IStore store, SubjectStore subjects, TimeProvider clock, int mostSets)
        : this(store, subjects, clock) => this.mostSets = mostSets;

    sealed record Count(int Sets);

    public async Task<StartSet?> Find(OrganisationId organisation, string workflow, string key, CancellationToken cancellation) =>
        RowBody.ReadOrNone<StartSet>(await store.Read(Partition(organisation, workflow), Key(key), cancellation));

    /// <summary>Adds an event to the set it belongs to. The set as it then is; null if nothing waits for the event.</summary>
    public async Task<StartSet?> Take(OrganisationId organisation, SubjectId subject, Workflow workflow, JsonValue cloudEvent, CancellationToken cancellation)
    {
        var (rule, partition) = (workflow.Start!, Partition(organisation, workflow.Name));
        var key = rule.GatheringKey(cloudEvent, subject.Value);
        var others = rule.IsCorrelated ? [] : await OfMerged(organisation, subject, workflow, cancellation);
        for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
        {
            var row = await store.Read(partition, Key(key), cancellation);
            var before = row is null ? new StartSet(key, clock.GetUtcNow(), []) : RowBody.Read<StartSet>(row);
            var after = others.SelectMany(other => other.Events).Append(new GatheredEvent(subject.Value, cloudEvent)).Aggregate(before, (set, one) => set.With(rule, one));
            if (after.Events.IsEmpty) return null;
            if (after.Events.Length != before.Events.Length && !await Keep(organisation, workflow.Name, row, after, cancellation)) continue;
            foreach (var other in others) await Remove(organisation, workflow.Name, other, cancellation);
            return after;
        }

        throw new StoreException($"The events that begin {workflow.Name} were changed by others {MaxConflicts} times in a row.");
    }

    /// <summary>Removes a set: its run has begun, or nobody waits for it any more.</summary>
    public async Task Remove(OrganisationId organisation, string workflow, StartSet set, CancellationToken cancellation)
    {
        var partition = Partition(organisation, workflow);
        for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
        {
            if (await store.Read(partition, Key(set.Key), cancellation) is not { } row) break;
            if (await store.Commit(partition, [new Change.Delete(row.Key, row.ETag), new Change.Delete(Since(RowBody.Read<StartSet>(row))), await Counted(partition, -1, cancellation)], cancellation) is CommitOutcome.Done) break;
        }

        foreach (var subject in set.Events.Select(one => one.Subject).Distinct())
            await store.Commit(SubjectKeys.Partition(organisation, new SubjectId(subject)), [new Change.Delete(SubjectKeys.Starting(workflow, RowKey.Hash(set.Key)))], cancellation);
    }

    /// <summary>Gives up a set whose time is over.</summary>
    public async Task<WorkOutcome> Expire(OrganisationId organisation, WorkItem item, CancellationToken cancellation)
    {
        if (await store.Read(item.Partition, item.Key, cancellation) is not { Due: { } due } row || due > clock.GetUtcNow()) return WorkOutcome.Finished;
        await Remove(organisation, PartitionKey.Split(item.Partition)[2], RowBody.Read<StartSet>(row), cancellation);
        return WorkOutcome.Finished;
    }

    /// <summary>Takes the events about a subject out of all sets.</summary>
    public async Task Erase(OrganisationId organisation, SubjectId subject, CancellationToken cancellation)
    {
        await foreach (var named in store.Prefix(SubjectKeys.Partition(organisation, subject), RowKey.Of(SubjectKeys.StartingPart, ""), MostOfSubject, cancellation))
        {
            var parts = RowKey.Split(named.Key);
            var (partition, key) = (Partition(organisation, parts[1]), RowKey.Of(SetPart, parts[2]));
            for (var conflicts = 0; conflicts < MaxConflicts && await store.Read(partition, key, cancellation) is { } row; conflicts++)
            {
                var set = RowBody.Read<StartSet>(row);
                var left = set with { Events = set.Events.RemoveAll(one => one.Subject == subject.Value) };
                if (left.Events.IsEmpty) await Remove(organisation, parts[1], set, cancellation);
                else if (left.Events.Length == set.Events.Length || await store.Commit(partition, [new Change.Replace(key, RowBody.Of(left), row.ETag, row.Due)], cancellation) is CommitOutcome.Done) break;
            }

            await store.Commit(named.Partition, [new Change.Delete(named.Key)], cancellation);
        }
    }

    // Events of incidents that turned out to be this one.
    async Task<ImmutableArray<StartSet>> OfMerged(OrganisationId organisation, SubjectId subject, Workflow workflow, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<StartSet>();
        foreach (var same in (await subjects.WithMerged(organisation, subject, cancellation)).Where(same => same != subject))
            if (await Find(organisation, workflow.Name, workflow.Start!.GatheringKey(JsonValue.Null, same.Value), cancellation) is { } set) found.Add(set);
        return found.ToImmutable();
    }

    // False when others changed something meanwhile.
    async Task<bool> Keep(OrganisationId organisation, string workflow, Row? before, StartSet set, CancellationToken cancellation)
    {
        var partition = Partition(organisation, workflow);
        foreach (var subject in set.Events.Select(one => one.Subject).Distinct())
            await store.Commit(SubjectKeys.Partition(organisation, new SubjectId(subject)), [new Change.Upsert(SubjectKeys.Starting(workflow, RowKey.Hash(set.Key)), default)], cancellation);
        if (before is not null) return await store.Commit(partition, [new Change.Replace(before.Key, RowBody.Of(set), before.ETag, before.Due)], cancellation) is CommitOutcome.Done;
        if ((RowBody.ReadOrNone<Count>(await store.Read(partition, CountKey, cancellation))?.Sets ?? 0) >= mostSets && await Oldest(partition, cancellation) is { } oldest) await Remove(organisation, workflow, oldest, cancellation);
        Change[] changes = [new Change.Insert(Key(set.Key), RowBody.Of(set), set.BegunAt + Longest), new Change.Insert(Since(set), default), await Counted(partition, 1, cancellation)];
        return await store.Commit(partition, changes, cancellation) is CommitOutcome.Done;
    }

    async Task<StartSet?> Oldest(string partition, CancellationToken cancellation)
    {
        await foreach (var row in store.Prefix(partition, RowKey.Of(SincePart, ""), 1, cancellation))
            return RowBody.ReadOrNone<StartSet>(await store.Read(partition, RowKey.Of(SetPart, RowKey.Split(row.Key)[2]), cancellation));
        return null;
    }

    async Task<Change> Counted(string partition, int more, CancellationToken cancellation)
    {
        var row = await store.Read(partition, CountKey, cancellation);
        var body = RowBody.Of(new Count((RowBody.ReadOrNone<Count>(row)?.Sets ?? 0) + more));
        return row is null ? new Change.Insert(CountKey, body) : new Change.Replace(CountKey, body, row.ETag);
    }

    static string Partition(OrganisationId organisation, string workflow) => PartitionKey.Of(organisation.Value, PartitionPart, workflow);

    static string Key(string key) => RowKey.Of(SetPart, RowKey.Hash(key));

    static string Since(StartSet set) => RowKey.Of(SincePart, set.BegunAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture), RowKey.Hash(set.Key));
}
