using System.Collections.Immutable;
using Interop.Core.Clocks;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Subjects;

/// <summary>An incident with all that is known of it: row <c>incident</c> of the subject's partition.</summary>
/// <param name="Record">The merged canonical incident.</param>
/// <param name="BegunAt">When its first message was received.</param>
/// <param name="MergedInto">The subject it turned out to be the same as; null for most.</param>
sealed record SubjectRecord(JsonValue Record, DateTimeOffset BegunAt, string? MergedInto = null);

/// <summary>What the platform knows of incidents: the merged record, its messages, runs and clocks. One partition a subject.</summary>
sealed class SubjectStore(IStore store, DefinitionRegistry definitions)
{
    const int MaxConflicts = 50;
    const int MostRows = 100_000;

    public async Task<SubjectRecord?> Find(OrganisationId organisation, SubjectId subject, CancellationToken cancellation) =>
        RowBody.ReadOrNone<SubjectRecord>(await store.Read(SubjectKeys.Partition(organisation, subject), SubjectKeys.Incident, cancellation));

    /// <summary>Merges a record into its subject and starts the clocks it triggers, in one transaction, once for each message.</summary>
    /// <param name="organisation">Whose incident it is.</param>
    /// <param name="subject">The incident.</param>
    /// <param name="message">The message that brought the record.</param>
    /// <param name="record">The record.</param>
    /// <param name="begin">What is written with the subject if it begins now; null if it has no reference.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    public async Task<Recording> Record(OrganisationId organisation, SubjectId subject, SubjectMessage message, SubjectEntry record, Change? begin, CancellationToken cancellation)
    {
        var (partition, listed) = (SubjectKeys.Partition(organisation, subject), SubjectKeys.Message(message.Id));
        for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
        {
            if (RowBody.ReadOrNone<SubjectMessage>(await store.Read(partition, listed, cancellation)) is { } known) return known.IsFirst ? Recording.Begun : Recording.Added;
            var row = await store.Read(partition, SubjectKeys.Incident, cancellation);
            var before = RowBody.ReadOrNone<SubjectRecord>(row);
            if (before?.MergedInto is not null) return Recording.Moved;
            var merged = Records.Merge(before?.Record ?? JsonValue.Null, record.Type, record.Record);
            var body = RowBody.Of(before is null ? new SubjectRecord(merged, message.At) : before with { Record = merged });
            List<Change> changes =
            [
                row is null ? new Change.Insert(SubjectKeys.Incident, body) : new Change.Replace(SubjectKeys.Incident, body, row.ETag),
                new Change.Insert(listed, RowBody.Of(message with { IsFirst = row is null })),
                .. Clocks(record, merged, message.Id),
            ];
            if (row is null && begin is not null) changes.Add(begin);
            if (await store.Commit(partition, changes, cancellation) is not CommitOutcome.Conflict conflict) return row is null ? Recording.Begun : Recording.Added;
            if (conflict.Key == begin?.Key) return Recording.Outrun;
        }

        throw new StoreException($"The subject {subject} was changed by others {MaxConflicts} times in a row.");
    }

    /// <summary>Merges an answer that a system gave; it is part of no message.</summary>
    public async Task Learn(OrganisationId organisation, SubjectId subject, string recordType, JsonValue record, CancellationToken cancellation) =>
        await Change<SubjectRecord>(organisation, subject, SubjectKeys.Incident, known => known with { Record = Records.Merge(known.Record, recordType, record) }, cancellation);

    /// <summary>Notes that two subjects are one incident. False when the one to be kept turned out to be the same as a third meanwhile: then nothing was given to it.</summary>
    /// <remarks>The other takes no more from then on that it says where it went, and is read after that: so what is recorded at the same moment stands in it, or where it went.</remarks>
    public async Task<bool> Merge(OrganisationId organisation, SubjectId kept, SubjectId other, CancellationToken cancellation)
    {
        await Change<SubjectRecord>(organisation, other, SubjectKeys.Incident, known => known with { MergedInto = kept.Value }, cancellation);
        if (await Find(organisation, other, cancellation) is not { } given) return true;
        var isKept = true;
        await Change<SubjectRecord>(organisation, kept, SubjectKeys.Incident, known => (isKept = known.MergedInto is null) ? known with { Record = Records.Merge(known.Record, Records.Incident, given.Record) } : known, cancellation);
        if (isKept) await store.Commit(SubjectKeys.Partition(organisation, kept), [new Change.Upsert(SubjectKeys.Merged(other), default)], cancellation);
        return isKept;
    }

