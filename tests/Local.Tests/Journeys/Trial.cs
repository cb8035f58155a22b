using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Messages;
using Interop.Local.Demo;
using Interop.Local.Hosting;
using Interop.Local.Simulators;
using Interop.Local.Simulators.Notify;
using Interop.Local.Tests.Time;
using Interop.Local.Time;
using Interop.Platform.Reading;
using Interop.Platform.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Journeys;

/// <summary>The whole platform and the six simulated systems in this process, on one fast clock, over real HTTP.</summary>
sealed class Trial : IAsyncDisposable
{
    const string Force = "northshire";

    readonly LocalHost host;
    readonly DirectoryInfo folder;
    readonly PacedTimeProvider pace;
    readonly ScaledTimeProvider clock;

    Trial(LocalHost host, SimulatedSystems systems, DirectoryInfo folder, PacedTimeProvider pace, ScaledTimeProvider clock) =>
        (this.host, Systems, this.folder, this.pace, this.clock) = (host, systems, folder, pace, clock);

    public SimulatedSystems Systems { get; }

    public Uri Address => host.Address;

    /// <summary>Starts all.</summary>
    /// <param name="days">How long a day takes in real time.</param>
    /// <param name="plan">What the systems do; the journey of the demo if not given.</param>
    /// <param name="notify">How GOV.UK Notify behaves.</param>
    public static async Task<Trial> Start(TimeSpan days, JourneyPlan? plan = null, NotifyOptions? notify = null)
    {
        var scratch = Directory.CreateTempSubdirectory("interop");
        await PublishedStore.Put(scratch.FullName);
        var paced = new PacedTimeProvider();
        var fast = new ScaledTimeProvider(JourneyPlan.DefaultStart, TimeSpan.FromDays(1) / days, real: paced);
        SimulatedSystems? systems = null;
        var started = await LocalHost.Start(
            new LocalOptions { Folder = scratch.FullName, Mappings = TestPlatform.Mappings, Port = 0, Clock = fast, IsQuiet = true, Addresses = async (keys, cancellation) =>
            {
                systems = Demand(await SimulatedSystems.StartAsync(new SimulatedSystemsOptions { Keys = keys.All, Clock = fast, Plan = plan ?? new(), Notify = notify ?? new() }, cancellation));
                return systems.Addresses.ToImmutableDictionary(StringComparer.Ordinal);
            } },
            CancellationToken.None);
        paced.Follow(Demand(started).Address);
        return new Trial(Demand(started), systems!, scratch, paced, fast);
    }

    /// <summary>Plays the journey and waits until its run has ended and the systems have nothing under way; gives the run's id, or none if no run began.</summary>
    public async Task<string?> Play(TimeSpan longest)
    {
        Systems.Play(Address);
        var run = await new JourneyFeed(host.Services.GetRequiredService<RunReader>(), new OrganisationId(Force), clock).Watch([], longest, CancellationToken.None);
        using var idle = new CancellationTokenSource(longest);
        await Systems.WhenIdleAsync(idle.Token);
        return run?.Id;
    }

    /// <summary>Every reason why the journey did not end as expected.</summary>
    public async Task<ImmutableArray<string>> Reasons(string? run, JourneyExpectation? expected = null) =>
        JourneyCheck.Reasons(SystemsReport.Of(Systems), await PlatformReports.Of(Address, Force, run, CancellationToken.None), expected);

    public async ValueTask DisposeAsync()
    {
        await pace.DisposeAsync();
        await host.DisposeAsync();
        await Systems.DisposeAsync();
        folder.Delete(recursive: true);
    }

    static T Demand<T>(Outcome<T> outcome) => outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(string.Join('\n', outcome.Problems));
}
