using Interop.Azure.Tests.World;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Storage;

/// <summary>What a message and a step cost in calls of the store; docs/scale.md reckons with these figures. A commit is one entity-group transaction; the Tables adapter adds one for the due times that a commit sets.</summary>
public sealed class StorageCallsTests(ITestOutputHelper output)
{
    const int Steps = 50;
    static readonly OrganisationId Force = new("northshire");

    [Fact]
    public async Task A_step_costs_at_most_two_transactions()
    {
        await using var platform = await AzurePlatform.Start();
        var workflow = Workflow.Load(
            $"document: {{ dsl: '1.0.3', namespace: tests, name: steps, version: '1.0.0' }}\ndo: [ {{ all: {{ for: {{ in: '[range({Steps})]' }}, do: [ {{ rest: {{ wait: {{ milliseconds: 1 }} }} }} ] }} }} ]", "steps.yaml", WorkflowHost.Platform).Value;
        Assert.Null(await platform.Get<DefinitionRegistry>().Publish(workflow, CancellationToken.None));
        var run = RunId.For(Force, workflow.Name, "one");
        platform.Store.Clear();
        await platform.Get<RunStepper>().Start(Force, run, new RunStart(new SubjectId("theincidentofallscenarios2"), workflow, JsonValue.EmptyObject), CancellationToken.None);

        // Asking the orchestration costs no call of the store.
        await Eventually.Holds("the run ends", async () => await platform.Durable.Client.GetInstanceAsync(RunKeys.Partition(Force, run), CancellationToken.None) is { IsCompleted: true });

        var (commits, reads) = (platform.Store.Of("commit", "run") / (double)Steps, (platform.Store.Of("read", "run") + platform.Store.Of("read", "held")) / (double)Steps);
        output.WriteLine($"a step of a run: {commits:0.0} transactions and {reads:0.0} reads; {Steps} steps: {string.Join(", ", platform.Store.Lines)}");
        Assert.InRange(commits, 1, 2);
    }

    [Fact]
    public async Task A_message_that_begins_a_run_is_counted()
    {
        await using var platform = await AzurePlatform.Start();
        platform.Store.Clear();
        var id = await Reports.Send(platform);
        output.WriteLine($"to take a message: {string.Join(", ", platform.Store.Lines)}");
        Assert.Equal(1, platform.Store.Of("commit", "message"));
        await platform.Bus.Settled($"northshire|message|{id}");
        output.WriteLine($"a message that begins an incident and its run, until it is settled: {Told(platform)}");
    }

    [Fact]
    public async Task A_message_of_a_known_incident_is_counted()
    {
        await using var platform = await AzurePlatform.Start();
        await platform.Bus.Settled($"northshire|message|{await Reports.Send(platform)}");
        platform.Store.Clear();
        await platform.Bus.Settled($"northshire|message|{await Reports.Send(platform, id: "another")}");
        output.WriteLine($"a message of an incident that is known, until it is settled: {Told(platform)}");
    }

    // What runs do beside the message is counted with the steps, and what the sweep does, with nothing.
    static string Told(AzurePlatform platform) => $"{platform.Store.Commits - platform.Store.Of("commit", "run") - platform.Store.Of("commit", "open-runs")} transactions beside its runs; {string.Join(", ", platform.Store.Lines)}";
}
