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
        output.WriteLine($"transactions a step: {commits:0.0}, reads a step: {reads:0.0}; {Steps} steps: {string.Join(", ", platform.Store.Lines)}");
        Assert.InRange(commits, 1, 2);
    }

    [Fact]
    public async Task A_message_costs_at_most_three_transactions()
    {
        await using var platform = await AzurePlatform.Start();

        // The first line of the day names the day in the audit log.
        await platform.Bus.Settled(await Reports.Send(platform));
        platform.Store.Clear();
        await platform.Bus.Settled(await Reports.Send(platform, id: "another"));
        var commits = OfMessage(platform);
        output.WriteLine($"transactions a message: {commits}, reads a message: {Reads(platform)}; {string.Join(", ", platform.Store.Lines)}");
        Assert.Equal(1, platform.Store.Of("commit", "message"));
        Assert.InRange(commits, 1, 3);
    }

    [Fact]
    public async Task A_message_that_begins_an_incident_costs_no_more()
    {
        await using var platform = await AzurePlatform.Start();
        await platform.Bus.Settled(await Reports.Send(platform));
        platform.Store.Clear();
        await platform.Bus.Settled(await Reports.Send(platform, id: "another", text: report => report.Replace("NSH-1-26-0417-000", "NSH-1-26-0418-000", StringComparison.Ordinal)));
        var start = platform.Store.Of("commit", "open-runs") + platform.Store.Of("commit", "runs");
        output.WriteLine($"transactions a message that begins an incident: {OfMessage(platform) - 1}, and {start + 1} beside its run's own; {string.Join(", ", platform.Store.Lines)}");

        // One of the subject's is the note of its run.
        Assert.Equal((1, 2, 1), (platform.Store.Of("commit", "message"), platform.Store.Of("commit", "subject"), platform.Store.Of("commit", "audit")));
    }

    // What runs do beside the message is counted with the steps; the sweep, which looks for unfinished messages, with nothing.
    static int OfMessage(AzurePlatform platform) => platform.Store.Of("commit", "message") + platform.Store.Of("commit", "subject") + platform.Store.Of("commit", "audit") + platform.Store.Of("commit", "held");

    static int Reads(AzurePlatform platform) => platform.Store.Reads - platform.Store.Of("range", "message");
}
