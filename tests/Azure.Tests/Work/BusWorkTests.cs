using Azure.Messaging.ServiceBus;
using Interop.Azure.Tests.World;
using Interop.Core.Messages;
using Interop.Functions.Runs;
using Interop.Functions.Work;
using Interop.Platform.Held;
using Interop.Platform.Intake;
using Interop.Platform.Storage;
using Interop.Platform.Work;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moq;

namespace Interop.Azure.Tests.Work;

/// <summary>The work queue: settled after the commit, put aside with the reason, its sessions those of what must stay in order.</summary>
public sealed class BusWorkTests
{
    static readonly OrganisationId Force = new("northshire");

    [Fact]
    public async Task Take_OfAMessageThatCame_CompletesAfterItsLastCommit()
    {
        await using var platform = await AzurePlatform.Start();
        var notes = new List<string>();
        var settlements = new Settlements(notes);
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        var id = await Reports.Send(platform);
        platform.Store.Committed = (partition, changes) => notes.Add($"{partition.Split('|')[1]} {changes[0].Key}");
        await platform.Get<BusWork>().Take(await Signal(platform, id), settlements, platform.Durable.Client, CancellationToken.None);

        Assert.True(settlements.IsCompleted);
        Assert.Equal("completed", notes[^1]);
        Assert.Equal(["subject incident", "audit head"], notes.Where(note => note.StartsWith("subject incident", StringComparison.Ordinal) || note.StartsWith("audit head", StringComparison.Ordinal)));
        Assert.Equal(MessageStatus.Accepted, (await platform.Get<MessageStore>().Find(Force, id, CancellationToken.None))!.Value.Message.Status);
    }

    [Fact]
    public async Task Take_ThatFails_SettlesNothing()
    {
        await using var platform = await AzurePlatform.Start();
        var settlements = new Settlements();
        var poison = Poison(deliveries: 1);
        await Assert.ThrowsAsync<System.Text.Json.JsonException>(() => platform.Get<BusWork>().Take(poison, settlements, platform.Durable.Client, CancellationToken.None));
        Assert.False(settlements.IsCompleted);
        Assert.Null(settlements.DeadLettered);
    }

