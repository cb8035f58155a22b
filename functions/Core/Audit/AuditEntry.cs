using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Audit;

/// <summary>What was done: the six operations that the Data Protection Act 2018, s.62 asks to be logged, and one more that the platform logs.</summary>
public enum AuditOperation
{
    /// <summary>Personal data came in.</summary>
    Collection,

    /// <summary>A record was changed.</summary>
    Alteration,

    /// <summary>Somebody read a record.</summary>
    Consultation,

    /// <summary>A record went to another organisation.</summary>
    Disclosure,

    /// <summary>Two records became one.</summary>
    Combination,

    /// <summary>A record was erased.</summary>
    Erasure,

    /// <summary>Somebody was refused: wrong credentials, another organisation's record, no agreement. Not an operation of s.62.</summary>
    RefusedAccess,
}

/// <summary>The kinds of actor.</summary>
public enum AuditActorKind
{
    /// <summary>A signed-in person, by user id.</summary>
    User,

    /// <summary>A system, by its id.</summary>
    System,

    /// <summary>A workflow, by its name.</summary>
    Workflow,

    /// <summary>Somebody who could not say who they are.</summary>
    Unknown,
}

/// <summary>Who did it.</summary>
public readonly record struct AuditActor(AuditActorKind Kind, string Id);

/// <summary>What is to be logged. It names things by their ids and holds no personal data.</summary>
/// <param name="At">When it was done.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Whom">The organisation or system that received it, if any.</param>
/// <param name="What">The ids of messages, runs and subjects.</param>
/// <param name="Why">The purpose or justification, if any was given.</param>
/// <param name="Agreement">The agreement, version and clause that allowed it, if any.</param>
/// <param name="Cause">What caused the line, so that a repetition can be told: one line per cause and operation.</param>
public sealed record AuditData(
    DateTimeOffset At, AuditOperation Operation, AuditActor Who, string? Whom, ImmutableArray<string> What, string? Why, string? Agreement, string Cause);

/// <summary>One line of an organisation's log, chained to the line before.</summary>
/// <param name="Sequence">From 1, without gaps, over all days.</param>
/// <param name="Organisation">Whose log.</param>
/// <param name="Day">The day chain (UTC) it stands in; never before the day of the line before.</param>
/// <param name="Data">What was logged.</param>
/// <param name="PreviousHash">The hash of the line before; of the first line of a day, the last of an earlier day.</param>
/// <param name="Hash">SHA-256, or HMAC-SHA256 under the organisation's key, of all the above, in hex.</param>
public sealed record AuditEntry(long Sequence, OrganisationId Organisation, DateOnly Day, AuditData Data, string PreviousHash, string Hash)
{
    /// <summary>The canonical form, with the hash.</summary>
    public JsonValue ToJson() => AuditJson.Content(this).With("hash", Hash);

    /// <summary>Reads what <see cref="ToJson"/> wrote, or every problem.</summary>
    public static Outcome<AuditEntry> FromJson(JsonValue value) => AuditJson.Read(value);
}

/// <summary>Where a chain ends.</summary>
public sealed record AuditHead(OrganisationId Organisation, DateOnly Day, long Sequence, string Hash)
{
    /// <summary>Of a log without lines.</summary>
    public static AuditHead None(OrganisationId organisation) => new(organisation, DateOnly.MinValue, 0, new string('0', 64));

    /// <summary>As JSON.</summary>
    public JsonValue ToJson() => JsonValue.Of(
        ("organisation", Organisation.ToString()), ("day", Timestamps.Print(Day)), ("sequence", Sequence), ("hash", Hash));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static Outcome<AuditHead> FromJson(JsonValue value)
    {
        var fields = new StoredFields(value);
        var head = new AuditHead(fields.Parsed("organisation", OrganisationId.Parse), fields.Day("day"), fields.Whole("sequence"), fields.Text("hash"));
        return fields.Problems.Or(() => head);
    }
}
