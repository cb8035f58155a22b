using System.Collections.Immutable;
using System.Text;
using Interop.Core;
using Interop.Core.Audit;
using Interop.Core.Clocks;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Messages;
using Interop.Core.Sharing;
using Interop.Core.Workflows;
using Interop.Platform.Audit;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Intake;
using Interop.Platform.Runs;
using Interop.Platform.Subjects;

namespace Interop.Platform.Delivery;

/// <summary>The function <c>deliver</c>: a canonical record to the system of a role, in its own format, if the sharing rules allow it.</summary>
sealed class DeliverFunction(
    DefinitionRegistry definitions, SystemTransport transport, SubjectStore subjects, ReferenceIndex references, ParkedMessages parked, AuditLog audit, TimeProvider clock) : IFunction
{
    public string Name => "deliver";

    public async Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation)
    {
        var organisation = new OrganisationId(run.Organisation);
        var role = effect.Arguments["to"].StringOrNull ?? "";
        var messageName = effect.Arguments["message"].StringOrNull ?? "";
        var systems = definitions.ByRole(organisation, role);
        if (systems.Length != 1)
            return new FunctionOutcome.Held(systems.IsEmpty ? $"No system has the role \"{role}\". Add one to mappings/systems." : $"{systems.Length} systems have the role \"{role}\". Leave one.", null);
        var system = systems[0];
        if (system.Messages.GetValueOrDefault(messageName) is not { Request: not null } type)
            return new FunctionOutcome.Held($"{system.Title} takes no message \"{messageName}\". Add it to the system's definition.", null);

        var mapping = definitions.Mapping(type.Mapping, clock.GetUtcNow());
        var record = effect.Arguments["record"];
        var delivery = new DeliveryRecord(system.Id.Value, system.Organisation.Value, type.Name, mapping.Reference, null, null, record, null, null, effect.Delivery?.Attempts ?? [], Canonical: mapping.CanonicalReference);
        if (system.Organisation != organisation)
        {
            var request = new SharingRequest(
                organisation, system.Organisation, mapping.Canonical, record, Purpose(effect, type), Marking.Official, clock.GetUtcNow(), effect.Arguments["justification"].StringOrNull, IsAutomated: true);
            var decision = SharingRules.Decide(definitions.Current.Agreements, definitions.Current.Canonical, request);
            if (decision is SharingDecision.Refuse refused)
                return new FunctionOutcome.Held(refused.Reason, delivery with { Decision = DeliveryRecord.Refused(refused.Reason), Agreement = refused.Agreement is { } known ? AgreementName(known, refused.Clause) : null });
            (record, delivery) = Shared(decision, request, delivery);
        }

        // What came with a newer version of the record than the mapping is written against does not go, and that is told.
        (record, var leftOut) = mapping.Narrow(record);
        if (!leftOut.IsEmpty) delivery = delivery with { Record = record, LeftOut = leftOut };
        var written = Write(system, type, mapping, record, effect.Id);
        if (!written.Succeeded)
            return new FunctionOutcome.Held($"The record does not fit the system's format: {ProblemText.WithoutValues(written.Problems, mapping)}", delivery);
        return await Send(run, effect, system, type, record, delivery with { Payload = Encoding.UTF8.GetString(written.Value) }, written.Value, isFresh, cancellation);
    }

    async Task<FunctionOutcome> Send(
        RunRecord run, EffectRecord effect, SystemDefinition system, MessageType type, JsonValue record, DeliveryRecord delivery, byte[] body, bool isFresh, CancellationToken cancellation)
    {
        var sent = await transport.Send(system, type, body, new Sending(new OrganisationId(run.Organisation), effect.Key, isFresh), cancellation);
        delivery = delivery with { Attempts = [.. delivery.Attempts.AddRange(sent.Attempts).TakeLast(50)] };

        // An effect taken up after a crash may have been sent before, with nothing written of it.
        var isResumed = !isFresh && effect is { Rounds: 0, Delivery: null };
        if (system.Organisation.Value != run.Organisation && (sent.MayHaveArrived || isResumed)) await Disclosed(run, effect, system, type, delivery, cancellation);
        switch (sent)
        {
            case SendResult.Unavailable unavailable:
                return new FunctionOutcome.TryLater(unavailable.Reason, delivery);
            case SendResult.InDoubt inDoubt:
                return new FunctionOutcome.InDoubt(inDoubt.Reason, delivery);
            case SendResult.NotSent notSent:
                return new FunctionOutcome.Held(notSent.Reason, delivery);
            case SendResult.Refused refused:
                var error = new WorkflowError(WorkflowError.Communication, refused.Status, $"{system.Title} refused the message {type.Name}", $"HTTP {refused.Status}");
                return new FunctionOutcome.Failed(error, delivery with { Response = Encoding.UTF8.GetString(refused.Body) });
            case SendResult.Delivered delivered:
                delivery = delivery with { Response = Encoding.UTF8.GetString(delivered.Body) };
                var answer = Answer(type, delivered.Body);
                if (!answer.Succeeded) return new FunctionOutcome.Held($"{system.Title} took the message, but its answer cannot be read: {ProblemText.WithoutValues(answer.Problems)}", delivery);
                await Follow(run, effect, system, type, record, answer.Value, delivery, cancellation);
                return new FunctionOutcome.Done(answer.Value.With("effect", effect.Id).With("notification", effect.Id), delivery);
            default:
                throw new InvalidOperationException($"Unknown result {sent.GetType()}.");
        }
    }

    // What a delivery that got through means for the subject, its references, its clocks and the audit. May be repeated.
    async Task Follow(RunRecord run, EffectRecord effect, SystemDefinition system, MessageType type, JsonValue record, JsonValue answer, DeliveryRecord delivery, CancellationToken cancellation)
    {
        var organisation = new OrganisationId(run.Organisation);
        var subject = new SubjectId(run.Subject);
        if (type.AnswerMapping is { } mapping)
        {
            await subjects.Learn(organisation, subject, definitions.Mapping(mapping, clock.GetUtcNow()).Canonical, answer, cancellation);
            await Point(organisation, References.Of(answer), subject, cancellation);
        }

        if (record["recipient"].Kind == JsonKind.Object && record["kind"].StringOrNull is { } kind)
        {
            await Point(organisation, [new Reference(References.Notification, effect.Id)], subject, cancellation);
            await subjects.TellClocks(organisation, subject, running => running.Rule.Ends == kind, new ClockEvent.UpdateSent(clock.GetUtcNow(), effect.Id), cancellation);
        }

    }

    // Logged whatever came of it, as soon as the other side may have read it; once for each effect.
    async Task Disclosed(RunRecord run, EffectRecord effect, SystemDefinition system, MessageType type, DeliveryRecord delivery, CancellationToken cancellation)
    {
        var actor = new AuditActor(AuditActorKind.Workflow, run.Workflow);
        var data = new AuditData(effect.RequestedAt, AuditOperation.Disclosure, actor, system.Organisation.Value, [effect.Id, run.Id, run.Subject], Why(Purpose(effect, type), delivery), delivery.Agreement, effect.Id);
        await audit.Append(new OrganisationId(run.Organisation), data, cancellation);
    }

    async Task Point(OrganisationId organisation, ImmutableArray<Reference> named, SubjectId subject, CancellationToken cancellation)
    {
        // A reference that another subject has already is left: the messages that share it will show that both are one.
        if (await references.Point(organisation, named, subject, cancellation) is { } waited) await parked.Release(organisation, waited, cancellation);
    }

    static string Purpose(EffectRecord effect, MessageType type) => effect.Arguments["purpose"].StringOrNull ?? type.Purpose ?? "";

    static string Why(string purpose, DeliveryRecord delivery) => delivery.Justification is { } justification ? $"{purpose}: {justification}" : purpose;

    static (JsonValue Record, DeliveryRecord Delivery) Shared(SharingDecision decision, SharingRequest request, DeliveryRecord delivery) => decision switch
    {
        SharingDecision.Permit permit => (permit.Record, delivery with { Decision = "permitted", Agreement = AgreementName(permit.Agreement, permit.Clause), Justification = permit.Agreement.Justifies(request), Record = permit.Record }),
        SharingDecision.Redact redact => (redact.Record, delivery with { Decision = $"redacted: {string.Join(", ", redact.Removed)}", Agreement = AgreementName(redact.Agreement, redact.Clause), Justification = redact.Agreement.Justifies(request), Record = redact.Record }),
        _ => throw new InvalidOperationException($"Unknown decision {decision.GetType()}."),
    };

    static Outcome<byte[]> Write(SystemDefinition system, MessageType type, MappingDefinition mapping, JsonValue record, string effect)
    {
        if (type.Reference is null && system.Format == mapping.Format) return mapping.Send(record);
        var mapped = mapping.Translate(record, MappingDirection.Out);
        if (!mapped.Succeeded) return mapped.Problems;
        var value = type.Reference is { } reference ? mapped.Value.With(reference, effect) : mapped.Value;
        return Format.All[system.Format].Write(value, mapping.SourceSchema.Shape);
    }

    Outcome<JsonValue> Answer(MessageType type, byte[] body)
    {
        if (type.AnswerMapping is not { } name) return JsonValue.EmptyObject;
        var received = definitions.Mapping(name, clock.GetUtcNow()).Receive(body, []);
        if (!received.Succeeded) return received.Problems;
        var mapped = received.Value.Result;
        return mapped.Succeeded ? mapped.Value : mapped.Problems;
    }

    static string AgreementName(Agreement agreement, SharingClause? clause) => $"{agreement.Id}@{agreement.Version}{(clause is null ? "" : $" clause {clause.Id}")}";
}
