using System.Collections.Concurrent;
using System.Globalization;
using Interop.Core.Messages;
using Interop.Platform.Held;
using Interop.Platform.Intake;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using RunId = Interop.Core.Messages.RunId;

namespace Interop.Platform.Work;

/// <summary>
/// Work that a fault of the platform ends: it is tried again a number of times, each later than the one before, and then held for a person with the reason. Row <c>failed|hash of its address</c>.
/// A failing store is no such fault: what cannot be written is tried until it can.
/// </summary>
sealed class FailedWork(IStore store, HeldList held, EffectPerformer effects, TimeProvider clock, IWorkSignal work)
{
    public const string PartitionPart = "failed-work";
    public const string FailedPart = "failed";

    /// <summary>How often it is tried; the tries are spread over about twenty minutes.</summary>
    public const int MostTries = 10;

    const int MostRemembered = 10_000;
    static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    // Failures older than this have nothing to do with a new one.
    static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);

    // What has failed here since the start, so that success need not ask the store. What gets through in another process is known by its row: whatever is done with it gives it another version.
    readonly ConcurrentDictionary<(string Partition, string Key), bool> failing = new();

    /// <param name="Partition">Where the work stands.</param>
    /// <param name="Key">Its row.</param>
    /// <param name="Tries">How often it failed.</param>
    /// <param name="At">When last, in business time.</param>
    /// <param name="Version">Of the row that promises the work.</param>
    /// <param name="Due">When it was due, or came, if it is held now.</param>
    sealed record Failure(string Partition, string Key, int Tries, DateTimeOffset At, string? Version, DateTimeOffset? Due = null);

    /// <summary>How long work rests after it failed so often.</summary>
    public static TimeSpan DelayAfter(int tries) => TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(tries - 1, 20)));

    /// <summary>Notes a failure: it is to be tried later, or held from now on.</summary>
    public async Task<WorkOutcome> Failed(OrganisationId organisation, WorkItem item, Exception fault, CancellationToken cancellation)
    {
        if (failing.Count >= MostRemembered) failing.Clear();
        failing[(item.Partition, item.Key)] = true;
        var (partition, key, now) = (Partition(organisation), Key(item.Partition, item.Key), clock.GetUtcNow());
        var known = RowBody.ReadOrNone<Failure>(await store.Read(partition, key, cancellation));
        var version = (await store.Read(item.Partition, item.Key, cancellation))?.ETag.Value;
        var failure = new Failure(item.Partition, item.Key, known is { Due: null } && known.Version == version && known.At + Forgotten > now ? known.Tries + 1 : 1, now, version);
        if (failure.Tries >= MostTries) return await Hold(organisation, failure, fault, cancellation) with { Fault = fault };
        await store.Commit(partition, [new Change.Upsert(key, RowBody.Of(failure), now + Forgotten)], cancellation);
        return new WorkOutcome.Later(DelayAfter(failure.Tries)) { Fault = fault };
    }

    /// <summary>Whether work rests after a failure, or did until so short a time ago that whoever lets it rest is about to try it again.</summary>
    public async Task<bool> IsResting(OrganisationId organisation, WorkItem item, TimeSpan grace, CancellationToken cancellation) =>
        RowBody.ReadOrNone<Failure>(await store.Read(Partition(organisation), Key(item.Partition, item.Key), cancellation)) is { Due: null } known && clock.GetUtcNow() < known.At + DelayAfter(known.Tries) + grace;

    /// <summary>Forgets the failures of work that got through.</summary>
    public async ValueTask Passed(OrganisationId organisation, WorkItem item, CancellationToken cancellation)
    {
        if (failing.IsEmpty || !failing.TryRemove((item.Partition, item.Key), out _)) return;
        await store.Commit(Partition(organisation), [new Change.Delete(Key(item.Partition, item.Key))], cancellation);
    }

    /// <summary>Removes a failure that lies so far back that it has nothing to do with a new one: its work got through elsewhere, or goes on failing and is noted again.</summary>
    public async Task<WorkOutcome> Forget(WorkItem item, CancellationToken cancellation)
    {
        if (await store.Read(item.Partition, item.Key, cancellation) is { Due: { } due } row && due <= clock.GetUtcNow()) await store.Commit(item.Partition, [new Change.Delete(item.Key, row.ETag)], cancellation);
        return WorkOutcome.Finished;
    }

    /// <summary>Lets held work go again. False when there is none of that id.</summary>
    public async Task<bool> Release(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        if (await held.Find(organisation, id, cancellation) is not { Kind: HeldKind.Work }) return false;
        var (partition, key, now) = (Partition(organisation), RowKey.Of(FailedPart, id), clock.GetUtcNow());
        if (RowBody.ReadOrNone<Failure>(await store.Read(partition, key, cancellation)) is { } failure)
        {
            if (await Promise(failure, failure.Due ?? now, cancellation) is { } promise && await store.Commit(failure.Partition, [promise], cancellation) is not CommitOutcome.Done) return false;
            work.Due(new WorkItem(failure.Partition, failure.Key, IsFresh: false), now);
        }

        await held.Remove(organisation, id, cancellation);
        await store.Commit(partition, [new Change.Delete(key)], cancellation);
        return true;
    }

    // An effect is a dead letter like others; all else is held by its address. Listed first: a crash between leads here again.
    async Task<WorkOutcome> Hold(OrganisationId organisation, Failure failure, Exception fault, CancellationToken cancellation)
    {
        var reason = string.Create(CultureInfo.InvariantCulture, $"It failed {failure.Tries} times for a fault of the platform ({fault.GetType().Name}). The host's log says more.");
        var (partition, key) = (Partition(organisation), Key(failure.Partition, failure.Key));
        var (place, kind) = (PartitionKey.Split(failure.Partition), RowKey.Split(failure.Key)[0]);
        var isOfRun = place[1] == RunKeys.PartitionPart;
        if (isOfRun && kind == RunKeys.EffectPart && await IsDeadLetter(organisation, new RunId(place[2]), failure, reason, cancellation))
        {
            await store.Commit(partition, [new Change.Delete(key)], cancellation);
            return new WorkOutcome.Done();
        }

        if (await store.Read(failure.Partition, failure.Key, cancellation) is not { } row || (DueOf(row) is not { } due)) return new WorkOutcome.Done();
        var id = RowKey.Split(key)[1];
        await held.Add(organisation, new HeldItem(HeldKind.Work, id, isOfRun ? place[2] : null, "", isOfRun ? kind : place[1], isOfRun || place.Length < 3 ? reason : $"{reason} It is {place[1]} {(IsMessage(failure.Key) ? MessageStore.OfUnfinished(failure.Key).Id : place[2])}.", failure.At), cancellation);
        await store.Commit(partition, [new Change.Upsert(key, RowBody.Of(failure with { Due = due }))], cancellation);
        Change withdrawn = IsMessage(row.Key) ? new Change.Delete(row.Key, row.ETag) : new Change.Replace(row.Key, row.Body, row.ETag);
        return await store.Commit(row.Partition, [withdrawn], cancellation) is CommitOutcome.Done ? new WorkOutcome.Done() : new WorkOutcome.Later(FirstDelay);
    }

    // What stands in the row may itself be what fails.
    async Task<bool> IsDeadLetter(OrganisationId organisation, RunId run, Failure failure, string reason, CancellationToken cancellation)
    {
        try
        {
            await effects.GiveUp(organisation, run, new WorkItem(failure.Partition, failure.Key, IsFresh: false), reason, cancellation);
            return true;
        }
        catch (Exception fault) when (fault is not StoreException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    // Null when the work is promised already, or there is nothing to promise.
    async Task<Change?> Promise(Failure failure, DateTimeOffset due, CancellationToken cancellation) => await store.Read(failure.Partition, failure.Key, cancellation) switch
    {
        null when IsMessage(failure.Key) => new Change.Insert(failure.Key, default),
        { Due: null } row when !IsMessage(failure.Key) => new Change.Replace(row.Key, row.Body, row.ETag, due),
        _ => null,
    };

    // A message's promise is that its row is there; of all else, that it is due.
    static bool IsMessage(string key) => RowKey.Split(key)[0] == MessageStore.UnfinishedPart;

    static DateTimeOffset? DueOf(Row row) => IsMessage(row.Key) ? MessageStore.OfUnfinished(row.Key).ReceivedAt : row.Due;

    static string Partition(OrganisationId organisation) => PartitionKey.Of(organisation.Value, PartitionPart);

    static string Key(string partition, string key) => RowKey.Of(FailedPart, RowKey.Hash(partition, key));
}
