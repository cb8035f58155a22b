using Interop.Azure.Tests.World;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Tests.Workflows.Conformance;
using Interop.Core.Workflows;
using Interop.Local.Tests.Conformance;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Conformance;

/// <summary>All scenarios of the specification's conformance features through the Durable orchestrator, with real HTTP to a local server in the place of the public hosts.</summary>
public sealed class FeatureTests(ITestOutputHelper output)
{
    static readonly OrganisationId Force = new("northshire");

    [SkippableFact]
    public async Task Every_scenario_passes()
    {
        var folder = ConformanceData.Folder("features");
        Skip.If(folder is null, "features: the conformance data is not there (INTEROP_CONFORMANCE or ../shared/conformance).");
        var scenarios = Directory.GetFiles(folder!, "*.feature").Order(StringComparer.Ordinal).SelectMany(Gherkin.Read).ToArray();
        await using var hosts = await PublicHostsServer.Start();
        await using var platform = await AzurePlatform.Start();
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

    static async Task<Ended> Run(AzurePlatform platform, string definition, JsonValue input)
    {
        var workflow = Workflow.Load(definition, "scenario.yaml", WorkflowHost.Platform).Value;
        Assert.Null(await platform.Get<DefinitionRegistry>().Publish(workflow, CancellationToken.None));
        var run = RunId.For(Force, workflow.Name, workflow.Version);
        await platform.Get<RunStepper>().Start(Force, run, new RunStart(new SubjectId("theincidentofallscenarios2"), workflow, input), CancellationToken.None);
        var runs = platform.Get<RunList>();
        var state = await Eventually.Seen($"the scenario of {workflow.Version} ends", async () => RunState.FromJson((await runs.Find(Force, run, CancellationToken.None))!.State).Value is { IsFinished: true } ended ? ended : null);
        var begun = (await runs.Journal(Force, run, CancellationToken.None)).Where(entry => entry.Kind == "task-started").Select(entry => entry.Task.Split('/')[^1]);
        return new Ended(state.Status.ToString().ToLowerInvariant(), state.Output, state.Error?.ToJson() ?? JsonValue.Null, [.. begun]);
    }
}