    [Fact]
    public async Task Take_ThatFailedTooOften_PutsItAsideWithTheReason()
    {
        await using var platform = await AzurePlatform.Start();
        var settlements = new Settlements();
        await platform.Get<BusWork>().Take(Poison(BusWork.MostDeliveries), settlements, platform.Durable.Client, CancellationToken.None);
        Assert.Equal("failed-too-often", settlements.DeadLettered);
        Assert.Contains(nameof(System.Text.Json.JsonException), settlements.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_OfAMessageThatFailsAgainAndAgain_HoldsItToBeTakenAgain()
    {
        await using var platform = await AzurePlatform.Start();
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        var id = await Reports.Send(platform);
        var told = await Signal(platform, id);
        platform.Store.Failing = partition => partition.Contains("|subject", StringComparison.Ordinal);
        var settlements = new Settlements();
        await platform.Get<BusWork>().Take(Received.Of(WorkMessage.Of(WorkMessage.Read(told)), "again", BusWork.MostDeliveries), settlements, platform.Durable.Client, CancellationToken.None);

        Assert.Equal("failed-too-often", settlements.DeadLettered);
        var item = await platform.Get<HeldList>().Find(Force, id, CancellationToken.None);
        Assert.Equal(HeldKind.Message, item!.Kind);
        Assert.Equal(settlements.Description, item.Reason);
        Assert.Equal(MessageStatus.Held, (await platform.Get<MessageStore>().Find(Force, id, CancellationToken.None))!.Value.Message.Status);
    }

    // What is held says that the host's log says more; the alert is on the line that it was put aside.
    [Fact]
    public async Task Take_OfWorkThatAFaultEnds_LogsEachFaultAndThatItWasPutAside()
    {
        var log = new LogLines();
        await using var platform = await AzurePlatform.Start(Still(log));
        var broken = await Broken(platform);
        for (var tries = 1; tries <= FailedWork.MostTries; tries++)
        {
            Assert.Empty(log.Of("PutAside"));
            await platform.Get<BusWork>().Take(Received.Of(WorkMessage.Of(broken), $"{tries}", 1), new Settlements(), platform.Durable.Client, CancellationToken.None);
            Assert.Equal(tries, log.Of("WorkFailed").Count());
        }

        Assert.Contains("JsonException", Assert.Single(log.Of("PutAside")), StringComparison.Ordinal);
        Assert.All(log.Of("WorkFailed"), line => Assert.Contains("System.Text.Json", line, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Text.Contains("Ann", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Perform_OfARunsRowThatAFaultEnds_LogsIt()
    {
        var log = new LogLines();
        await using var platform = await AzurePlatform.Start(Still(log));
        var news = await platform.Get<PerformRow>().Perform(new DueRow("northshire|run|arun", "nonsense|1", default, null));
        Assert.Single(news.Due);
        Assert.Contains("northshire|run|arun nonsense|1", Assert.Single(log.Of("WorkFailed")), StringComparison.Ordinal);
    }

    // The scheduler is out of reach: what the sweep tells of it tells again, and other news, such as that a run ended, is put off.
    [Theory]
    [InlineData(true, 0, null, true)]
    [InlineData(false, 0, 1, true)]
    [InlineData(false, 7, 8, true)]
    [InlineData(false, BusWork.MostDeferrals, null, false)]
    public async Task Take_OfNewsThatFailsAgainAndAgain_PutsItOff(bool isSwept, int before, int? after, bool isCompleted)
    {
        await using var platform = await AzurePlatform.Start(Still(new LogLines()));
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        var news = RunNews.Of("northshire|run|arun", new DueRow("northshire|run|arun", "effect|one", default, null, isSwept ? DueCause.Sweep : DueCause.News)) with { IsEnd = true };
        var message = WorkMessage.Of(news);
        if (before > 0) message.ApplicationProperties[WorkMessage.Deferrals] = before;
        var settlements = new Settlements();

        // It answers nothing that it is asked.
        var scheduler = new Mock<DurableTaskClient>(MockBehavior.Strict, "scheduler").Object;
        await Assert.ThrowsAnyAsync<Exception>(() => platform.Get<BusWork>().Take(Received.Of(message, "one", 1), settlements, scheduler, CancellationToken.None));
        await platform.Get<BusWork>().Take(Received.Of(message, "one", BusWork.MostDeliveries), settlements, scheduler, CancellationToken.None);

        Assert.Equal((isCompleted, isCompleted ? null : "failed-too-often"), (settlements.IsCompleted, settlements.DeadLettered));
        Assert.Equal(after is { } count ? [count] : [], platform.Bus.Sent.Select(sent => (int)sent.ApplicationProperties[WorkMessage.Deferrals]));
        Assert.All(platform.Bus.Sent, sent => Assert.True(sent.ScheduledEnqueueTime > TimeProvider.System.GetUtcNow() && WorkMessage.Read(Received.Of(sent, "again", 1)).IsEnd));
    }

    [Theory]
    [InlineData("northshire|run|arun", "northshire|run|arun", WorkMessage.Run)]
    [InlineData("northshire|message|3", "northshire", WorkMessage.Row)]
    [InlineData("northshire|schedule", "northshire", WorkMessage.Row)]
    public void Of_NewsOfAPartition_KeepsInOneSessionWhatMustStayInOrder(string partition, string session, string subject)
    {
        var message = WorkMessage.Of(RunNews.Of(partition));
        Assert.Equal(session, message.SessionId);
        Assert.Equal(subject, message.Subject);
    }

    // The sweep of the test platform signals nothing, and what is on the bus is taken by nobody but the test.
    static AzureWorld Still(LogLines log) => new() { Services = services => services.AddSingleton<ILoggerProvider>(log) };

    // A message that cannot be read, whose bytes name somebody.
    static async Task<RunNews> Broken(AzurePlatform platform)
    {
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        var at = platform.Get<TimeProvider>().GetUtcNow();
        var (partition, promise) = (MessageStore.Partition(Force, "broken"), MessageStore.UnfinishedKey(at, "broken"));
        await platform.Store.Commit(partition, [new Change.Insert(MessageStore.Key("broken"), "\"Ann Example\""u8.ToArray()), new Change.Insert(promise, default)], CancellationToken.None);
        return RunNews.Of(partition, new DueRow(partition, promise, at.UtcDateTime, null));
    }

    static Task<ServiceBusReceivedMessage> Signal(AzurePlatform platform, string message) =>
        Eventually.Seen("the signal is on the bus", () => Task.FromResult(platform.Bus.Seen.FirstOrDefault(sent => InProcessBus.TellsOf(sent, message))));

    static ServiceBusReceivedMessage Poison(int deliveries) => Received.Of(new ServiceBusMessage("no JSON at all") { Subject = WorkMessage.Row, SessionId = "northshire" }, "poison", deliveries);
}
