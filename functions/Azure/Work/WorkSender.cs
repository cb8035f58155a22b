using System.Threading.Channels;
using Azure.Messaging.ServiceBus;
using Interop.Functions.Runs;
using Interop.Platform.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Puts signals on the bus in the background, in batches. The rows that they tell of are stored: a signal lost costs the time until the next sweep, and no work.</summary>
sealed class WorkSender(ServiceBusSender sender, ILogger<WorkSender> log) : BackgroundService
{
    const int MostWaiting = 10_000;
    const int MostAtOnce = 100;

    readonly Channel<ServiceBusMessage> waiting = Channel.CreateBounded<ServiceBusMessage>(MostWaiting);

    public void Send(RunNews news) => Send(WorkMessage.Of(news), news.Partition);

    public void Send(UnfinishedNews news) => Send(WorkMessage.Of(news), news.Organisation);

    /// <summary>Sends it at a later time; and how often it was put off, if it was.</summary>
    public Task SendAt(RunNews news, DateTime at, CancellationToken cancellation, int deferrals = 0)
    {
        var message = WorkMessage.Of(news);
        if (deferrals > 0) message.ApplicationProperties[WorkMessage.Deferrals] = deferrals;
        message.ScheduledEnqueueTime = new DateTimeOffset(at, TimeSpan.Zero);
        return sender.SendMessageAsync(message, cancellation);
    }

    void Send(ServiceBusMessage message, string about)
    {
        if (!waiting.Writer.TryWrite(message)) log.SignalLost(about, "too many signals wait for the bus");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<ServiceBusMessage>(MostAtOnce);
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < MostAtOnce && waiting.Reader.TryRead(out var message)) batch.Add(message);
            await Send([.. batch], stoppingToken);
            batch.Clear();
        }
    }

    // One that is too large, such as that of a run of many branches, takes none of the others with it.
    async Task Send(ServiceBusMessage[] batch, CancellationToken stopping)
    {
        try
        {
            await sender.SendMessagesAsync(batch, stopping);
        }
        catch (ServiceBusException together) when (together.Reason == ServiceBusFailureReason.MessageSizeExceeded && batch.Length > 1)
        {
            foreach (var half in batch.Chunk((batch.Length + 1) / 2)) await Send(half, stopping);
        }
        // Whatever it is, an identity that gives no token too: the sender goes on, for the sweep brings the signals back.
        catch (Exception failed) when (!stopping.IsCancellationRequested)
        {
            log.SignalLost($"{batch.Length} partitions", $"the bus did not take it: {FaultText.Of(failed)}");
        }
    }
}
