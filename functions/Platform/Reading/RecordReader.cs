using System.Collections.Immutable;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Api;
using Interop.Platform.Audit;
using Interop.Platform.Definitions;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Rows;
using Interop.Platform.Subjects;

namespace Interop.Platform.Reading;

/// <summary>What people read. Each look at a record is a consultation under DPA 2018 s.62(1)(c) and logged as one: when, who, and why where that was said.</summary>
sealed class RecordReader(
    RunReader runs, MessageStore messages, SubjectStore subjects, AuditLog audit, DefinitionRegistry definitions, TimeProvider clock)
{
    public async Task<MessageView?> Message(InteropUser user, string id, CancellationToken cancellation)
    {
        if (!MessageId.Parse(id).Succeeded || await messages.Find(user.Organisation, id, cancellation) is not { } found) return null;
        await Consulted(user, [id], cancellation);
        var message = found.Message;
        var duplicates = await messages.Duplicates(user.Organisation, id, cancellation);
        var followed = await runs.Followed(user.Organisation, message, cancellation);
        return new MessageView(
            message.Id, message.System, message.Type, message.SourceId, message.ReceivedAt, message.OccurredAt, Kebab.Of(message.Status), message.Mapping, message.CanonicalVersion ?? message.Canonical, message.Record,
            [.. message.Problems.Select(ApiProblem.Of)], message.Subject, duplicates.Count, duplicates.Differing, followed.Runs, followed.Deliveries, message.CodeLists ?? []);
    }

    public async Task<(ReadOnlyMemory<byte> Bytes, string Format)?> Payload(InteropUser user, string id, CancellationToken cancellation)
    {
        if (!MessageId.Parse(id).Succeeded || await messages.Find(user.Organisation, id, cancellation) is not { } found) return null;
        await Consulted(user, [id], cancellation);
        return (await messages.Payload(user.Organisation, id, cancellation), definitions.SystemFor(user.Organisation, found.Message.System)?.Format ?? "txt");
    }

    /// <summary>The bytes of a message whose reading was logged with <see cref="Message"/>.</summary>
    public ValueTask<ReadOnlyMemory<byte>> PayloadOf(InteropUser user, string id, CancellationToken cancellation) => messages.Payload(user.Organisation, id, cancellation);

    /// <param name="user">Who looks.</param>
    /// <param name="id">The run.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="isSameLook">A page that looks again by itself: one line an hour, as long as it stays open.</param>
    public async Task<RunView?> Run(InteropUser user, string id, CancellationToken cancellation, bool isSameLook = false)
    {
        if (await runs.Read(user.Organisation, id, cancellation) is not { } run) return null;
        await Consulted(user, [run.Subject, run.Id], cancellation, isSameLook ? $"{user.Id} {run.Id} {clock.GetUtcNow():yyyy-MM-ddTHH}" : null);
        return run;
    }

    /// <summary>Whether there is such a message; to know that is no consultation.</summary>
    public async Task<bool> HasMessage(InteropUser user, string id, CancellationToken cancellation) => await messages.Find(user.Organisation, id, cancellation) is not null;

    /// <summary>Whether there is such a run; to know that is no consultation.</summary>
    public Task<bool> HasRun(InteropUser user, string id, CancellationToken cancellation) => runs.Has(user.Organisation, id, cancellation);

    public async Task<IncidentView?> Incident(InteropUser user, string subject, CancellationToken cancellation)
    {
        if (!SubjectId.Parse(subject).Succeeded || await subjects.Find(user.Organisation, new SubjectId(subject), cancellation) is not { } known) return null;
        await Consulted(user, [subject], cancellation);
        var about = await subjects.Runs(user.Organisation, new SubjectId(subject), cancellation);
        return new IncidentView(subject, known.Record, await runs.Clocks(user.Organisation, new SubjectId(subject), cancellation), [.. about.Select(run => run.Run)]);
    }

    Task Consulted(InteropUser user, ImmutableArray<string> what, CancellationToken cancellation, string? cause = null) => audit.Append(
        user.Organisation,
        new AuditData(clock.GetUtcNow(), AuditOperation.Consultation, new AuditActor(AuditActorKind.User, user.Id), null, what, user.Justification, null, cause ?? Guid.CreateVersion7().ToString()),
        cancellation);
}
