using Interop.Core.Json;
using Interop.Local.Simulators;
using Interop.Local.Time;

namespace Interop.Local.Tests.Simulators;

/// <summary>Does what the workflow will do, with nothing of how it does it.</summary>
sealed class StandIn(TestSystems systems)
{
    static readonly string[] Kinds = ["officer-assigned", "suspect-arrested", "suspect-released-on-bail", "file-sent", "charged", "hearing-listed", "court-result"];

    readonly Lock gate = new();
    Task last = Task.CompletedTask;
    volatile string channel = "sms";

    /// <summary>Plays a whole journey to its end: about 45 simulated days in half a second.</summary>
    public static async Task<TestSystems> PlayAsync(FakePlatform platform)
    {
        var systems = await TestSystems.StartAsync(new ScaledTimeProvider(JourneyPlan.DefaultStart, 8_000_000), platform: platform);
        platform.Taken = new StandIn(systems).TakeAsync;
        systems.Systems.Play(platform.Address);
        using var patience = new CancellationTokenSource(Journeys.TestPlatform.Patience);
        await systems.Systems.WhenIdleAsync(patience.Token);
        return systems;
    }

    /// <summary>One message after the other, as a run takes them, however soon the next comes.</summary>
    public Task TakeAsync(Arrived arrived)
    {
        lock (gate) return last = TakeAsync(last, arrived);
    }

    async Task TakeAsync(Task before, Arrived arrived)
    {
        await before;
        switch (arrived.Type)
        {
            case "incident-report":
                await systems.OccurrenceAsync("run.occurrence", Messages.Occurrence);
                await TellAsync("incident-recorded");
                break;
            case "contact-preference":
                channel = "email";
                break;
            case "status-event":
                var index = Array.IndexOf(["OICA", "ARST", "BAIL", "FSPS"], JsonValue.Parse(arrived.Body).Value["eventType"].AsString());
                await TellAsync(Kinds[index]);
                if (index == 3) await systems.CaseFileAsync("run.case-file", Messages.CaseFile());
                break;
            case "charging-decision" or "hearing" or "result":
                await TellAsync(Kinds[4 + Array.IndexOf(["charging-decision", "hearing", "result"], arrived.Type)]);
                break;
        }
    }

    async Task TellAsync(string kind)
    {
        var reference = $"run.{kind}";
        var (type, body) = channel == "sms" ? ("sms", Messages.Sms(reference)) : ("email", Messages.Email(reference));
        for (var attempt = 0; attempt < 3 && (await systems.NotifyAsync(type, body)).Status != 201; attempt++)
        {
        }
    }
}
