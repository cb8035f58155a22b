using System.Net;
using System.Net.Sockets;
using System.Xml.Linq;
using Interop.Local.Demo;
using Interop.Local.Simulators;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Simulators;

public sealed class SimulatedSystemsTests
{
    [Fact]
    public async Task Start_WithoutKeys_NamesEveryMissingOne()
    {
        var outcome = await SimulatedSystems.StartAsync(new SimulatedSystemsOptions { Keys = new Dictionary<string, string>(), Clock = TimeProvider.System });
        Assert.Equal(SimulatedSystems.KeyNames.Count, outcome.Problems.Length);
        Assert.Contains(outcome.Problems, problem => problem.Message.StartsWith("The key cps/case-management/outbound is missing.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_OnAPortInUse_SaysSo()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var outcome = await SimulatedSystems.StartAsync(
            new SimulatedSystemsOptions { Keys = TestSystems.Keys, Clock = TimeProvider.System, Ports = new Dictionary<string, int> { ["rms"] = port } });
        Assert.Equal("port", outcome.Problems.Single().Rule);
        Assert.Contains("rms", outcome.Problems.Single().Message);
    }

    [Fact]
    public async Task CaseFile_WithTheSameKey_IsTakenOnceAndDecided()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 4, 9, 14, 30, 0, TimeSpan.Zero));
        await using var platform = await FakePlatform.StartAsync();
        await using var systems = await TestSystems.StartAsync(clock, platform: platform);
        var first = await systems.CaseFileAsync("run.5", Messages.CaseFile());
        Assert.Equal(first, await systems.CaseFileAsync("run.5", Messages.CaseFile()));
        Assert.Equal(201, first.Status);
        Assert.Equal("99NS0041726", XElement.Parse(first.Body).Element("Urn")!.Value);
        Assert.Equal((2, 1), systems.Systems.CaseManagement.Received.Entries.Select(entry => (entry.Requests, entry.Effects)).Single());

        clock.SetUtcNow(new DateTimeOffset(2026, 4, 13, 13, 5, 0, TimeSpan.Zero));
        var decision = XElement.Parse((await platform.NextAsync()).Body);
        Assert.Equal(
            ("CD-99NS0041726", "99NS0041726", "NS/0104412/26", "2026-04-13T14:05:00", "B1"),
            (decision.Attribute("messageId")!.Value, decision.Element("Urn")!.Value, decision.Element("PoliceReference")!.Value,
                decision.Element("DecisionMade")!.Value, decision.Element("Decision")!.Value));
    }

    // Name, key, body, status, what the answer says.
    [Theory]
    [InlineData("a wrong key", "another", "<CaseFile/>", 401, "signature")]
    [InlineData("no XML", null, "<CaseFile>", 422, "CaseFile")]
    [InlineData("a DTD", null, "<!DOCTYPE CaseFile [<!ENTITY a 'b'>]><CaseFile>&a;</CaseFile>", 422, "DTD")]
    [InlineData("nothing in it", null, "<CaseFile/>", 422, "PoliceReference")]
    public async Task CaseFile_ThatIsWrong_IsRefused(string name, string? key, string body, int status, string says)
    {
        await using var systems = await TestSystems.StartAsync(TimeProvider.System);
        var answer = await systems.CaseFileAsync("run.5", body, key);
        Assert.Equal((name, status), (name, answer.Status));
        Assert.Contains(says, answer.Body);
    }

    [Fact]
    public async Task Received_OverHttp_ShowsWhatCame()
    {
        await using var systems = await TestSystems.StartAsync(new FakeTimeProvider(JourneyPlan.DefaultStart));
        await systems.OccurrenceAsync("run.1", Messages.Occurrence);
        var (status, body) = await TestSystems.CallAsync(HttpMethod.Get, new Uri(systems.Systems.Rms.Address, "/received"), null);
        Assert.Equal(200, status);
        Assert.Equal(
            """{"key":"run.1","kind":"occurrence","requests":1,"effects":1,"keyless":false,"firstAt":"2026-03-30T17:12:45Z"}""",
            body["entries"][0].Without("body").ToString());
        Assert.Equal(Messages.Occurrence, body["entries"][0]["body"].AsString());
    }

    [Fact]
    public async Task Play_WithAPlatformThatAnswers_IsTheWholeJourneyOnce()
    {
        await using var platform = await FakePlatform.StartAsync();
        await using var systems = await StandIn.PlayAsync(platform);

        var told = systems.Systems.Notify.Messages.Select(message => message.Request.Reference![4..]).ToArray();
        var report = new PlatformReport([new RunReport("run", "victim-journey", "completed")], [.. told], [], [], []);

        // The stand-in does not confirm a change of channel, as the workflow does.
        var expected = new JourneyExpectation();
        Assert.Empty(JourneyCheck.Reasons(SystemsReport.Of(systems.Systems), report, expected with { Told = expected.Told.Remove("preference-changed") }));
        Assert.Equal(10, systems.Systems.Notify.Received.Entries.Sum(entry => entry.Requests));
        Assert.Equal(10 + 8, platform.Count);
    }
}
