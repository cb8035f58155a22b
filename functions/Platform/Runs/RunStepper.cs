using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>How a step ended.</summary>
enum StepOutcome
{
    /// <summary>Committed.</summary>
    Stepped,

    /// <summary>Someone had done it before; nothing was changed.</summary>
    AlreadyDone,

    /// <summary>There is no such run.</summary>
    NoRun,
}

/// <summary>The shell around the machine: loads a run, steps it, and commits {state, journal, outbox} in one transaction, together with the row that caused the step.</summary>
sealed class RunStepper(IStore store, DefinitionRegistry definitions, TimeProvider clock, IWorkSignal work)
{
    const int MaxConflicts = 20;
    const int Stripes = 256;

    readonly OpenRuns open = new(store);
    readonly LifecycleEvents lifecycle = new(definitions);

    // One writer a run within this process; the ETag of the state guards against others.
    readonly SemaphoreSlim[] writers = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Starts a run; <see cref="StepOutcome.AlreadyDone"/> when it was started before.</summary>
    public async Task<StepOutcome> Start(OrganisationId organisation, RunId run, RunStart start, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var first = Machine.Start(start.Workflow, run, start.Input, now);
        var record = new RunRecord(run.Value, organisation.Value, start.Subject.Value, start.Workflow.Name, start.Workflow.Version, "", now, now, JsonValue.Null, start.Parent?.ToString(), start.Depth);
        List<Change> alongside = [];
        alongside.AddRange(start.Events.Select(begun => new Change.Insert(RunKeys.Event(begun), default)));
        if (start.Note is { } note) alongside.Add(RunOperations.Row(note));
        if (lifecycle.Row(start.Workflow, first, LifecycleEvents.Cause(start), now) is { } told) alongside.Add(told);
        if (!first.State.IsFinished) await open.Add(organisation, run, now, cancellation);
        return await Commit(record, null, first, now, alongside, new Ending(first.State.IsFinished, Ends(record, start.Workflow, first)), cancellation) is null ? StepOutcome.Stepped : StepOutcome.AlreadyDone;
    }

    /// <summary>Gives one event to a run.</summary>
    /// <param name="organisation">Whose run it is.</param>
    /// <param name="run">The run.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="alongside">Changes that stand or fall with the step: a conflict there means that the step was made before.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    public async Task<StepOutcome> Step(OrganisationId organisation, RunId run, RunEvent happened, IReadOnlyList<Change> alongside, CancellationToken cancellation) =>
        (await Take(organisation, run, happened, alongside, isAsked: false, cancellation)).Outcome;

    /// <summary>Gives a run an event that a person asks for. The refusal if the machine refuses it: then nothing was changed.</summary>
    public async Task<Problem?> Ask(OrganisationId organisation, RunId run, RunEvent happened, IReadOnlyList<Change> alongside, CancellationToken cancellation) =>
        (await Take(organisation, run, happened, alongside, isAsked: true, cancellation)).Refusal;

