using System.Text;
using Interop.Azure.Tests.World;
using Interop.Core.Messages;
using Interop.Functions.Intake;
using Interop.Functions.Work;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Held;
using Interop.Platform.Intake;
using Interop.Platform.Storage;

namespace Interop.Azure.Tests.Intake;

/// <summary>A connector's queue: settled after the commit; what cannot be taken is put aside, and stands among the held messages as on one machine.</summary>
public sealed class BusIntakeTests
{
    static readonly OrganisationId Force = new("northshire");

    [Fact]
    public async Task Take_OfAGoodMessage_CompletesAfterTheCommit()
    {
        await using var platform = await AzurePlatform.Start();
        var notes = new List<string>();
        platform.Store.Committed = (partition, _) => notes.Add(partition.Split('|')[1]);
        var settlements = new Settlements(notes);
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        await Take(platform, Received.From("northshire", "incident-report", TestPlatform.Report), settlements);
        Assert.Equal(["message", "completed"], notes.Where(note => note is "message" or "completed").ToArray());
    }

    [Fact]
    public async Task Take_OfTheSameMessageTwice_CompletesBothAndStoresOne()
    {
        await using var platform = await AzurePlatform.Start();
        var settled = new[] { new Settlements(), new Settlements() };
        foreach (var settlements in settled) await Take(platform, Received.From("northshire", "incident-report", TestPlatform.Report), settlements);
        Assert.All(settled, settlements => Assert.True(settlements.IsCompleted));
        Assert.Single(await Listed(platform));
    }

    [Fact]
    public async Task Take_OfWhatCannotBeRead_PutsItAsideAndHoldsIt()
    {
        await using var platform = await AzurePlatform.Start();
        var settlements = new Settlements();
        await Take(platform, Received.From("northshire", "incident-report", "no JSON at all"), settlements);
        Assert.False(settlements.IsCompleted);
        Assert.NotNull(settlements.DeadLettered);
        var held = await Eventually.Seen("it is among the held", async () => (await platform.Get<HeldList>().All(Force, 10, CancellationToken.None)) is [var item] ? item : null);
        Assert.Equal((HeldKind.Message, "online-contact", "incident-report"), (held.Kind, held.System, held.Type));
        var kept = (await platform.Get<MessageStore>().Payload(Force, held.Id, CancellationToken.None)).ToArray();
        Assert.Equal("no JSON at all"u8.ToArray(), kept);
    }

    // A sender that counts its ids anew, or gives none: what is put aside is on nobody's list but this one.
    [Theory]
    [InlineData("carried-1")]
    [InlineData("")]
    public async Task Take_OfSeveralOfOneNameThatCannotBeRead_HoldsEach(string id)
    {
        await using var platform = await AzurePlatform.Start();
        foreach (var body in new[] { "no JSON", "none either", "no JSON" }) await Take(platform, Received.From("northshire", "incident-report", body, id: id), new Settlements());
        Assert.Equal(["no JSON", "none either"], await Held(platform, 2));
    }

    [Fact]
    public async Task Take_OfATextInPlaceOfBytes_IsTheSameMessage()
    {
        await using var platform = await AzurePlatform.Start();
        Settlements[] settled = [new(), new(), new()];
        await Take(platform, Received.OfValue("northshire", "incident-report", TestPlatform.Report), settled[0]);
        await Take(platform, Received.OfValue("northshire", "incident-report", Encoding.UTF8.GetBytes(TestPlatform.Report), number: 2), settled[1]);
        await Take(platform, Received.From("northshire", "incident-report", TestPlatform.Report), settled[2]);
        Assert.All(settled, settlements => Assert.True(settlements.IsCompleted));
        Assert.Single(await Listed(platform));
    }

    [Fact]
    public async Task Take_OfABodyThatIsNeitherTextNorBytes_PutsItAsideAndHoldsItOnce()
    {
        await using var platform = await AzurePlatform.Start();
        for (var deliveries = 1; deliveries <= 2; deliveries++)
        {
            var settlements = new Settlements();
            await Take(platform, Received.OfValue("northshire", "incident-report", new Dictionary<string, object> { ["report"] = "in a map" }), settlements);
            Assert.Equal("The message cannot be read", settlements.DeadLettered);
        }

        Assert.Contains("in a map", Assert.Single(await Held(platform, 1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere", "incident-report")]
    [InlineData("northshire", "no-such-type")]
    [InlineData("", "")]
    public async Task Take_OfAMessageToNobody_PutsItAside(string organisation, string type)
    {
        await using var platform = await AzurePlatform.Start();
        var settlements = new Settlements();
        await Take(platform, Received.From(organisation, type, "{}"), settlements);
        Assert.Equal("There is no such thing", settlements.DeadLettered);
    }

    [Fact]
    public async Task Take_WhileTheStoreFails_SettlesNothing()
    {
        await using var platform = await AzurePlatform.Start();
        platform.Store.Failing = _ => true;
        var settlements = new Settlements();
        await Assert.ThrowsAsync<StoreException>(() => Take(platform, Received.From("northshire", "incident-report", TestPlatform.Report), settlements));
        Assert.False(settlements.IsCompleted);
        Assert.Null(settlements.DeadLettered);
    }

    [Fact]
    public void Of_CloudEventsProperties_AreHeaders()
    {
        var message = Received.From("northshire", "incident-report", "{}");
        var properties = new Dictionary<string, object>(message.ApplicationProperties.ToDictionary(), StringComparer.Ordinal) { ["cloudEvents:id"] = "a", ["cloudEvents_time"] = "b" };
        var incoming = CarriedMessage.Of("online-contact", global::Azure.Messaging.ServiceBus.ServiceBusModelFactory.ServiceBusReceivedMessage(body: message.Body, properties: properties, contentType: "application/json"));
        Assert.Equal(("a", "b", "application/json"), (incoming.Header("ce-id"), incoming.Header("ce-time"), incoming.Header("content-type")));
    }

    static Task Take(AzurePlatform platform, global::Azure.Messaging.ServiceBus.ServiceBusReceivedMessage message, ISettlement settlements) =>
        platform.Get<BusIntake>().Take("online-contact", message, settlements, CancellationToken.None);

    // The bytes of what is held, in order.
    static async Task<string[]> Held(AzurePlatform platform, int count)
    {
        var held = await Eventually.Seen("all are among the held", async () => (await platform.Get<HeldList>().All(Force, 10, CancellationToken.None)).ToArray() is var items && items.Length >= count ? items : null);
        var texts = new List<string>();
        foreach (var item in held) texts.Add(Encoding.UTF8.GetString((await platform.Get<MessageStore>().Payload(Force, item.Id, CancellationToken.None)).ToArray()));
        return [.. texts.Order(StringComparer.Ordinal)];
    }

    static async Task<List<MessageRecord>> Listed(AzurePlatform platform) => await Eventually.Seen("it is listed", async () =>
    {
        var messages = new List<MessageRecord>();
        await foreach (var (_, message) in platform.Get<MessageStore>().Newest(Force, null, null, null, 10, CancellationToken.None)) messages.Add(message);
        return messages.Count > 0 ? messages : null;
    });
}
