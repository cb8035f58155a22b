using System.Collections.Frozen;
using Azure.Messaging.ServiceBus;
using Interop.Functions.Runs;
using Interop.Functions.Telemetry;
using Interop.Platform.Work;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Does what messages of the work queue tell of. A message is settled only after what it led to was committed; one that fails again and again is put aside, and what it told of is held.</summary>
sealed class BusWork
{
    /// <summary>A message that came so often and failed is put aside. The queue's own limit is higher.</summary>
    public const int MostDeliveries = 5;

    readonly WorkPerformer performer;
    readonly WorkSender bus;
    readonly WallClock wall;
    readonly ILogger<BusWork> log;
    readonly FrozenDictionary<string, Func<RunNews, DurableTaskClient, CancellationToken, Task>> kinds;

    public BusWork(WorkPerformer performer, WorkSender bus, WallClock wall, ILogger<BusWork> log)
    {
        (this.performer, this.bus, this.wall, this.log) = (performer, bus, wall, log);
        kinds = new Dictionary<string, Func<RunNews, DurableTaskClient, CancellationToken, Task>>(StringComparer.Ordinal)
        {
            [WorkMessage.Run] = (news, runs, cancellation) => runs.Tell(news, cancellation),
            [WorkMessage.Row] = (news, _, cancellation) => Perform(news, cancellation),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Takes a message. What it throws leaves the message to come again.</summary>
    public async Task Take(ServiceBusReceivedMessage message, ISettlement settlement, DurableTaskClient runs, CancellationToken cancellation)
    {
        try
        {
            await kinds[message.Subject](WorkMessage.Read(message), runs, cancellation);
        }
        catch (Exception failed) when (message.DeliveryCount >= MostDeliveries && !cancellation.IsCancellationRequested)
        {
            await PutAside(message, settlement, failed, cancellation);
            return;
        }

        await settlement.Complete(cancellation);
    }

    async Task Perform(RunNews news, CancellationToken cancellation)
    {
        foreach (var row in news.Due)
        {
            using var traced = Traces.Perform(row);
            var outcome = await performer.Perform(new WorkItem(row.Partition, row.Key, IsFresh: false), cancellation);
            outcome.Log(row, log);
            if (outcome is WorkOutcome.Later later) await bus.SendAt(RunNews.Of(row.Partition, row), wall.In(later.After), cancellation);
        }
    }

    async Task PutAside(ServiceBusReceivedMessage message, ISettlement settlement, Exception failed, CancellationToken cancellation)
    {
        var reason = TooOften.Told(message.DeliveryCount, failed);
        log.PutAside(WorkMessage.Queue, message.MessageId, reason, failed);
        foreach (var row in Readable(message)) await performer.GiveUp(new WorkItem(row.Partition, row.Key, IsFresh: false), reason, cancellation);
        await settlement.DeadLetter(TooOften.Reason, reason, cancellation);
    }

    static DueRow[] Readable(ServiceBusReceivedMessage message)
    {
        try
        {
            return WorkMessage.Read(message).Due;
        }
        catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or InvalidDataException)
        {
            return [];
        }
    }
}
