using System.Net;
using System.Net.Http.Json;
using Interop.Azure.Tests.World;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Functions.Runs;
using Interop.Functions.Work;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Work;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Azure.Tests.Runs;

/// <summary>The orchestrator at its edges: long histories, timers that are cancelled, runs that start runs, what people do, and crashes between a commit and its answer.</summary>
public sealed class WorkflowRunTests
{
    static readonly OrganisationId Force = new("northshire");
    static readonly SubjectId Subject = new("theincidentofallscenarios2");
    static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Run_OfManySteps_BeginsItsHistoryAnewAndEnds()
    {
        await using var platform = await AzurePlatform.Start();
        var run = await Start(platform, $"[ {{ all: {{ for: {{ in: '[range({WorkflowRun.MostSteps + 50})]' }}, do: [ {{ rest: {{ wait: {{ milliseconds: 1 }} }} }} ] }} }}, {{ end: {{ set: {{ said: done }} }} }} ]");
        Assert.Equal("done", (await Ended(platform, run)).Output["said"].AsString());
        await OrchestrationEnds(platform, run);
    }

    [Fact]
    public async Task Run_WhoseTimerIsNoLongerWanted_EndsWithoutIt()
    {
        await using var platform = await AzurePlatform.Start();
        var run = await Start(platform, "[ { race: { fork: { compete: true, branches: [ { slow: { wait: { days: 30 } } }, { fast: { wait: { milliseconds: 10 } } } ] } } } ]");
        Assert.Equal(RunStatus.Completed, (await Ended(platform, run)).Status);
        await OrchestrationEnds(platform, run);
    }

