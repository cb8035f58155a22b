using System.Collections.Immutable;
using Interop.Azure.Tests.World;
using Interop.Core.Messages;
using Interop.Local.Demo;
using Interop.Local.Simulators;
using Interop.Local.Tests.Time;
using Interop.Local.Time;
using Interop.Platform.Reading;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Journeys;

/// <summary>The whole first journey through the Azure host: its site over real HTTP, its orchestrator in the in-process Durable host, six simulated systems, a fast clock.</summary>
public sealed class JourneyTests(ITestOutputHelper output)
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    // On a machine that is busy it takes longer, so that no limit of one working day is breached.
    static readonly TimeSpan Day = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Journey_ThroughTheOrchestrator_EndsAsExpected()
    {
        await using var pace = new PacedTimeProvider();
        var clock = new ScaledTimeProvider(JourneyPlan.DefaultStart, TimeSpan.FromDays(1) / Day, real: pace);
        SimulatedSystems? systems = null;
        await using var platform = await AzurePlatform.Start(new AzureWorld
        {
            Clock = clock,
            ToReal = clock.ToReal,
            Grace = TimeSpan.FromSeconds(5),
            Addresses = async keys =>
            {
                systems = (await SimulatedSystems.StartAsync(new SimulatedSystemsOptions { Keys = keys.All, Clock = clock }, CancellationToken.None)).Value;
                return systems.Addresses.ToImmutableDictionary(StringComparer.Ordinal);
            },
        });
        await using var playing = systems!;
        pace.Follow(platform.Address);
        playing.Play(platform.Address);
        var run = await new JourneyFeed(platform.Get<RunReader>(), new OrganisationId("northshire"), clock).Watch([], Longest, CancellationToken.None);
        using var idle = new CancellationTokenSource(Longest);
        await playing.WhenIdleAsync(idle.Token);
        output.WriteLine($"The run took {run!.Journal.Length} journal entries; store: {string.Join(", ", platform.Store.Lines)}");
        Assert.Empty(JourneyCheck.Reasons(SystemsReport.Of(playing), await PlatformReports.Of(platform.Address, "northshire", run.Id, CancellationToken.None)));
        Assert.Empty(platform.Bus.DeadLetters);
    }
}
