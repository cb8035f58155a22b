using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Interop.Functions.Work;

namespace Interop.Azure.Tests.World;

/// <summary>A Service Bus queue with sessions in this process: each session's messages one after the other, again when taking one fails, and put aside when that is asked for.</summary>
sealed class InProcessBus : ServiceBusSender
{
    // The last delivery of each session; who sends next adds to it, one after the other.
    readonly Dictionary<string, Task> sessions = new(StringComparer.Ordinal);
    readonly ConcurrentQueue<ServiceBusReceivedMessage> seen = new();
    readonly ConcurrentBag<ServiceBusReceivedMessage> settled = [];
    readonly ConcurrentQueue<ServiceBusMessage> sent = new();
    int number;

    /// <summary>Who takes messages: the trigger's function.</summary>
    public Func<ServiceBusReceivedMessage, Settlements, Task>? Taker { get; set; }

    /// <summary>Every message that was sent, those for a later time too.</summary>
    public IReadOnlyCollection<ServiceBusMessage> Sent => sent;

    /// <summary>Every message as it was first delivered.</summary>
    public IReadOnlyCollection<ServiceBusReceivedMessage> Seen => seen;

    /// <summary>Waits until what is to be done for a message was done for the first time.</summary>
    public Task Settled(string message) => Eventually.Holds($"the signal of {message} is taken", () => Task.FromResult(settled.Any(taken => TellsOf(taken, message))));

    /// <summary>Whether a signal is that of a message.</summary>
    public static bool TellsOf(ServiceBusReceivedMessage signal, string message) => signal.Subject != WorkMessage.Unfinished && WorkMessage.Read(signal).Due.Any(row => row.Key.EndsWith($"|{message}", StringComparison.Ordinal));

    public ConcurrentQueue<string> DeadLetters { get; } = new();

    public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => SendMessagesAsync([message], cancellationToken);

    public override Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        foreach (var message in messages) Send(message);
        return Task.CompletedTask;
    }

    void Send(ServiceBusMessage message)
    {
        lock (sessions)
        {
            sent.Enqueue(message);
            sessions[message.SessionId] = Deliver(sessions.GetValueOrDefault(message.SessionId, Task.CompletedTask), message);
        }
    }

    async Task Deliver(Task last, ServiceBusMessage message)
    {
        await Task.Yield();
        var wait = message.ScheduledEnqueueTime - TimeProvider.System.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
        await last;
        var id = $"message-{Interlocked.Increment(ref number)}";
        for (var deliveries = 1; deliveries <= 10; deliveries++)
        {
            var received = Received.Of(message, id, deliveries);
            if (deliveries == 1) seen.Enqueue(received);
            var settlements = new Settlements();
            try
            {
                await Taker!(received, settlements);
            }
            catch (Exception) when (deliveries < 10)
            {
                continue;
            }

            settled.Add(received);
            if (settlements.DeadLettered is { } reason) DeadLetters.Enqueue(reason);
            return;
        }
    }
}
