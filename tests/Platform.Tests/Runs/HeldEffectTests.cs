using Interop.Core.Audit;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Audit;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Held;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Tests.Storage;
using Interop.Platform.Work;
using Microsoft.Extensions.Time.Testing;
using RunId = Interop.Core.Messages.RunId;

namespace Interop.Platform.Tests.Runs;

/// <summary>What stands on the held list agrees with the effect, whatever happens between the commits.</summary>
public sealed class HeldEffectTests : IAsyncLifetime
{
    const string Calling = "document: { dsl: '1.0.3', namespace: tests, name: calling, version: '1.0.0' }\ndo: [ { one: { call: http, with: { method: get, endpoint: 'http://127.0.0.1/' } } } ]";

    static readonly OrganisationId Force = IdlePlatform.Force;
    static readonly DateTimeOffset Now = new(2026, 3, 30, 12, 0, 0, TimeSpan.Zero);
    static readonly RunId Run = new("therunthatallcasesplayhere");
    static readonly string Partition = RunKeys.Partition(Force, Run);

    readonly FakeTimeProvider clock = new(Now);
    readonly Answers answers = new();
    IdlePlatform platform = null!;
    EffectPerformer performer = null!;
    EffectId effect;

    WatchedStore Store => platform.Store;

    HeldList Held => platform.Get<HeldList>();

    public async Task InitializeAsync()
    {
        platform = await IdlePlatform.Start(Calling, clock);
        performer = new EffectPerformer(
            Store, platform.Get<RunStepper>(), platform.Get<RunList>(), platform.Get<EventRouter>(), Held, platform.Get<ChildRuns>(), platform.Get<TimeProvider>(), new DeliveryOptions(), [answers]);
        var workflow = platform.Get<DefinitionSet>().Workflows.Single(workflow => workflow.Name == "calling");
        await platform.Get<RunStepper>().Start(Force, Run, new RunStart(new SubjectId(Run.Value), workflow, JsonValue.Null), CancellationToken.None);
        var record = Assert.Single(await platform.Get<RunList>().Effects(Force, Run, CancellationToken.None));
        Assert.True(EffectId.TryParse(record.Id, out effect));
        await Perform(new FunctionOutcome.Held("nobody may have it", null));
        Assert.Equal((EffectStatus.Held, true), await Stands());
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Resubmit_FailingAgainBeforeItEnds_StaysOnTheList()
    {
        Store.After = async (partition, changes) =>
        {
            if (partition != Partition || changes[0] is not Change.Replace { Due: not null }) return;
            Store.After = (_, _) => Task.CompletedTask;
            await Perform(new FunctionOutcome.Held("still nobody may have it", null));
        };

        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));

