using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;

namespace Interop.Platform.Runs;

/// <summary>A run as it is stored: row <c>state</c> of the run's partition.</summary>
/// <param name="Id">The run's id.</param>
/// <param name="Organisation">Whose run it is.</param>
/// <param name="Subject">The incident it is about.</param>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Version">The version it is pinned to.</param>
/// <param name="Status">As the machine says: running, waiting, completed, faulted, ...</param>
/// <param name="StartedAt">In business time.</param>
/// <param name="UpdatedAt">The last step, in business time.</param>
/// <param name="State">The machine's state.</param>
/// <param name="Parent">The effect of another run that waits for this one to end; null for most.</param>
/// <param name="Depth">How many runs stand above it, each started by the one before.</param>
public sealed record RunRecord(
    string Id,
    string Organisation,
    string Subject,
    string Workflow,
    string Version,
    string Status,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    JsonValue State,
    string? Parent = null,
    int Depth = 0)
{
    /// <summary>Whether it has ended, as <see cref="Status"/> says.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOver => HasEnded(Status);

    /// <summary>Whether a run of this status has ended.</summary>
    public static bool HasEnded(string status) => status is "completed" or "faulted" or "cancelled";
}

/// <summary>What a run begins with.</summary>
/// <param name="Subject">What it is about: an incident, or for a run about none, the run's own id.</param>
/// <param name="Workflow">The definition it is pinned to.</param>
/// <param name="Input">The workflow's input.</param>
sealed record RunStart(SubjectId Subject, Workflow Workflow, JsonValue Input)
{
    /// <summary>The ids of the events that begin it, which the run is not told again.</summary>
    public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>Of which run it takes the place, who wanted it and why.</summary>
    public OperationRecord? Note { get; init; }

    /// <summary>The effect that waits for its end.</summary>
    public EffectId? Parent { get; init; }

    /// <summary>How many runs stand above it.</summary>
    public int Depth { get; init; }

    /// <summary>A run that events begin: its input is their array.</summary>
    public static RunStart On(SubjectId subject, Workflow workflow, JsonValue events) => new(subject, workflow, events) { Events = EventsOf(events) };

    /// <summary>The ids of the events that an input is made of; none if it is something else.</summary>
    public static ImmutableArray<string> EventsOf(JsonValue input) => Named(input, "id");

    /// <summary>What the events that an input is made of are about; none if it is something else, or they are about nothing.</summary>
    public static ImmutableArray<SubjectId> SubjectsOf(JsonValue input) => [.. Named(input, "subject").Where(text => SubjectId.Parse(text).Succeeded).Select(text => new SubjectId(text))];

    static ImmutableArray<string> Named(JsonValue input, string member) => input.Kind == JsonKind.Array
        ? [.. input.Items.Select(one => one[member].StringOrNull).OfType<string>().Distinct(StringComparer.Ordinal).Take(StartRule.MostEvents)]
        : [];
}

/// <summary>An entry of a run's journal; the entries of one step stand in one row, <c>journal|sequence of the first</c>.</summary>
public sealed record JournalRecord(long Sequence, DateTimeOffset At, string Kind, string Task, string? Effect, JsonValue Detail);

/// <summary>Where an effect stands.</summary>
public enum EffectStatus
{
    /// <summary>To be done; the row is due.</summary>
    Pending,

    /// <summary>Done; the run knows.</summary>
    Done,

    /// <summary>Refused by the other side; the run knows, since one of its tasks catches it.</summary>
    Failed,

    /// <summary>Held by a sharing decision or by problems in the record, until somebody mends the cause and resubmits.</summary>
    Held,

    /// <summary>Given up after the last retry; visible among the dead letters until somebody resubmits.</summary>
    Dead,

    /// <summary>No longer wanted by the run.</summary>
    Cancelled,

    /// <summary>Held, since it may have got through and its system no longer tells; until somebody sends it again or drops it.</summary>
    InDoubt,

    /// <summary>It may have got through, and somebody decided that it is not sent again; the run knows.</summary>
    Dropped,
}

