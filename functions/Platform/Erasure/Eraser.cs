using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Audit;
using Interop.Platform.Connectors;
using Interop.Platform.Held;
using Interop.Platform.Identity;
using Interop.Platform.Intake;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;
using RunId = Interop.Core.Messages.RunId;

namespace Interop.Platform.Erasure;

/// <summary>What an erasure did.</summary>
/// <param name="Subject">The incident.</param>
/// <param name="Messages">The messages whose contents are gone.</param>
/// <param name="Runs">The runs whose data is gone.</param>
/// <param name="Recipients">The organisations that were given some of it, and are to be told.</param>
public sealed record ErasedIncident(string Subject, ImmutableArray<string> Messages, ImmutableArray<string> Runs, ImmutableArray<string> Recipients);

/// <summary>
/// Erases the data of an incident wherever the platform keeps it: its messages, its merged record and those of incidents found to be the same, and the state, journal and
/// deliveries of its runs. That things were done, when and by whom, stays, and so do references and keyed hashes.
/// </summary>
sealed class Eraser(IStore store, MessageStore messages, SubjectStore subjects, RunList runs, StartSets sets, HeldList held, AuditLog audit, ISecretStore secrets, TimeProvider clock)
{
    const int MostRuns = 10_000;
    const int MostOnALine = 10_000;

    readonly RunEraser runEraser = new(store);

    /// <summary>Null when the organisation has no such incident; problems when something still needs the data.</summary>
    public async Task<Outcome<ErasedIncident>?> Erase(InteropUser user, string id, string reason, CancellationToken cancellation)
    {
        var organisation = user.Organisation;
        if (!SubjectId.Parse(id).Succeeded || await subjects.Find(organisation, new SubjectId(id), cancellation) is not { } known) return null;
        if (known.MergedInto is { } kept) return new Problem("merged", $"This incident turned out to be the same as {kept}. Erase that one.");
        var family = await subjects.WithMerged(organisation, new SubjectId(id), cancellation);
        var messageIds = new List<string>();
        foreach (var subject in family) messageIds.AddRange((await subjects.Messages(organisation, subject, cancellation)).Select(message => message.Id));
        var about = await RunsAbout(organisation, new SubjectId(id), cancellation);
        if (about.Length > MostRuns) return new Problem("too-many-runs", $"{about.Length} runs are about this incident, more than {MostRuns}, so nothing was erased. Ask whoever runs the platform.");
        var effects = new List<EffectRecord>();
        foreach (var run in about) effects.AddRange(await runs.Effects(organisation, run, cancellation));
        var problems = await Needed(organisation, messageIds, about, effects, cancellation);
        if (!problems.IsEmpty) return problems.ToImmutable();

        // Logged first: what a crash leaves undone is done, and not logged again, when it is asked for again.
        foreach (var (part, erased) in messageIds.Concat(about.Select(run => run.Value)).Prepend(id).Chunk(MostOnALine).Index())
            await audit.Append(organisation, new AuditData(
                clock.GetUtcNow(), AuditOperation.Erasure, new AuditActor(AuditActorKind.User, user.Id), null, [.. erased], reason, null, part == 0 ? $"{id} {messageIds.Count}" : $"{id} {messageIds.Count} {part}"), cancellation);
        foreach (var message in messageIds)
            if (!await EraseMessage(organisation, message, cancellation)) problems.Add(new Problem("changed", $"The message {message} was changed at the same moment. Erase again."));
        var mark = new ErasureMark(await secrets.Key(organisation, cancellation));
        foreach (var run in about)
            if (!await runEraser.Erase(organisation, run, mark, cancellation)) problems.Add(new Problem("changed", $"The run {run} was changed at the same moment. Erase again."));
        foreach (var subject in family)
        {
            await subjects.Erase(organisation, subject, cancellation);
            await sets.Erase(organisation, subject, cancellation);
        }

        foreach (var item in messageIds.Concat(effects.Select(effect => effect.Id))) await held.Remove(organisation, item, cancellation);
        await store.Purge(cancellation);
        return problems.Or(() => new ErasedIncident(id, [.. messageIds], [.. about.Select(run => run.Value)], Recipients(organisation, effects)));
    }

    // A message that was taken up again since it was looked at is still worked on, and would be written back.
    async Task<bool> EraseMessage(OrganisationId organisation, string id, CancellationToken cancellation) =>
        await messages.Find(organisation, id, cancellation) is not { } found || (found.Message.Status != MessageStatus.Received && await messages.Erase(found.Message, found.ETag, cancellation));

    async Task<ProblemList> Needed(OrganisationId organisation, IEnumerable<string> messageIds, IEnumerable<RunId> about, IEnumerable<EffectRecord> effects, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        foreach (var id in messageIds)
            if (await messages.Find(organisation, id, cancellation) is { Message.Status: MessageStatus.Received }) problems.Add(new Problem("in-work", $"The message {id} is being worked on. Try again shortly."));
        foreach (var run in about)
            if (await runs.Find(organisation, run, cancellation) is { } record && !RunState.FromJson(record.State).Value.IsFinished)
                problems.Add(new Problem("run-open", $"The run {run} of {record.Workflow} is {record.Status} and still needs the record. Erase when it has ended."));
        foreach (var effect in effects.Where(effect => effect.Status == EffectStatus.Pending)) problems.Add(new Problem("in-work", $"The effect {effect.Id} is still being done. Try again shortly."));
        return problems;
    }

    // A run that was started again is found by the one that took its place.
    async Task<ImmutableArray<RunId>> RunsAbout(OrganisationId organisation, SubjectId subject, CancellationToken cancellation)
    {
        var found = (await subjects.Runs(organisation, subject, cancellation)).Select(run => new RunId(run.Run)).Distinct().ToList();
        for (var at = 0; at < found.Count && found.Count <= MostRuns; at++)
            found.AddRange((await runs.Operations(organisation, found[at], cancellation)).Where(done => done.Other is not null).Select(done => new RunId(done.Other!)).Except(found));
        return [.. found];
    }

    // Whoever may have read it, as the audit log has it: a delivery that had no answer, too, whatever became of it since.
    internal static ImmutableArray<string> Recipients(OrganisationId organisation, IEnumerable<EffectRecord> effects) =>
    [
        .. effects.Where(effect => effect.Status == EffectStatus.Done || effect.Delivery?.Attempts.Any(attempt => attempt.MayHaveArrived) == true)
            .Select(effect => effect.Delivery?.Organisation).OfType<string>().Where(recipient => recipient != organisation.Value).Distinct().Order(StringComparer.Ordinal),
    ];
}
