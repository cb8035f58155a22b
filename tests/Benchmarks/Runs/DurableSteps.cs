using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Work;

namespace Interop.Benchmarks.Runs;

/// <summary>
/// Steps of waiting runs, each committed with synchronous=FULL before the next step of its run, against commits of rows of the same number and size by as many callers.
/// One operation is one step or one commit: steps a second are 1 s / mean.
/// </summary>
public class DurableSteps
{
    const int Steps = 10_000;

    const string Definition = """
        document: { dsl: '1.0.3', namespace: benchmarks, name: follow, version: '1.0.0' }
        do:
          - follow:
              listen: { to: { any: [ { with: { type: told } } ], until: '${ false }' } }
              foreach: { item: event, do: [ { keep: { set: { last: '${ $event.data.number }' } } } ] }
        """;

    static readonly OrganisationId Force = new("northshire");

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("interop-benchmark");
    SqliteStore store = null!;
    RunStepper stepper = null!;
    ImmutableArray<RunId> runs;
    byte[] state = [];
    byte[] journal = [];
    long number;

    [Params(1, 100, 10_000)]
    public int Runs { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        store = SqliteStore.Open(folder.FullName).Value;
        var workflow = Workflow.Load(Definition, "follow.yaml", WorkflowHost.Platform).Value;
        var registry = new DefinitionRegistry(new DefinitionSet(ImmutableDictionary<OrganisationId, OrganisationDefinition>.Empty, Core.Canonical.CanonicalRecords.None, ImmutableDictionary<string, Core.Mapping.MappingDefinition>.Empty, [], [workflow], [], null!), store);
        await registry.Publish(CancellationToken.None);
        stepper = new RunStepper(store, registry, TimeProvider.System, new NoSignal());
        runs = [.. Enumerable.Range(0, Runs).Select(index => RunId.For(Force, workflow.Name, $"{index}"))];
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (run, cancellation) => await stepper.Start(Force, run, new RunStart(new SubjectId(run.Value), workflow, JsonValue.EmptyObject), cancellation));
        await Step(runs[0]);
        await foreach (var row in store.Range(RunKeys.Partition(Force, runs[0]), "", null, 100, CancellationToken.None))
        {
            if (row.Key == RunKeys.State) state = row.Body.ToArray();
            else if (row.Key.StartsWith(RunKeys.JournalPart, StringComparison.Ordinal)) journal = row.Body.ToArray();
        }
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Benchmark(Baseline = true, Description = "raw commits", OperationsPerInvoke = Steps)]
    public Task Raw() => All(async caller =>
    {
        var key = Interlocked.Increment(ref number).ToString("D10", System.Globalization.CultureInfo.InvariantCulture);
        await store.Commit($"raw|{caller}", [new Change.Upsert("state", state), new Change.Upsert($"journal|{key}", journal)], CancellationToken.None);
    });

    [Benchmark(Description = "durable steps", OperationsPerInvoke = Steps)]
    public Task Durable() => All(caller => Step(runs[caller]));

    Task All(Func<int, Task> act) => Task.WhenAll(Enumerable.Range(0, Runs).Select(caller => Task.Run(async () =>
    {
        for (var times = 0; times < Steps / Runs; times++) await act(caller);
    })));

    async Task Step(RunId run)
    {
        var told = JsonValue.Of(("specversion", "1.0"), ("id", $"{Interlocked.Increment(ref number)}"), ("source", "/benchmarks"), ("type", "told"), ("data", JsonValue.Of(("number", number))));
        await stepper.Step(Force, run, new EventArrived(TimeProvider.System.GetUtcNow(), told), [], CancellationToken.None);
    }

    sealed class NoSignal : IWorkSignal
    {
        public void Due(WorkItem item, DateTimeOffset at)
        {
        }
    }
}
