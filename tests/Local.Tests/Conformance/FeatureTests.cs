using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Tests.Workflows.Conformance;
using Interop.Core.Workflows;
using Interop.Local.Tests.Journeys;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Interop.Local.Tests.Conformance;

/// <summary>All scenarios of the specification's conformance features, by the whole local runner: store, worker and real HTTP to a local server in the place of the public hosts.</summary>
public sealed class FeatureTests(ITestOutputHelper output)
{
    static readonly OrganisationId Force = new("northshire");

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [SkippableFact]
    public async Task Every_scenario_passes()
    {
        var folder = ConformanceData.Folder("features");
        Skip.If(folder is null, "features: the conformance data is not there (INTEROP_CONFORMANCE or ../shared/conformance).");
        var scenarios = Directory.GetFiles(folder!, "*.feature").Order(StringComparer.Ordinal).SelectMany(Gherkin.Read).ToArray();
        await using var hosts = await PublicHostsServer.Start();
        await using var platform = await TestPlatform.Start();
        var (wrong, number) = (new List<string>(), 0);
        foreach (var scenario in scenarios)
            wrong.AddRange((await ScenarioCheck.Play(scenario, (definition, input) => Run(platform, Here(definition, hosts.Address, ++number), input))).Take(1));
        output.WriteLine($"{scenarios.Length - wrong.Count} of {scenarios.Length} scenarios pass");
        Assert.Empty(wrong);
        Assert.NotEmpty(scenarios);
    }

    // Some scenarios share a name and a version, and a version is published once.
    static string Here(string definition, Uri address, int number) =>
        PublicHosts.Addresses.Aggregate(definition, (text, host) => text.Replace(host, address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)).Replace("version: '1.0.0'", $"version: '1.0.{number}'", StringComparison.Ordinal);

    static async Task<Ended> Run(TestPlatform platform, string definition, JsonValue input)
    {
        var services = platform.Host.Services;
        var workflow = Workflow.Load(definition, "scenario.yaml", WorkflowHost.Platform).Value;
        Assert.Null(await services.GetRequiredService<DefinitionRegistry>().Publish(workflow, CancellationToken.None));
        var run = RunId.For(Force, workflow.Name, workflow.Version);
        await services.GetRequiredService<RunStepper>().Start(Force, run, new RunStart(new SubjectId("theincidentofallscenarios2"), workflow, input), CancellationToken.None);
        return await End(services.GetRequiredService<RunList>(), run);
    }

    static async Task<Ended> End(RunList runs, RunId run)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (true)
        {
            var state = RunState.FromJson((await runs.Find(Force, run, limit.Token))!.State).Value;
            if (!state.IsFinished)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), limit.Token);
                continue;
            }

            var begun = (await runs.Journal(Force, run, limit.Token)).Where(entry => entry.Kind == "task-started").Select(entry => entry.Task.Split('/')[^1]);
            return new Ended(state.Status.ToString().ToLowerInvariant(), state.Output, state.Error?.ToJson() ?? JsonValue.Null, [.. begun]);
        }
    }
}
