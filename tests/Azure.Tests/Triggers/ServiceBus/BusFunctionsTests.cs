using System.Reflection;
using Azure.Messaging.ServiceBus;
using Interop.Azure.Tests.World;
using Interop.Core.Messages;
using Interop.Functions.Intake;
using Interop.Functions.Runs;
using Interop.Functions.Triggers.ServiceBus;
using Interop.Functions.Work;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Held;
using Interop.Platform.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Moq;

namespace Interop.Azure.Tests.Triggers.ServiceBus;

/// <summary>The functions of queues with the settlement of the Functions host, which does nothing that is not expected: after the commit, aside with the reason, in sessions.</summary>
public sealed class BusFunctionsTests
{
    static readonly OrganisationId Prosecutor = new("cps");

    // What is committed and what is settled, in order.
    readonly List<string> notes = [];
    readonly Mock<ServiceBusMessageActions> actions = new(MockBehavior.Strict);

    public BusFunctionsTests()
    {
        actions.Setup(host => host.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>())).Callback(() => notes.Add("completed")).Returns(Task.CompletedTask);
        actions.Setup(host => host.DeadLetterMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<Dictionary<string, object>?>(), It.IsAny<string?>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .Callback(() => notes.Add("dead-lettered")).Returns(Task.CompletedTask);
    }

    [Fact]
    public async Task Rms_OfAMessage_CompletesItOnceAfterTheCommit()
    {
        await using var platform = await Start();
        var message = Received.From("northshire", "status-event", TestPlatform.Example("rms-status-event", "suspect-arrested.source.json"));
        await Functions(platform).Rms(message, actions.Object, CancellationToken.None);
        Assert.Equal(["message", "completed"], notes.Where(note => note is "message" or "completed" or "dead-lettered"));
        actions.Verify(host => host.CompleteMessageAsync(message, CancellationToken.None), Times.Once);
    }

