using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Interop.Core.Json;
using Interop.Platform.Runs;

namespace Interop.Platform.Reading;

/// <summary>A run as people look at it.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Subject">The incident.</param>
/// <param name="References">The incident's references, such as the crime reference.</param>
/// <param name="Workflow">Name and version.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StartedAt">In business time.</param>
/// <param name="UpdatedAt">The last step.</param>
/// <param name="Waiting">What it waits for.</param>
/// <param name="Error">Why it faulted.</param>
/// <param name="Output">What it came to, once completed.</param>
/// <param name="Timeline">What came in, what went out, and what was decided, in order of time.</param>
/// <param name="Clocks">The time limits.</param>
/// <param name="Journal">Every step of the machine.</param>
/// <param name="Operations">What people did to it, and why.</param>
public sealed record RunView(
    string Id,
    string Subject,
    ImmutableArray<string> References,
    string Workflow,
    string Status,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    ImmutableArray<string> Waiting,
    string? Error,
    JsonValue Output,
    ImmutableArray<TimelineEntry> Timeline,
    ImmutableArray<ClockView> Clocks,
    ImmutableArray<JournalRecord> Journal,
    ImmutableArray<OperationRecord> Operations)
{
    /// <summary>The workflow as SVG, with where the run stands; for the page.</summary>
    [JsonIgnore]
    public string Drawing { get; init; } = "";
}

/// <summary>One line of the timeline.</summary>
/// <param name="Id">The message's or the effect's id.</param>
/// <param name="At">In business time.</param>
/// <param name="Direction">in, out or within.</param>
/// <param name="System">The other side.</param>
/// <param name="Type">The type of message.</param>
/// <param name="Kind">The kind of update it tells of, if it is one.</param>
/// <param name="Status">accepted, pending, done, held, dead, ...</param>
/// <param name="Before">The payload before mapping: for what came in, as the system wrote it; for what went out, the canonical record.</param>
/// <param name="After">The payload after mapping.</param>
/// <param name="Mapping">The mapping that translated it.</param>
/// <param name="Decision">The sharing decision, if one was asked for.</param>
/// <param name="Note">Why it is held or dead; null when there is nothing to say.</param>
/// <param name="Milliseconds">How long it took by the wall clock.</param>
/// <param name="Attempts">The attempts of a delivery.</param>
/// <param name="NextTrySeconds">Seconds by the wall clock from the last attempt to the next; null when none is to come.</param>
/// <param name="Canonical">Name and version of the canonical record that the mapping is written against.</param>
/// <param name="LeftOut">What the record had and that version does not: it was not sent.</param>
public sealed record TimelineEntry(
    string Id,
    DateTimeOffset At,
    string Direction,
    string System,
    string Type,
    string? Kind,
    string Status,
    string Before,
    string After,
    string Mapping,
    string? Decision,
    string? Note,
    double Milliseconds,
    ImmutableArray<DeliveryAttempt> Attempts,
    double? NextTrySeconds,
    string? Canonical = null,
    ImmutableArray<string>? LeftOut = null);

/// <summary>A time limit as people look at it.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Right">The right of the Victims' Code.</param>
/// <param name="Kind">The kind of update that ends it.</param>
/// <param name="Verified">Whether the limit was read in a public source.</param>
/// <param name="StartedAt">The trigger.</param>
/// <param name="Status">due, met, met late, breached or cancelled.</param>
/// <param name="DueAt">The end of the last working day.</param>
/// <param name="MetAt">When the victim was told.</param>
public sealed record ClockView(string Rule, string Title, int Right, string Kind, bool Verified, DateTimeOffset StartedAt, string Status, DateTimeOffset? DueAt, DateTimeOffset? MetAt);

/// <summary>An incident as people look at it.</summary>
public sealed record IncidentView(string Subject, JsonValue Record, ImmutableArray<ClockView> Clocks, ImmutableArray<string> Runs);

/// <summary>A message as people look at it; <c>Canonical</c> is name and version of its record, the name alone where no version was recorded yet, <c>Runs</c> are those of its incident, <c>Deliveries</c> those that they asked for between this message and the next event.</summary>
public sealed record MessageView(
    string Id, string System, string Type, string SourceId, DateTimeOffset ReceivedAt, DateTimeOffset OccurredAt, string Status, string Mapping, string Canonical, JsonValue Record,
    ImmutableArray<Api.ApiProblem> Problems, string? Subject, int Duplicates, int DifferingDuplicates, ImmutableArray<string> Runs, ImmutableArray<TimelineEntry> Deliveries,
    ImmutableArray<string> CodeLists);

/// <summary>A run in a list.</summary>
public sealed record RunLine(string Id, string Workflow, string Status, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt, ImmutableArray<string> References);

/// <summary>A message in a list.</summary>
public sealed record MessageLine(string Id, string System, string Type, DateTimeOffset ReceivedAt, string Status, string? Subject, int Problems);

/// <summary>The result of a verification of the audit log.</summary>
/// <param name="Lines">How many lines the log has.</param>
/// <param name="Head">Where it ends: worth noting elsewhere, since only a note shows that lines were cut off by somebody who has the keys.</param>
/// <param name="Findings">What is wrong.</param>
public sealed record AuditVerification(long Lines, Audit.AuditNote Head, ImmutableArray<AuditFindingView> Findings);

/// <summary>One finding.</summary>
public sealed record AuditFindingView(DateOnly Day, string Kind, int Index, string Message);