    public async Task<ImmutableArray<SubjectMessage>> Messages(OrganisationId organisation, SubjectId subject, CancellationToken cancellation) =>
        [.. (await Rows<SubjectMessage>(organisation, subject, SubjectKeys.MessagePart, cancellation)).Select(pair => pair.Record).OrderBy(message => message.At)];

    /// <summary>The subject and those that turned out to be the same.</summary>
    public async Task<ImmutableArray<SubjectId>> WithMerged(OrganisationId organisation, SubjectId subject, CancellationToken cancellation)
    {
        var family = ImmutableArray.CreateBuilder<SubjectId>();
        family.Add(subject);
        for (var at = 0; at < family.Count && family.Count < MostRows; at++)
        {
            await foreach (var row in store.Prefix(SubjectKeys.Partition(organisation, family[at]), RowKey.Of(SubjectKeys.MergedPart, ""), MostRows, cancellation))
                if (new SubjectId(RowKey.Split(row.Key)[1]) is var other && !family.Contains(other)) family.Add(other);
        }

        return family.ToImmutable();
    }

    /// <summary>Takes the merged record out of a subject.</summary>
    public Task Erase(OrganisationId organisation, SubjectId subject, CancellationToken cancellation) =>
        Change<SubjectRecord>(organisation, subject, SubjectKeys.Incident, known => known with { Record = JsonValue.Null }, cancellation);

    /// <summary>The runs about this incident, those of subjects that turned out to be the same included.</summary>
    public async Task<ImmutableArray<SubjectRun>> Runs(OrganisationId organisation, SubjectId subject, CancellationToken cancellation)
    {
        var runs = new List<SubjectRun>();
        foreach (var same in await WithMerged(organisation, subject, cancellation)) runs.AddRange((await Rows<SubjectRun>(organisation, same, SubjectKeys.RunPart, cancellation)).Select(pair => pair.Record));
        return [.. runs];
    }

    /// <summary>Notes the run of a workflow about this incident; the one that was first counts.</summary>
    public async Task<SubjectRun> AddRun(OrganisationId organisation, SubjectId subject, string workflow, SubjectRun run, CancellationToken cancellation)
    {
        var (partition, key) = (SubjectKeys.Partition(organisation, subject), SubjectKeys.Run(workflow));
        if (RowBody.ReadOrNone<SubjectRun>(await store.Read(partition, key, cancellation)) is { } known) return known;
        if (await store.Commit(partition, [new Change.Insert(key, RowBody.Of(run))], cancellation) is CommitOutcome.Done) return run;
        return RowBody.Read<SubjectRun>((await store.Read(partition, key, cancellation))!);
    }

    /// <summary>Notes a run that another run about this incident started.</summary>
    public async Task AddChild(OrganisationId organisation, SubjectId subject, SubjectRun run, CancellationToken cancellation) =>
        await store.Commit(SubjectKeys.Partition(organisation, subject), [new Change.Insert(SubjectKeys.Run(run.Workflow, run.Run), RowBody.Of(run))], cancellation);

    /// <summary>Puts a run in the place of an earlier one of the same workflow: it gets the events from now on. Nothing, when another has taken that place.</summary>
    public async Task ReplaceRun(OrganisationId organisation, SubjectId subject, string earlier, SubjectRun run, CancellationToken cancellation)
    {
        foreach (var (key, known) in await Rows<SubjectRun>(organisation, subject, SubjectKeys.RunPart, cancellation))
            if (known.Run == earlier) await Change<SubjectRun>(organisation, subject, key, now => now.Run == earlier ? run : now, cancellation);
    }

    public async Task<ImmutableArray<ClockRecord>> Clocks(OrganisationId organisation, SubjectId subject, CancellationToken cancellation) =>
        [.. (await Rows<ClockRecord>(organisation, subject, SubjectKeys.ClockPart, cancellation)).Select(pair => pair.Record).OrderBy(clock => clock.StartedAt)];

