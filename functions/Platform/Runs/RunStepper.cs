using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Records;
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

    // One writer a run within this process; the ETag of the state guards against others.
    readonly SemaphoreSlim[] writers = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Starts a run with its first event; <see cref="StepOutcome.AlreadyDone"/> when it was started before.</summary>
    public async Task<StepOutcome> Start(OrganisationId organisation, string run, SubjectId subject, Workflow workflow, JsonValue cloudEvent, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var first = Machine.Step(workflow, Machine.Start(workflow, RunId.From(run)), new RunEvent.Started(now, JsonValue.Of(cloudEvent)));
        var record = new RunRecord(run, organisation.Value, subject.Value, workflow.Name, workflow.Version, "", now, now, 0, JsonValue.Null);
        var changes = new List<Change> { new Change.Insert(RunKeys.Event(cloudEvent["id"].AsString()), default) };
        return await Commit(record, null, first, now, changes, cancellation) is null ? StepOutcome.AlreadyDone : StepOutcome.Stepped;
    }

    /// <summary>Gives one event to a run.</summary>
    /// <param name="organisation">Whose run it is.</param>
    /// <param name="run">The run.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="alongside">Changes that stand or fall with the step: a conflict there means that the step was made before.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    public async Task<StepOutcome> Step(OrganisationId organisation, string run, RunEvent happened, IReadOnlyList<Change> alongside, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, run);
        var writer = writers[(uint)run.GetHashCode(StringComparison.Ordinal) % Stripes];
        await writer.WaitAsync(cancellation);
        try
        {
            for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
            {
                if (await store.Read(partition, RunKeys.State, cancellation) is not { } row) return StepOutcome.NoRun;
                var record = RowBody.Read<RunRecord>(row);
                var workflow = await definitions.Workflow(record.Workflow, record.Version, cancellation);
                var transition = Machine.Step(workflow, RunState.FromJson(record.State), happened);
                var conflict = await Commit(record, row.ETag, transition, clock.GetUtcNow(), alongside, cancellation);
                if (conflict is null) return StepOutcome.Stepped;
                if (conflict != RunKeys.State) return StepOutcome.AlreadyDone;
            }

            throw new StoreException($"The run {run} was changed by others {MaxConflicts} times in a row.");
        }
        finally
        {
            writer.Release();
        }
    }

    // Null when committed, else the key of the row in conflict.
    async Task<string?> Commit(RunRecord record, ETag? read, Transition transition, DateTimeOffset now, IReadOnlyList<Change> alongside, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(OrganisationId.From(record.Organisation), record.Id);
        var journal = transition.Journal.Select((entry, at) => new JournalRecord(record.JournalLength + at, entry.At, entry.KindName, entry.Task, entry.Effect?.Value, entry.Detail)).ToList();
        var next = record with
        {
            State = transition.State.ToJson(),
            Status = transition.State.StatusName,
            UpdatedAt = now,
            JournalLength = record.JournalLength + journal.Count,
        };
        var outbox = transition.Effects.Select(effect => Outbox(effect, now)).ToList();
        List<Change> changes =
        [
            read is { } etag ? new Change.Replace(RunKeys.State, RowBody.Of(next), etag) : new Change.Insert(RunKeys.State, RowBody.Of(next)),
            .. alongside,
            .. journal.Select(entry => new Change.Insert(RunKeys.Journal(entry.Sequence), RowBody.Of(entry))),
            .. outbox,
        ];
        if (await store.Commit(partition, changes, cancellation) is CommitOutcome.Conflict conflict) return conflict.Key;
        foreach (var change in outbox.OfType<Change.Insert>()) work.Due(new WorkItem(partition, change.Key, IsFresh: true));
        return null;
    }
}
