using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Interop.Azure.Tests.World;
using Interop.Functions.Runs;
using Interop.Functions.Work;
using Microsoft.Extensions.Logging.Abstractions;

namespace Interop.Azure.Tests.Work;

/// <summary>The sender outlives whatever the bus or the identity says.</summary>
public sealed class WorkSenderTests
{
    [Fact]
    public async Task Send_AfterTheIdentityFailed_GoesOn()
    {
        var bus = new FailingOnce();
        using var sender = new WorkSender(bus, NullLogger<WorkSender>.Instance);
        await sender.StartAsync(CancellationToken.None);
        sender.Send(RunNews.Of("northshire|run|first"));
        await Eventually.Holds("the first was refused", () => Task.FromResult(bus.Calls == 1));
        sender.Send(RunNews.Of("northshire|run|second"));
        await Eventually.Holds("the second was sent", () => Task.FromResult(bus.Sent is ["northshire|run|second"]));
        await sender.StopAsync(CancellationToken.None);
        Assert.True(sender.ExecuteTask!.IsCompleted);
    }

    sealed class FailingOnce : ServiceBusSender
    {
        public int Calls { get; private set; }

        public IReadOnlyList<string> Sent { get; private set; } = [];

        public override Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
        {
            if (++Calls == 1) throw new AuthenticationFailedException("The identity gives no token.");
            Sent = [.. Sent, .. messages.Select(message => message.SessionId)];
            return Task.CompletedTask;
        }
    }
}