    /// <summary>One clock; null when there is none.</summary>
    public async Task<ClockRecord?> Clock(OrganisationId organisation, SubjectId subject, string rule, string trigger, CancellationToken cancellation) =>
        RowBody.ReadOrNone<ClockRecord>(await store.Read(SubjectKeys.Partition(organisation, subject), SubjectKeys.Clock(rule, trigger), cancellation));

    /// <summary>Keeps that the breach of a clock was told.</summary>
    public Task Alerted(OrganisationId organisation, SubjectId subject, string rule, string trigger, DateTimeOffset at, CancellationToken cancellation) =>
        Change<ClockRecord>(organisation, subject, SubjectKeys.Clock(rule, trigger), known => known with { AlertedAt = at }, cancellation);

    /// <summary>Tells the clocks it concerns what happened to an update; the same event counts once.</summary>
    public async Task TellClocks(OrganisationId organisation, SubjectId subject, Func<Clock, bool> concerned, ClockEvent happened, CancellationToken cancellation)
    {
        foreach (var (key, record) in await Rows<ClockRecord>(organisation, subject, SubjectKeys.ClockPart, cancellation))
        {
            if (record.Read(definitions.Clocks) is { } clock && concerned(clock))
                await Change<ClockRecord>(organisation, subject, key, known => known with { Clock = known.Read(definitions.Clocks)!.With(happened).ToJson() }, cancellation);
        }
    }

    IEnumerable<Change> Clocks(SubjectEntry entry, JsonValue merged, string message)
    {
        var kind = entry.Record["kind"].StringOrNull ?? entry.Type;
        var at = Timestamp(entry.Record["occurredAt"]) ?? Timestamp(entry.Record["reportedAt"]) ?? entry.OccurredAt;
        var enhanced = merged["persons"].Items.Any(person => person["roles"].Items.Contains("victim") && person["enhancedRights"] == JsonValue.True);
        return definitions.Clocks.StartsOn(kind, at, enhanced)
            .Select(rule => new Change.Insert(SubjectKeys.Clock(rule.Id, message), RowBody.Of(new ClockRecord(rule.Id, at, message, Core.Clocks.Clock.Start(rule, at, enhanced).ToJson()))));
    }

    async Task Change<T>(OrganisationId organisation, SubjectId subject, string key, Func<T, T> change, CancellationToken cancellation)
    {
        var partition = SubjectKeys.Partition(organisation, subject);
        for (var conflicts = 0; conflicts < MaxConflicts; conflicts++)
        {
            if (await store.Read(partition, key, cancellation) is not { } row) return;
            if (await store.Commit(partition, [new Change.Replace(key, RowBody.Of(change(RowBody.Read<T>(row))), row.ETag)], cancellation) is CommitOutcome.Done) return;
        }

        throw new StoreException($"The subject {subject} was changed by others {MaxConflicts} times in a row.");
    }

    async Task<List<(string Key, T Record)>> Rows<T>(OrganisationId organisation, SubjectId subject, string part, CancellationToken cancellation)
    {
        var rows = new List<(string, T)>();
        await foreach (var row in store.Prefix(SubjectKeys.Partition(organisation, subject), RowKey.Of(part, ""), MostRows + 1, cancellation)) rows.Add((row.Key, RowBody.Read<T>(row)));

        // What is erased or told must be all of it: better none than a part.
        return rows.Count <= MostRows ? rows : throw new StoreException($"The subject {subject} has more than {MostRows} rows of the kind {part}.");
    }

    static DateTimeOffset? Timestamp(JsonValue value) =>
        value.StringOrNull is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var at) ? at : null;
}

/// <summary>A run about a subject.</summary>
sealed record SubjectRun(string Run, string Workflow, string Version, DateTimeOffset StartedAt, string StartEvent);

/// <summary>A clock of a subject; with the breach that was told, if one was.</summary>
sealed record ClockRecord(string Rule, DateTimeOffset StartedAt, string Trigger, JsonValue Clock, DateTimeOffset? AlertedAt = null)
{
    /// <summary>The clock; null when its rule is no longer in the table.</summary>
    public Clock? Read(ClockTable table) => Interop.Core.Clocks.Clock.FromJson(Clock, table) is { Succeeded: true } read ? read.Value : null;
}
