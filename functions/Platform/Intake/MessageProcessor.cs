using System.Collections.Concurrent;
using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Audit;
using Interop.Core.Clocks;
using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Clocks;
using Interop.Platform.Definitions;
using Interop.Platform.Held;
using Interop.Platform.Runs;
using Interop.Platform.Subjects;
using Interop.Platform.Work;

namespace Interop.Platform.Intake;

/// <summary>Does what follows from a stored message: cross-reference, merge, clocks, runs, audit. Every part may be repeated and then changes nothing.</summary>
/// <remarks>
/// Three commits: the message as it was taken, the subject with what began with it, and the audit lines with the row that lists the message. The last one says that it is done;
/// until then the message is unfinished, and whatever cut it off is done again.
/// </remarks>
sealed class MessageProcessor(
    DefinitionRegistry definitions, MessageStore messages, ReferenceIndex references, SubjectStore subjects, EventRouter router, ParkedMessages parked, ClockWatch clocks, AuditLog audit, HeldList held)
{
    const int MaxTries = 20;
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    // Spares two messages of one incident here that they come in each other's way. What holds between processes too are the conditions of the commits.
    readonly ConcurrentDictionary<OrganisationId, SemaphoreSlim> recorders = new();

    public async Task<WorkOutcome> Process(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        if (await messages.Find(organisation, id, cancellation) is not { } found) return WorkOutcome.Finished;
        var message = found.Message;
        switch (message.Status)
        {
            // What lists it was committed last: a signal that comes again costs two reads.
            case MessageStatus.Accepted:
                return WorkOutcome.Finished;
            case MessageStatus.Held:
                return await Hold(organisation, message, cancellation);
            case MessageStatus.Parked:
                return await Park(organisation, null, message, References.Of(message.Record), cancellation);
            case not MessageStatus.Received:
                return await Finish(message, [], message.Subject, cancellation);
        }

        var named = References.Of(message.Record);
        if (await ResolveAndRecord(organisation, message, named, cancellation) is not { } recorded) return await Park(organisation, found.ETag, message, named, cancellation);
        if (!await Route(organisation, recorded.Subject, message, cancellation)) return new WorkOutcome.Later(Soon);
        if (message.WasHeld) await held.Remove(organisation, id, cancellation);
        return await Finish(message, recorded.HasBegun ? [] : [Line(message, message.Canonical == Records.Incident ? AuditOperation.Combination : AuditOperation.Alteration, [id, recorded.Subject.Value])], recorded.Subject.Value, cancellation);
    }

    /// <summary>Stops trying: the message is held for the reason given, and can be taken again. Nothing, when it is no longer being worked on.</summary>
    public async Task GiveUp(OrganisationId organisation, string id, string reason, CancellationToken cancellation)
    {
        if (await messages.Find(organisation, id, cancellation) is not { Message.Status: MessageStatus.Received } found) return;
        var message = found.Message with { Status = MessageStatus.Held, Problems = [new Problem("processing", reason)] };
        await held.Add(organisation, Item(message, HeldKind.Message, reason), cancellation);
        await messages.Replace(message, found.ETag, isUnfinished: false, null, cancellation);
    }

    // What a message was recorded with, and whether that began with it.
    readonly record struct RecordedIn(SubjectId Subject, bool HasBegun);

    async Task<RecordedIn?> ResolveAndRecord(OrganisationId organisation, MessageRecord message, ImmutableArray<Reference> named, CancellationToken cancellation)
    {
        var recorder = recorders.GetOrAdd(organisation, _ => new SemaphoreSlim(1, 1));
        await recorder.WaitAsync(cancellation);
        try
        {
            SubjectId? into = null;
            for (var tries = 0; tries < MaxTries; tries++)
            {
                var found = await references.Find(organisation, named, cancellation);
                if (into is { } kept && !found.Contains(kept)) found = found.Add(kept);

                // Nobody knows the references, and the record cannot begin a subject of its own: only an incident can.
                if (found.IsEmpty && message.Canonical != Records.Incident) return null;
                var begun = found.IsEmpty ? ReferenceIndex.Begun(organisation, named) : null;
                var subject = found.IsEmpty ? begun ?? SubjectId.For(organisation, new MessageId(message.Id)) : await Combine(organisation, message, found, cancellation);
                var recording = await Record(organisation, subject, message, begun is null ? null : ReferenceIndex.Begin(subject), cancellation);
                if (recording == Recording.Moved) into = (await subjects.Find(organisation, subject, cancellation))?.MergedInto is { } moved ? new SubjectId(moved) : null;
                if (recording is Recording.Outrun or Recording.Moved || await references.Point(organisation, named, subject, cancellation) is not { } waited) continue;
                await parked.Release(organisation, waited, cancellation);
                return new RecordedIn(subject, recording == Recording.Begun);
            }
        }
        finally
        {
            recorder.Release();
        }

        throw new Storage.StoreException($"The references of message {message.Id} were changed by others {MaxTries} times in a row.");
    }

    // References that lead to several subjects show that these are one incident: the one begun first is kept.
    async Task<SubjectId> Combine(OrganisationId organisation, MessageRecord message, ImmutableArray<SubjectId> found, CancellationToken cancellation)
    {
        if (found.Length == 1) return found[0];
        var known = new List<(SubjectId Id, SubjectRecord? Record)>();
        foreach (var id in found) known.Add((id, await subjects.Find(organisation, id, cancellation)));
        var kept = known.OrderBy(pair => pair.Record?.BegunAt ?? DateTimeOffset.MaxValue).ThenBy(pair => pair.Id.Value, StringComparer.Ordinal).First().Id;
        foreach (var (other, record) in known.Where(pair => pair.Id != kept))
        {
            // A subject that a crash left without a record has nothing to give.
            if (record is null) continue;

            // The references last: as long as they lead to both, a repetition after a crash comes here again.
            await audit.Append(organisation, Line(message, AuditOperation.Combination, [kept.Value, other.Value]), cancellation);

            // One that is kept no longer says so when the message is recorded with it.
            if (!await subjects.Merge(organisation, kept, other, cancellation)) return kept;
            await references.Redirect(organisation, References.Of(record.Record), kept, cancellation);
        }

        await references.Redirect(organisation, References.Of(message.Record), kept, cancellation);
        return kept;
    }

    async Task<Recording> Record(OrganisationId organisation, SubjectId subject, MessageRecord message, Storage.Change? begin, CancellationToken cancellation)
    {
        var listed = new SubjectMessage(message.Id, message.ReceivedAt, message.System, message.Type);
        var recording = await subjects.Record(organisation, subject, listed, new SubjectEntry(message.Canonical, message.Record, message.OccurredAt), begin, cancellation);
        if (message.Canonical == Records.Receipt) await TellClocks(organisation, subject, message, cancellation);
        return recording;
    }

    // A receipt confirms the update that met a clock, or takes it back.
    async Task TellClocks(OrganisationId organisation, SubjectId subject, MessageRecord message, CancellationToken cancellation)
    {
        var update = message.Record["notification"].StringOrNull ?? "";
        ClockEvent? happened = message.Record["state"].StringOrNull switch
        {
            "delivered" => new ClockEvent.UpdateDelivered(message.OccurredAt, update),
            "failed" => new ClockEvent.UpdateFailed(message.OccurredAt, update),
            _ => null,
        };
        if (happened is not null) await subjects.TellClocks(organisation, subject, running => running.Events.Any(known => known is ClockEvent.UpdateSent sent && sent.Update == update), happened, cancellation);
    }

    async Task<bool> Route(OrganisationId organisation, SubjectId subject, MessageRecord message, CancellationToken cancellation)
    {
        if (definitions.SystemFor(organisation, message.System)?.Messages.GetValueOrDefault(message.Type)?.Event is not { } type) return true;
        var cloudEvent = new CloudEvent
        {
            Id = message.Revision == 0 ? message.Id : $"{message.Id}-{message.Revision}",
            Source = $"/organisations/{organisation}/systems/{message.System}",
            Type = type,
            Subject = subject.Value,
            Time = message.OccurredAt,
            DataContentType = "application/json",
            Data = message.Record,
        };
        return await router.Route(organisation, subject, cloudEvent.ToJson(), cancellation);
    }

    async Task<WorkOutcome> Hold(OrganisationId organisation, MessageRecord message, CancellationToken cancellation)
    {
        var problems = $"{message.Problems.Length} {(message.Problems.Length == 1 ? "problem" : "problems")}: {string.Join(", ", message.Problems.Select(problem => problem.Rule).Distinct())}";
        await held.Add(organisation, Item(message, HeldKind.Message, problems), cancellation);
        await Finish(message, [], null, cancellation);

        // Somebody corrected or erased it meanwhile, and took from the list what was not yet there.
        if (await messages.Find(organisation, message.Id, cancellation) is not { Message.Status: MessageStatus.Held }) await held.Remove(organisation, message.Id, cancellation);
        return WorkOutcome.Finished;
    }

    // Without an ETag it is parked already, and a crash may have come before the rest.
    async Task<WorkOutcome> Park(OrganisationId organisation, Storage.ETag? etag, MessageRecord message, ImmutableArray<Reference> named, CancellationToken cancellation)
    {
        await references.Park(organisation, named, message.Id, cancellation);
        await held.Add(organisation, Item(message, HeldKind.Parked, "No incident with its references is known yet. It goes on by itself when one is."), cancellation);
        if (etag is { } read) await messages.Replace(message with { Status = MessageStatus.Parked }, read, isUnfinished: false, null, cancellation);

        // Whoever made a reference known meanwhile may have looked before this message was parked.
        if (!(await references.Find(organisation, named, cancellation)).IsEmpty) await parked.Release(organisation, [message.Id], cancellation);
        return await Finish(message, [], null, cancellation);
    }

    // Logged and listed, with what it was recorded with if it was: then nothing is left to do.
    async Task<WorkOutcome> Finish(MessageRecord message, ImmutableArray<AuditData> lines, string? subject, CancellationToken cancellation)
    {
        var organisation = new OrganisationId(message.Organisation);
        var listing = messages.ListingOf(message, subject);
        if (subject is not null && definitions.Clocks.MayStartOn(message.Record["kind"].StringOrNull ?? message.Canonical)) listing = listing with { Rows = [.. listing.Rows, .. await clocks.Begun(organisation, new SubjectId(subject), message.Id, cancellation)] };
        await audit.Append(organisation, [Line(message, AuditOperation.Collection, [message.Id]), .. lines], listing, cancellation);
        return WorkOutcome.Finished;
    }

    static AuditData Line(MessageRecord message, AuditOperation operation, ImmutableArray<string> what) =>
        new(message.ReceivedAt, operation, new AuditActor(AuditActorKind.System, message.System), null, what, null, null, string.Join(' ', what));

    static HeldItem Item(MessageRecord message, HeldKind kind, string reason) => new(kind, message.Id, null, message.System, message.Type, reason, message.ReceivedAt);
}
