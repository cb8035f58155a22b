using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Schedules;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>What the end of a run sets off: the run that waits for it is told, and the next one of its schedule gets its time.</summary>
sealed class RunEnding(IStore store, RunList runs, RunStepper stepper, DefinitionRegistry definitions, ScheduleBook schedules, TimeProvider clock, IWorkSignal work)
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    /// <summary>Does it; doing it again changes nothing.</summary>
    public async Task<WorkOutcome> Perform(OrganisationId organisation, RunId run, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, run);
        if (await store.Read(partition, RunKeys.Ended, cancellation) is not { } row || await runs.Find(organisation, run, cancellation) is not { } record) return WorkOutcome.Late;
        var state = RunState.FromJson(record.State).Value;

        // Taken up again before anybody was told: the next end leaves a row of its own.
        if (!state.IsFinished)
        {
            await store.Commit(partition, [new Change.Delete(RunKeys.Ended, row.ETag)], cancellation);
            return WorkOutcome.Finished;
        }

        // Said with the last step, too; that may have been lost.
        work.Stepped(new StepSignal(partition, [], IsEnd: true, Parent: null));
        if (record.Parent is { } parent && EffectId.TryParse(parent, out var effect) && !await Tell(organisation, effect, state, cancellation)) return new WorkOutcome.Later(Soon);
        var workflow = await definitions.Workflow(record.Workflow, record.Version, cancellation);
        if (workflow.Schedule?.After is not null && await schedules.Ended(organisation, workflow, run, record.UpdatedAt, cancellation) is WorkOutcome.Later later) return later;
        await store.Commit(partition, [new Change.Delete(RunKeys.Ended, row.ETag)], cancellation);
        return WorkOutcome.Finished;
    }

    /// <summary>Says that a run has ended, if it has, to whoever keeps something for it: what a crash lost of that, or what a signal that came twice began.</summary>
    public async Task SayIfOver(OrganisationId organisation, RunId run, CancellationToken cancellation)
    {
        if (await runs.Find(organisation, run, cancellation) is not { IsOver: false }) work.Stepped(new StepSignal(RunKeys.Partition(organisation, run), [], IsEnd: true, Parent: null));
    }

    // False when the row was changed at the same moment, as by the start of this very run: look again.
    async Task<bool> Tell(OrganisationId organisation, EffectId effect, RunState ended, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, effect.Run);
        var key = RunKeys.Effect(effect.ToString());
        if (await store.Read(partition, key, cancellation) is not { } row || RowBody.Read<EffectRecord>(row) is not { Status: EffectStatus.Pending } promise) return true;
        var now = clock.GetUtcNow();
        var error = ended.Status switch
        {
            RunStatus.Completed => null,
            RunStatus.Cancelled => new WorkflowError(WorkflowError.Runtime, 500, "The run was cancelled", $"The run {ended.Id} that this one waited for was cancelled."),
            _ => ended.Error,
        };
        RunEvent happened = error is null ? new EffectDone(now, effect, ended.Output) : new EffectFailed(now, effect, error);
        var closed = promise with { Status = error is null ? EffectStatus.Done : EffectStatus.Failed, Reason = error?.Title, EndedAt = now };
        return await stepper.Step(organisation, effect.Run, happened, [new Change.Replace(key, RowBody.Of(closed), row.ETag)], cancellation) is not StepOutcome.AlreadyDone;
    }
}
