using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>A definition as its author wrote it: of the right form, not yet checked against schemas.</summary>
sealed record DefinitionSyntax(
    Place Place,
    string Name,
    string Version,
    string? From,
    string Title,
    MappingDirection Direction,
    string Format,
    string SchemaFile,
    CanonicalReference Canonical,
    Place CanonicalPlace,
    Place FieldsPlace,
    ImmutableArray<FieldSyntax> Fields,
    ImmutableArray<AcceptedLoss> Losses);

/// <summary>A loss that the author knows of and accepts; what finds losses shows it as accepted.</summary>
/// <param name="Rule">The finding's rule.</param>
/// <param name="Path">The place on either side, as a field would name it from the document's root.</param>
/// <param name="Condition">Under which condition, as the finding tells it: <c>unless k is a</c>; empty if it is always lost.</param>
/// <param name="Values">Of which values, if the finding names some: it is accepted of these alone.</param>
/// <param name="How">How it does not come back, of what is <c>not-back</c>: it is accepted in these ways alone.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Place">Where its path stands.</param>
sealed record AcceptedLoss(string Rule, MappingPath Path, string Condition, ImmutableArray<string> Values, ImmutableArray<HowBack> How, string Reason, Place Place)
{
    /// <summary>The rule of what does not come back the same: alone of it an entry says how.</summary>
    public const string NotBack = "not-back";
}

/// <summary>Why it is accepted that what a field carries does not come back the same.</summary>
/// <param name="Reason">The one reason, of what is found of one rule; null if each rule has a reason of its own.</param>
/// <param name="ByRule">The reasons by rule.</param>
sealed record FieldLoss(string? Reason, ImmutableDictionary<string, string> ByRule);

sealed record PathSyntax(MappingPath Path, Place Place);

sealed record ConverterSyntax(string Name, SourceNode Node);

/// <summary>Where the items of a list hold what names them as members of an object.</summary>
/// <param name="Path">The key, from an item.</param>
/// <param name="Converter">How the name and the key become each other.</param>
sealed record KeySyntax(PathSyntax Path, ConverterSyntax? Converter);

/// <param name="Name">What the place holds; empty for the only one of its side.</param>
/// <param name="Path">The place.</param>
sealed record PartSyntax(string Name, PathSyntax Path);

/// <param name="Separator">What stands between the items in one text; null for a list of one.</param>
/// <param name="Place">Where it stands.</param>
sealed record ListSyntax(string? Separator, Place Place);

/// <summary>Which side of a mapping.</summary>
enum Side
{
    Source,
    Canonical,
}

/// <summary>What a condition asks of a value.</summary>
enum ConditionKind
{
    /// <summary>That it is one of the values.</summary>
    Is,

    /// <summary>That it is none of the values; what is absent is none.</summary>
    Not,

    /// <summary>That it is there, and no empty list.</summary>
    Present,

    /// <summary>That it is not there.</summary>
    Absent,
}

/// <summary>A condition of a group: tested on the way that reads its side, claimed on the way that writes it.</summary>
sealed record ConditionSyntax(Place Place, Side Side, PathSyntax Path, ConditionKind Kind, ImmutableArray<SourceNode> Values);

/// <param name="Place">Where the field stands.</param>
/// <param name="Ways">The directions its author allows.</param>
abstract record FieldSyntax(Place Place, MappingDirection Ways)
{
    /// <summary>Why it is accepted that what this field carries does not come back the same; null if nothing is accepted.</summary>
    public FieldLoss? Loss { get; init; }

    /// <summary>Why the field is as it is: what an <c>only</c>, <c>ignore</c>, <c>default</c> or <c>compute</c> must state.</summary>
    public string? Reason { get; init; }

    public sealed record Copy(Place Place, MappingDirection Ways, PathSyntax Source, PathSyntax Canonical, ConverterSyntax? Converter, ListSyntax? List)
        : FieldSyntax(Place, Ways);

    public sealed record Constant(Place Place, MappingDirection Ways, SourceNode Value, Side Side, PathSyntax Path) : FieldSyntax(Place, Ways);

    public sealed record Default(Place Place, MappingDirection Ways, SourceNode Value, Side Side, PathSyntax Path) : FieldSyntax(Place, Ways);

    /// <summary>One text on one side, its parts on the other: <c>split</c> has the whole on the source side, <c>join</c> on the canonical.</summary>
    public sealed record Parts(
        Place Place, MappingDirection Ways, string Separator, Side WholeSide, PathSyntax Whole, ImmutableArray<PathSyntax> Pieces, ConverterSyntax? Converter)
        : FieldSyntax(Place, Ways);

    /// <summary>Several places of one side converted together to several of the other.</summary>
    public sealed record Combined(Place Place, MappingDirection Ways, ConverterSyntax Kind, ImmutableArray<PartSyntax> Source, ImmutableArray<PartSyntax> Canonical) : FieldSyntax(Place, Ways);

    public sealed record Compute(Place Place, MappingDirection Ways, SourceScalar Program, Side Side, PathSyntax Path, ImmutableArray<PathSyntax> Reads) : FieldSyntax(Place, Ways);

    /// <summary>An id made for a thing of the side that is read: one and the same wherever it is written for that thing.</summary>
    public sealed record Identity(Place Place, MappingDirection Ways, Side Side, PathSyntax Path, PathSyntax Of) : FieldSyntax(Place, Ways);

    public sealed record Ignore(Place Place, MappingDirection Ways, PathSyntax Source) : FieldSyntax(Place, Ways);

    public sealed record Each(
        Place Place, MappingDirection Ways, PathSyntax Source, PathSyntax Canonical, KeySyntax? Key, ImmutableArray<ConditionSyntax> When, ImmutableArray<FieldSyntax> Fields)
        : FieldSyntax(Place, Ways);

    /// <summary>Fields under a condition. A single field with <c>when</c> is a group of one.</summary>
    public sealed record Group(Place Place, MappingDirection Ways, ImmutableArray<ConditionSyntax> When, ImmutableArray<FieldSyntax> Fields) : FieldSyntax(Place, Ways);
}