        Assert.Equal((EffectStatus.Held, true), await Stands());
        Assert.Equal("still nobody may have it", (await Held.Find(Force, effect.ToString(), CancellationToken.None))?.Reason);
    }

    [Fact]
    public async Task Resubmit_CutOffBeforeTheItemIsGone_CanBeAskedAgainAndIsGoneWhenItGotThrough()
    {
        Store.Before = (_, changes) => changes[0] is Change.Delete ? throw new StoreException("The power went.") : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(() => performer.Resubmit(Force, effect, CancellationToken.None));
        Store.Before = (_, _) => Task.CompletedTask;
        Assert.Equal((EffectStatus.Pending, true), await Stands());

        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));
        await Perform(new FunctionOutcome.Done(JsonValue.Null));

        Assert.Equal((EffectStatus.Done, false), await Stands());
    }

    [Fact]
    public async Task Resubmit_ByAPersonWithACrashBetween_IsLoggedOnceForEachTimeItWasHeld()
    {
        var (user, corrections) = (new InteropUser("the-user", Force, [.. Roles.All]), platform.Get<Corrections>());
        for (var times = 1; times <= 2; times++)
        {
            Store.Before = (partition, _) => partition == Partition ? throw new StoreException("The power went.") : Task.CompletedTask;
            await Assert.ThrowsAsync<StoreException>(() => corrections.ResubmitDelivery(user, effect.ToString(), CancellationToken.None));
            Store.Before = (_, _) => Task.CompletedTask;
            Assert.IsType<Correction.Done>(await corrections.ResubmitDelivery(user, effect.ToString(), CancellationToken.None));

            var today = await platform.Get<AuditLog>().OfDay(Force, DateOnly.FromDateTime(Now.UtcDateTime), 100, CancellationToken.None);
            Assert.Equal(times, today.Count(entry => entry.Data.Operation == AuditOperation.Alteration));
            clock.Advance(TimeSpan.FromMinutes(1));
            await Perform(new FunctionOutcome.Held("still nobody may have it", null));
        }
    }

    [Fact]
    public async Task Hold_OfWhatIsCancelledAtTheSameMoment_LeavesNothingOnTheList()
    {
        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));
        Store.Before = async (partition, changes) =>
        {
            if (partition != Partition || changes[0] is not Change.Replace) return;
            Store.Before = (_, _) => Task.CompletedTask;
            var row = (await platform.Unwatched.Read(Partition, RunKeys.Effect(effect.ToString()), CancellationToken.None))!;
            await platform.Unwatched.Commit(Partition, [new Change.Replace(row.Key, RowBody.Of(RowBody.Read<EffectRecord>(row) with { Status = EffectStatus.Cancelled }), row.ETag)], CancellationToken.None);
        };

        await Perform(new FunctionOutcome.Held("nobody may have it", null));

        Assert.Equal((EffectStatus.Cancelled, false), await Stands());
    }

    [Fact]
    public async Task Resubmit_OfWhatIsInDoubt_EndsTheDoubtWithTheSameCommit()
    {
        var (doubts, sending) = (platform.Get<DoubtBook>(), new Sending(Force, effect, IsFresh: false));
        await doubts.Note(sending, DateTimeOffset.UnixEpoch, CancellationToken.None);
        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));
        Assert.Equal(DateTimeOffset.UnixEpoch, await doubts.Since(sending, CancellationToken.None));

        await Perform(new FunctionOutcome.InDoubt("it may have got through", null));
        Assert.Equal((EffectStatus.InDoubt, true), await Stands());
        Store.After = (partition, _) => partition == Partition ? throw new StoreException("The power went.") : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(() => performer.Resubmit(Force, effect, CancellationToken.None));

        Assert.Null(await doubts.Since(sending, CancellationToken.None));
        Assert.Equal(EffectStatus.Pending, (await Stands()).Status);
    }

    [Fact]
    public async Task Drop_OfWhatIsInDoubt_TellsTheRunAndKeepsWhoAndWhy()
    {
        var dropped = platform.Get<DroppedEffects>();
        Assert.False(await dropped.Drop(Force, effect, "the-user", "It came.", CancellationToken.None));
        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));
        await Perform(new FunctionOutcome.InDoubt("it may have got through", null));
        Store.Before = (_, changes) => changes[0] is Change.Delete ? throw new StoreException("The power went.") : Task.CompletedTask;
        await Assert.ThrowsAsync<StoreException>(() => dropped.Drop(Force, effect, "the-user", "It came.", CancellationToken.None));
        Store.Before = (_, _) => Task.CompletedTask;

        Assert.True(await dropped.Drop(Force, effect, "the-user", "It came.", CancellationToken.None));

        Assert.Equal((EffectStatus.Dropped, false), await Stands());
        Assert.Matches("^Not sent again: decided by the-user at .*Z[.] It came[.]$", (await performer.Find(Force, effect, CancellationToken.None))!.Reason);
        var run = (await platform.Get<RunList>().Find(Force, Run, CancellationToken.None))!;
        Assert.Equal(("completed", true), (run.Status, RunState.FromJson(run.State).Value.Output["dropped"].AsBoolean()));
        Assert.False(await performer.Resubmit(Force, effect, CancellationToken.None));
        Assert.False(await dropped.Drop(Force, effect, "the-user", "It came.", CancellationToken.None));
    }

    // Two people, or one who clicks twice.
    [Fact]
    public async Task Drop_ThatLeavesTheListAtTheSameMoment_IsDoneAllTheSame()
    {
        Assert.True(await performer.Resubmit(Force, effect, CancellationToken.None));
        await Perform(new FunctionOutcome.InDoubt("it may have got through", null));
        var isOther = false;
        Store.After = async (partition, _) =>
        {
            if (partition != Partition || isOther) return;
            isOther = true;
            Assert.True(await platform.Get<DroppedEffects>().Drop(Force, effect, "another", "It came.", CancellationToken.None));
        };

        Assert.True(await platform.Get<DroppedEffects>().Drop(Force, effect, "the-user", "It came.", CancellationToken.None));

        Assert.Equal((EffectStatus.Dropped, false), await Stands());
    }

    async Task Perform(FunctionOutcome outcome)
    {
        answers.Next = outcome;
        Assert.Equal(WorkOutcome.Finished, await performer.Perform(Force, Run, new WorkItem(Partition, RunKeys.Effect(effect.ToString()), IsFresh: false), CancellationToken.None));
    }

    async Task<(EffectStatus Status, bool IsListed)> Stands() =>
        ((await performer.Find(Force, effect, CancellationToken.None))!.Status, await Held.Find(Force, effect.ToString(), CancellationToken.None) is not null);

    sealed class Answers : IFunction
    {
        public string Name => "http";

        public FunctionOutcome? Next { get; set; }

        public Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation) => Task.FromResult(Next!);
    }
}
