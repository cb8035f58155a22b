using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Sharing;

/// <summary>The question whether a record may be given to another organisation.</summary>
/// <param name="From">Who gives.</param>
/// <param name="To">Who is to receive.</param>
/// <param name="RecordType">The canonical record type.</param>
/// <param name="Record">The canonical record.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Marking">The marking of what is given; the record's own is joined to it.</param>
/// <param name="At">When.</param>
/// <param name="Justification">Why this one, in words; never the purpose again.</param>
/// <param name="IsAutomated">Whether a workflow gives it and no person decides.</param>
public sealed record SharingRequest(
    OrganisationId From, OrganisationId To, string RecordType, JsonValue Record, string Purpose, Marking Marking, DateTimeOffset At, string? Justification = null, bool IsAutomated = false);

/// <summary>The answer: <see cref="Permit"/>, <see cref="Redact"/> or <see cref="Refuse"/>.</summary>
public abstract record SharingDecision
{
    SharingDecision()
    {
    }

    /// <summary>The record may be given as it is.</summary>
    public sealed record Permit(JsonValue Record, Agreement Agreement, SharingClause Clause) : SharingDecision;

    /// <summary>The record may be given without the fields at <paramref name="Removed"/> (JSON Pointers), which are gone from <paramref name="Record"/>.</summary>
    public sealed record Redact(JsonValue Record, ImmutableArray<string> Removed, Agreement Agreement, SharingClause Clause) : SharingDecision;

    /// <summary>Nothing may be given; <paramref name="Reason"/> says why and what would mend it.</summary>
    public sealed record Refuse(string Reason, Agreement? Agreement = null, SharingClause? Clause = null) : SharingDecision;
}
