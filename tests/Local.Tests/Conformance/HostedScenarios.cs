using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Tests.Workflows.Conformance;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Interop.Local.Tests.Conformance;

/// <summary>The scenarios of the specification's conformance features, played by a whole host, with real HTTP to a local server in the place of the public hosts.</summary>
sealed class HostedScenarios
{
    static readonly OrganisationId Force = new("northshire");
    static readonly TimeSpan Longest = Journeys.TestPlatform.Patience;
    static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    readonly Scenario[] scenarios;

    HostedScenarios(Scenario[] scenarios) => this.scenarios = scenarios;

    /// <summary>Reads them; skips the test by name where they are not there.</summary>
    public static HostedScenarios Read()
    {
        var folder = ConformanceData.Folder("features");
        Skip.If(folder is null, "features: the conformance data is not there (INTEROP_CONFORMANCE or ../shared/conformance).");
        return new([.. Directory.GetFiles(folder!, "*.feature").Order(StringComparer.Ordinal).SelectMany(Gherkin.Read)]);
    }

    /// <summary>Plays all of them, and asserts that each ends as it should.</summary>
    public async Task Pass(IServiceProvider host, ITestOutputHelper output)
    {
        await using var hosts = await PublicHostsServer.Start();
        var (wrong, number) = (new List<string>(), 0);
        foreach (var scenario in scenarios)
            wrong.AddRange((await ScenarioCheck.Play(scenario, (definition, input) => Run(host, Here(definition, hosts.Address, ++number), input))).Take(1));
        output.WriteLine($"{scenarios.Length - wrong.Count} of {scenarios.Length} scenarios pass");
        Assert.Empty(wrong);
        Assert.NotEmpty(scenarios);
    }

    // Some scenarios share a name and a version, and a version is published once.
    static string Here(string definition, Uri address, int number) =>
        PublicHosts.Addresses.Aggregate(definition, (text, host) => text.Replace(host, address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)).Replace("version: '1.0.0'", $"version: '1.0.{number}'", StringComparison.Ordinal);

    static async Task<Ended> Run(IServiceProvider host, string definition, JsonValue input)
    {
        var workflow = Workflow.Load(definition, "scenario.yaml", WorkflowHost.Platform).Value;
        Assert.Null(await host.GetRequiredService<DefinitionRegistry>().Publish(workflow, CancellationToken.None));
        var run = RunId.For(Force, workflow.Name, workflow.Version);
        await host.GetRequiredService<RunStepper>().Start(Force, run, new RunStart(new SubjectId("theincidentofallscenarios2"), workflow, input), CancellationToken.None);
        return await End(host.GetRequiredService<RunList>(), run);
    }

    static async Task<Ended> End(RunList runs, RunId run)
    {
        using var limit = new CancellationTokenSource(Longest);
        using var timer = new PeriodicTimer(LookEvery);
        while (true)
        {
            var state = RunState.FromJson((await runs.Find(Force, run, limit.Token))!.State).Value;
            if (!state.IsFinished)
            {
                await timer.WaitForNextTickAsync(limit.Token);
                continue;
            }

            var begun = (await runs.Journal(Force, run, limit.Token)).Where(entry => entry.Kind == "task-started").Select(entry => entry.Task.Split('/')[^1]);
            return new Ended(state.Status.ToString().ToLowerInvariant(), state.Output, state.Error?.ToJson() ?? JsonValue.Null, [.. begun]);
        }
    }
}
