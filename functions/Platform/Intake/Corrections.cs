using System.Collections.Immutable;
using System.Security.Cryptography;
using Interop.Core;
using Interop.Core.Audit;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Audit;
using Interop.Platform.Definitions;
using Interop.Platform.Held;
using Interop.Platform.Identity;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Intake;

/// <summary>How a correction ended.</summary>
abstract record Correction
{
    /// <summary>Done; where the message stands now.</summary>
    public sealed record Done(string Status) : Correction;

    /// <summary>Not done, and why.</summary>
    public sealed record Refused(ImmutableArray<Problem> Problems) : Correction;

    /// <summary>There is no such thing.</summary>
    public sealed record Unknown : Correction;
}

/// <summary>What people do about messages: take a held one again, erase one, let a held delivery go again or drop one in doubt. Each is logged with who did it, before it is done: what a crash leaves undone is logged once when it is asked for again.</summary>
sealed class Corrections(DefinitionRegistry definitions, MessageReader reader, MessageStore messages, HeldList held, EffectPerformer effects, DroppedEffects dropped, FailedWork failed, IStore store, AuditLog audit, TimeProvider clock, IWorkSignal work)
{
    /// <summary>Reads a held message again: with a corrected body, or as it came (after a definition was mended) when <paramref name="corrected"/> is empty.</summary>
    public async Task<Correction> Resubmit(InteropUser user, string id, byte[] corrected, CancellationToken cancellation)
    {
        if (!MessageId.Parse(id).Succeeded || await messages.Find(user.Organisation, id, cancellation) is not { } found) return new Correction.Unknown();
        var message = found.Message;
        if (message.Status is not (MessageStatus.Held or MessageStatus.Parked)) return Refuse("not-held", $"The message is {message.Status.ToString().ToLowerInvariant()}; only a held one can be taken again.");
        var system = definitions.SystemFor(user.Organisation, message.System);
        if (system?.Messages.GetValueOrDefault(message.Type) is not { Request: null } type) return Refuse("unknown-message-type", "The system's definition has no such message any more.");
        if (corrected.Length > IncomingMessage.MaxBytes) return Refuse("too-large", $"The corrected message has {corrected.Length} bytes; at most {IncomingMessage.MaxBytes} are taken. Send it in parts.");
        ReadOnlyMemory<byte> body = corrected.Length > 0 ? corrected : await messages.Payload(user.Organisation, id, cancellation);

        // A corrected body is the bare payload, or the envelope that the message came in, corrected.
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if ((corrected.Length == 0 || IsEnvelope(corrected)) && message.ContentType.Length > 0) headers["Content-Type"] = message.ContentType;
        var read = reader.Read(system, type, body, headers, message.ReceivedAt);
        if (!read.Succeeded) return new Correction.Refused(read.Problems);
        if (!read.Value.Problems.IsEmpty) return new Correction.Refused(read.Value.Problems);

        var next = message with
        {
            Status = MessageStatus.Received,
            BodyHash = Convert.ToHexStringLower(SHA256.HashData(body.Span)),
            Mapping = read.Value.Mapping.Reference,
            CodeLists = read.Value.CodeLists,
            Canonical = read.Value.Mapping.Canonical,
            CanonicalVersion = read.Value.Mapping.CanonicalReference,
            Record = read.Value.Record,
            Problems = [],
            Revision = message.Revision + 1,
            WasHeld = true,
        };
        await Log(user, AuditOperation.Alteration, [id], corrected.Length > 0 ? "corrected and taken again" : "taken again", $"{id} {next.Revision} {user.Id}", cancellation);
        if (!await messages.Replace(next, found.ETag, isUnfinished: true, corrected.Length > 0 ? body : null, cancellation)) return Changed();
        work.Due(MessageStore.Unfinished(next, isFresh: false), message.ReceivedAt);
        return new Correction.Done("accepted");
    }

