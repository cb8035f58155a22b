using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place that a field reads or writes.</summary>
/// <param name="Side">The side it stands on.</param>
/// <param name="Resolved">What the path means.</param>
/// <param name="Groups">The items of the groups around the field, outermost first.</param>
/// <param name="Start">The path of the item at which the field's own path begins.</param>
/// <param name="Path">The path from the document's root, as an author would write it.</param>
sealed record FieldPlace(Side Side, Resolved Resolved, ImmutableArray<Resolved> Groups, string Start, string Path)
{
    /// <summary>Its place as a JSON Pointer with <c>*</c> for every item of a list.</summary>
    public string Key => Resolved.Key;

    /// <summary>Its place in the first item of each list.</summary>
    public string FirstPointer => SampleBase.FirstOf(Key);

    /// <summary>Whether a pointer to the place has the positions that its path and the groups around it give.</summary>
    public bool HasPositions(string pointer)
    {
        var segments = pointer.Split('/');
        return Groups.Append(Resolved).Where(resolved => JsonPointer.Covers(resolved.Key, Key)).SelectMany(Positions).All(one => one.Segment >= segments.Length || segments[one.Segment] == one.At.ToString(CultureInfo.InvariantCulture));
    }

    static IEnumerable<(int Segment, int At)> Positions(Resolved resolved)
    {
        var steps = resolved.Route.Steps.Where(step => step is not RouteStep.Holds).ToList();
        var before = resolved.Key.Split('/').Length - steps.Count;
        return steps.Select((step, at) => (Step: step as RouteStep.Index, Segment: before + at)).Where(one => one.Step is not null).Select(one => (one.Segment, one.Step!.At));
    }
}

/// <summary>A condition under which a field counts.</summary>
/// <param name="Place">What it asks.</param>
/// <param name="Kind">How it asks.</param>
/// <param name="Values">The values it asks for, or must not find.</param>
sealed record FieldTest(FieldPlace Place, ConditionKind Kind, ImmutableArray<JsonValue> Values);

/// <summary>A field with what its paths mean on both sides.</summary>
/// <param name="Syntax">The field as written.</param>
/// <param name="Ways">The directions in which it counts.</param>
/// <param name="Source">What it reads or writes in the system's format; of a computed field what its <c>reads</c> name.</param>
/// <param name="Canonical">What it reads or writes in the canonical record.</param>
/// <param name="Converter">Its converter; null if it has none, or none of its own.</param>
/// <param name="Tests">The conditions of the groups around it, of both sides.</param>
sealed record FieldFact(
    FieldSyntax Syntax, MappingDirection Ways, ImmutableArray<FieldPlace> Source, ImmutableArray<FieldPlace> Canonical, Converter? Converter, ImmutableArray<FieldTest> Tests)
{
    /// <summary>Why it goes one way only, by its own reason or that of a group around it; null if it goes all ways of the definition.</summary>
    public string? Why { get; init; }

    public ImmutableArray<FieldPlace> this[Side side] => side == Side.Source ? Source : Canonical;

    /// <summary>Whether it is only read, or only written, in that direction: what a computed field or an <c>ignore</c> names.</summary>
    public bool Reads(MappingDirection way) => Ways.HasFlag(way) && Syntax switch
    {
        FieldSyntax.Default or FieldSyntax.Identity => false,
        FieldSyntax.Compute compute => compute.Side == (way == MappingDirection.In ? Side.Canonical : Side.Source),
        FieldSyntax.Ignore => way == MappingDirection.In,
        FieldSyntax.Constant constant => constant.Side == From(way),
        _ => true,
    };

    /// <summary>Whether it may read or ask a place, or something above or below it. Of a program that does not say what it reads, whether all names on the way to the place stand in it.</summary>
    public bool MayRead(Side side, string key) => this[side].Any(place => SampleBase.Meet(place.Key, key)) || Demand.Of(this, side).Any(demand => SampleBase.Meet(demand.Key, key))
        || (Syntax is FieldSyntax.Compute { Reads.IsEmpty: true } program && key.Split('/', StringSplitOptions.RemoveEmptyEntries).All(name => name == "*" || ProgramSamples.Names(program).Contains(name)));

    /// <summary>The side that a translation in that direction reads.</summary>
    public static Side From(MappingDirection way) => way == MappingDirection.In ? Side.Source : Side.Canonical;

    /// <summary>The side that a translation in that direction writes.</summary>
    public static Side To(MappingDirection way) => way == MappingDirection.In ? Side.Canonical : Side.Source;
}
