using System.Collections.Frozen;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Delivery;
using Interop.Platform.Held;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>Performs the effects that runs ask for, and brings the results back to the machine.</summary>
sealed class EffectPerformer
{
    // An emitted event with this attribute goes on the held list, with its text as the reason; so it holds no personal data.
    const string Attention = "attention";

    readonly IStore store;
    readonly RunStepper stepper;
    readonly RunList runs;
    readonly EventRouter router;
    readonly HeldList held;
    readonly ChildRuns children;
    readonly TimeProvider clock;
    readonly DeliveryOptions options;
    readonly FrozenDictionary<string, IFunction> functions;
    readonly FrozenDictionary<string, Func<Effort, CancellationToken, Task<WorkOutcome>>> kinds;

    public EffectPerformer(IStore store, RunStepper stepper, RunList runs, EventRouter router, HeldList held, ChildRuns children, TimeProvider clock, DeliveryOptions options, IEnumerable<IFunction> functions)
    {
        (this.store, this.stepper, this.runs, this.router, this.held, this.children, this.clock, this.options) = (store, stepper, runs, router, held, children, clock, options);
        this.functions = functions.ToFrozenDictionary(function => function.Name, StringComparer.Ordinal);
        kinds = new Dictionary<string, Func<Effort, CancellationToken, Task<WorkOutcome>>>(StringComparer.Ordinal)
        {
            [Outbox.Timer] = Fire,
            [Outbox.Emit] = Publish,
            [Outbox.Cancel] = Cancel,
            [Outbox.Call] = Call,
            [Outbox.StartRun] = StartRun,
            [Outbox.CallHttp] = (effort, cancellation) => CallFunction(effort, this.functions["http"], cancellation),
            [Outbox.CallOpenApi] = (effort, cancellation) => CallFunction(effort, this.functions["openapi"], cancellation),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // An effect that is to be performed, with the run that asked and the row that promises it.
    sealed record Effort(OrganisationId Organisation, RunRecord Run, EffectRecord Effect, Row Row, bool IsFresh)
    {
        public RunId RunId => new(Run.Id);

        public EffectId Id => Effect.Key;
    }

    public async Task<WorkOutcome> Perform(OrganisationId organisation, RunId run, WorkItem item, CancellationToken cancellation)
    {
        if (await store.Read(item.Partition, item.Key, cancellation) is not { } row) return WorkOutcome.Late;
        var effect = RowBody.Read<EffectRecord>(row);
        if (effect.Status != EffectStatus.Pending || await runs.Find(organisation, run, cancellation) is not { } record) return WorkOutcome.Late;
        var outcome = await kinds[effect.Kind](new Effort(organisation, record, effect, row, item.IsFresh), cancellation);
        return outcome == WorkOutcome.Finished && record.IsOver ? WorkOutcome.Late : outcome;
    }

    /// <summary>The effect of an id; null when there is none.</summary>
    public async Task<EffectRecord?> Find(OrganisationId organisation, EffectId id, CancellationToken cancellation) =>
        RowBody.ReadOrNone<EffectRecord>(await store.Read(RunKeys.Partition(organisation, id.Run), RunKeys.Effect(id.ToString()), cancellation));

    /// <summary>Takes up an effect again that waits for a person. False when there is none.</summary>
    public async Task<bool> Resubmit(OrganisationId organisation, EffectId id, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, id.Run);
        var key = RunKeys.Effect(id.ToString());
        if (await store.Read(partition, key, cancellation) is not { } row) return false;
        var effect = RowBody.Read<EffectRecord>(row);
        if (!effect.Waits) return await GoesAlready(organisation, effect, row, cancellation);

        // A new failure may come on the list before this one leaves it. What a crash leaves there, the effect's next end takes off.
        var listed = await held.Version(organisation, effect.Id, cancellation);
        var now = clock.GetUtcNow();
        var again = effect with { Status = EffectStatus.Pending, Rounds = 0, Reason = null };
        Change[] changes = [new Change.Replace(key, RowBody.Of(again), row.ETag, now), .. effect.Status == EffectStatus.InDoubt ? [DoubtBook.Decided(effect.Id)] : Array.Empty<Change>()];
        if (await store.Commit(partition, changes, cancellation) is not CommitOutcome.Done) return false;
        if (listed is { } version) await held.Remove(organisation, effect.Id, version, cancellation);
        stepper.Signal(partition, key, now);
        return true;
    }

    // An item can stand on the list for a moment, or since a crash, although its effect goes again or has ended.
    async Task<bool> GoesAlready(OrganisationId organisation, EffectRecord effect, Row row, CancellationToken cancellation)
    {
        if (await held.Find(organisation, effect.Id, cancellation) is not { Kind: HeldKind.Delivery or HeldKind.DeadLetter or HeldKind.InDoubt }) return false;
        if (effect.Status == EffectStatus.Pending) stepper.Signal(row.Partition, row.Key, clock.GetUtcNow());
        else await held.Remove(organisation, effect.Id, cancellation);
        return effect.Status == EffectStatus.Pending;
    }

    /// <summary>Makes a dead letter of an effect that is still to be done.</summary>
    public async Task GiveUp(OrganisationId organisation, RunId run, WorkItem item, string reason, CancellationToken cancellation)
    {
        if (await store.Read(item.Partition, item.Key, cancellation) is not { } row || await runs.Find(organisation, run, cancellation) is not { } record) return;
        var effect = RowBody.Read<EffectRecord>(row);
        if (effect.Status == EffectStatus.Pending)
            await Hold(new Effort(organisation, record, effect, row, item.IsFresh), effect with { Status = EffectStatus.Dead, Reason = reason }, HeldKind.DeadLetter, cancellation);
    }

    /// <summary>Takes a notice off the held list and keeps who saw to it. False when there is none of that id.</summary>
    public async Task<bool> CloseNotice(OrganisationId organisation, EffectId id, string by, CancellationToken cancellation)
    {
        if (await held.Find(organisation, id.ToString(), cancellation) is not { Kind: HeldKind.Notice }) return false;
        var partition = RunKeys.Partition(organisation, id.Run);
        var key = RunKeys.Effect(id.ToString());
        if (await store.Read(partition, key, cancellation) is not { } row) return false;
        var seen = RowBody.Read<EffectRecord>(row) with { Reason = $"Seen to by {by} at {clock.GetUtcNow():u}." };
        if (await store.Commit(partition, [new Change.Replace(key, RowBody.Of(seen), row.ETag)], cancellation) is not CommitOutcome.Done) return false;
        await held.Remove(organisation, id.ToString(), cancellation);
        return true;
    }

    async Task<WorkOutcome> Fire(Effort effort, CancellationToken cancellation)
    {
        // Another machine's clock may be a little ahead of this one's, and a machine's timers of its clock.
        if (effort.Effect.Due > clock.GetUtcNow()) return new WorkOutcome.Later(TimeSpan.FromMilliseconds(200));
        return await Tell(effort, new EffectDone(clock.GetUtcNow(), effort.Id, JsonValue.Null), effort.Effect, cancellation);
    }

    async Task<WorkOutcome> Publish(Effort effort, CancellationToken cancellation)
    {
        var cloudEvent = effort.Effect.Arguments
            .With("id", effort.Effect.Id).With("specversion", "1.0").With("subject", effort.Run.Subject)
            .With("source", $"/organisations/{effort.Organisation}/runs/{effort.Run.Id}");
        if (!await router.Route(effort.Organisation, new SubjectId(effort.Run.Subject), cloudEvent, cancellation)) return new WorkOutcome.Later(TimeSpan.FromMilliseconds(200));
        if (cloudEvent[Attention].StringOrNull is { } reason)
            await held.Add(effort.Organisation, new HeldItem(HeldKind.Notice, effort.Effect.Id, effort.Run.Id, "", cloudEvent["type"].StringOrNull ?? "", reason, clock.GetUtcNow()), cancellation);
        return await Close(effort, effort.Effect with { Status = EffectStatus.Done }, cancellation);
    }

    async Task<WorkOutcome> Cancel(Effort effort, CancellationToken cancellation)
    {
        var key = RunKeys.Effect(effort.Effect.Name);
        if (await store.Read(effort.Row.Partition, key, cancellation) is { } row && RowBody.Read<EffectRecord>(row) is var target && (target.Waits || target.Status is EffectStatus.Pending or EffectStatus.Cancelled))
        {
            // A result that comes at the same moment wins, and the machine refuses it by name; a failure that does is cancelled at the next look.
            var cancelled = target with { Status = EffectStatus.Cancelled, EndedAt = target.EndedAt ?? clock.GetUtcNow() };
            if (await store.Commit(row.Partition, [new Change.Replace(key, RowBody.Of(cancelled), row.ETag)], cancellation) is not CommitOutcome.Done) return new WorkOutcome.Later(TimeSpan.FromMilliseconds(200));
            await held.Remove(effort.Organisation, target.Id, cancellation);
            stepper.Drop(row.Partition, key);
            if (target.Kind == Outbox.StartRun) await children.Cancel(effort.Organisation, target, cancellation);
        }

        return await Close(effort, effort.Effect with { Status = EffectStatus.Done }, cancellation);
    }

    async Task<WorkOutcome> StartRun(Effort effort, CancellationToken cancellation)
    {
        if (await children.Start(effort.Organisation, effort.Run, effort.Effect, effort.Id, cancellation) is { } reason)
            return await Hold(effort, effort.Effect with { Status = EffectStatus.Dead, Reason = reason }, HeldKind.DeadLetter, cancellation);

        // The end of the child closes the row of an effect that is waited for.
        var left = ChildRuns.Awaits(effort.Effect) ? effort.Effect : effort.Effect with { Status = EffectStatus.Done, EndedAt = clock.GetUtcNow() };
        await store.Commit(effort.Row.Partition, [new Change.Replace(effort.Row.Key, RowBody.Of(left), effort.Row.ETag)], cancellation);
        return WorkOutcome.Finished;
    }

    Task<WorkOutcome> Call(Effort effort, CancellationToken cancellation) => CallFunction(effort, functions[effort.Effect.Name], cancellation);

    async Task<WorkOutcome> CallFunction(Effort effort, IFunction function, CancellationToken cancellation)
    {
        var outcome = await function.Call(effort.Run, effort.Effect, effort.IsFresh, cancellation);
        var effect = effort.Effect with { Delivery = outcome.Delivery ?? effort.Effect.Delivery };
        return outcome switch
        {
            FunctionOutcome.Done done => await Tell(effort, new EffectDone(clock.GetUtcNow(), effort.Id, done.Output), effect with { Answer = done.Output }, cancellation),
            FunctionOutcome.Failed failed when effect.ErrorIsCaught => await Tell(
                effort, new EffectFailed(clock.GetUtcNow(), effort.Id, failed.Error), effect with { Status = EffectStatus.Failed, Reason = failed.Error.Title }, cancellation),
            FunctionOutcome.Failed failed => await Hold(effort, effect with { Status = EffectStatus.Dead, Reason = $"{failed.Error.Title} ({failed.Error.Detail})" }, HeldKind.DeadLetter, cancellation),
            FunctionOutcome.Held holding => await Hold(effort, effect with { Status = EffectStatus.Held, Reason = holding.Reason }, HeldKind.Delivery, cancellation),
            FunctionOutcome.InDoubt doubt => await Hold(effort, effect with { Status = EffectStatus.InDoubt, Reason = doubt.Reason }, HeldKind.InDoubt, cancellation),
            FunctionOutcome.TryLater later => await TryLater(effort, effect, later.Reason, cancellation),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType()}."),
        };
    }

