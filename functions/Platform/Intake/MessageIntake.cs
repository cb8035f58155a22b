using System.Diagnostics;
using System.Security.Cryptography;
using Interop.Core;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Work;

namespace Interop.Platform.Intake;

/// <summary>Takes a call of a system: authenticates it, decodes it, and stores it before it is answered. What follows from it is done by <see cref="MessageProcessor"/>.</summary>
public sealed class MessageIntake
{
    readonly DefinitionRegistry definitions;
    readonly SystemAuthenticator authenticator;
    readonly MessageReader reader;
    readonly MessageStore messages;
    readonly RefusalLog refusals;
    readonly TimeProvider clock;
    readonly IWorkSignal work;

    internal MessageIntake(DefinitionRegistry definitions, SystemAuthenticator authenticator, MessageReader reader, MessageStore messages, RefusalLog refusals, TimeProvider clock, IWorkSignal work) =>
        (this.definitions, this.authenticator, this.reader, this.messages, this.refusals, this.clock, this.work) = (definitions, authenticator, reader, messages, refusals, clock, work);

    /// <summary>Takes a call. <see cref="IntakeResult.Stored"/> is given only after the message is durable.</summary>
    public async Task<IntakeResult> Receive(IncomingMessage incoming, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        if (!OrganisationId.Parse(incoming.Organisation).Succeeded || definitions.SystemFor(new OrganisationId(incoming.Organisation), incoming.System) is not { } system)
            return NotFound("unknown-system", $"{incoming.Organisation} has no system \"{Problem.Preview(incoming.System)}\".");
        var organisation = new OrganisationId(incoming.Organisation);
        if (await authenticator.Refusal(system, incoming, cancellation) is { } reason) return await Unauthenticated(organisation, system, reason, cancellation);
        if (!system.Messages.TryGetValue(incoming.Type, out var type) || type.Request is not null)
            return NotFound("unknown-message-type", $"{system.Title} has no message \"{Problem.Preview(incoming.Type)}\" to send. Known are: {string.Join(", ", system.Messages.Values.Where(known => known.Request is null).Select(known => known.Name).Order(StringComparer.Ordinal))}.");

        var read = reader.Read(system, type, incoming.Body, incoming.Headers, clock.GetUtcNow());
        return read.Succeeded
            ? await Store(organisation, system, type, incoming, read.Value, Stopwatch.GetElapsedTime(started), cancellation)
            : new IntakeResult.Refused(read.Problems.Any(problem => problem.Rule == "too-large") ? 413 : 400, "The message cannot be read", read.Problems);
    }

    async Task<IntakeResult> Store(OrganisationId organisation, SystemDefinition system, MessageType type, IncomingMessage incoming, ReadMessage read, TimeSpan elapsed, CancellationToken cancellation)
    {
        var id = MessageId.For(organisation, system.Id, $"{type.Name}/{read.SourceId}").Value;
        var hash = Convert.ToHexStringLower(SHA256.HashData(incoming.Body.Span));
        var now = clock.GetUtcNow();
        var message = new MessageRecord(
            id, organisation.Value, system.Id.Value, type.Name, read.SourceId, now, read.OccurredAt ?? now, read.Problems.IsEmpty ? MessageStatus.Received : MessageStatus.Held,
            incoming.Header("Content-Type") ?? "", hash, read.Mapping.Reference, read.Mapping.Canonical, read.Record, read.Problems, null, elapsed.TotalMilliseconds, CodeLists: read.CodeLists);
        if (await messages.Add(message, incoming.Body, cancellation))
        {
            work.Due(new WorkItem(MessageStore.Partition(organisation, id), MessageStore.MessageKey, IsFresh: true), now);
            return new IntakeResult.Stored(id, message.Problems.IsEmpty ? "accepted" : "held", IsDuplicate: false);
        }

        var first = (await messages.Find(organisation, id, cancellation))!.Value.Message;
        await messages.CountDuplicate(organisation, id, first.BodyHash != hash, now, cancellation);
        return new IntakeResult.Stored(id, Kebab.Of(first.Status == MessageStatus.Received ? MessageStatus.Accepted : first.Status), IsDuplicate: true);
    }

    // Every refusal is counted in the audit, and tells the caller no more than that it was refused.
    async Task<IntakeResult> Unauthenticated(OrganisationId organisation, SystemDefinition system, string reason, CancellationToken cancellation)
    {
        await refusals.Refused(organisation, new AuditActor(AuditActorKind.Unknown, system.Id.Value), reason, cancellation);
        return new IntakeResult.Refused(401, "The call is not authentic", [new Problem("authentication", $"The credentials are missing, wrong or out of date. {SystemAuthenticator.Remedy(system)}")]);
    }

    static IntakeResult.Refused NotFound(string rule, string message) => new(404, "There is no such thing", [new Problem(rule, message)]);
}