    [Fact]
    public async Task Run_ThatStartsAnother_WaitsForItsSubOrchestration()
    {
        await using var platform = await AzurePlatform.Start();
        await Publish(platform, "child", "[ { rest: { wait: { milliseconds: 50 } } }, { double: { set: { double: '${ .a * 2 }' } } } ]");
        var run = await Start(platform, "[ { child: { run: { workflow: { namespace: tests, name: child, version: '1.0.0', input: { a: 21 } } } } } ]");
        Assert.Equal("42", (await Ended(platform, run)).Output["double"].ToString());
        await OrchestrationEnds(platform, run);
        var effects = await platform.Get<RunList>().Effects(Force, run, None);
        var child = await platform.Durable.Client.GetInstanceAsync(RunKeys.Partition(Force, ChildRuns.IdOf(Force, effects[0])), None);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, child!.RuntimeStatus);
    }

    [Theory]
    [InlineData("cancel", "cancelled")]
    [InlineData("suspend", "suspended")]
    public async Task Operation_OfAPerson_ReachesTheRun(string operation, string status)
    {
        await using var platform = await AzurePlatform.Start();
        using var client = await SignedIn(platform);
        var run = await Start(platform, "[ { hear: { listen: { to: { one: { with: { type: never } } } } } } ]");
        await Ask(client, run, operation);
        Assert.Equal(status, (await platform.Get<RunList>().Find(Force, run, None))!.Status);
    }

    [Fact]
    public async Task Cancel_OfAWaitingRun_EndsItsOrchestration()
    {
        await using var platform = await AzurePlatform.Start();
        using var client = await SignedIn(platform);
        var run = await Start(platform, "[ { rest: { wait: { days: 30 } } } ]");
        await Eventually.Holds("the orchestration waits", async () => await platform.Durable.Client.GetInstanceAsync(RunKeys.Partition(Force, run), None) is { IsRunning: true });
        await Ask(client, run, "cancel");
        await OrchestrationEnds(platform, run);
    }

    // What a release that no orchestration of before can go on with relies on, see docs/operations.md.
    [Fact]
    public async Task Orchestration_ThatWasTerminated_IsBegunAnewByTheSweepAndTheRunEnds()
    {
        // Its timer is so far off that only the sweep, by the clock, goes on with it.
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var platform = await AzurePlatform.Start(new AzureWorld { Clock = clock, Workflows = [], Grace = TimeSpan.Zero });
        var run = await Start(platform, "[ { rest: { wait: { hours: 1 } } }, { end: { set: { said: done } } } ]");
        var orchestration = RunKeys.Partition(Force, run);
        await Eventually.Holds("the orchestration waits", async () => await platform.Durable.Client.GetInstanceAsync(orchestration, None) is { IsRunning: true });
        await platform.Durable.Client.TerminateInstanceAsync(orchestration, None);
        await Eventually.Holds("it is terminated", async () => await platform.Durable.Client.GetInstanceAsync(orchestration, None) is { RuntimeStatus: OrchestrationRuntimeStatus.Terminated });
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("done", (await Ended(platform, run)).Output["said"].AsString());
        await OrchestrationEnds(platform, run);
    }

    // Its data is removed after its period, by an orchestration that is begun for that alone; and for a signal of that which comes twice.
    [Fact]
    public async Task Expiry_OfARun_LeavesNoOrchestrationThatWaits()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var platform = await AzurePlatform.Start(new AzureWorld { Clock = clock, Workflows = [] });
        var run = await Start(platform, "[ { end: { set: { said: done } } } ]");
        await Ended(platform, run);
        await OrchestrationEnds(platform, run);
        var (orchestration, signals) = (RunKeys.Partition(Force, run), platform.Get<WorkSignals>());
        var ended = (await platform.Durable.Client.GetInstanceAsync(orchestration, None))!.CreatedAt;
        clock.Advance(platform.Get<DefinitionRegistry>().RunRetention(Force) + TimeSpan.FromMinutes(5));
        foreach (var isDone in new[] { false, true })
        {
            Assert.Equal(isDone, await platform.Store.Read(orchestration, RunKeys.Expiry, None) is null);
            signals.Found(new WorkItem(orchestration, RunKeys.Expiry, IsFresh: false), clock.GetUtcNow());
            await Eventually.Holds("one more has ended", async () => await platform.Durable.Client.GetInstanceAsync(orchestration, None) is { RuntimeStatus: OrchestrationRuntimeStatus.Completed, CreatedAt: var begun } && begun > ended);
            ended = (await platform.Durable.Client.GetInstanceAsync(orchestration, None))!.CreatedAt;
        }
    }

    // The scheduler may have forgotten the one before: which run has ended, the store says.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signal_ThatComesTwiceForAnEndedRun_LeavesNoOrchestrationThatWaits(bool isPurged)
    {
        await using var platform = await AzurePlatform.Start();
        var run = await Start(platform, "[ { rest: { wait: { milliseconds: 1 } } } ]");
        await Ended(platform, run);
        await OrchestrationEnds(platform, run);
        var (orchestration, effect) = (RunKeys.Partition(Force, run), Assert.Single(await platform.Get<RunList>().Effects(Force, run, None)));
        var before = (await platform.Durable.Client.GetInstanceAsync(orchestration, None))!.CreatedAt;
        if (isPurged) await platform.Durable.Client.PurgeInstanceAsync(orchestration, cancellation: None);

        platform.Get<WorkSignals>().Due(new WorkItem(orchestration, RunKeys.Effect(effect.Id), IsFresh: false), DateTimeOffset.UnixEpoch);

        await Eventually.Holds("one more has ended", async () => await platform.Durable.Client.GetInstanceAsync(orchestration, None) is { RuntimeStatus: OrchestrationRuntimeStatus.Completed, CreatedAt: var begun } && begun > before);
    }

    [Fact]
    public async Task Rerun_OfARun_HasAnOrchestrationOfItsOwn()
    {
        await using var platform = await AzurePlatform.Start();
        using var client = await SignedIn(platform);
        var run = await Start(platform, "[ { rest: { wait: { milliseconds: 10 } } } ]");
        await Ended(platform, run);
        var again = (await Ask(client, run, "rerun"))["run"].AsString();
        Assert.NotEqual(run.Value, again);
        Assert.Equal(RunStatus.Completed, (await Ended(platform, new RunId(again))).Status);
        await OrchestrationEnds(platform, new RunId(again));
    }

    [Fact]
    public async Task Activity_ThatCrashedAfterItsCommit_LosesNoStep()
    {
        await using var platform = await AzurePlatform.Start(new AzureWorld { Grace = TimeSpan.Zero });
        var crashes = 0;
        platform.Store.Committed = (partition, changes) =>
        {
            if (partition.Contains("|run|", StringComparison.Ordinal) && changes.Any(change => change.Key == RunKeys.State) && Interlocked.Increment(ref crashes) is 2 or 3) throw new StoreException("The test lets the process die here.");
        };
        var run = await Start(platform, "[ { one: { wait: { milliseconds: 5 } } }, { two: { wait: { milliseconds: 5 } } }, { three: { set: { said: done } } } ]");
        var ended = await Ended(platform, run);
        Assert.Equal("done", ended.Output["said"].AsString());
        var journal = await platform.Get<RunList>().Journal(Force, run, None);
        Assert.Equal(Enumerable.Range(1, journal.Length).Select(number => (long)number), journal.Select(entry => entry.Sequence));
        await OrchestrationEnds(platform, run);
    }

    [Fact]
    public async Task History_OfAnOrchestration_HoldsNoData()
    {
        await using var platform = await AzurePlatform.Start();
        var run = await Start(platform, "[ { rest: { wait: { milliseconds: 10 } } }, { keep: { set: { name: '${ .name }' } } } ]", JsonValue.Of(("name", "Ann Example")));
        await Ended(platform, run);
        await OrchestrationEnds(platform, run);
        var seen = await platform.Durable.Client.GetInstanceAsync(RunKeys.Partition(Force, run), getInputsAndOutputs: true, None);
        Assert.DoesNotContain("Ann", $"{seen!.SerializedInput}{seen.SerializedOutput}{seen.SerializedCustomStatus}", StringComparison.Ordinal);
        Assert.DoesNotContain(platform.Bus.Seen, message => message.Body.ToString().Contains("Ann", StringComparison.Ordinal));
    }

    static async Task<Workflow> Publish(AzurePlatform platform, string name, string tasks)
    {
        var workflow = Workflow.Load($"document: {{ dsl: '1.0.3', namespace: tests, name: {name}, version: '1.0.0' }}\ndo: {tasks}", "test.yaml", WorkflowHost.Platform).Value;
        Assert.Null(await platform.Get<DefinitionRegistry>().Publish(workflow, None));
        return workflow;
    }

    static async Task<RunId> Start(AzurePlatform platform, string tasks, JsonValue? input = null)
    {
        var workflow = await Publish(platform, "test", tasks);
        var run = RunId.For(Force, workflow.Name, "one");
        await platform.Get<RunStepper>().Start(Force, run, new RunStart(Subject, workflow, input ?? JsonValue.EmptyObject), None);
        return run;
    }

    static Task<RunState> Ended(AzurePlatform platform, RunId run) => Eventually.Seen("the run ends", async () =>
        await platform.Get<RunList>().Find(Force, run, None) is { } record && RunState.FromJson(record.State).Value is { IsFinished: true } ended ? ended : null);

    static Task OrchestrationEnds(AzurePlatform platform, RunId run) => Eventually.Holds("the orchestration ends", async () =>
        await platform.Durable.Client.GetInstanceAsync(RunKeys.Partition(Force, run), None) is { RuntimeStatus: OrchestrationRuntimeStatus.Completed });

    static async Task<HttpClient> SignedIn(AzurePlatform platform)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = platform.Address };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("organisation", Force.Value), KeyValuePair.Create("role", "integrator")]);
        using var answer = await client.PostAsync(new Uri("/signin", UriKind.Relative), form);
        return client;
    }

    static async Task<JsonValue> Ask(HttpClient client, RunId run, string operation)
    {
        using var answer = await client.PostAsJsonAsync($"/api/organisations/{Force}/runs/{run}/{operation}", new { reason = "the test wants it" });
        var said = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, System.Text.Encoding.UTF8.GetString(said));
        return JsonValue.Parse(said).Value;
    }
}
