using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Audit;
using Interop.Platform.Intake;
using Interop.Platform.Runs;
using Interop.Platform.Schedules;
using Interop.Platform.Storage;

namespace Interop.Platform.Work;

/// <summary>Does what a due row asks for. Which kind of row it is, its keys say.</summary>
public sealed class WorkPerformer
{
    const int MostInbox = 100;

    readonly MessageProcessor messages;
    readonly EffectPerformer effects;
    readonly RunStepper stepper;
    readonly RunEnding ending;
    readonly ScheduleBook schedules;
    readonly OpenRunsSweep sweep;
    readonly RunExpiry expiry;
    readonly LifecycleTeller lifecycle;
    readonly StartSets sets;
    readonly RefusalLog refusals;
    readonly FailedWork failed;
    readonly IStore store;

    internal WorkPerformer(MessageProcessor messages, EffectPerformer effects, RunStepper stepper, RunEnding ending, ScheduleBook schedules, OpenRunsSweep sweep, RunExpiry expiry, LifecycleTeller lifecycle, StartSets sets, RefusalLog refusals, FailedWork failed, IStore store) =>
        (this.messages, this.effects, this.stepper, this.ending, this.schedules, this.sweep, this.expiry, this.lifecycle, this.sets, this.refusals, this.failed, this.store) =
        (messages, effects, stepper, ending, schedules, sweep, expiry, lifecycle, sets, refusals, failed, store);

    /// <summary>Does it; doing it again changes nothing. A fault is noted and told with the outcome; only a failing store throws.</summary>
    public async Task<WorkOutcome> Perform(WorkItem item, CancellationToken cancellation)
    {
        var organisation = new OrganisationId(PartitionKey.Split(item.Partition)[0]);
        try
        {
            var outcome = await Do(organisation, item, cancellation);
            await failed.Passed(organisation, item, cancellation);
            if (outcome is WorkOutcome.Done { MayBeOver: true } && item.IsOfRun) await ending.SayIfOver(organisation, new RunId(PartitionKey.Split(item.Partition)[2]), cancellation);
            return outcome;
        }
        catch (Exception fault) when (fault is not StoreException && !cancellation.IsCancellationRequested)
        {
            return await failed.Failed(organisation, item, fault, cancellation);
        }
    }

    async Task<WorkOutcome> Do(OrganisationId organisation, WorkItem item, CancellationToken cancellation)
    {
        var partition = PartitionKey.Split(item.Partition);
        return (partition[1], RowKey.Split(item.Key)[0]) switch
        {
            (MessageStore.PartitionPart, MessageStore.UnfinishedPart) => await messages.Process(organisation, MessageStore.OfUnfinished(item.Key).Id, cancellation),
            (RunKeys.PartitionPart, RunKeys.EffectPart) => await effects.Perform(organisation, new RunId(partition[2]), item, cancellation),
            (RunKeys.PartitionPart, RunKeys.Ended) => await ending.Perform(organisation, new RunId(partition[2]), cancellation),
            (RunKeys.PartitionPart, RunKeys.Expiry) => await expiry.Perform(organisation, new RunId(partition[2]), cancellation),
            (RunKeys.PartitionPart, RunKeys.LifecyclePart) => await lifecycle.Perform(organisation, new RunId(partition[2]), item, cancellation),
            (RefusalLog.PartitionPart, RefusalLog.MorePart) => await refusals.Close(organisation, item, cancellation),
            (FailedWork.PartitionPart, FailedWork.FailedPart) => await failed.Forget(item, cancellation),
            (StartSets.PartitionPart, StartSets.SetPart) => await sets.Expire(organisation, item, cancellation),
            (ScheduleBook.PartitionPart, ScheduleBook.NextPart) => await schedules.Begin(organisation, item.Key, cancellation),
            (OpenRuns.PartitionPart, OpenRunsSweep.Key) => await sweep.Perform(organisation, cancellation),
            (RunKeys.PartitionPart, RunKeys.InboxPart) => await Inbox(organisation, new RunId(partition[2]), item.Partition, cancellation),
            _ => throw new InvalidDataException($"The due row {item.Partition} {item.Key} is of no known kind."),
        };
    }

    /// <summary>Whether work that a fault ended rests, or did until so short a time ago that whoever lets it rest is about to try it again: a sweep leaves it to them.</summary>
    public Task<bool> IsResting(WorkItem item, TimeSpan grace, CancellationToken cancellation) => failed.IsResting(new OrganisationId(PartitionKey.Split(item.Partition)[0]), item, grace, cancellation);

    /// <summary>Stops trying to do what fails again and again, for a reason that holds no personal data: a message is held, to be taken again by a person. Other rows stay due: what they promise is never dropped.</summary>
    public async Task GiveUp(WorkItem item, string reason, CancellationToken cancellation)
    {
        var partition = PartitionKey.Split(item.Partition);
        if (partition[1] == MessageStore.PartitionPart) await messages.GiveUp(new OrganisationId(partition[0]), MessageStore.OfUnfinished(item.Key).Id, reason, cancellation);
    }

    // All that waits is given to the machine in order of arrival, whichever row woke us.
    async Task<WorkOutcome> Inbox(OrganisationId organisation, RunId run, string partition, CancellationToken cancellation)
    {
        var outcome = WorkOutcome.Late;
        await foreach (var row in store.Prefix(partition, RowKey.Of(RunKeys.InboxPart, ""), MostInbox, cancellation))
        {
            outcome = WorkOutcome.Finished;
            var happened = new EventArrived(row.Due ?? default, JsonValue.Parse(row.Body.Span, JsonLimits.Stored).Value);
            await stepper.Step(organisation, run, happened, [new Change.Delete(row.Key, row.ETag)], cancellation);
        }

        return outcome;
    }
}
