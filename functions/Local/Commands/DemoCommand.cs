using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Core;
using Interop.Core.Messages;
using Interop.Local.Demo;
using Interop.Local.Hosting;
using Interop.Local.Secrets;
using Interop.Local.Simulators;
using Interop.Local.Time;
using Interop.Platform.Reading;
using Spectre.Console;

namespace Interop.Local.Commands;

/// <summary>Plays one victim's journey over simulated systems, and says whether it ended as expected.</summary>
static class DemoCommand
{
    const string Force = "northshire";
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    /// <summary>Simulated seconds in a real one: a day, and so a working day, passes in about a second.</summary>
    public const double Scale = 86_400 / 1.2;

    public static async Task<int> Run(LocalOptions options, bool once, CancellationToken cancellation)
    {
        var clock = new ScaledTimeProvider(JourneyPlan.DefaultStart, Scale);
        SimulatedSystems? systems = null;
        var started = await LocalHost.Start(options with { Clock = clock, Addresses = StartSystems, IsQuiet = true }, cancellation);
        if (!started.Succeeded) return Failures.Show(started.Problems);
        await using var host = started.Value;
        try
        {
            var reasons = await Play(host, systems!, clock, cancellation);
            if (once || cancellation.IsCancellationRequested) return reasons.IsEmpty ? 0 : 1;
            AnsiConsole.WriteLine("The platform stays up. Press Ctrl+C to stop it.");
            await host.WaitForShutdown(cancellation);
            return 0;
        }
        finally
        {
            if (systems is not null) await systems.DisposeAsync();
        }

        async Task<Outcome<ImmutableDictionary<string, Uri>>> StartSystems(KeyFile keys, CancellationToken token)
        {
            // The seconds of the year number the journeys of one store, so that each is a new one.
            var number = (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() % 10_000_000);
            var plan = new JourneyPlan { Number = number };
            var simulated = await SimulatedSystems.StartAsync(new SimulatedSystemsOptions { Keys = keys.All, Clock = clock, Plan = plan, Receiver = Force }, token);
            if (!simulated.Succeeded) return simulated.Problems;
            systems = simulated.Value;
            return systems.Addresses.ToImmutableDictionary(StringComparer.Ordinal);
        }
    }

    static async Task<ImmutableArray<string>> Play(LocalHost host, SimulatedSystems systems, ScaledTimeProvider clock, CancellationToken cancellation)
    {
        var organisation = new OrganisationId(Force);
        var reader = host.Services.GetRequiredService<RunReader>();
        var before = await Earlier(reader, organisation, cancellation);
        var view = new DemoView(AnsiConsole.Console);
        var feed = new JourneyFeed(reader, organisation, clock);
        var begun = Stopwatch.GetTimestamp();
        AnsiConsole.WriteLine($"Interop.Cloud listens on http://localhost:{host.Address.Port}. A day passes in {86_400 / Scale:0.0} seconds.");
        systems.Play(host.Address);
        var showing = view.ShowAsync(feed.Steps, cancellation);
        var run = await feed.Watch(before, Longest, cancellation);
        await showing;
        var reasons = JourneyCheck.Reasons(SystemsReport.Of(systems), await PlatformReports.Of(host.Address, Force, run?.Id, cancellation));
        var page = run is null ? null : new Uri($"http://localhost:{host.Address.Port}/runs/{run.Id}");
        view.ShowEnd(new JourneyEnd(reasons, Stopwatch.GetElapsedTime(begun), clock.GetUtcNow() - JourneyPlan.DefaultStart, page));
        return reasons;
    }

    // The simulated time is the same in each demo, so a store that has seen one holds runs of the same days.
    static async Task<ImmutableArray<string>> Earlier(RunReader reader, OrganisationId organisation, CancellationToken cancellation)
    {
        const int longestJourneyDays = 90;
        var runs = ImmutableArray.CreateBuilder<string>();
        for (var day = 0; day < longestJourneyDays; day++) runs.AddRange(await reader.StartedOn(organisation, JourneyPlan.DefaultStart.AddDays(day), cancellation));
        return runs.ToImmutable();
    }
}
