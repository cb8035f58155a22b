using Azure.Messaging.ServiceBus;
using Interop.Azure.Tests.World;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Functions.Runs;
using Interop.Functions.Work;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Intake;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace Interop.Azure.Tests.Work;

/// <summary>The sweep brings back what was lost, and adds little to what only waits: signals do not pile up, and rests are not cut short.</summary>
public sealed class DueSweepTests(ITestOutputHelper output) : IDisposable
{
    const int Waiting = 50;
    const int Sweeps = 5;

    static readonly OrganisationId Force = new("northshire");
    static readonly CancellationToken None = CancellationToken.None;

    readonly LogLines log = new();

    public void Dispose() => log.Dispose();

    [Fact]
    public async Task Signal_WhileMessagesWait_AddsOneSignalASweep_WhichWorksThemOff()
    {
        await using var platform = await AzurePlatform.Start(World());
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        var ids = new List<string>();
        for (var number = 0; number < Waiting; number++) ids.Add(await Reports.Send(platform, id: $"waiting-{number}"));
        for (var sweep = 1; sweep <= Sweeps; sweep++)
        {
            await platform.Get<DueSweep>().Signal(TimeSpan.Zero, None);
            await Eventually.Holds("the signals are on the bus", () => Task.FromResult(OfMessages(platform).Length >= Waiting + sweep));
        }

        output.WriteLine($"{Waiting} messages wait, {Sweeps} sweeps: {OfMessages(platform).Length} signals; {log.Of("Swept").Last()}");
        var signals = OfMessages(platform);
        Assert.Equal((Waiting, Sweeps), (signals.Count(sent => sent.Subject == WorkMessage.Row), signals.Count(sent => sent.Subject == WorkMessage.Unfinished)));
        Assert.All(signals, sent => Assert.Equal(Force.Value, sent.SessionId));

        // The first of them works off what waits; whatever else tells of it commits nothing.
        await Take(platform, signals.First(sent => sent.Subject == WorkMessage.Unfinished));
        foreach (var id in ids) Assert.Equal(MessageStatus.Accepted, (await platform.Get<MessageStore>().Find(Force, id, None))!.Value.Message.Status);
        await Eventually.Holds("the run has begun and rests", () => Task.FromResult(platform.Store.Of("commit", "runs") > 0));
        platform.Store.Clear();
        foreach (var sent in signals) await Take(platform, sent);
        output.WriteLine($"{signals.Length} signals of what is finished: {string.Join(", ", platform.Store.Lines)}");
        Assert.Equal((0, 0, 0), (platform.Store.Of("commit", "message"), platform.Store.Of("commit", "subject"), platform.Store.Of("commit", "audit")));
        Assert.Empty(await platform.Get<DueWork>().Waiting(platform.Get<TimeProvider>().GetUtcNow(), None).ToListAsync());
    }

