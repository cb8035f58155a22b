using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using Interop.Core;
using Interop.Core.Audit;
using Interop.Core.Json;
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
        if (SystemOf(incoming) is not { } system) return UnknownSystem(incoming);
        if (await authenticator.Refusal(system, incoming, cancellation) is { } reason) return await Unauthenticated(new OrganisationId(incoming.Organisation), system, reason, cancellation);
        return await Read(system, incoming, null, started, cancellation);
    }

    /// <summary>Takes a message that a carrier brought (a queue, a container) which lets in nobody but the system. Nobody waits for an answer: what cannot be read is kept among the held messages, and refused.</summary>
    /// <param name="incoming">What it brought.</param>
    /// <param name="carried">What the carrier calls it, which another may be called as well, such as a file of each day.</param>
    /// <param name="cancellation">Gives up before it is stored.</param>
    public async Task<IntakeResult> ReceiveCarried(IncomingMessage incoming, string carried, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        return SystemOf(incoming) is { } system ? await Read(system, incoming, carried, started, cancellation) : UnknownSystem(incoming);
    }

    /// <summary>Keeps a carried message among the held ones when taking it fails again and again. Nothing, when no system of that name sends such messages: then nobody's list can show it.</summary>
    public async Task KeepCarried(IncomingMessage incoming, string carried, string reason, CancellationToken cancellation)
    {
        if (SystemOf(incoming) is { } system && system.Messages.TryGetValue(incoming.Type, out var type) && incoming.Body.Length <= IncomingMessage.MaxBytes)
            await Keep(new OrganisationId(incoming.Organisation), system, type, incoming, carried, [new Problem("processing", reason)], cancellation);
    }

    async Task<IntakeResult> Read(SystemDefinition system, IncomingMessage incoming, string? carried, long started, CancellationToken cancellation)
    {
        var organisation = new OrganisationId(incoming.Organisation);
        if (!system.Messages.TryGetValue(incoming.Type, out var type) || type.Request is not null)
            return NotFound("unknown-message-type", $"{system.Title} has no message \"{Problem.Preview(incoming.Type)}\" to send. Known are: {string.Join(", ", system.Messages.Values.Where(known => known.Request is null).Select(known => known.Name).Order(StringComparer.Ordinal))}.");

        var read = reader.Read(system, type, incoming.Body, incoming.Headers, clock.GetUtcNow());
        if (read.Succeeded) return await Store(organisation, system, type, incoming, read.Value, Stopwatch.GetElapsedTime(started), cancellation);
        if (carried is not null && incoming.Body.Length <= IncomingMessage.MaxBytes) await Keep(organisation, system, type, incoming, carried, read.Problems, cancellation);
        return new IntakeResult.Refused(read.Problems.Any(problem => problem.Rule == "too-large") ? 413 : 400, "The message cannot be read", read.Problems);
    }

    async Task<IntakeResult> Store(OrganisationId organisation, SystemDefinition system, MessageType type, IncomingMessage incoming, ReadMessage read, TimeSpan elapsed, CancellationToken cancellation)
    {
        var id = MessageId.For(organisation, system.Id, $"{type.Name}/{read.SourceId}").Value;
        var hash = Convert.ToHexStringLower(SHA256.HashData(incoming.Body.Span));
        var now = clock.GetUtcNow();
        var message = new MessageRecord(
            id, organisation.Value, system.Id.Value, type.Name, read.SourceId, now, read.OccurredAt ?? now, read.Problems.IsEmpty ? MessageStatus.Received : MessageStatus.Held,
            incoming.Header("Content-Type") ?? "", hash, read.Mapping.Reference, read.Mapping.Canonical, read.Record, read.Problems, null, elapsed.TotalMilliseconds, CodeLists: read.CodeLists, CanonicalVersion: read.Mapping.CanonicalReference);
        if (await messages.Add(message, incoming.Body, cancellation))
        {
            work.Due(MessageStore.Unfinished(message, isFresh: true), now);
            return new IntakeResult.Stored(id, message.Problems.IsEmpty ? "accepted" : "held", IsDuplicate: false);
        }

        var first = (await messages.Find(organisation, id, cancellation))!.Value.Message;
        await messages.CountDuplicate(organisation, id, first.BodyHash != hash, now, cancellation);
        return new IntakeResult.Stored(id, Kebab.Of(first.Status == MessageStatus.Received ? MessageStatus.Accepted : first.Status), IsDuplicate: true);
    }

    // Held, so that somebody can correct it and take it again. Of a repetition the first stays; what has the same name and other bytes is another.
    async Task Keep(OrganisationId organisation, SystemDefinition system, MessageType type, IncomingMessage incoming, string carried, ImmutableArray<Problem> problems, CancellationToken cancellation)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(incoming.Body.Span));
        var id = MessageId.For(organisation, system.Id, $"{type.Name}/carried/{carried}/{hash}").Value;
        var now = clock.GetUtcNow();
        var message = new MessageRecord(
            id, organisation.Value, system.Id.Value, type.Name, carried, now, now, MessageStatus.Held, incoming.Header("Content-Type") ?? "", hash, "", "", JsonValue.Null, problems, null, 0);
        if (await messages.Add(message, incoming.Body, cancellation)) work.Due(MessageStore.Unfinished(message, isFresh: true), now);
    }

    SystemDefinition? SystemOf(IncomingMessage incoming) =>
        OrganisationId.Parse(incoming.Organisation).Succeeded ? definitions.SystemFor(new OrganisationId(incoming.Organisation), incoming.System) : null;

    static IntakeResult.Refused UnknownSystem(IncomingMessage incoming) => NotFound("unknown-system", $"{incoming.Organisation} has no system \"{Problem.Preview(incoming.System)}\".");

    // Every refusal is counted in the audit, and tells the caller no more than that it was refused.
    async Task<IntakeResult> Unauthenticated(OrganisationId organisation, SystemDefinition system, string reason, CancellationToken cancellation)
    {
        await refusals.Refused(organisation, new AuditActor(AuditActorKind.Unknown, system.Id.Value), reason, cancellation);
        return new IntakeResult.Refused(401, "The call is not authentic", [new Problem("authentication", $"The credentials are missing, wrong or out of date. {SystemAuthenticator.Remedy(system)}")]);
    }

    static IntakeResult.Refused NotFound(string rule, string message) => new(404, "There is no such thing", [new Problem(rule, message)]);
}
