using Interop.Azure.Tests.World;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Functions.Work;
using Interop.Platform.Audit;
using Interop.Platform.Clocks;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Costs;

/// <summary>What a message, a run and a step cost in calls, counted: each figure is the one that docs/scale.md says, and reckons with.</summary>
public sealed class CallsTests(ITestOutputHelper output)
{
    static readonly OrganisationId Force = new("northshire");
    static readonly CancellationToken None = CancellationToken.None;

    // Hears the reports of its incident, so many in all, and ends.
    const string Hearing = """
        document: { dsl: '1.0.3', namespace: tests, name: hear, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do: [ { all: { for: { in: '[range(TIMES)]' }, do: [ { hear: { listen: { to: { one: { with: { type: incident.reported } } } } } } ] } } ]
        """;

    [Fact]
    public async Task A_message_costs_what_is_said()
    {
        var (begins, adds, held) = await WithinADay(async () =>
        {
            await using var platform = await AzurePlatform.Start(World());

            // The first line of a day names the day in the audit log.
            await Message(platform, "first", 0);
            return (await Message(platform, "begins", 1), await Message(platform, "adds", 1), await Message(platform, "held", 1, _ => "{}"));
        });
        Assert.Equal(Said("a message that begins an incident"), Rounded(begins, "a message that begins an incident"));
        Assert.Equal(Said("a message of a known incident"), Rounded(adds, "a message of a known incident"));
        Assert.Equal(Said("a message that is held"), Rounded(held, "a message that is held"));
        Assert.InRange(Said("a message of a known incident").Transactions, 1, 3);
    }

    [Fact]
    public async Task A_run_that_hears_a_message_costs_what_is_said()
    {
        var (two, four) = await WithinADay(async () => (await Heard(2), await Heard(4)));
        var one = 0.5m * (four - two);
        Assert.Equal(Said("a run that hears it, and its step"), Rounded(one - Said("a message of a known incident"), "a run that hears it, and its step"));
        Assert.Equal(Said("the beginning and the end of a run"), Rounded(two - (2 * one) - Said("a message that begins an incident"), "the beginning and the end of a run"));
    }

    [Fact]
    public async Task A_step_that_calls_a_system_costs_what_is_said()
    {
        var step = await Step("{ call: http, with: { method: get, endpoint: 'https://system.example/' } }", 10, 30);
        Assert.Equal(Said("a step that calls a system"), Rounded(step, "a step that calls a system"));
        Assert.InRange(step.Transactions, 1, 2);
    }

    // Whose time comes before the orchestrator asks for it costs a turn less: on a slow machine all of the many may, or all of the few.
    [Fact]
    public async Task A_step_that_waits_costs_what_is_said()
    {
        const int few = 1, many = 5;
        var (said, step) = (Said("a step that waits"), Rounded(await Step("{ wait: { milliseconds: 300 } }", few, many), "a step that waits"));
        Assert.Equal(said with { Turns = 0 }, step with { Turns = 0 });
        Assert.InRange(step.Turns, said.Turns - ((decimal)many / (many - few)), said.Turns + ((decimal)few / (many - few)));
    }

    [Fact]
    public async Task A_sweep_costs_what_is_said()
    {
        var (messages, limits) = await WithinADay(Sweeps);
        Assert.Equal(ScaleDoc.Number("Sweeps", "unfinished messages, each minute", "reads for each organisation"), messages);
        Assert.Equal(ScaleDoc.Number("Sweeps", "time limits, each quarter of an hour", "reads for each organisation"), limits);
    }

    // Reads for each organisation: of the sweep of unfinished messages, and of that of time limits.
    async Task<(decimal Messages, decimal Limits)> Sweeps()
    {
        await using var platform = await AzurePlatform.Start(World());
        var organisations = (decimal)platform.Get<DefinitionRegistry>().Organisations.Length;
        platform.Store.Clear();
        await platform.Get<DueSweep>().Signal(DueSweep.Grace, None);
        var messages = platform.Store.Reads / organisations;

        // Each organisation has been at work for more days than a limit may take.
        var today = DateOnly.FromDateTime(platform.Get<TimeProvider>().GetUtcNow().UtcDateTime);
        var days = Enumerable.Range(0, ClockWatch.MostDays + 10).Select(ago => new Change.Upsert(AuditRows.Text(today.AddDays(-ago)), default)).ToArray();
        foreach (var organisation in platform.Get<DefinitionRegistry>().Organisations)
            foreach (var part in days.Chunk(StoreLimits.Changes)) await platform.Store.Commit(AuditRows.Days(organisation), part, None);
        platform.Store.Clear();
        await platform.Get<BreachWatch>().Look(None);
        output.WriteLine(string.Join(", ", platform.Store.Lines));
        return (messages, platform.Store.Reads / organisations);
    }

