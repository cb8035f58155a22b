using System.Net;
using System.Net.Http.Json;
using Interop.Core.Json;
using Interop.Local.Simulators;
using Interop.Local.Simulators.Notify;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Journeys;

/// <summary>The platform stops while an update to a victim has no answer, and starts again when GOV.UK Notify has forgotten it: nobody gets the same news twice by itself.</summary>
public sealed class InDoubtTests : IAsyncLifetime
{
    const string Definition = """
        document: { dsl: '1.0.3', namespace: tests, name: telling, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported }, correlate: { incident: { from: .subject } } } } }
        do:
          - tell:
              call: deliver
              with:
                to: victim-notification
                message: sms
                record:
                  references: [ { kind: crime, value: NS/0104412/26 } ]
                  kind: incident-recorded
                  occurredAt: '2026-03-30T18:50:00Z'
                  recipient: { name: Victim One, channel: sms, sms: '+447700900123' }
                  message: We have recorded the burglary you reported.
        """;

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 30, 19, 0, 0, TimeSpan.Zero));
    readonly DirectoryInfo mappings = Directory.CreateTempSubdirectory("interop");
    CutLine line = null!;
    TestPlatform platform = null!;
    SimulatedSystems systems = null!;
    string effect = "";

    NotifySimulator Notify => systems.Notify;

    public async Task InitializeAsync()
    {
        DefinitionsCopy.To(mappings.FullName);
        File.Delete(Path.Combine(mappings.FullName, "workflows/victim-journey.yaml"));
        await File.WriteAllTextAsync(Path.Combine(mappings.FullName, "workflows/telling.yaml"), Definition);
        line = await CutLine.Start();
        await Start(null);
        systems = (await SimulatedSystems.StartAsync(new SimulatedSystemsOptions { Keys = platform.Host.Keys.All, Clock = clock })).Value;
        line.System = Notify.Address;
        using (var taken = await platform.Post("online-contact", "incident-report", CaseDesk.Report)) Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        await CaseDesk.Eventually(() => Task.FromResult(Notify.Messages.Count == 1));

        await platform.Stop();
        clock.Advance(new NotifyOptions().Retention);
        line.IsMended = true;
        await Start(platform.Folder);
        await CaseDesk.Eventually(async () => (await Get("/held")).Items.Any(item => item["kind"] == "in-doubt"));
        effect = (await Get("/held"))[0]["id"].AsString();
    }

    public async Task DisposeAsync()
    {
        await platform.DisposeAsync();
        await systems.DisposeAsync();
        await line.DisposeAsync();
        mappings.Delete(recursive: true);
    }

    [Fact]
    public async Task Update_ForgottenByNotify_IsSentAgainByAPersonAlone()
    {
        Assert.Single(Notify.Messages);
        var (_, page) = await platform.Page("/held");
        Assert.Contains("Delivery in doubt", page, StringComparison.Ordinal);
        Assert.Contains("it was sent to GOV.UK Notify at Mon 30 Mar 2026 20:00, and how that ended is not known.", page, StringComparison.Ordinal);

        using (var again = await platform.Client.PostAsync(CaseDesk.Of($"/deliveries/{effect}/resubmit"), null)) Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);

        await CaseDesk.Eventually(async () => (await Run())["status"] == "completed");
        Assert.Equal((2, 0), (Notify.Messages.Count, (await Get("/held")).Count));
        Assert.Contains(await Logged(), why => why == "a delivery in doubt was sent again");
    }

    [Fact]
    public async Task Update_ForgottenByNotify_IsDroppedWithAReason()
    {
        using (var unsaid = await platform.Client.PostAsJsonAsync(CaseDesk.Of($"/deliveries/{effect}/drop"), new { reason = " " })) Assert.Equal(HttpStatusCode.BadRequest, unsaid.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await platform.Page($"/deliveries/{effect}/drop", "reason=The+victim+has+read+it.")).Status);

        await CaseDesk.Eventually(async () => (await Run())["status"] == "completed");
        Assert.Equal((1, 0), (Notify.Messages.Count, (await Get("/held")).Count));
        var entry = (await Run())["timeline"].Items.Single(entry => entry["id"] == effect);
        Assert.Equal("dropped", entry["status"].AsString());
        Assert.EndsWith("The victim has read it.", entry["note"].AsString(), StringComparison.Ordinal);
        Assert.Contains(await Logged(), why => why == "a delivery in doubt was dropped: The victim has read it.");
        using var twice = await platform.Client.PostAsJsonAsync(CaseDesk.Of($"/deliveries/{effect}/drop"), new { reason = "The victim has read it." });
        Assert.Equal(HttpStatusCode.NotFound, twice.StatusCode);
    }

    async Task Start(string? folder)
    {
        platform = await TestPlatform.Start(clock, mappings.FullName, folder, ("notify", line.Address));
        await platform.SignIn("northshire", "administrator");
    }

    async Task<JsonValue> Get(string path) => JsonValue.Parse(await platform.Client.GetByteArrayAsync(CaseDesk.Of(path))).Value;

    Task<JsonValue> Run() => Get($"/runs/{effect.Split('.')[0]}");

    async Task<IEnumerable<string?>> Logged() => (await Get($"/audit/{clock.GetUtcNow():yyyy-MM-dd}")).Items.Select(entry => entry["why"].StringOrNull);
}