    /// <summary>Moves a run that goes on to another version. Every reason why that cannot be; then nothing was changed. Nothing is changed in a trial either.</summary>
    public async Task<ImmutableArray<Problem>> Move(OrganisationId organisation, RunId run, Workflow to, OperationRecord note, bool isTrial, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, run);
        var writer = writers[(run.GetHashCode() & int.MaxValue) % Stripes];
        await writer.WaitAsync(cancellation);
        try
        {
            for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
            {
                if (await store.Read(partition, RunKeys.State, cancellation) is not { } row) return [new Problem("no-run", $"There is no run {run}.")];
                var record = RowBody.Read<RunRecord>(row);
                var moved = Moves.To(await definitions.Workflow(record.Workflow, record.Version, cancellation), to, RunState.FromJson(record.State).Value, note.At);
                if (!moved.Succeeded) return moved.Problems;
                if (isTrial || await Commit(record with { Version = to.Version }, row.ETag, moved.Value, note.At, [RunOperations.Row(note)], default, cancellation) is null) return [];
            }

            throw new StoreException($"The run {run} was changed by others {MaxConflicts} times in a row.");
        }
        finally
        {
            writer.Release();
        }
    }

    async Task<(StepOutcome Outcome, Problem? Refusal)> Take(OrganisationId organisation, RunId run, RunEvent happened, IReadOnlyList<Change> alongside, bool isAsked, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, run);
        var writer = writers[(run.GetHashCode() & int.MaxValue) % Stripes];
        await writer.WaitAsync(cancellation);
        try
        {
            for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
            {
                if (await store.Read(partition, RunKeys.State, cancellation) is not { } row) return (StepOutcome.NoRun, null);
                var record = RowBody.Read<RunRecord>(row);
                var workflow = await definitions.Workflow(record.Workflow, record.Version, cancellation);
                var before = RunState.FromJson(record.State).Value;
                var transition = Machine.Step(workflow, before, happened);
                var isEnd = transition.State.IsFinished && transition.Refusal is null;
                if (isAsked && transition.Refusal is { } refusal) return (StepOutcome.AlreadyDone, refusal);
                var now = clock.GetUtcNow();
                var told = lifecycle.Row(workflow, transition, happened is EventArrived arrived ? arrived.CloudEvent : JsonValue.Null, now);
                var conflict = await Commit(record, row.ETag, transition, now, told is null ? alongside : [.. alongside, told], isEnd ? new Ending(true, Ends(record, workflow, transition)) : default, cancellation);
                if (conflict is null && isEnd) await open.Remove(organisation, run, cancellation);
                if (conflict is null) return (StepOutcome.Stepped, transition.Refusal);
                if (conflict != RunKeys.State) return (StepOutcome.AlreadyDone, null);
            }

            throw new StoreException($"The run {run} was changed by others {MaxConflicts} times in a row.");
        }
        finally
        {
            writer.Release();
        }
    }

    /// <summary>Says that a row of a run is due again.</summary>
    public void Signal(string partition, string key, DateTimeOffset at) => work.Due(new WorkItem(partition, key, IsFresh: false), at);

    /// <summary>Says that a row of a run is due no more.</summary>
    public void Drop(string partition, string key) => work.Dropped(partition, key);

    // Whether a step is the run's last, and whether somebody is to be told: a row each.
    readonly record struct Ending(bool IsEnd, bool IsTold);

    // Whether somebody is to be told that the run has ended: see RunEnding.
    static bool Ends(RunRecord record, Workflow workflow, Transition transition) => transition.State.IsFinished && (record.Parent is not null || workflow.Schedule?.After is not null);

    // Null when committed, else the key of the row in conflict. A refused event is committed too: the row that brought it is done with.
    async Task<string?> Commit(RunRecord record, ETag? read, Transition transition, DateTimeOffset now, IReadOnlyList<Change> alongside, Ending ending, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(new OrganisationId(record.Organisation), transition.State.Id);
        var next = record with { State = transition.State.ToJson(), Status = Kebab.Of(transition.State.Status), UpdatedAt = now };
        var outbox = transition.Effects.Select(effect => Outbox.Row(effect, now)).ToList();
        List<Change> changes =
        [
            read is { } etag ? new Change.Replace(RunKeys.State, RowBody.Of(next), etag) : new Change.Insert(RunKeys.State, RowBody.Of(next)),
            .. alongside,
            .. outbox,
        ];
        changes.AddRange(JournalOf(transition, now));
        if (ending.IsTold) changes.Add(new Change.Upsert(RunKeys.Ended, default, now));
        if (ending.IsEnd) changes.Add(new Change.Upsert(RunKeys.Expiry, default, now + definitions.RunRetention(new OrganisationId(record.Organisation))));
        if (await store.Commit(partition, changes, cancellation) is CommitOutcome.Conflict conflict) return conflict.Key;
        var promised = alongside.OfType<Change.Upsert>().Where(change => change.Due is not null).Select(change => (change.Key, change.Due)).Concat(outbox.Select(change => (change.Key, change.Due)));
        if (ending.IsTold) promised = promised.Prepend((RunKeys.Ended, now));
        Tell(partition, [.. promised.Select(row => (new WorkItem(partition, row.Key, IsFresh: true), row.Due ?? now))], transition.State.IsFinished, read is null, record);
        return null;
    }

    void Tell(string partition, ImmutableArray<(WorkItem, DateTimeOffset)> due, bool isEnd, bool isStart, RunRecord record)
    {
        var parent = isStart && EffectId.TryParse(record.Parent ?? "", out var waiting) ? RunKeys.Partition(new OrganisationId(record.Organisation), waiting.Run) : null;
        if (isStart || isEnd || due.Length > 0) work.Stepped(new StepSignal(partition, due, isEnd, parent));
    }

    // All entries of a step stand in one row, so that a long step fits a transaction; those of a very long one in as few as hold them.
    static IEnumerable<Change> JournalOf(Transition transition, DateTimeOffset now)
    {
        var entries = transition.Journal.Select(entry => new JournalRecord(entry.Sequence, entry.At, entry.KindName, entry.Task, entry.EffectId?.ToString(), entry.Detail)).ToImmutableArray();
        if (transition.Refusal is { } refusal)
            return [new Change.Upsert(RunKeys.Refusal(now), RowBody.Of(ImmutableArray.Create(new JournalRecord(transition.State.Entries, now, "event-refused", "", null, JsonValue.Of(("rule", refusal.Rule), ("message", refusal.Message))))))];
        return entries.IsEmpty ? [] : Rows(entries);
    }

    static IEnumerable<Change> Rows(ImmutableArray<JournalRecord> entries)
    {
        var body = RowBody.Of(entries);
        return body.Length <= StoreLimits.BodyBytes || entries.Length == 1
            ? [new Change.Insert(RunKeys.Journal(entries[0].Sequence), body)]
            : [.. Rows(entries[..(entries.Length / 2)]), .. Rows(entries[(entries.Length / 2)..])];
    }
}
