using System.Collections.Immutable;
using System.Text;
using Interop.Core.Clocks;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Core.Workflows.Drawing;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Intake;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Subjects;

namespace Interop.Platform.Reading;

/// <summary>Gathers what is known of a run: its messages before and after mapping, its deliveries, its clocks. Reads without logging; people read through <see cref="RecordReader"/>.</summary>
public sealed class RunReader
{
    readonly RunList runs;
    readonly MessageStore messages;
    readonly SubjectStore subjects;
    readonly DefinitionRegistry definitions;
    readonly DeliveryOptions delivery;
    readonly TimeProvider clock;

    internal RunReader(RunList runs, MessageStore messages, SubjectStore subjects, DefinitionRegistry definitions, DeliveryOptions delivery, TimeProvider clock) =>
        (this.runs, this.messages, this.subjects, this.definitions, this.delivery, this.clock) = (runs, messages, subjects, definitions, delivery, clock);

    /// <summary>The run; null when the organisation has none of that id.</summary>
    public async Task<RunView?> Read(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        if (!RunId.Parse(id).Succeeded || await runs.Find(organisation, new RunId(id), cancellation) is not { } run) return null;
        var state = RunState.FromJson(run.State).Value;
        var subject = new SubjectId(run.Subject);
        var known = await subjects.Find(organisation, subject, cancellation);
        var timeline = new List<TimelineEntry>();
        foreach (var message in await subjects.Messages(organisation, subject, cancellation))
        {
            if (await messages.Find(organisation, message.Id, cancellation) is { } found)
                timeline.Add(In(found.Message, await messages.Payload(organisation, message.Id, cancellation)));
        }

        timeline.AddRange(await Deliveries(organisation, new RunId(id), cancellation));
        var journal = await runs.Journal(organisation, new RunId(id), cancellation);
        var drawing = WorkflowDrawing.Svg(await definitions.Workflow(run.Workflow, run.Version, cancellation), TaskStandings.Of(journal.Select(entry => (entry.Kind, entry.Task))));
        return new RunView(
            run.Id, run.Subject, known is null ? [] : ReferencesOf(known.Record), $"{run.Workflow} {run.Version}", run.Status, run.StartedAt, run.UpdatedAt,
            [.. state.Waiting.Select(waiting => $"{Kebab.Of(waiting.Kind)}: {waiting.What}")], state.Error is { } error ? $"{error.Title}: {error.Detail}" : null, state.Output,
            [.. timeline.OrderBy(entry => entry.At)], await Clocks(organisation, subject, cancellation), journal,
            await runs.Operations(organisation, new RunId(id), cancellation))
        {
            Drawing = drawing,
        };
    }

    /// <summary>The ids of the runs started on a day (UTC), newest first, at most 500.</summary>
    public async Task<ImmutableArray<string>> StartedOn(OrganisationId organisation, DateTimeOffset day, CancellationToken cancellation)
    {
        var started = ImmutableArray.CreateBuilder<string>();
        var begins = new DateTimeOffset(day.UtcDateTime.Date, TimeSpan.Zero);
        await foreach (var (_, run) in runs.Newest(organisation, begins, begins.AddDays(1), null, 500, cancellation)) started.Add(run.Id);
        return started.ToImmutable();
    }

    /// <summary>The runs of the message's incident, and the deliveries they asked for between this message and the next event they took.</summary>
    internal async Task<(ImmutableArray<string> Runs, ImmutableArray<TimelineEntry> Deliveries)> Followed(OrganisationId organisation, MessageRecord message, CancellationToken cancellation)
    {
        if (message.Subject is null) return ([], []);
        var about = await subjects.Runs(organisation, new SubjectId(message.Subject), cancellation);
        var deliveries = ImmutableArray.CreateBuilder<TimelineEntry>();
        foreach (var run in about.Select(one => new RunId(one.Run)))
        {
            var asked = AskedAfter(await runs.Journal(organisation, run, cancellation), message);
            deliveries.AddRange((await Deliveries(organisation, run, cancellation)).Where(entry => asked.Contains(entry.Id)));
        }

        return ([.. about.Select(one => one.Run)], deliveries.ToImmutable());
    }