    async Task<WorkOutcome> TryLater(Effort effort, EffectRecord effect, string reason, CancellationToken cancellation)
    {
        var rounds = effect.Rounds + 1;
        if (rounds >= options.Rounds) return await Hold(effort, effect with { Status = EffectStatus.Dead, Rounds = rounds, Reason = reason }, HeldKind.DeadLetter, cancellation);
        await store.Commit(effort.Row.Partition, [new Change.Replace(effort.Row.Key, RowBody.Of(effect with { Rounds = rounds, Reason = reason }), effort.Row.ETag, clock.GetUtcNow())], cancellation);
        return new WorkOutcome.Later(options.DelayAfter(rounds));
    }

    async Task<WorkOutcome> Hold(Effort effort, EffectRecord effect, HeldKind kind, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await held.Add(effort.Organisation, new HeldItem(kind, effect.Id, effort.Run.Id, effect.Delivery?.System ?? "", effect.Delivery?.MessageType ?? effect.Name, effect.Reason ?? "", now), cancellation);
        var listed = await held.Version(effort.Organisation, effect.Id, cancellation);
        if (await TryClose(effort, effect, cancellation)) return WorkOutcome.Finished;
        var won = RowBody.ReadOrNone<EffectRecord>(await store.Read(effort.Row.Partition, effort.Row.Key, cancellation));
        if (won is { Status: EffectStatus.Cancelled or EffectStatus.Done or EffectStatus.Failed or EffectStatus.Dropped } && listed is { } version) await held.Remove(effort.Organisation, effect.Id, version, cancellation);
        return WorkOutcome.Finished;
    }