    [Fact]
    public async Task Signal_LogsTheAgeOfTheOldestMessageThatWaits()
    {
        await using var platform = await AzurePlatform.Start(World() with { Clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)) });
        await Break(platform, platform.Get<TimeProvider>().GetUtcNow() - TimeSpan.FromMinutes(10));
        await platform.Get<DueSweep>().Signal(DueSweep.Grace, None);
        Assert.Contains("the oldest of which waits for 600 seconds", log.Of("Swept").Last(), StringComparison.Ordinal);
    }

    // A fault's work is due all the while that it rests; however many sweeps find it, it is on the bus once, and no try comes early.
    [Fact]
    public async Task Signal_OfWorkThatRestsAfterAFault_BeginsNoOtherChainOfTries()
    {
        await using var platform = await AzurePlatform.Start(World() with { Clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)) });
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        await Break(platform, platform.Get<TimeProvider>().GetUtcNow().AddTicks(-1));
        for (var sweep = 1; sweep <= Sweeps; sweep++)
        {
            await platform.Get<DueSweep>().Signal(TimeSpan.Zero, None);
            await Eventually.Holds("the signal is on the bus", () => Task.FromResult(platform.Bus.Sent.Count(sent => sent.Subject == WorkMessage.Unfinished) == sweep));
            await Take(platform, platform.Bus.Sent.Last(sent => sent.Subject == WorkMessage.Unfinished));
        }

        Assert.Single(log.Of("WorkFailed"));
        Assert.Equal(DueCause.Rest, Assert.Single(WorkMessage.Read(Received.Of(Assert.Single(OfMessages(platform), sent => sent.Subject == WorkMessage.Row), "again", 1)).Due).Cause);
    }

    // A lost signal is found all the same: a row that stays due is told of again, after twice the time, and what is due anew at once.
    [Fact]
    public async Task Signal_OfARowThatStaysDue_IsGivenLessAndLessOften()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var platform = await AzurePlatform.Start(World() with { Clock = clock });
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        const string partition = "northshire|run|arun";
        await platform.Store.Commit(partition, [new Change.Insert("effect|one", default, clock.GetUtcNow())], None);
        var (minutes, all) = (new List<int>(), 0);
        for (var minute = 1; minute <= 40; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            if (await Signals() > 0) minutes.Add(minute);
        }

        Assert.Equal([2, 3, 5, 9, 17, 25, 33], minutes);
        await platform.Store.Commit(partition, [new Change.Upsert("effect|one", default, clock.GetUtcNow())], None);
        clock.Advance(DueSweep.Grace);
        Assert.Equal(1, await Signals());
        await platform.Store.Commit(partition, [new Change.Delete("effect|one")], None);
        Assert.Equal(0, await Signals());

        // Schedules and the like are due too.
        async Task<int> Signals()
        {
            var before = platform.Bus.Sent.Count(sent => sent.SessionId == partition);
            all += await platform.Get<DueSweep>().Signal(DueSweep.Grace, None);
            await Eventually.Holds("the signals are on the bus", () => Task.FromResult(platform.Bus.Sent.Count == all));
            return platform.Bus.Sent.Count(sent => sent.SessionId == partition) - before;
        }
    }

    // A delivery's rounds are spread over twenty minutes, whatever sweeps there are in between; who asks for it is answered at once.
    [Fact]
    public async Task Signal_OfARunsRowThatRests_LeavesItToItsTimer_AndAPersonDoesNot()
    {
        var calls = new Calls();
        await using var platform = await AzurePlatform.Start(Busy(calls));
        var ask = await Call(platform);
        calls.Answer();
        await Eventually.Holds("it rests", () => Task.FromResult(platform.Executed is { Activities: 1, Turns: >= 2 }));
        for (var sweep = 0; sweep < Sweeps; sweep++) await platform.Get<DueSweep>().Signal(TimeSpan.Zero, None);
        ask();

        // Events reach an orchestration in the order in which they were told.
        await Eventually.Holds("it was tried when asked for", () => Task.FromResult(calls.Count == 2));
        Assert.Equal(1, platform.Bus.Seen.Count(seen => seen.Subject == WorkMessage.Run && WorkMessage.Read(seen).Due is [{ Cause: DueCause.Sweep }]));
    }

    // It may have been asked for too late for the try that is under way, which leaves a rest of minutes.
    [Fact]
    public async Task Signal_OfAPersonWhileARunsRowIsTried_HasItTriedAgainAtOnce()
    {
        var calls = new Calls();
        await using var platform = await AzurePlatform.Start(Busy(calls));
        var ask = await Call(platform);
        ask();
        await Eventually.Holds("the orchestration was told", () => Task.FromResult(platform.Executed.Turns >= 2));
        calls.Answer();
        await Eventually.Holds("it was tried when asked for", () => Task.FromResult(calls.Count == 2));
    }

    AzureWorld Busy(Calls calls) => World(services =>
    {
        services.RemoveAll<IFunction>();
        services.AddSingleton(new DeliveryOptions { BetweenRounds = TimeSpan.FromMinutes(10) });
        services.AddSingleton<IFunction>(calls);
        services.AddSingleton<IFunction>(new Calls("openapi"));
    });

    // Begins a run that calls the busy system, and waits until it is called; what a person does who asks for it is the answer.
    static async Task<Action> Call(AzurePlatform platform)
    {
        var workflow = Workflow.Load("document: { dsl: '1.0.3', namespace: tests, name: resting, version: '1.0.0' }\ndo: [ { ask: { call: http, with: { method: get, endpoint: 'https://busy.example/' } } } ]", "test.yaml", WorkflowHost.Platform).Value;
        Assert.Null(await platform.Get<DefinitionRegistry>().Publish(workflow, None));
        var run = RunId.For(Force, workflow.Name, "one");
        await platform.Get<RunStepper>().Start(Force, run, new RunStart(new SubjectId("theincidentofallscenarios2"), workflow, JsonValue.EmptyObject), None);
        await Eventually.Holds("it is called", () => Task.FromResult(platform.Executed.Activities == 1));
        var effect = Assert.Single(await platform.Get<RunList>().Effects(Force, run, None));
        return () => platform.Get<RunStepper>().Signal(RunKeys.Partition(Force, run), RunKeys.Effect(effect.Id), platform.Get<TimeProvider>().GetUtcNow());
    }

    AzureWorld World(Action<IServiceCollection>? services = null) => new()
    {
        Services = host =>
        {
            host.AddSingleton<ILoggerProvider>(log).AddLogging(logging => logging.AddFilter<LogLines>(null, LogLevel.Information));
            services?.Invoke(host);
        },
    };

    // Schedules and the like are due too.
    static ServiceBusMessage[] OfMessages(AzurePlatform platform) => [.. platform.Bus.Sent.Where(sent => sent.Subject == WorkMessage.Unfinished || sent.Body.ToString().Contains("|message|", StringComparison.Ordinal))];

    static Task Take(AzurePlatform platform, ServiceBusMessage sent) => platform.Get<BusWork>().Take(Received.Of(sent, "one", 1), new Settlements(), platform.Durable.Client, None);

    static async Task Break(AzurePlatform platform, DateTimeOffset at) => await platform.Store.Commit(
        MessageStore.Partition(Force, "broken"), [new Change.Insert(MessageStore.Key("broken"), "no message"u8.ToArray()), new Change.Insert(MessageStore.UnfinishedKey(at, "broken"), default)], None);

    // A system that is busy, and says so when the test lets it.
    sealed class Calls(string name = "http") : IFunction
    {
        readonly TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int count;

        public int Count => Volatile.Read(ref count);

        public string Name => name;

        public void Answer() => answer.SetResult();

        public async Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation)
        {
            Interlocked.Increment(ref count);
            await answer.Task;
            return new FunctionOutcome.TryLater("busy", null);
        }
    }
}
