using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Puts values where a field would read them: members, items and what the conditions of its path ask for are made on the way.</summary>
/// <param name="start">The document to begin with.</param>
/// <param name="root">The shape of the whole.</param>
/// <param name="keepsItems">Whether an item that something was put into stays as it is, and another is made beside it.</param>
sealed class SampleDocument(JsonValue start, Shape root, bool keepsItems = false)
{
    const int MaxIndexed = 20;

    readonly SampleNode document = SampleNode.Of(start);
    readonly HashSet<SampleNode> referred = new(ReferenceEqualityComparer.Instance);
    int fresh;

    /// <summary>A place that was made.</summary>
    public sealed record Spot(SampleNode Node, Shape Shape, string Pointer);

    public JsonValue ToJson() => document.ToJson();

    /// <summary>Makes the place, with a value that only fills it.</summary>
    /// <returns>The place; null if no document can be made that has it.</returns>
    public Spot? Reach(FieldPlace place)
    {
        var scopes = new List<Spot> { new(document, root, "") };
        foreach (var group in place.Groups)
        {
            if (Walk(group.Route, scopes) is not { } list) return null;
            if (Item(group.Route, list) is not { } item) return null;
            scopes.Add(item);
        }

        return Walk(place.Resolved.Route, scopes);
    }

    // A group over a list stands at its first item; the walk has already chosen one where there are conditions.
    static Spot? Item(Route route, Spot list)
    {
        if (!route.Many && list.Shape is ObjectShape { Members.IsEmpty: true, Closed: false }) return Member(list, "a");
        if (!route.Many || route.Steps is [.., RouteStep.Where]) return list;
        return list.Shape is ArrayShape array ? At(list, array, 0) : list;
    }

    Spot? Walk(Route route, List<Spot> scopes)
    {
        Spot? here = route.Up == MappingPath.Document ? scopes[0] : scopes[Math.Max(0, scopes.Count - 1 - route.Up)];
        foreach (var step in route.Steps)
        {
            here = step switch
            {
                RouteStep.Member member => Member(here, member.Name),
                RouteStep.Index { At: <= MaxIndexed } index when here.Shape is ArrayShape list => At(here, list, index.At),
                RouteStep.Where where when here.Shape is ArrayShape list => Where(here, list, where, scopes),
                RouteStep.Holds => here,
                _ => null,
            };
            if (here is null) return null;
        }

        return here;
    }

    static Spot? Member(Spot here, string name)
    {
        var shape = here.Shape switch
        {
            ObjectShape known => known.Member(name)?.Shape ?? known.Additional,
            AnyShape any => any,
            _ => null,
        };
        return shape is null ? null : new Spot(here.Node.Member(name, () => ShapeSamples.Least(shape)), shape, here.Pointer + RouteStep.Member.SegmentOf(name));
    }

    static Spot At(Spot here, ArrayShape list, int index)
    {
        while ((here.Node.Items?.Count ?? 0) <= index) here.Node.Append(SampleNode.Filler(ShapeSamples.Least(list.Item)));
        var item = here.Node.Items![index];
        item.IsFiller = false;
        return new Spot(item, list.Item, $"{here.Pointer}/{index}");
    }

    Spot? Where(Spot here, ArrayShape list, RouteStep.Where where, List<Spot> scopes)
    {
        var wanted = new List<(RouteCondition Condition, JsonValue Value)>();
        foreach (var condition in where.Conditions)
        {
            var value = condition.Literal ?? Referred(condition, list.Item, scopes);
            if (value is not { } known) return null;
            wanted.Add((condition, known));
        }

        var items = here.Node.Items ?? [];
        var at = items.FindIndex(item => wanted.TrueForAll(one => one.Condition.Stands(item, one.Value)));
        if (at < 0) at = items.FindIndex(item => item.IsFiller && (!keepsItems || item.ToJson() == ShapeSamples.Least(list.Item)));
        if (at < 0)
        {
            here.Node.Append(SampleNode.Filler(ShapeSamples.Least(list.Item)));
            at = here.Node.Items!.Count - 1;
        }

        var spot = new Spot(here.Node.Items![at], list.Item, $"{here.Pointer}/{at}");
        if (!spot.Node.IsFiller) return spot;
        spot.Node.IsFiller = false;
        return wanted.TrueForAll(one => Write(spot, one.Condition, one.Value)) ? spot : null;
    }

    static bool Write(Spot item, RouteCondition condition, JsonValue value)
    {
        Spot? here = item;
        foreach (var name in condition.Path) here = here is null ? null : Member(here, name);
        here?.Node.Set(condition.InList ? JsonValue.Of(value) : value);
        return here is not null;
    }

    // What refers and what is referred to get one value that nothing else has.
    JsonValue? Referred(RouteCondition condition, Shape item, List<Spot> scopes)
    {
        if (Walk(condition.Reference!, scopes) is not { } target) return default(JsonValue?);
        if (referred.Add(target.Node)) target.Node.Set(Fresh(target.Shape is ScalarShape { Format: not null } ? target.Shape : item.At(condition.Path) ?? target.Shape));
        return target.Node.ToJson();
    }

    JsonValue Fresh(Shape shape)
    {
        var number = (++fresh).ToString(CultureInfo.InvariantCulture);
        return shape is ScalarShape { Format: "uuid" } ? $"00000000-0000-4000-8000-{number.PadLeft(12, '0')}"
            : (shape.Types & JsonTypes.String) != JsonTypes.None ? $"r{number}" : JsonValue.OfNumber(number);
    }
}

static class SampleConditions
{
    /// <summary>Whether a condition holds for an item of a sample.</summary>
    public static bool Stands(this RouteCondition condition, SampleNode item, JsonValue value)
    {
        var here = item.ToJson();
        foreach (var name in condition.Path) here = here[name];
        return here.Kind == JsonKind.Array ? here.Items.Contains(value) : here == value;
    }
}
