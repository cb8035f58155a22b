using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Held;
using Interop.Platform.Intake;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;

namespace Interop.Platform.Runs;

/// <summary>Ends what is in doubt where a person decides that it is not sent again. Nothing is claimed of whether it arrived: no time limit is met by it, and the run goes on with an answer that says so.</summary>
sealed class DroppedEffects(IStore store, RunStepper stepper, RunList runs, HeldList held, ReferenceIndex references, ParkedMessages parked, TimeProvider clock)
{
    readonly record struct Decision(string By, string Why);

    /// <summary>Drops an effect in doubt, and keeps who decided and why; asked again after a crash, it ends what that left. False when there is none of that id.</summary>
    public async Task<bool> Drop(OrganisationId organisation, EffectId id, string by, string why, CancellationToken cancellation)
    {
        var (partition, key) = (RunKeys.Partition(organisation, id.Run), RunKeys.Effect(id.ToString()));
        if (await store.Read(partition, key, cancellation) is not { } row || RowBody.Read<EffectRecord>(row) is not { Status: EffectStatus.InDoubt or EffectStatus.Dropped } effect) return false;
        var isDone = effect.Status == EffectStatus.Dropped ? await held.Find(organisation, effect.Id, cancellation) is not null : await End(organisation, id, row, effect, new Decision(by, why), cancellation);
        if (isDone) await held.Remove(organisation, effect.Id, cancellation);
        return isDone;
    }

    async Task<bool> End(OrganisationId organisation, EffectId id, Row row, EffectRecord effect, Decision decision, CancellationToken cancellation)
    {
        if (await runs.Find(organisation, id.Run, cancellation) is not { } run) return false;

        // If it did arrive, what its system tells of it later belongs to the subject.
        if (await references.Point(organisation, [new Reference(References.Notification, effect.Id)], new SubjectId(run.Subject), cancellation) is { } waited) await parked.Release(organisation, waited, cancellation);
        var now = clock.GetUtcNow();
        var output = JsonValue.Of(("effect", effect.Id), ("notification", effect.Id), ("dropped", true));
        var dropped = effect with { Status = EffectStatus.Dropped, Answer = output, Reason = $"Not sent again: decided by {decision.By} at {now:u}. {decision.Why}", EndedAt = now };
        return await stepper.Step(organisation, id.Run, new EffectDone(now, id, output), [new Change.Replace(row.Key, RowBody.Of(dropped), row.ETag)], cancellation) == StepOutcome.Stepped;
    }
}
