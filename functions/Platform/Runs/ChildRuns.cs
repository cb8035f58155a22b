using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>Runs that other runs start (<c>run: workflow</c>). They are about the same subject, and have an id made of the effect that asked: asking again starts none.</summary>
sealed class ChildRuns(IStore store, DefinitionRegistry definitions, RunStepper stepper, RunList runs, SubjectStore subjects, TimeProvider clock)
{
    const int Deepest = 20;
    static readonly TimeSpan AfterConflict = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts the run that an effect asks for, unless it was started before; the error if it cannot be.</summary>
    public async Task<WorkflowError?> Start(OrganisationId organisation, RunRecord parent, EffectRecord effect, CancellationToken cancellation)
    {
        var (ns, version) = (effect.Arguments["namespace"].AsString(), effect.Arguments["version"].AsString());
        if (parent.Depth >= Deepest) return new WorkflowError(WorkflowError.Runtime, 500, "Too many runs within each other", $"{Deepest} runs stand above the one that was asked for. Let the workflows not start each other.");
        if (await definitions.Find(ns, effect.Name, version, cancellation) is not { } workflow)
            return new WorkflowError(WorkflowError.Configuration, 400, "No such workflow", $"The workflow {ns}/{effect.Name}:{version} is not published here.");
        var (child, subject) = (IdOf(organisation, effect), new SubjectId(parent.Subject));
        var planned = new RunRecord(child.Value, organisation.Value, subject.Value, workflow.Name, workflow.Version, "", default, default, JsonValue.Null, effect.Id, effect.Arguments["awaits"] == true, parent.Depth + 1);
        await stepper.StartWith(planned, workflow, effect.Arguments["input"], [], cancellation);
        var now = clock.GetUtcNow();
        await subjects.AddRun(organisation, subject, child.Value, new SubjectRun(child.Value, workflow.Name, workflow.Version, now, effect.Id), cancellation);
        await runs.List(organisation, child, now, cancellation);
        return null;
    }

    /// <summary>Ends the run that an effect started, if it still goes on.</summary>
    public async Task Cancel(OrganisationId organisation, EffectRecord effect, CancellationToken cancellation) =>
        await stepper.Step(organisation, IdOf(organisation, effect), new Cancelled(clock.GetUtcNow()), [], cancellation);

    /// <summary>Brings the end of a run to the one that waits for it.</summary>
    public async Task<WorkOutcome> Report(OrganisationId organisation, RunId run, WorkItem item, CancellationToken cancellation)
    {
        if (await store.Read(item.Partition, item.Key, cancellation) is not { } report) return WorkOutcome.Finished;
        if (await runs.Find(organisation, run, cancellation) is { Parent: { } asked } record && EffectId.TryParse(asked, out var id)
            && !await Tell(organisation, id, RunState.FromJson(record.State).Value, cancellation))
            return new WorkOutcome.Later(AfterConflict);
        await store.Commit(item.Partition, [new Change.Delete(item.Key, report.ETag)], cancellation);
        return WorkOutcome.Finished;
    }

    // The parent's row is closed in the same transaction as its step, so it hears of the end once. False if the row was changed meanwhile: look again.
    async Task<bool> Tell(OrganisationId organisation, EffectId id, RunState ended, CancellationToken cancellation)
    {
        var key = RunKeys.Effect(id.ToString());
        if (await store.Read(RunKeys.Partition(organisation, id.Run), key, cancellation) is not { } row) return true;
        var effect = RowBody.Read<EffectRecord>(row);
        if (effect.Status != EffectStatus.Pending) return true;
        var now = clock.GetUtcNow();
        var isDone = ended.Status == RunStatus.Completed;
        var error = ended.Error ?? new WorkflowError(WorkflowError.Runtime, 500, "The other run was cancelled", $"The run {ended.Id} was cancelled.");
        var closed = effect with { Status = isDone ? EffectStatus.Done : EffectStatus.Failed, EndedAt = now, Answer = ended.Output, Reason = isDone ? null : error.Title };
        RunEvent happened = isDone ? new EffectDone(now, id, ended.Output) : new EffectFailed(now, id, error);
        return await stepper.Step(organisation, id.Run, happened, [new Change.Replace(key, RowBody.Of(closed), row.ETag)], cancellation) != StepOutcome.AlreadyDone;
    }

    static RunId IdOf(OrganisationId organisation, EffectRecord effect) => RunId.For(organisation, effect.Name, effect.Id);
}