    // The row is closed in the same transaction as the step, so the result reaches the machine once.
    async Task<WorkOutcome> Tell(Effort effort, RunEvent happened, EffectRecord effect, CancellationToken cancellation)
    {
        var ended = effect with { Status = effect.Status == EffectStatus.Failed ? EffectStatus.Failed : EffectStatus.Done, EndedAt = clock.GetUtcNow() };
        var told = await stepper.Step(effort.Organisation, effort.RunId, happened, [new Change.Replace(effort.Row.Key, RowBody.Of(ended), effort.Row.ETag)], cancellation);
        if (told == StepOutcome.Stepped && !effort.IsFresh && await held.Version(effort.Organisation, effect.Id, cancellation) is { } listed) await held.Remove(effort.Organisation, effect.Id, listed, cancellation);
        return WorkOutcome.Finished;
    }

    async Task<WorkOutcome> Close(Effort effort, EffectRecord effect, CancellationToken cancellation)
    {
        await TryClose(effort, effect, cancellation);
        return WorkOutcome.Finished;
    }

    // False when the row was changed by another meanwhile.
    async Task<bool> TryClose(Effort effort, EffectRecord effect, CancellationToken cancellation) =>
        await store.Commit(effort.Row.Partition, [new Change.Replace(effort.Row.Key, RowBody.Of(effect with { EndedAt = clock.GetUtcNow() }), effort.Row.ETag)], cancellation) is CommitOutcome.Done;
}
