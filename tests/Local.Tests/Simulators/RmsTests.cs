using Interop.Core.Json;
using Interop.Local.Simulators;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Simulators;

public sealed class RmsTests : IAsyncLifetime
{
    readonly FakeTimeProvider clock = new(JourneyPlan.DefaultStart);
    FakePlatform platform = null!;
    TestSystems systems = null!;

    public async Task InitializeAsync()
    {
        platform = await FakePlatform.StartAsync();
        systems = await TestSystems.StartAsync(clock, plan: new JourneyPlan { PreferenceChangesAfter = null }, platform: platform);
    }

    public async Task DisposeAsync()
    {
        await systems.DisposeAsync();
        await platform.DisposeAsync();
    }

    [Fact]
    public async Task Occurrence_IsCreatedWithItsReference()
    {
        var (status, answer) = await systems.OccurrenceAsync("run.1", Messages.Occurrence);
        Assert.Equal(201, status);
        Assert.Equal(
            """{"result":"CREATED","occurrenceNo":"OCC-2026-0004170","crimeRef":"NS/0004170/26","offenceCode":"28E/01","status":"REC","recordedOn":"30/03/2026 18:12"}""",
            answer.ToString());
    }

    [Fact]
    public async Task Occurrence_WithTheSameKey_IsAnsweredTheSameAndCreatedOnce()
    {
        var first = await systems.OccurrenceAsync("run.1", Messages.Occurrence);
        clock.Advance(TimeSpan.FromHours(1));
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => systems.OccurrenceAsync("run.1", Messages.Occurrence)));
        Assert.All(again, answer => Assert.Equal(first, answer));
        Assert.Equal((5, 1), systems.Systems.Rms.Received.Entries.Select(entry => (entry.Requests, entry.Effects)).Single());
        Assert.NotEqual(first.Body["crimeRef"], (await systems.OccurrenceAsync("run.2", Messages.Occurrence)).Body["crimeRef"]);
    }

    // Name, key of the caller, body, status.
    [Theory]
    [InlineData("a wrong key", "another", Messages.Occurrence, 401)]
    [InlineData("no JSON", null, "{", 422)]
    [InlineData("nothing in it", null, """{"occurrence":{"status":"NEW"}}""", 422)]
    public async Task Occurrence_ThatIsWrong_IsRefusedAndNotCreated(string name, string? key, string body, int status)
    {
        Assert.Equal((name, status), (name, (await systems.OccurrenceAsync("run.1", body, key)).Status));
        Assert.DoesNotContain(systems.Systems.Rms.Received.Entries, entry => entry.Effects > 0);
    }

    [Fact]
    public async Task Occurrence_WithAKnownKeyAndAnotherBody_IsAConflict()
    {
        await systems.OccurrenceAsync("run.1", Messages.Occurrence);
        Assert.Equal(409, (await systems.OccurrenceAsync("run.1", Messages.Occurrence.Replace("28E/01", "28F/01", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Investigation_IsToldAtItsWorkingDaysAcrossEaster()
    {
        await systems.OccurrenceAsync("run.1", Messages.Occurrence);
        // Type and local time; 3 April is Good Friday and 6 April Easter Monday.
        (string Type, string Time)[] expected =
            [("OICA", "31/03/2026 09:20"), ("ARST", "02/04/2026 17:59"), ("BAIL", "03/04/2026 02:40"), ("FSPS", "09/04/2026 15:30")];
        foreach (var (type, time) in expected)
        {
            clock.SetUtcNow(Timestamps.FromLondon(DateTime.ParseExact(time, "dd/MM/yyyy HH:mm", null)));
            var arrived = await platform.NextAsync();
            var body = JsonValue.Parse(arrived.Body).Value;
            Assert.Equal((type, time), (body["eventType"].AsString(), body["eventTime"].AsString()));
            Assert.Equal("NS/0004170/26", body["crimeRef"].AsString());
            Assert.Equal(body["eventId"].AsString(), arrived.Headers["ce-id"]);
            Assert.Equal("sha256=" + PlatformSender.Signature(
                TestSystems.Keys["northshire/rms/inbound"], arrived.Headers["X-Interop-Timestamp"], System.Text.Encoding.UTF8.GetBytes(arrived.Body)),
                arrived.Headers["X-Interop-Signature"]);
        }
    }
}
