using Interop.Core.Audit;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Audit;
using Interop.Platform.Runs;

namespace Interop.Platform.Subjects;

/// <summary>The function <c>lookup</c>: what is known of the run's incident now. A consultation under DPA 2018 s.62, logged as one.</summary>
sealed class LookupFunction(SubjectStore subjects, AuditLog audit) : IFunction
{
    public string Name => "lookup";

    public async Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation)
    {
        var wanted = effect.Arguments["record"].StringOrNull;
        if (wanted != Records.Incident)
            return new FunctionOutcome.Failed(new WorkflowError(WorkflowError.Configuration, 400, "Nothing of that kind can be looked up", $"\"{wanted}\" is not known; \"{Records.Incident}\" is."));
        var organisation = new OrganisationId(run.Organisation);
        var found = await subjects.Find(organisation, new SubjectId(run.Subject), cancellation);
        var actor = new AuditActor(AuditActorKind.Workflow, run.Workflow);
        await audit.Append(organisation, new AuditData(effect.RequestedAt, AuditOperation.Consultation, actor, null, [run.Subject, run.Id], "to run the workflow", null, effect.Id), cancellation);
        return new FunctionOutcome.Done(found?.Record ?? JsonValue.Null);
    }
}
