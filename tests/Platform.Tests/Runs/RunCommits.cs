using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Held;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Work;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Platform.Tests.Runs;

/// <summary>The commits of a run, on every store: whichever of them fails, or loses its answer, or has another instance do the same work before it, the run ends as it would have ended.</summary>
public abstract class RunCommits : IAsyncLifetime
{
    // A timer, one that is cancelled, an event that nobody hears, and what follows from them.
    const string Definition = """
        document: { dsl: '1.0.3', namespace: tests, name: swept, version: '1.0.0' }
        do:
          - race: { fork: { compete: true, branches: [ { slow: { wait: { days: 30 } } }, { fast: { wait: { seconds: 1 } } } ] } }
          - tell: { emit: { event: { with: { type: tests.told, source: /tests } } } }
          - rest: { wait: { seconds: 1 } }
          - end: { set: { said: done } }
        """;

    const int MostRounds = 20;
    const int AtOnce = 6;
    static readonly OrganisationId Force = IdlePlatform.Force;
    static readonly CancellationToken None = CancellationToken.None;

    /// <summary>What happens at one of the commits.</summary>
    public enum Disturbance
    {
        /// <summary>It fails.</summary>
        Fails,

        /// <summary>It is made, and its answer lost.</summary>
        LosesItsAnswer,

        /// <summary>Another instance's sweep finds all that is due, and does it first.</summary>
        IsOutrun,

        /// <summary>Another instance's sweep does it again right after.</summary>
        IsRepeated,
    }

    /// <summary>A store that nobody else has, and what it must be closed with.</summary>
    protected abstract ValueTask<(IStore Store, IAsyncDisposable? Closing)> Create();

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData(Disturbance.Fails)]
    [InlineData(Disturbance.LosesItsAnswer)]
    [InlineData(Disturbance.IsOutrun)]
    [InlineData(Disturbance.IsRepeated)]
    public async Task Run_WhicheverOfItsCommitsIsDisturbed_EndsAsItWouldHaveEnded(Disturbance disturbance)
    {
        var (expected, commits) = await Play(int.MaxValue, disturbance);
        Assert.Contains("said", expected, StringComparison.Ordinal);
        var wrong = new List<string>();
        await Parallel.ForEachAsync(Enumerable.Range(1, commits), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (nth, _) =>
        {
            var (standing, _) = await Play(nth, disturbance);
            lock (wrong)
                if (standing != expected) wrong.Add($"Commit {nth} of {commits}:\n{standing}");
        });
        Assert.True(wrong.Count == 0, $"{string.Join("\n\n", wrong)}\n\nUndisturbed:\n{expected}");
    }

    async Task<(string Standing, int Commits)> Play(int nth, Disturbance disturbance)
    {
        var (store, closing) = await Create();
        await using var _ = closing;
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var one = await IdlePlatform.Start(Definition, clock, store);
        await using var two = await IdlePlatform.Start(Definition, clock, store);
        var run = RunId.For(Force, "swept", "one");
        var workflow = one.Get<DefinitionSet>().Workflows.Single(workflow => workflow.Name == "swept");
        await one.Get<RunStepper>().Start(Force, run, new RunStart(new SubjectId(run.Value), workflow, JsonValue.EmptyObject), None);

        var commits = 0;
        one.Store.Before = async (_, _) =>
        {
            if (++commits != nth) return;
            if (disturbance == Disturbance.Fails) throw new StoreException("The test lets this commit fail.");
            if (disturbance == Disturbance.IsOutrun) await Sweep(two, run);
        };
        one.Store.After = async (_, _) =>
        {
            if (commits != nth) return;
            if (disturbance == Disturbance.LosesItsAnswer) throw new StoreException("The test loses this answer.");
            if (disturbance == Disturbance.IsRepeated) await Sweep(two, run);
        };
        for (var round = 0; round < MostRounds && await Sweep(one, run); round++) clock.Advance(TimeSpan.FromSeconds(2));
        return (await Standing(two, run), commits);
    }

    // What a sweep finds due of the run, once each; whether the run goes on. What fails stays due.
    static async Task<bool> Sweep(IdlePlatform platform, RunId run)
    {
        var due = await platform.Get<DueWork>().Rows(platform.Get<TimeProvider>().GetUtcNow(), 1_000, None).Where(row => row.Item.Partition == RunKeys.Partition(Force, run)).ToListAsync();
        foreach (var (item, _) in due)
        {
            try
            {
                await platform.Get<WorkPerformer>().Perform(item, None);
            }
            catch (StoreException)
            {
                // The next sweep finds it.
            }
        }

        return due.Count > 0 || !RunState.FromJson((await platform.Get<RunList>().Find(Force, run, None))!.State).Value.IsFinished;
    }

    // In words that do not depend on times. That it is open may stand in the list of open runs after a crash; their sweep sees to that.
    static async Task<string> Standing(IdlePlatform platform, RunId run)
    {
        var record = (await platform.Get<RunList>().Find(Force, run, None))!;
        var text = new List<string> { $"{record.Status} {RunState.FromJson(record.State).Value.Output}" };
        text.AddRange((await platform.Get<RunList>().Journal(Force, run, None)).Select(entry => $"{entry.Sequence} {entry.Kind} {entry.Task} {entry.Effect}"));
        text.AddRange((await platform.Get<RunList>().Effects(Force, run, None)).Select(effect => $"{effect.Kind} {effect.Name} {effect.Status}"));
        text.AddRange((await platform.Get<HeldList>().All(Force, 100, None)).Select(item => $"held: {item.Kind} {item.Reason}"));
        return string.Join('\n', text);
    }
}