    static HashSet<string> AskedAfter(ImmutableArray<JournalRecord> journal, MessageRecord message)
    {
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var isAfter = false;
        foreach (var entry in journal)
        {
            var taken = entry.Kind switch
            {
                "run-started" => entry.Detail[0],
                "event-taken" => entry.Detail,
                _ => JsonValue.Null,
            };
            if (!taken.IsNull) isAfter = taken["id"].StringOrNull?.StartsWith(message.Id, StringComparison.Ordinal) == true;
            else if (isAfter && entry is { Kind: "effect-requested", Effect: { } effect }) asked.Add(effect);
        }

        return asked;
    }

    async Task<IEnumerable<TimelineEntry>> Deliveries(OrganisationId organisation, RunId run, CancellationToken cancellation) =>
        (await runs.Effects(organisation, run, cancellation)).Where(effect => effect.Kind is Outbox.Call && effect.Name == "deliver").Select(Out);

    internal async Task<bool> Has(OrganisationId organisation, string id, CancellationToken cancellation) => await runs.Find(organisation, new RunId(id), cancellation) is not null;

    /// <summary>The clocks of a subject as they stand now.</summary>
    internal async Task<ImmutableArray<ClockView>> Clocks(OrganisationId organisation, SubjectId subject, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return [.. (await subjects.Clocks(organisation, subject, cancellation)).Select(record => View(record, now)).OfType<ClockView>()];
    }

    internal static ImmutableArray<string> ReferencesOf(JsonValue record) =>
        [.. References.Of(record).Where(reference => reference.Kind != References.Notification).Select(reference => reference.ToString())];

    ClockView? View(ClockRecord record, DateTimeOffset now)
    {
        if (record.Read(definitions.Clocks) is not { } known) return null;
        var rule = known.Rule;
        ClockView Of(string status, DateTimeOffset? due, DateTimeOffset? met) => new(rule.Id, rule.Title, rule.Right, rule.Ends, rule.Verified, record.StartedAt, status, due, met);
        var status = known.StatusAt(now, definitions.Clocks.Calendar);
        if (!status.Succeeded) return Of(status.Problems[0].Message, null, null);
        return status.Value switch
        {
            ClockStatus.Due due => Of("due", due.DueAt, null),
            ClockStatus.Met met => Of(met.Late ? "met late" : "met", met.DueAt, met.At),
            ClockStatus.Breached breached => Of("breached", breached.DueAt, null),
            ClockStatus.Cancelled => Of("cancelled", null, null),
            _ => throw new InvalidOperationException($"Unknown status {status.Value}."),
        };
    }

    static TimelineEntry In(MessageRecord message, ReadOnlyMemory<byte> payload) => new(
        message.Id, message.ReceivedAt, "in", message.System, message.Type, message.Record["kind"].StringOrNull, Kebab.Of(message.Status), Encoding.UTF8.GetString(payload.Span),
        message.Record.ToIndentedString(), message.Mapping, null, message.Problems.IsEmpty ? null : $"{message.Problems.Length} {(message.Problems.Length == 1 ? "problem" : "problems")}", message.Milliseconds, [], null, message.CanonicalVersion);

    TimelineEntry Out(EffectRecord effect)
    {
        var made = effect.Delivery;
        var attempts = made?.Attempts ?? [];
        var reason = effect.Status == EffectStatus.Done ? null : effect.Reason;
        double? next = effect is { Status: EffectStatus.Pending, Rounds: > 0 } ? delivery.DelayAfter(effect.Rounds).TotalSeconds : null;
        return new TimelineEntry(
            effect.Id, effect.RequestedAt, "out", made?.System ?? effect.Arguments["to"].StringOrNull ?? "", made?.MessageType ?? effect.Arguments["message"].StringOrNull ?? "",
            (made?.Record ?? effect.Arguments["record"])["kind"].StringOrNull, Kebab.Of(effect.Status), (made?.Record ?? effect.Arguments["record"]).ToIndentedString(),
            made?.Payload ?? "", made?.Mapping ?? "", made?.Decision is { } decision ? $"{decision} ({made.Agreement ?? "no agreement"})" : null, reason,
            attempts.Sum(attempt => attempt.Milliseconds), attempts, next, made?.Canonical, made?.LeftOut);
    }
}
