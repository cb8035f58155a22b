using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Work;

namespace Interop.Benchmarks.Runs;

/// <summary>What waiting runs cost: starts that many in one database, and prints bytes on the heap and on the disk a run. A measurement, not a benchmark: <c>-- waiting-runs 1000000</c>.</summary>
static class WaitingRuns
{
    const int Loaded = 10_000;

    const string Definition = """
        document: { dsl: '1.0.3', namespace: benchmarks, name: follow, version: '1.0.0' }
        do:
          - know: { set: { incident: '${ .incident }', reference: '${ .reference }' } }
          - follow: { listen: { to: { one: { with: { type: told } } } }, timeout: { after: P30D } }
          - say: { set: { told: true } }
        """;

    static readonly OrganisationId Force = new("northshire");

    public static async Task<int> Measure(int number)
    {
        var folder = Directory.CreateTempSubdirectory("interop-waiting");
        try
        {
            await using var store = SqliteStore.Open(folder.FullName).Value;
            await Measure(number, store, folder);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task Measure(int number, SqliteStore store, DirectoryInfo folder)
    {
        var workflow = Workflow.Load(Definition, "follow.yaml", WorkflowHost.Platform).Value;
        var registry = new DefinitionRegistry(new DefinitionSet(ImmutableDictionary<OrganisationId, OrganisationDefinition>.Empty, Core.Canonical.CanonicalRecords.None, ImmutableDictionary<string, Core.Mapping.MappingDefinition>.Empty, [], [workflow], [], null!), store);
        await registry.Publish(CancellationToken.None);
        var stepper = new RunStepper(store, registry, TimeProvider.System, new NoSignal());
        await Start(stepper, workflow, "warm", CancellationToken.None);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, number), new ParallelOptions { MaxDegreeOfParallelism = 512 }, (at, cancellation) => new ValueTask(Start(stepper, workflow, at.ToString(CultureInfo.InvariantCulture), cancellation)));
        watch.Stop();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        Say($"{number} runs started and waiting, {number / watch.Elapsed.TotalSeconds:F0} a second");
        Say($"heap: {(after - before) / (double)number:F1} bytes a waiting run (they wait in the database); {after >> 20} MiB in all; working set {Environment.WorkingSet >> 20} MiB");
        Say($"disk: {folder.EnumerateFiles().Sum(file => file.Length) / number} bytes a run, {folder.EnumerateFiles().Sum(file => file.Length) >> 20} MiB in all");

        var states = new RunState[Math.Min(Loaded, number)];
        before = GC.GetTotalMemory(forceFullCollection: true);
        for (var at = 0; at < states.Length; at++)
            states[at] = RunState.FromJson(RowBody.Read<RunRecord>((await store.Read(RunKeys.Partition(Force, Id(at.ToString(CultureInfo.InvariantCulture))), RunKeys.State, CancellationToken.None))!).State).Value;
        after = GC.GetTotalMemory(forceFullCollection: true);
        Say($"heap: {(after - before) / states.Length} bytes for the state of a waiting run that is loaded");
        GC.KeepAlive(states);

        watch.Restart();
        for (var at = 0; at < 1_000; at++) await stepper.Step(Force, Id(at.ToString(CultureInfo.InvariantCulture)), Told(at), [], CancellationToken.None);
        Say($"one of them goes on in {watch.Elapsed.TotalMilliseconds / 1_000:F2} ms, alone");
    }

    static Task Start(RunStepper stepper, Workflow workflow, string name, CancellationToken cancellation) => stepper.Start(
        Force, Id(name), new RunStart(new SubjectId(Id(name).Value), workflow, JsonValue.Of(("incident", $"an incident as it is reported, number {name}"), ("reference", name))), cancellation);

    static EventArrived Told(int number) => new(TimeProvider.System.GetUtcNow(), JsonValue.Of(("specversion", "1.0"), ("id", $"{number}"), ("source", "/benchmarks"), ("type", "told")));

    static RunId Id(string name) => RunId.For(Force, "follow", name);

    static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    sealed class NoSignal : IWorkSignal
    {
        public void Due(WorkItem item, DateTimeOffset at)
        {
        }
    }
}
