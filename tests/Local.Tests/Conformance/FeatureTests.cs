using Interop.Local.Tests.Journeys;
using Xunit.Abstractions;

namespace Interop.Local.Tests.Conformance;

/// <summary>All scenarios of the specification's conformance features, by the whole local runner: store, worker and real HTTP.</summary>
public sealed class FeatureTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Every_scenario_passes()
    {
        var scenarios = HostedScenarios.Read();
        await using var platform = await TestPlatform.Start();
        await scenarios.Pass(platform.Host.Services, output);
    }
}
