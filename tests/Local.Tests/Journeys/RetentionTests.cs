using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Audit;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Held;
using Interop.Platform.Runs;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Work;
using Microsoft.Extensions.Time.Testing;
using Xunit.Abstractions;

namespace Interop.Local.Tests.Journeys;

/// <summary>What ended runs worked on is removed after its period, and its place is used again.</summary>
public sealed class RetentionTests(ITestOutputHelper output) : IAsyncLifetime
{
    const string NumberVariable = "INTEROP_RETENTION_RUNS";
    const int Rounds = 5;
    const string Secret = "a name that is to be forgotten";

    const string Definition = """
        document: { dsl: '1.0.3', namespace: tests, name: keep, version: '1.0.0' }
        do: [ { count: { set: { length: '${ .text | length }' } } } ]
        """;

    static readonly OrganisationId Force = new("northshire");

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("interop");
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 30, 0, 0, 0, TimeSpan.Zero));
    SqliteStore store = null!;
    RunStepper stepper = null!;
    RunExpiry expiry = null!;
    RunList runs = null!;
    Workflow workflow = null!;

    public async Task InitializeAsync()
    {
        store = SqliteStore.Open(folder.FullName).Value;
        workflow = Workflow.Load(Definition, "keep.yaml", WorkflowHost.Platform).Value;
        var organisations = ImmutableDictionary<OrganisationId, OrganisationDefinition>.Empty.Add(Force, new OrganisationDefinition(Force, "Northshire", IsAgency: false, RunDays: 30));
        var registry = new DefinitionRegistry(new DefinitionSet(organisations, Interop.Core.Canonical.CanonicalRecords.None, ImmutableDictionary<string, Interop.Core.Mapping.MappingDefinition>.Empty, [], [workflow], [], null!), store);
        await registry.Publish(CancellationToken.None);
        var secrets = new OneSecret();
        (stepper, runs) = (new RunStepper(store, registry, clock, new NoSignal()), new RunList(store));
        expiry = new RunExpiry(store, runs, registry, new HeldList(store), new AuditLog(store, secrets), secrets, clock, new NoSignal());
    }

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Run_WhosePeriodIsOver_KeepsItsJournalAsHashes()
    {
        await Begin("one", 1);
        clock.Advance(TimeSpan.FromDays(29));
        await Expire();
        Assert.Contains(Secret, (await runs.Find(Force, Id("one"), CancellationToken.None))!.State.ToString(), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromDays(2));
        await Expire();
        var journal = await runs.Journal(Force, Id("one"), CancellationToken.None);
        Assert.DoesNotContain(Secret, (await runs.Find(Force, Id("one"), CancellationToken.None))!.State.ToString(), StringComparison.Ordinal);
        Assert.Equal(["run-started", "task-started", "task-completed", "run-completed"], journal.Select(entry => entry.Kind));
        Assert.All(journal, entry => Assert.StartsWith("hmac-sha256:", entry.Detail["erased"].AsString(), StringComparison.Ordinal));
        Assert.Null(await store.NextDue(CancellationToken.None));
    }

    [Fact]
    public async Task Store_OfRunsThatComeAndExpire_GrowsByWhatStaysAlone()
    {
        var number = Environment.GetEnvironmentVariable(NumberVariable) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : 5_000;
        var sizes = new List<long>();
        for (var round = 0; round < Rounds; round++)
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, number / Rounds), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (at, _) => await Begin($"{round} {at}", 20));
            clock.Advance(TimeSpan.FromDays(31));
            await Expire();
            sizes.Add(new FileInfo(Path.Combine(folder.FullName, "store.db")).Length);
            output.WriteLine($"{(round + 1) * (number / Rounds)} runs: {sizes[^1] / 1024} KiB, {(sizes[^1] - (round == 0 ? 0 : sizes[^2])) / (number / Rounds)} bytes a run");
        }

        // A round writes about 16 KiB a run; what stays are the rows of the journal and the audit log.
        var grown = (sizes[^1] - sizes[0]) / (Rounds - 1) / (number / Rounds);
        Assert.InRange(grown, 0, 5_000);
    }

    Task Begin(string name, int times) => stepper.Start(Force, Id(name), new RunStart(new SubjectId(Id(name).Value), workflow, JsonValue.Of(("text", string.Join(' ', Enumerable.Repeat(Secret, times * 10))))), CancellationToken.None);

    static RunId Id(string name) => RunId.For(Force, "keep", name);

    async Task Expire()
    {
        var due = new List<string>();
        await foreach (var row in store.Due(clock.GetUtcNow(), int.MaxValue, CancellationToken.None)) due.Add(row.Partition);
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (partition, _) => await expiry.Perform(Force, new RunId(Interop.Platform.Storage.PartitionKey.Split(partition)[2]), CancellationToken.None));
    }

    sealed class OneSecret : ISecretStore
    {
        public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult<string?>(Convert.ToBase64String(new byte[32]));
    }

    sealed class NoSignal : IWorkSignal
    {
        public void Due(WorkItem item, DateTimeOffset at)
        {
        }
    }
}
