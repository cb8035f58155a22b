using System.Collections.Concurrent;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Interop.Azure.Tests.World;
using Interop.Functions.Runs;
using Interop.Functions.Work;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Interop.Azure.Tests.Work;

/// <summary>The sender outlives whatever the bus or the identity says.</summary>
public sealed class WorkSenderTests
{
    [Fact]
    public async Task Send_AfterTheIdentityFailed_GoesOn()
    {
        var (bus, asked, sent) = (new Mock<ServiceBusSender>(MockBehavior.Strict), 0, new ConcurrentQueue<string>());
        bus.Setup(queue => queue.SendMessagesAsync(It.IsAny<IEnumerable<ServiceBusMessage>>(), It.IsAny<CancellationToken>())).Returns((IEnumerable<ServiceBusMessage> messages, CancellationToken _) =>
        {
            if (Interlocked.Increment(ref asked) == 1) throw new AuthenticationFailedException("The identity gives no token.");
            foreach (var message in messages) sent.Enqueue(message.SessionId);
            return Task.CompletedTask;
        });
        using var sender = new WorkSender(bus.Object, NullLogger<WorkSender>.Instance);
        await sender.StartAsync(CancellationToken.None);
        sender.Send(RunNews.Of("northshire|run|first"));
        await Eventually.Holds("the first was refused", () => Task.FromResult(Volatile.Read(ref asked) == 1));
        sender.Send(RunNews.Of("northshire|run|second"));
        await Eventually.Holds("the second was sent", () => Task.FromResult(sent.ToArray() is ["northshire|run|second"]));
        await sender.StopAsync(CancellationToken.None);
        Assert.True(sender.ExecuteTask!.IsCompleted);
    }

    // A bus that takes three at once, and one of them never.
    [Fact]
    public async Task Send_OfMoreThanTheBusTakesAtOnce_LosesWhatIsTooLargeAlone()
    {
        const string large = "northshire|run|large";
        var (bus, sent) = (new Mock<ServiceBusSender>(MockBehavior.Strict), new ConcurrentQueue<string>());
        bus.Setup(queue => queue.SendMessagesAsync(It.IsAny<IEnumerable<ServiceBusMessage>>(), It.IsAny<CancellationToken>())).Returns((IEnumerable<ServiceBusMessage> messages, CancellationToken _) =>
        {
            var batch = messages.ToList();
            if (batch.Count > 3 || batch.Exists(message => message.SessionId == large)) throw new ServiceBusException("It is too large.", ServiceBusFailureReason.MessageSizeExceeded);
            foreach (var message in batch) sent.Enqueue(message.SessionId);
            return Task.CompletedTask;
        });
        using var sender = new WorkSender(bus.Object, NullLogger<WorkSender>.Instance);
        string[] runs = [.. Enumerable.Range(0, 20).Select(run => run == 7 ? large : $"northshire|run|{run}"), "northshire|run|last"];
        foreach (var run in runs) sender.Send(RunNews.Of(run));
        await sender.StartAsync(CancellationToken.None);
        await Eventually.Holds("the last was sent", () => Task.FromResult(sent.Contains("northshire|run|last")));
        await sender.StopAsync(CancellationToken.None);
        Assert.Equal(runs.Where(run => run != large), sent);
    }

    [Fact]
    public async Task SendAt_OfNews_KeepsItsSession()
    {
        var bus = new Mock<ServiceBusSender>(MockBehavior.Strict);
        bus.Setup(queue => queue.SendMessageAsync(It.IsAny<ServiceBusMessage>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        using var sender = new WorkSender(bus.Object, NullLogger<WorkSender>.Instance);
        var at = new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero);
        await sender.SendAt(RunNews.Of("northshire|run|arun"), at.UtcDateTime, CancellationToken.None);
        bus.Verify(queue => queue.SendMessageAsync(It.Is<ServiceBusMessage>(message => message.SessionId == "northshire|run|arun" && message.ScheduledEnqueueTime == at), CancellationToken.None), Times.Once);
    }
}
