using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Json;

namespace Interop.Platform.Intake;

/// <summary>Where a message stands.</summary>
public enum MessageStatus
{
    /// <summary>Stored; what follows from it is still being done.</summary>
    Received,

    /// <summary>Recorded, and every run told.</summary>
    Accepted,

    /// <summary>Stored whole, but its problems must be mended before anything follows from it.</summary>
    Held,

    /// <summary>It speaks of a record that the platform does not know yet; it goes on by itself as soon as that is known.</summary>
    Parked,

    /// <summary>Its contents were erased; that it came, and what was done, stays.</summary>
    Erased,
}

/// <summary>A message as it is stored: row <c>message|id</c>; the bytes stand beside it in row <c>payload|id</c>.</summary>
/// <param name="Id">The platform's id, made of organisation, system and the sender's id.</param>
/// <param name="Organisation">The organisation that received it.</param>
/// <param name="System">The system that sent it.</param>
/// <param name="Type">The type of message.</param>
/// <param name="SourceId">The sender's id.</param>
/// <param name="ReceivedAt">In business time.</param>
/// <param name="OccurredAt">When the sender says it happened (ce-time); else when it was received.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="ContentType">As sent.</param>
/// <param name="BodyHash">SHA-256 of the bytes, in hexadecimal.</param>
/// <param name="Mapping">Name and version of the mapping that translated it.</param>
/// <param name="Canonical">The type of canonical record.</param>
/// <param name="Record">The canonical record; as far as it could be made, when there are problems.</param>
/// <param name="Problems">Every problem found; empty when accepted.</param>
/// <param name="Subject">The incident it belongs to, once known.</param>
/// <param name="Milliseconds">How long authentication, decoding, mapping and validation took by the wall clock.</param>
/// <param name="Revision">Counts resubmissions: 0 for the message as it came.</param>
/// <param name="CodeLists">Name and version of the code lists that the mapping used; null for a message of before they were recorded.</param>
/// <param name="CanonicalVersion">Name and version of the canonical record that the mapping was written against; null for a message of before it was recorded.</param>
/// <param name="WasHeld">Whether it was held or parked before, and may still be on the list of what is.</param>
public sealed record MessageRecord(
    string Id,
    string Organisation,
    string System,
    string Type,
    string SourceId,
    DateTimeOffset ReceivedAt,
    DateTimeOffset OccurredAt,
    MessageStatus Status,
    string ContentType,
    string BodyHash,
    string Mapping,
    string Canonical,
    JsonValue Record,
    ImmutableArray<Problem> Problems,
    string? Subject,
    double Milliseconds,
    int Revision = 0,
    ImmutableArray<string>? CodeLists = null,
    bool WasHeld = false,
    string? CanonicalVersion = null);

/// <summary>How often a message came again: row <c>duplicates|id</c>.</summary>
/// <param name="Count">Times after the first.</param>
/// <param name="Differing">Those of them whose bytes were not those of the first.</param>
/// <param name="LastAt">In business time.</param>
public sealed record DuplicateCount(int Count, int Differing, DateTimeOffset LastAt);
