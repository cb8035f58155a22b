using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Audit;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Erasure;
using Interop.Platform.Held;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>Removes what an ended run worked on when its organisation's period is over. Its journal stays, with keyed hashes in the place of data; the audit log says that it was erased.</summary>
sealed class RunExpiry(IStore store, RunList runs, DefinitionRegistry definitions, HeldList held, AuditLog audit, ISecretStore secrets, TimeProvider clock, IWorkSignal work)
{
    const int MostRows = 10_000;
    static readonly TimeSpan WhileBusy = TimeSpan.FromHours(1);

    readonly RunEraser eraser = new(store);

    /// <summary>Does it; doing it again changes nothing.</summary>
    public async Task<WorkOutcome> Perform(OrganisationId organisation, RunId run, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, run);
        var now = clock.GetUtcNow();
        var (found, record) = (await store.Read(partition, RunKeys.Expiry, cancellation), await runs.Find(organisation, run, cancellation));
        var isOver = record is null || RunState.FromJson(record.State).Value.IsFinished;

        // A host that keeps something for each run has long forgotten this one, and what it begins for this row alone is to end with it.
        if (isOver) work.Stepped(new StepSignal(partition, [], IsEnd: true, Parent: null));
        if (found is not { Due: { } set } row || set > now) return WorkOutcome.Finished;

        // Taken up again: its next end sets a time of its own.
        if (record is null || !isOver) return await Put(row, new Change.Delete(RunKeys.Expiry, row.ETag), cancellation);
        var due = record.UpdatedAt + definitions.RunRetention(organisation);
        var effects = await runs.Effects(organisation, run, cancellation);
        if (due <= now && effects.Any(effect => effect.Status == EffectStatus.Pending)) due = now + WhileBusy;
        if (due > now) return await Put(row, new Change.Replace(RunKeys.Expiry, default, row.ETag, due), cancellation);

        // Logged first, as every erasure is.
        await audit.Append(organisation, new AuditData(now, AuditOperation.Erasure, new AuditActor(AuditActorKind.Workflow, record.Workflow), null, [run.Value], "retention", null, $"{run} expired"), cancellation);
        if (!await eraser.Erase(organisation, run, new ErasureMark(await secrets.Key(organisation, cancellation)), cancellation)) return new WorkOutcome.Later(WhileBusy);
        foreach (var effect in effects.Where(effect => effect.Waits)) await held.Remove(organisation, effect.Id, cancellation);

        // An ended run takes no event, so which ones it has had need not be known.
        await RemoveAll(partition, RunKeys.EventPart, cancellation);
        await RemoveAll(partition, RunKeys.DoubtPart, cancellation);

        // A run about no incident is noted under its own id, with the runs that it started; nothing else ever removes that.
        if (record.Subject == run.Value) await RemoveAll(SubjectKeys.Partition(organisation, new SubjectId(run.Value)), SubjectKeys.RunPart, cancellation);
        return await Put(row, new Change.Delete(RunKeys.Expiry, row.ETag), cancellation);
    }

    async Task RemoveAll(string partition, string part, CancellationToken cancellation)
    {
        var rows = new List<Change>();
        await foreach (var row in store.Prefix(partition, RowKey.Of(part, ""), MostRows, cancellation)) rows.Add(new Change.Delete(row.Key, row.ETag));
        foreach (var some in rows.Chunk(StoreLimits.Changes)) await store.Commit(partition, some, cancellation);
    }

    async Task<WorkOutcome> Put(Row row, Change change, CancellationToken cancellation)
    {
        await store.Commit(row.Partition, [change], cancellation);
        return WorkOutcome.Finished;
    }
}
