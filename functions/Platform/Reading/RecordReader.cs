using System.Collections.Immutable;
using Interop.Core.Audit;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Api;
using Interop.Platform.Audit;
using Interop.Platform.Definitions;
using Interop.Platform.Held;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Subjects;

namespace Interop.Platform.Reading;

/// <summary>What people read. Each look at a record is a consultation under DPA 2018 s.62(1)(c) and logged as one: when, who, and why where that was said.</summary>
sealed class RecordReader(
    RunReader runReader, RunList runs, MessageStore messages, SubjectStore subjects, HeldList held, AuditLog audit, AuditVerifier verifier, DefinitionRegistry definitions, TimeProvider clock)
{
    const int MostListed = 500;
    const int MostAuditLines = 10_000;

    public async Task<ImmutableArray<MessageLine>> Messages(InteropUser user, DateOnly? day, CancellationToken cancellation)
    {
        var lines = ImmutableArray.CreateBuilder<MessageLine>();
        await foreach (var message in messages.OfDay(user.Organisation, Day(day), MostListed, cancellation))
            lines.Add(new MessageLine(message.Id, message.System, message.Type, message.ReceivedAt, Kebab.Of(message.Status), message.Subject, message.Problems.Length));
        return lines.ToImmutable();
    }

    public async Task<MessageView?> Message(InteropUser user, string id, CancellationToken cancellation)
    {
        if (!MessageId.Parse(id).Succeeded || await messages.Find(user.Organisation, id, cancellation) is not { } found) return null;
        await Consulted(user, [id], cancellation);
        var message = found.Message;
        var duplicates = await messages.Duplicates(user.Organisation, id, cancellation);
        return new MessageView(
            message.Id, message.System, message.Type, message.SourceId, message.ReceivedAt, message.OccurredAt, Kebab.Of(message.Status), message.Mapping, message.Canonical, message.Record,
            [.. message.Problems.Select(ApiProblem.Of)], message.Subject, duplicates.Count, duplicates.Differing);
    }

    public async Task<(ReadOnlyMemory<byte> Bytes, string Format)?> Payload(InteropUser user, string id, CancellationToken cancellation)
    {
        if (!MessageId.Parse(id).Succeeded || await messages.Find(user.Organisation, id, cancellation) is not { } found) return null;
        await Consulted(user, [id], cancellation);
        return (await messages.Payload(user.Organisation, id, cancellation), definitions.SystemFor(user.Organisation, found.Message.System)?.Format ?? "txt");
    }

    /// <summary>The bytes of a message whose reading was logged with <see cref="Message"/>.</summary>
    public ValueTask<ReadOnlyMemory<byte>> PayloadOf(InteropUser user, string id, CancellationToken cancellation) => messages.Payload(user.Organisation, id, cancellation);

    public Task<ImmutableArray<HeldItem>> Held(InteropUser user, CancellationToken cancellation) => held.All(user.Organisation, MostListed, cancellation);

    public async Task<ImmutableArray<RunLine>> Runs(InteropUser user, DateOnly? day, CancellationToken cancellation)
    {
        var lines = ImmutableArray.CreateBuilder<RunLine>();
        await foreach (var run in runs.OfDay(user.Organisation, Day(day), MostListed, cancellation))
        {
            var known = await subjects.Find(user.Organisation, new SubjectId(run.Subject), cancellation);
            lines.Add(new RunLine(run.Id, $"{run.Workflow} {run.Version}", run.Status, run.StartedAt, run.UpdatedAt, known is null ? [] : RunReader.ReferencesOf(known.Record)));
        }

        return lines.ToImmutable();
    }

    /// <param name="user">Who looks.</param>
    /// <param name="id">The run.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="isSameLook">A page that looks again by itself: one line an hour, as long as it stays open.</param>
    public async Task<RunView?> Run(InteropUser user, string id, CancellationToken cancellation, bool isSameLook = false)
    {
        if (await runReader.Read(user.Organisation, id, cancellation) is not { } run) return null;
        await Consulted(user, [run.Subject, run.Id], cancellation, isSameLook ? $"{user.Id} {run.Id} {clock.GetUtcNow():yyyy-MM-ddTHH}" : null);
        return run;
    }

    public async Task<IncidentView?> Incident(InteropUser user, string subject, CancellationToken cancellation)
    {
        if (!SubjectId.Parse(subject).Succeeded || await subjects.Find(user.Organisation, new SubjectId(subject), cancellation) is not { } known) return null;
        await Consulted(user, [subject], cancellation);
        var about = await subjects.Runs(user.Organisation, new SubjectId(subject), cancellation);
        return new IncidentView(subject, known.Record, await runReader.Clocks(user.Organisation, new SubjectId(subject), cancellation), [.. about.Select(run => run.Run)]);
    }

    public async Task<ImmutableArray<JsonValue>> Audit(InteropUser user, DateOnly day, CancellationToken cancellation) =>
        [.. (await audit.OfDay(user.Organisation, day, MostAuditLines, cancellation)).Select(entry => entry.ToJson())];

    public async Task<AuditVerification> VerifyAudit(InteropUser user, CancellationToken cancellation)
    {
        var verdict = await verifier.Verify(user.Organisation, null, cancellation);
        return new AuditVerification(verdict.Lines, verdict.Head, [.. verdict.Findings.Select(found => new AuditFindingView(found.Day, Kebab.Of(found.Finding.Kind), found.Finding.Index, found.Finding.Message))]);
    }

    DateTimeOffset Day(DateOnly? day) => day is { } given ? new DateTimeOffset(given.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : clock.GetUtcNow();

    Task Consulted(InteropUser user, ImmutableArray<string> what, CancellationToken cancellation, string? cause = null) => audit.Append(
        user.Organisation,
        new AuditData(clock.GetUtcNow(), AuditOperation.Consultation, new AuditActor(AuditActorKind.User, user.Id), null, what, user.Justification, null, cause ?? Guid.CreateVersion7().ToString()),
        cancellation);
}