/// <summary>An effect and all that was done for it: row <c>effect|id</c> of the run's partition.</summary>
/// <param name="Id">The effect's id: the idempotency key of every attempt.</param>
/// <param name="Kind">call, timer or emit.</param>
/// <param name="Name">The function's name, for a call.</param>
/// <param name="Task">JSON pointer of the task that asked.</param>
/// <param name="Arguments">What the task asked with; null after erasure.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="RequestedAt">In business time.</param>
/// <param name="ErrorIsCaught">Whether a task of the run would catch a failure.</param>
/// <param name="Rounds">Rounds of attempts that failed.</param>
/// <param name="Due">When it is due, for a timer.</param>
/// <param name="Delivery">What a delivery did; null for other effects.</param>
/// <param name="Answer">The result given to the run.</param>
/// <param name="Reason">Why it is held, failed or dead.</param>
/// <param name="EndedAt">When it ended, in business time.</param>
public sealed record EffectRecord(
    string Id,
    string Kind,
    string Name,
    string Task,
    JsonValue Arguments,
    EffectStatus Status,
    DateTimeOffset RequestedAt,
    bool ErrorIsCaught = false,
    int Rounds = 0,
    DateTimeOffset? Due = null,
    DeliveryRecord? Delivery = null,
    JsonValue Answer = default,
    string? Reason = null,
    DateTimeOffset? EndedAt = null)
{
    /// <summary>The id, as it is made of its run and its number.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public EffectId Key => EffectId.TryParse(Id, out var id) ? id : throw new InvalidDataException($"\"{Id}\" is no effect id.");

    /// <summary>Whether it waits for a person.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Waits => Status is EffectStatus.Held or EffectStatus.Dead or EffectStatus.InDoubt;
}

/// <summary>A delivery: the record before and after mapping, the decision, and every attempt.</summary>
/// <param name="System">The system it goes to.</param>
/// <param name="Organisation">The system's organisation.</param>
/// <param name="MessageType">The type of message.</param>
/// <param name="Mapping">Name and version of the mapping that translated it.</param>
/// <param name="Decision">The sharing decision in words; null for a delivery within the organisation.</param>
/// <param name="Agreement">The agreement that allowed or refused it.</param>
/// <param name="Record">The canonical record as it was sent, after redaction and without what is left out.</param>
/// <param name="Payload">The body as it was sent.</param>
/// <param name="Response">The body answered.</param>
/// <param name="Attempts">Every attempt, at most the last 50.</param>
/// <param name="Justification">What justified the disclosure; null for a delivery within the organisation.</param>
/// <param name="Canonical">Name and version of the canonical record that the mapping is written against; null for a delivery of before it was recorded.</param>
/// <param name="LeftOut">JSON Pointers of what came with newer versions of the record than that, and was not sent; null if there is nothing.</param>
public sealed record DeliveryRecord(
    string System,
    string Organisation,
    string MessageType,
    string Mapping,
    string? Decision,
    string? Agreement,
    JsonValue Record,
    string? Payload,
    string? Response,
    ImmutableArray<DeliveryAttempt> Attempts,
    string? Justification = null,
    string? Canonical = null,
    ImmutableArray<string>? LeftOut = null)
{
    const string Refusal = "refused: ";

    /// <summary>Whether the sharing rules refused it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsRefused => Decision?.StartsWith(Refusal, StringComparison.Ordinal) == true;

    /// <summary>The decision of a refusal, with its reason.</summary>
    public static string Refused(string reason) => Refusal + reason;
}

/// <summary>One attempt of a delivery.</summary>
/// <param name="At">In business time.</param>
/// <param name="Status">The HTTP status, or 0 when there was no answer.</param>
/// <param name="Milliseconds">How long it took by the wall clock.</param>
/// <param name="Outcome">In a few words.</param>
/// <param name="MayHaveArrived">False only when it is certain that the other side read nothing.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, int Status, double Milliseconds, string Outcome, bool MayHaveArrived = true);
