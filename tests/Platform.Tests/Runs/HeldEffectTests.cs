using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Held;
using Interop.Platform.Identity;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Tests.Definitions;
using Interop.Platform.Tests.Storage;
using Interop.Platform.Work;
using Microsoft.Extensions.DependencyInjection;
using RunId = Interop.Core.Messages.RunId;

namespace Interop.Platform.Tests.Runs;

/// <summary>What stands on the held list agrees with the effect, whatever happens between the commits.</summary>
public sealed class HeldEffectTests : IAsyncLifetime
{
    const string Calling = "document: { dsl: '1.0.3', namespace: tests, name: calling, version: '1.0.0' }\ndo: [ { one: { call: http, with: { method: get, endpoint: 'http://127.0.0.1/' } } } ]";

    static readonly OrganisationId Force = new("northshire");
    static readonly RunId Run = new("therunthatallcasesplayhere");
    static readonly string Partition = RunKeys.Partition(Force, Run);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("interop");
    readonly Answers answers = new();
    SqliteStore sqlite = null!;
    WatchedStore store = null!;
    ServiceProvider services = null!;
    EffectPerformer performer = null!;
    EffectId effect;

    public async Task InitializeAsync()
    {
        sqlite = SqliteStore.Open(folder.FullName).Value;
        store = new WatchedStore(sqlite);
        var definitions = DefinitionSet.Load(CatalogTests.Shipped.Add("workflows/calling.yaml", Calling)).Value;
        services = new ServiceCollection().AddInteropPlatform(new DeliveryOptions(), new SignInOptions())
            .AddSingleton(definitions).AddSingleton<IStore>(store).AddSingleton<ISecretStore>(answers).AddSingleton<IWorkSignal>(answers).AddSingleton(TimeProvider.System).BuildServiceProvider();
        performer = new EffectPerformer(
            store, Get<RunStepper>(), Get<RunList>(), Get<EventRouter>(), Get<HeldList>(), Get<ChildRuns>(), TimeProvider.System, new DeliveryOptions(), [answers]);
        await services.OpenInteropPlatform(CancellationToken.None);
        var workflow = definitions.Workflows.Single(workflow => workflow.Name == "calling");
        await Get<RunStepper>().Start(Force, Run, new RunStart(new SubjectId(Run.Value), workflow, JsonValue.Null), CancellationToken.None);
        var record = Assert.Single(await Get<RunList>().Effects(Force, Run, CancellationToken.None));
        Assert.True(EffectId.TryParse(record.Id, out effect));
        await Perform(new FunctionOutcome.Held("nobody may have it", null));
        Assert.Equal((EffectStatus.Held, true), await Stands());
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await sqlite.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Resubmit_FailingAgainBeforeItEnds_StaysOnTheList()
    {
        store.After = async (partition, changes) =>
        {
            if (partition != Partition || changes[0] is not Change.Replace { Due: not null }) return;
            store.After = (_, _) => Task.CompletedTask;
            await Perform(new FunctionOutcome.Held("still nobody may have it", null));
        };

        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));

        Assert.Equal((EffectStatus.Held, true), await Stands());
        Assert.Equal("still nobody may have it", (await Get<HeldList>().Find(Force, effect.ToString(), CancellationToken.None))?.Reason);
    }

    [Fact]
    public async Task Resubmit_CutOffBeforeTheItemIsGone_CanBeAskedAgainAndIsGoneWhenItGotThrough()
    {
        store.Before = (_, changes) => changes[0] is Change.Delete ? throw new StoreException("The power went.") : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(() => performer.Resubmit(Force, effect, CancellationToken.None));
        store.Before = (_, _) => Task.CompletedTask;
        Assert.Equal((EffectStatus.Pending, true), await Stands());

        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));
        await Perform(new FunctionOutcome.Done(JsonValue.Null));

        Assert.Equal((EffectStatus.Done, false), await Stands());
    }

    [Fact]
    public async Task Hold_OfWhatIsCancelledAtTheSameMoment_LeavesNothingOnTheList()
    {
        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));
        store.Before = async (partition, changes) =>
        {
            if (partition != Partition || changes[0] is not Change.Replace) return;
            store.Before = (_, _) => Task.CompletedTask;
            var row = (await sqlite.Read(Partition, RunKeys.Effect(effect.ToString()), CancellationToken.None))!;
            await sqlite.Commit(Partition, [new Change.Replace(row.Key, RowBody.Of(RowBody.Read<EffectRecord>(row) with { Status = EffectStatus.Cancelled }), row.ETag)], CancellationToken.None);
        };

        await Perform(new FunctionOutcome.Held("nobody may have it", null));

        Assert.Equal((EffectStatus.Cancelled, false), await Stands());
    }

    T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    async Task Perform(FunctionOutcome outcome)
    {
        answers.Next = outcome;
        Assert.Equal(WorkOutcome.Finished, await performer.Perform(Force, Run, new WorkItem(Partition, RunKeys.Effect(effect.ToString()), IsFresh: false), CancellationToken.None));
    }

    async Task<(EffectStatus Status, bool IsListed)> Stands() =>
        ((await performer.Find(Force, effect, CancellationToken.None))!.Status, await Get<HeldList>().Find(Force, effect.ToString(), CancellationToken.None) is not null);

    /// <summary>A function that ends as the test says; and a host that does nothing by itself.</summary>
    sealed class Answers : IFunction, ISecretStore, IWorkSignal
    {
        public string Name => "http";

        public FunctionOutcome? Next { get; set; }

        public Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation) => Task.FromResult(Next!);

        public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);

        public void Due(WorkItem item, DateTimeOffset at)
        {
        }
    }
}
