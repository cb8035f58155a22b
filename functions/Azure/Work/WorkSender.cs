using System.Threading.Channels;
using Azure.Messaging.ServiceBus;
using Interop.Functions.Runs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Puts signals on the bus in the background, in batches. The rows that they tell of are stored: a signal lost costs the time until the next sweep, and no work.</summary>
sealed class WorkSender(ServiceBusSender sender, ILogger<WorkSender> log) : BackgroundService
{
    const int MostWaiting = 10_000;
    const int MostAtOnce = 100;

    readonly Channel<ServiceBusMessage> waiting = Channel.CreateBounded<ServiceBusMessage>(MostWaiting);

    public void Send(RunNews news)
    {
        if (!waiting.Writer.TryWrite(WorkMessage.Of(news))) log.SignalLost(news.Partition, "too many signals wait for the bus", null);
    }

    /// <summary>Sends it at a later time.</summary>
    public Task SendAt(RunNews news, DateTime at, CancellationToken cancellation)
    {
        var message = WorkMessage.Of(news);
        message.ScheduledEnqueueTime = new DateTimeOffset(at, TimeSpan.Zero);
        return sender.SendMessageAsync(message, cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<ServiceBusMessage>(MostAtOnce);
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < MostAtOnce && waiting.Reader.TryRead(out var message)) batch.Add(message);
            try
            {
                await sender.SendMessagesAsync(batch, stoppingToken);
            }
            // Whatever it is, an identity that gives no token too: the sender goes on, for the sweep brings the signals back.
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                log.SignalLost($"{batch.Count} partitions", "the bus did not take it", failed);
            }

            batch.Clear();
        }
    }
}
