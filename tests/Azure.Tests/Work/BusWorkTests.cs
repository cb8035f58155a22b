using Azure.Messaging.ServiceBus;
using Interop.Azure.Tests.World;
using Interop.Core.Messages;
using Interop.Functions.Runs;
using Interop.Functions.Work;
using Interop.Platform.Held;
using Interop.Platform.Intake;

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

    static Task<ServiceBusReceivedMessage> Signal(AzurePlatform platform, string message) =>
        Eventually.Seen("the signal is on the bus", () => Task.FromResult(platform.Bus.Seen.FirstOrDefault(sent => InProcessBus.TellsOf(sent, message))));

    static ServiceBusReceivedMessage Poison(int deliveries) => Received.Of(new ServiceBusMessage("no JSON at all") { Subject = WorkMessage.Row, SessionId = "northshire" }, "poison", deliveries);
}
