using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Canonical;
using Interop.Core.Messages;
using Interop.Core.Sources;

namespace Interop.Core.Sharing;

/// <summary>The two regimes of the Data Protection Act 2018 under which a police force discloses.</summary>
public enum LawfulRegime
{
    /// <summary>Part 3: law enforcement purposes.</summary>
    LawEnforcement,

    /// <summary>UK GDPR: general processing.</summary>
    General,
}

/// <summary>An information-sharing agreement: who may be given what, for what, and until when. Days are whole days in Europe/London.</summary>
public sealed record Agreement
{
    /// <summary>Its id, such as <c>northshire-cps-prosecution</c>.</summary>
    public required string Id { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    /// <summary>What people call it.</summary>
    public required string Title { get; init; }

    /// <summary>Who gives.</summary>
    public required OrganisationId From { get; init; }

    /// <summary>Who receives.</summary>
    public required OrganisationId To { get; init; }

    /// <summary>The purposes for which it may be given, none other.</summary>
    public required ImmutableArray<string> Purposes { get; init; }

    /// <summary>The regime, recorded with each disclosure.</summary>
    public required LawfulRegime Regime { get; init; }

    /// <summary>The lawful basis in words.</summary>
    public required string Basis { get; init; }

    /// <summary>The highest marking that the recipient may handle.</summary>
    public required Marking Ceiling { get; init; }

    /// <summary>Whether each disclosure needs a justification in words: a policy of the agreement.</summary>
    public required bool JustificationRequired { get; init; }

    /// <summary>What justifies a disclosure that no person decides; null: a workflow must state its own.</summary>
    public string? AutomatedJustification { get; init; }

    /// <summary>How long the recipient keeps it, in words.</summary>
    public required string Retention { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly Begins { get; init; }

    /// <summary>The last day, if there is one.</summary>
    public DateOnly? Ends { get; init; }

    /// <summary>The first day on which it no longer holds, if it was withdrawn.</summary>
    public DateOnly? Withdrawn { get; init; }

    /// <summary>What may be given, by record type.</summary>
    public required ImmutableArray<SharingClause> Clauses { get; init; }

    /// <summary>Reads an agreement (mappings/agreements/*.yaml), or every problem with its place.</summary>
    public static Outcome<Agreement> Load(SourceNode source) => AgreementReader.Read(source);

    /// <summary>What justifies a disclosure: what was given for it, else, where no person decides, what the agreement says; null when there is neither.</summary>
    public string? Justifies(SharingRequest request) =>
        !string.IsNullOrWhiteSpace(request.Justification) ? request.Justification : request.IsAutomated ? AutomatedJustification : null;

    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => day >= Begins && (Ends is null || day <= Ends) && (Withdrawn is null || day < Withdrawn);

    /// <summary>Such as <c>northshire-cps-prosecution version 1, clause 4.1</c>.</summary>
    public string Cite(SharingClause clause) => string.Create(CultureInfo.InvariantCulture, $"{Id} version {Version}, clause {clause.Id}");
}

/// <summary>One clause: the fields of one record type that may be given.</summary>
/// <param name="Id">Its number in the agreement, such as <c>4.1</c>.</param>
/// <param name="Record">The canonical record, and the version of it that was agreed on: what came with newer ones is not given.</param>
/// <param name="Fields">Which fields.</param>
/// <param name="BeyondCeiling">The fields that may be given of a record marked above the ceiling; null: none, it is refused.</param>
public sealed record SharingClause(string Id, CanonicalReference Record, FieldSelection Fields, FieldSelection? BeyondCeiling)
{
    /// <summary>Where the clause names its record.</summary>
    public required Place Place { get; init; }

    /// <summary>The canonical record type.</summary>
    public string RecordType => Record.Name;
}
