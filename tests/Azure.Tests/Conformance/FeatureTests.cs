using Interop.Azure.Tests.World;
using Interop.Local.Tests.Conformance;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Conformance;

/// <summary>All scenarios of the specification's conformance features through the Durable orchestrator, with real HTTP.</summary>
public sealed class FeatureTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Every_scenario_passes()
    {
        var scenarios = HostedScenarios.Read();
        await using var platform = await AzurePlatform.Start(new AzureWorld { Grace = TimeSpan.FromSeconds(5) });
        await scenarios.Pass(platform.Get<IServiceProvider>(), output);
    }
}
