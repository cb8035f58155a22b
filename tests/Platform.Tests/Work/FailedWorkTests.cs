using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Held;
using Interop.Platform.Intake;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Work;
using Microsoft.Extensions.Time.Testing;
using RunId = Interop.Core.Messages.RunId;

namespace Interop.Platform.Tests.Work;

/// <summary>Work that a fault ends is tried a number of times, and then held for a person.</summary>
public sealed class FailedWorkTests : IAsyncLifetime
{
    const string Resting = "document: { dsl: '1.0.3', namespace: tests, name: resting, version: '1.0.0' }\ndo: [ { rest: { wait: { days: 1 } } } ]";

    static readonly OrganisationId Force = IdlePlatform.Force;
    static readonly DateTimeOffset Due = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly WorkItem Message = new(MessageStore.Partition(Force, "broken"), MessageStore.UnfinishedKey(Due, "broken"), IsFresh: false);
    static readonly string Failures = PartitionKey.Of(Force.Value, FailedWork.PartitionPart);

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    IdlePlatform platform = null!;

    public async Task InitializeAsync()
    {
        platform = await IdlePlatform.Start(Resting, clock: clock);
        await platform.Store.Commit(Message.Partition, [new Change.Insert(MessageStore.Key("broken"), "no message"u8.ToArray()), new Change.Insert(Message.Key, default)], CancellationToken.None);
    }

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Fact]
    public async Task Work_ThatFailsEachTime_IsTriedLaterAndLaterAndThenHeld()
    {
        var rests = new List<double>();
        for (var tries = 1; tries < FailedWork.MostTries; tries++)
        {
            var later = Assert.IsType<WorkOutcome.Later>(await Perform(Message));
            Assert.NotNull(later.Fault);
            rests.Add(later.After.TotalSeconds);
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 300], rests);
        Assert.Empty(await Held());

        Assert.NotNull(Assert.IsType<WorkOutcome.Done>(await Perform(Message)).Fault);
        var item = Assert.Single(await Held());
        Assert.Equal((HeldKind.Work, "message", "It failed 10 times for a fault of the platform (JsonException). The host's log says more. It is message broken."), (item.Kind, item.Type, item.Reason));
        Assert.Null(await platform.Store.Read(Message.Partition, Message.Key, CancellationToken.None));
    }

    [Fact]
    public async Task Release_OfHeldWork_PromisesItAgain()
    {
        for (var tries = 0; tries < FailedWork.MostTries; tries++) await Perform(Message);
        var failed = platform.Get<FailedWork>();
        var id = Assert.Single(await Held()).Id;

        Assert.True(await failed.Release(Force, id, CancellationToken.None));
        Assert.False(await failed.Release(Force, id, CancellationToken.None));

        Assert.Empty(await Held());
        Assert.NotNull(await platform.Store.Read(Message.Partition, Message.Key, CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.IsType<WorkOutcome.Later>(await Perform(Message)).After);
    }

    [Fact]
    public async Task Work_ThatGetsThroughAtLast_IsForgotten()
    {
        await Perform(Message);
        Assert.NotEmpty(await Rows());
        await platform.Store.Commit(Message.Partition, [new Change.Delete(MessageStore.Key("broken"))], CancellationToken.None);
        Assert.Same(WorkOutcome.Finished, await Perform(Message));
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task Work_WhoseRowIsAnother_IsCountedAnew()
    {
        for (var tries = 1; tries < FailedWork.MostTries; tries++) await Perform(Message);
        await platform.Store.Commit(Message.Partition, [new Change.Upsert(Message.Key, default)], CancellationToken.None);
        Assert.Equal(TimeSpan.FromSeconds(2), Assert.IsType<WorkOutcome.Later>(await Perform(Message)).After);
    }

    [Fact]
    public async Task Failure_OfADayAgo_IsForgotten()
    {
        await Perform(Message);
        var failure = new WorkItem(Failures, Assert.Single(await Rows()).Key, IsFresh: false);
        await Perform(failure);
        Assert.NotEmpty(await Rows());
        clock.Advance(TimeSpan.FromDays(1));
        await Perform(failure);
        Assert.Empty(await Rows());
    }

    [Fact]
    public async Task Effect_ThatFailsEachTime_IsADeadLetterThatCanGoAgain()
    {
        var run = new RunId("therunthatallcasesplayhere");
        var workflow = platform.Get<DefinitionSet>().Workflows.Single(known => known.Name == "resting");
        await platform.Get<RunStepper>().Start(Force, run, new RunStart(new SubjectId(run.Value), workflow, JsonValue.Null), CancellationToken.None);
        var effect = Assert.Single(await platform.Get<RunList>().Effects(Force, run, CancellationToken.None));
        var item = new WorkItem(RunKeys.Partition(Force, run), RunKeys.Effect(effect.Id), IsFresh: false);
        await platform.Store.Commit(item.Partition, [new Change.Upsert(item.Key, RowBody.Of(effect with { Kind = "of no known kind" }), Due)], CancellationToken.None);

        for (var tries = 0; tries < FailedWork.MostTries; tries++) await Perform(item);

        Assert.Equal((HeldKind.DeadLetter, effect.Id), (Assert.Single(await Held()).Kind, Assert.Single(await Held()).Id));
        Assert.Equal(EffectStatus.Dead, Assert.Single(await platform.Get<RunList>().Effects(Force, run, CancellationToken.None)).Status);
        Assert.Empty(await Rows());
        Assert.True(EffectId.TryParse(effect.Id, out var id));
        Assert.True(await platform.Get<EffectPerformer>().Resubmit(Force, id, CancellationToken.None));
    }

    [Fact]
    public async Task Work_ThatTheStoreFails_IsNotCounted()
    {
        platform.Store.Before = (_, _) => throw new StoreException("The test lets this commit fail.");
        var organisations = new WorkItem(PartitionKey.Of(Force.Value, OpenRuns.PartitionPart), OpenRunsSweep.Key, IsFresh: false);
        await Assert.ThrowsAsync<StoreException>(() => Perform(organisations));
        Assert.Empty(await Rows());
    }

    Task<WorkOutcome> Perform(WorkItem item) => platform.Get<WorkPerformer>().Perform(item, CancellationToken.None);

    async Task<HeldItem[]> Held() => [.. await platform.Get<HeldList>().All(Force, 10, CancellationToken.None)];

    async Task<List<Row>> Rows()
    {
        var rows = new List<Row>();
        await foreach (var row in platform.Unwatched.Range(Failures, "", null, 100, CancellationToken.None)) rows.Add(row);
        return rows;
    }
}
