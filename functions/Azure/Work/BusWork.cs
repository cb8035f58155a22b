using System.Collections.Frozen;
using Azure.Messaging.ServiceBus;
using Interop.Core.Messages;
using Interop.Functions.Runs;
using Interop.Functions.Telemetry;
using Interop.Platform.Storage;
using Interop.Platform.Work;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Does what messages of the work queue tell of. A message is settled only after what it led to was committed. One that fails again and again is put aside, and the message that it told of is held; news of a run is put off instead.</summary>
sealed class BusWork
{
    /// <summary>A message that came so often and failed is put aside. The queue's own limit is higher.</summary>
    public const int MostDeliveries = 5;

    /// <summary>So many messages of each partition of an organisation are worked off for one signal.</summary>
    public const int MostOfEach = 40;

    /// <summary>So often news of a run is put off, a minute each time: about four hours.</summary>
    public const int MostDeferrals = 240;

    // A store that fails so often for one signal is out of reach; the next sweep tells of what is left.
    const int MostFailures = 5;

    static readonly TimeSpan Deferral = TimeSpan.FromMinutes(1);

    readonly WorkPerformer performer;
    readonly DueWork due;
    readonly WorkSender bus;
    readonly WallClock wall;
    readonly ILogger<BusWork> log;
    readonly FrozenDictionary<string, Func<ServiceBusReceivedMessage, DurableTaskClient, CancellationToken, Task>> kinds;

    public BusWork(WorkPerformer performer, DueWork due, WorkSender bus, WallClock wall, ILogger<BusWork> log)
    {
        (this.performer, this.due, this.bus, this.wall, this.log) = (performer, due, bus, wall, log);
        kinds = new Dictionary<string, Func<ServiceBusReceivedMessage, DurableTaskClient, CancellationToken, Task>>(StringComparer.Ordinal)
        {
            [WorkMessage.Run] = (message, runs, cancellation) => runs.Tell(WorkMessage.Read(message), cancellation),
            [WorkMessage.Row] = (message, _, cancellation) => Perform(WorkMessage.Read(message), cancellation),
            [WorkMessage.Unfinished] = (message, _, cancellation) => WorkOff(WorkMessage.ReadUnfinished(message), cancellation),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Takes a message. What it throws leaves the message to come again.</summary>
    public async Task Take(ServiceBusReceivedMessage message, ISettlement settlement, DurableTaskClient runs, CancellationToken cancellation)
    {
        try
        {
            await kinds[message.Subject](message, runs, cancellation);
        }
        catch (Exception failed) when (message.DeliveryCount >= MostDeliveries && !cancellation.IsCancellationRequested)
        {
            if (!await PutOff(message, failed, cancellation))
            {
                await PutAside(message, settlement, failed, cancellation);
                return;
            }
        }

        await settlement.Complete(cancellation);
    }

    async Task Perform(RunNews news, CancellationToken cancellation)
    {
        foreach (var row in news.Due) await Perform(row, cancellation);
    }

    // Oldest first. What fails stays unfinished and hides no other.
    async Task WorkOff(UnfinishedNews news, CancellationToken cancellation)
    {
        var failures = 0;
        foreach (var item in await due.Oldest(new OrganisationId(news.Organisation), news.Before, MostOfEach, cancellation))
        {
            try
            {
                await Perform(new DueRow(item.Partition, item.Key, default, null, DueCause.Sweep), cancellation);
            }
            catch (StoreException failed)
            {
                log.RowLeft(item.Partition, item.Key, failed.GetType().Name);
                if (++failures == MostFailures) return;
            }
        }
    }

    async Task Perform(DueRow row, CancellationToken cancellation)
    {
        using var traced = Traces.Perform(row);
        var item = new WorkItem(row.Partition, row.Key, IsFresh: false);
        if (row.Cause == DueCause.Sweep && await performer.IsResting(item, DueSweep.Grace, cancellation)) return;
        var outcome = await performer.Perform(item, cancellation);
        outcome.Log(row, log);

        // What is to be tried again is on the bus once. The sweep begins that anew only after a fault, of which the store says since when it rests; in all else it comes again by itself.
        if (outcome is WorkOutcome.Later later && (row.Cause != DueCause.Sweep || outcome.Fault is not null))
            await bus.SendAt(RunNews.Of(row.Partition, row with { Cause = DueCause.Rest }), wall.In(later.After), cancellation);
    }

    // News of a run fails when the scheduler is out of reach. What is due stands in the store, and what else the news says is nowhere else: it is told again when a minute has passed, unless the sweep does that anyway.
    async Task<bool> PutOff(ServiceBusReceivedMessage message, Exception failed, CancellationToken cancellation)
    {
        var deferrals = message.ApplicationProperties.GetValueOrDefault(WorkMessage.Deferrals) as int? ?? 0;
        if (message.Subject != WorkMessage.Run || deferrals >= MostDeferrals || Readable(message) is not { } news) return false;
        var isSwept = news.Due.Length > 0 && news.Due.All(row => row.Cause == DueCause.Sweep);
        log.NewsDeferred(news.Partition, message.DeliveryCount, failed.GetType().Name, isSwept ? "by the sweep" : $"{deferrals + 1} of {MostDeferrals}");
        if (!isSwept) await bus.SendAt(news, wall.In(Deferral), cancellation, deferrals + 1);
        return true;
    }

    async Task PutAside(ServiceBusReceivedMessage message, ISettlement settlement, Exception failed, CancellationToken cancellation)
    {
        var reason = TooOften.Told(message.DeliveryCount, failed);
        log.PutAside(WorkMessage.Queue, message.MessageId, reason, FaultText.Of(failed));
        foreach (var row in Readable(message)?.Due ?? []) await performer.GiveUp(new WorkItem(row.Partition, row.Key, IsFresh: false), reason, cancellation);
        await settlement.DeadLetter(TooOften.Reason, reason, cancellation);
    }

    static RunNews? Readable(ServiceBusReceivedMessage message)
    {
        try
        {
            return message.Subject == WorkMessage.Unfinished ? null : WorkMessage.Read(message);
        }
        catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or InvalidDataException)
        {
            return null;
        }
    }
}