    [Fact]
    public async Task Rms_OfAMessageOfNoKnownType_DeadLettersItWithTheReason()
    {
        await using var platform = await Start();
        var message = Received.From("northshire", "no-such-type", "{}");
        await Functions(platform).Rms(message, actions.Object, CancellationToken.None);
        Assert.Equal("dead-lettered", notes[^1]);
        actions.Verify(host => host.DeadLetterMessageAsync(message, null, "There is no such thing", "unknown-message-type", CancellationToken.None), Times.Once);
        actions.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task CaseFile_OfWhatCannotBeRead_DeadLettersItAndHoldsIt()
    {
        await using var platform = await AzurePlatform.Start();
        var message = Received.From("cps", "charging-decision", "no document at all", "application/xml");
        await Functions(platform).CaseFile(message, actions.Object, CancellationToken.None);
        actions.Verify(host => host.DeadLetterMessageAsync(message, null, It.IsAny<string>(), It.IsAny<string>(), CancellationToken.None), Times.Once);
        actions.VerifyNoOtherCalls();
        var held = await Eventually.Seen("it is among the held", async () => (await platform.Get<HeldList>().All(Prosecutor, 10, CancellationToken.None)) is [var item] ? item : null);
        Assert.Equal((HeldKind.Message, "case-management", "charging-decision"), (held.Kind, held.System, held.Type));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(BusWork.MostDeliveries)]
    public async Task Rms_WhileTheStoreFails_LeavesItToItsSession(int deliveries)
    {
        await using var platform = await Start();
        platform.Store.Failing = _ => true;
        var message = Received.From("northshire", "status-event", TestPlatform.Example("rms-status-event", "suspect-arrested.source.json"), deliveries: deliveries);
        await Assert.ThrowsAsync<StoreException>(() => Functions(platform).Rms(message, actions.Object, CancellationToken.None));

        // Neither settled nor let go: the host brings it again before the next of its session.
        actions.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Work_OfAMessageThatCame_CompletesAfterTheLastCommit()
    {
        await using var platform = await Start();
        var told = await Told(platform);
        await Functions(platform).Work(told, actions.Object, platform.Durable.Client, CancellationToken.None);
        Assert.Contains("audit", notes);
        Assert.Equal("completed", notes[^1]);
        actions.Verify(host => host.CompleteMessageAsync(told, CancellationToken.None), Times.Once);
        actions.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Work_ThatFailsAgainAndAgain_HoldsWhatItToldOfAndThenDeadLettersIt()
    {
        await using var platform = await Start();
        var told = await Told(platform);
        platform.Store.Failing = partition => partition.Contains("|subject", StringComparison.Ordinal);
        var last = Received.Of(WorkMessage.Of(WorkMessage.Read(told)), "again", BusWork.MostDeliveries);
        await Functions(platform).Work(last, actions.Object, platform.Durable.Client, CancellationToken.None);
        Assert.Equal("dead-lettered", notes[^1]);
        Assert.Contains("held", notes);
        actions.Verify(host => host.DeadLetterMessageAsync(last, null, "failed-too-often", It.Is<string>(said => said.Contains(nameof(StoreException))), CancellationToken.None), Times.Once);
        actions.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Work_OfANewRun_BeginsItsOrchestrationAndThenCompletes()
    {
        await using var platform = await Start();
        var (runs, news) = (new Mock<DurableTaskClient>(MockBehavior.Strict, "test"), RunNews.Of("northshire|run|arun"));
        runs.Setup(client => client.GetInstanceAsync(news.Partition, It.IsAny<CancellationToken>())).ReturnsAsync((OrchestrationMetadata?)null);
        runs.Setup(client => client.ScheduleNewOrchestrationInstanceAsync(new TaskName(nameof(WorkflowRun)), It.IsAny<object>(), It.IsAny<StartOrchestrationOptions>(), It.IsAny<CancellationToken>()))
            .Callback(() => notes.Add("begun")).ReturnsAsync(news.Partition);
        await Functions(platform).Work(Received.Of(WorkMessage.Of(news), "one", 1), actions.Object, runs.Object, CancellationToken.None);
        Assert.Equal(["begun", "completed"], notes);
        runs.Verify(client => client.ScheduleNewOrchestrationInstanceAsync(
            new TaskName(nameof(WorkflowRun)), It.Is<RunNews>(said => said.Partition == news.Partition), It.Is<StartOrchestrationOptions>(options => options.InstanceId == news.Partition), CancellationToken.None), Times.Once);
    }

    [Fact]
    public async Task Work_OfARunUnderWay_TellsItAndThenCompletes()
    {
        await using var platform = await Start();
        var (runs, news) = (new Mock<DurableTaskClient>(MockBehavior.Strict, "test"), RunNews.Of("northshire|run|arun"));
        runs.Setup(client => client.GetInstanceAsync(news.Partition, It.IsAny<CancellationToken>())).ReturnsAsync(new OrchestrationMetadata(nameof(WorkflowRun), news.Partition) { RuntimeStatus = OrchestrationRuntimeStatus.Running });
        runs.Setup(client => client.RaiseEventAsync(news.Partition, WorkflowRun.News, It.IsAny<object>(), It.IsAny<CancellationToken>())).Callback(() => notes.Add("told")).Returns(Task.CompletedTask);
        await Functions(platform).Work(Received.Of(WorkMessage.Of(news), "one", 1), actions.Object, runs.Object, CancellationToken.None);
        Assert.Equal(["told", "completed"], notes);
    }

    [Fact]
    public async Task Work_WhileOrchestrationsCannotBeReached_SettlesNothing()
    {
        await using var platform = await Start();
        var (runs, news) = (new Mock<DurableTaskClient>(MockBehavior.Strict, "test"), RunNews.Of("northshire|run|arun"));
        runs.Setup(client => client.GetInstanceAsync(news.Partition, It.IsAny<CancellationToken>())).ThrowsAsync(new TimeoutException("The scheduler does not answer."));
        await Assert.ThrowsAsync<TimeoutException>(() => Functions(platform).Work(Received.Of(WorkMessage.Of(news), "one", 1), actions.Object, runs.Object, CancellationToken.None));
        actions.VerifyNoOtherCalls();
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

    // What is committed is noted; the signals that follow are not taken, so that nothing else is.
    async Task<AzurePlatform> Start()
    {
        var platform = await AzurePlatform.Start();
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        platform.Store.Committed = (partition, _) => notes.Add(partition.Split('|')[1]);
        return platform;
    }

    // The signal of a report that came; what was committed before it is forgotten.
    async Task<ServiceBusReceivedMessage> Told(AzurePlatform platform)
    {
        var id = await Reports.Send(platform);
        var told = await Eventually.Seen("the signal is on the bus", () => Task.FromResult(platform.Bus.Seen.FirstOrDefault(sent => InProcessBus.TellsOf(sent, id))));
        notes.Clear();
        return told;
    }

    static BusFunctions Functions(AzurePlatform platform) => new(platform.Get<BusIntake>(), platform.Get<BusWork>());
}