    // A new day names itself: what is counted over midnight is counted again.
    static async Task<T> WithinADay<T>(Func<Task<T>> count)
    {
        for (var tries = 1; ; tries++)
        {
            var day = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
            var counted = await count();
            if (TimeProvider.System.GetUtcNow().UtcDateTime.Date == day || tries == 2) return counted;
        }
    }

    // No workflows but the test's, and systems that answer at once.
    static AzureWorld World(params string[] workflows) => new()
    {
        Workflows = workflows,
        Services = services =>
        {
            services.RemoveAll<IFunction>();
            foreach (var name in new[] { "deliver", "lookup", "map", "http", "openapi" }) services.AddSingleton<IFunction>(new Answer(name));
        },
    };

    static async Task<Calls> Message(AzurePlatform platform, string id, int incident, Func<string, string>? text = null)
    {
        var before = Calls.Of(platform);
        await platform.Bus.Settled(await Reports.Send(platform, id: id, text: text ?? (report => report.Replace("NSH-1-26-0417-000", $"NSH-1-26-0417-00{incident}", StringComparison.Ordinal))));
        return Calls.Of(platform) - before;
    }

    // A message that begins an incident and its run, and so many that the run hears, each when the one before was; the run ends with the last.
    async Task<Calls> Heard(int times)
    {
        await using var platform = await AzurePlatform.Start(World(Hearing.Replace("TIMES", $"{times}", StringComparison.Ordinal)));

        // The first of a day, with a run of its own, which waits.
        await Message(platform, "first", 0);
        await Turned(1);
        var others = await Runs();
        var (before, turns) = (Calls.Of(platform), 2m);
        await Message(platform, "begins", 1);
        for (var heard = 1; heard <= times; heard++)
        {
            await Turned(turns);
            await Message(platform, $"heard {heard}", 1);
            turns += Said("a run that hears it, and its step").Turns;
        }

        await Ended(platform, (await Runs()).Except(others).Single());
        output.WriteLine($"{times} heard: {string.Join(", ", platform.Store.Lines)}");
        return Calls.Of(platform) - before;

        Task Turned(decimal wanted) => Eventually.Holds(() => $"{wanted} turns; there were {platform.Executed.Turns}", () => Task.FromResult(platform.Executed.Turns >= wanted));

        async Task<string[]> Runs() => [.. await platform.Durable.Client.GetAllInstancesAsync(new OrchestrationQuery()).Select(instance => instance.InstanceId).ToListAsync()];
    }

    // The difference that each of the further steps makes.
    async Task<Calls> Step(string task, int few, int many)
    {
        await using var platform = await AzurePlatform.Start(World());
        var calls = new Dictionary<int, Calls>();
        foreach (var steps in new[] { few, many })
        {
            var workflow = Workflow.Load($"document: {{ dsl: '1.0.3', namespace: tests, name: steps-{steps}, version: '1.0.0' }}\ndo: [ {{ all: {{ for: {{ in: '[range({steps})]' }}, do: [ {{ one: {task} }} ] }} }} ]", "steps.yaml", WorkflowHost.Platform).Value;
            Assert.Null(await platform.Get<DefinitionRegistry>().Publish(workflow, None));
            var run = RunId.For(Force, workflow.Name, "one");
            var before = Calls.Of(platform);
            await platform.Get<RunStepper>().Start(Force, run, new RunStart(new SubjectId("theincidentofallscenarios2"), workflow, JsonValue.EmptyObject), None);
            await Ended(platform, RunKeys.Partition(Force, run));
            calls[steps] = Calls.Of(platform) - before;
        }

        output.WriteLine(string.Join(", ", platform.Store.Lines));
        return 1m / (many - few) * (calls[many] - calls[few]);
    }

    // Asking the orchestration costs no call of the store. It has ended when nothing more comes of its run.
    static Task Ended(AzurePlatform platform, string run) => Eventually.Holds("the run ends", async () => await platform.Durable.Client.GetInstanceAsync(run, None) is { IsCompleted: true });

    static Calls Said(string row) => Calls.Said(row);

    Calls Rounded(Calls counted, string what)
    {
        output.WriteLine($"{what}: {counted}");
        return counted;
    }

    sealed class Answer(string name) : IFunction
    {
        public string Name => name;

        public Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation) => Task.FromResult<FunctionOutcome>(new FunctionOutcome.Done(JsonValue.EmptyObject));
    }
}