    /// <summary>Erases the contents of a message that is part of no incident. What an incident was told stands in its record and its runs too, and is erased with them.</summary>
    public async Task<Correction> Erase(InteropUser user, string id, string reason, CancellationToken cancellation)
    {
        if (!MessageId.Parse(id).Succeeded || await messages.Find(user.Organisation, id, cancellation) is not { } found) return new Correction.Unknown();
        if (found.Message.Status == MessageStatus.Received) return Refuse("in-work", "The message is being worked on. Try again shortly.");
        if (found.Message.Subject is { } subject) return Refuse("part-of-incident", $"The message is part of the incident {subject}, whose record and runs hold its contents too. Erase the incident.");
        await Log(user, AuditOperation.Erasure, [id], reason, id, cancellation);
        if (!await messages.Erase(found.Message, found.ETag, cancellation)) return Changed();
        await store.Purge(cancellation);
        await held.Remove(user.Organisation, id, cancellation);
        return new Correction.Done("erased");
    }

    /// <summary>Lets a held delivery or a dead letter go again. To another organisation, an approver lets it go.</summary>
    public async Task<Correction> ResubmitDelivery(InteropUser user, string effect, CancellationToken cancellation)
    {
        if (!EffectId.TryParse(effect, out var id) || await effects.Find(user.Organisation, id, cancellation) is not { } known) return new Correction.Unknown();
        if (known.Delivery is { } delivery && delivery.Organisation != user.Organisation.Value && !user.MayApprove)
            return Refuse("not-approver", $"The delivery goes to another organisation ({delivery.Organisation}). Ask somebody with the role {Roles.Approver} to let it go.");

        // Each time that it was held has an end of its own.
        if (known.Waits)
            await Log(user, AuditOperation.Alteration, [effect], known.Status == EffectStatus.InDoubt ? "a delivery in doubt was sent again" : "a held delivery was let go again", $"{effect} {known.EndedAt?.UtcTicks} {user.Id}", cancellation);
        if (!await effects.Resubmit(user.Organisation, id, cancellation)) return new Correction.Unknown();
        return new Correction.Done("pending");
    }

    /// <summary>Ends a delivery in doubt without sending it again.</summary>
    public async Task<Correction> DropDelivery(InteropUser user, string effect, string? why, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(why) || why.Length > RunOperations.LongestReason) return Refuse("reason", $"Say why it is not sent again, in 1 to {RunOperations.LongestReason} characters: it is kept with the run.");
        if (!EffectId.TryParse(effect, out var id) || await effects.Find(user.Organisation, id, cancellation) is not { } known) return new Correction.Unknown();
        if (known.Status == EffectStatus.InDoubt)
            await Log(user, AuditOperation.Alteration, [effect], $"a delivery in doubt was dropped: {why}", $"{effect} {known.EndedAt?.UtcTicks} {user.Id} dropped", cancellation);
        return await dropped.Drop(user.Organisation, id, user.Id, why, cancellation) ? new Correction.Done("dropped") : new Correction.Unknown();
    }

    /// <summary>Lets work go again that a fault of the platform ended. False when there is none of that id.</summary>
    public async Task<bool> ReleaseWork(InteropUser user, string id, CancellationToken cancellation)
    {
        if (await held.Find(user.Organisation, id, cancellation) is not { Kind: HeldKind.Work } known) return false;
        await Log(user, AuditOperation.Alteration, [id], "work that had failed was let go again", $"{id} {known.At.UtcTicks} {user.Id}", cancellation);
        return await failed.Release(user.Organisation, id, cancellation);
    }

    /// <summary>Says that a person has seen to a notice. False when there is none of that id.</summary>
    public async Task<bool> CloseNotice(InteropUser user, string effect, CancellationToken cancellation) =>
        EffectId.TryParse(effect, out var id) && await effects.CloseNotice(user.Organisation, id, user.Id, cancellation);

    static bool IsEnvelope(byte[] corrected) => JsonValue.Parse(corrected) is { Succeeded: true } parsed && !parsed.Value["specversion"].IsNull;

    Task Log(InteropUser user, AuditOperation operation, ImmutableArray<string> what, string why, string cause, CancellationToken cancellation) =>
        audit.Append(user.Organisation, new AuditData(clock.GetUtcNow(), operation, new AuditActor(AuditActorKind.User, user.Id), null, what, why, null, cause), cancellation);

    static Correction.Refused Changed() => Refuse("changed", "Somebody else changed the message at the same moment. Look at it again.");

    static Correction.Refused Refuse(string rule, string message) => new([new Problem(rule, message)]);
}
