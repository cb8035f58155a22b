using System.Reflection;
using Azure.Messaging.ServiceBus;
using Interop.Azure.Tests.World;
using Interop.Functions.Intake;
using Interop.Functions.Triggers.ServiceBus;
using Interop.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Interop.Azure.Tests.Triggers.ServiceBus;

/// <summary>The functions of queues with the settlement of the Functions host: after the commit, aside with the reason, in sessions.</summary>
public sealed class BusFunctionsTests
{
    [Fact]
    public async Task Rms_OfAMessageThatCannotBeRead_DeadLettersItWithTheReason()
    {
        await using var platform = await AzurePlatform.Start();
        var actions = new Actions();
        await Functions(platform).Rms(Received.From("northshire", "no-such-type", "{}"), actions, CancellationToken.None);
        Assert.Equal(["dead-letter: There is no such thing, unknown-message-type"], actions.Done);
    }

    [Fact]
    public async Task Work_OfAMessageThatCame_CompletesAfterTheCommit()
    {
        await using var platform = await AzurePlatform.Start();
        var actions = new Actions();
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        var id = await Reports.Send(platform);
        var told = await Eventually.Seen("the signal is on the bus", () => Task.FromResult(platform.Bus.Seen.FirstOrDefault(sent => InProcessBus.TellsOf(sent, id))));
        platform.Store.Committed = (partition, _) => actions.Done.Add(partition.Split('|')[1]);
        await Functions(platform).Work(told, actions, platform.Durable.Client, CancellationToken.None);
        Assert.Contains("audit", actions.Done);
        Assert.Equal("complete", actions.Done[^1]);
    }

    [Fact]
    public async Task Work_WhileTheStoreFails_SettlesNothing()
    {
        await using var platform = await AzurePlatform.Start();
        var actions = new Actions();
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        var id = await Reports.Send(platform);
        var told = await Eventually.Seen("the signal is on the bus", () => Task.FromResult(platform.Bus.Seen.FirstOrDefault(sent => InProcessBus.TellsOf(sent, id))));
        platform.Store.Failing = _ => true;
        await Assert.ThrowsAsync<Interop.Platform.Storage.StoreException>(() => Functions(platform).Work(told, actions, platform.Durable.Client, CancellationToken.None));
        Assert.Empty(actions.Done);
    }

    [Theory]
    [InlineData("Rms", "rms")]
    [InlineData("CaseFile", "case-management")]
    [InlineData("Work", "work")]
    public void Queue_OfAFunction_HasSessionsAndIsSettledByThePlatform(string function, string queue)
    {
        var method = typeof(BusFunctions).GetMethods().Single(one => one.GetCustomAttribute<FunctionAttribute>()?.Name == function);
        var trigger = method.GetParameters()[0].GetCustomAttribute<ServiceBusTriggerAttribute>()!;
        Assert.Equal((queue, true, false, "ServiceBus"), (trigger.QueueName, trigger.IsSessionsEnabled, trigger.AutoCompleteMessages, trigger.Connection));
    }

    static BusFunctions Functions(AzurePlatform platform) => new(platform.Get<BusIntake>(), platform.Get<BusWork>());

    sealed class Actions : ServiceBusMessageActions
    {
        public List<string> Done { get; } = [];

        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        {
            Done.Add("complete");
            return Task.CompletedTask;
        }

        public override Task DeadLetterMessageAsync(
            ServiceBusReceivedMessage message, Dictionary<string, object>? propertiesToModify = null, string? deadLetterReason = null, string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default)
        {
            Done.Add($"dead-letter: {deadLetterReason}, {deadLetterErrorDescription}");
            return Task.CompletedTask;
        }
    }
}
