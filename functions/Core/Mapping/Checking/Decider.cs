using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place whose value decides which fields count: a condition, a discriminator or a group asks it.</summary>
/// <param name="Key">The place, with <c>*</c> for every item of a list.</param>
/// <param name="Shape">What stands there.</param>
/// <param name="Tested">The values that are asked for; none where it is only asked whether it is there.</param>
sealed record Decider(string Key, Shape Shape, ImmutableArray<JsonValue> Tested)
{
    /// <summary>The deciders of a direction, in the order of the definition.</summary>
    public static ImmutableArray<Decider> Of(ImmutableArray<FieldFact> facts, MappingDirection way, Shape shape)
    {
        var (from, tested) = (FieldFact.From(way), new OrderedDictionary<string, List<JsonValue>>(StringComparer.Ordinal));
        foreach (var fact in facts.Where(fact => fact.Ways.HasFlag(way) && fact.Syntax is not FieldSyntax.Ignore))
        {
            foreach (var demand in Demand.Of(fact, from)) Add(demand.Key, demand.Values);
            foreach (var place in fact[from].Where(place => place.Resolved.Route.Steps is [.., RouteStep.Holds])) Add(place.Key, [((RouteStep.Holds)place.Resolved.Route.Steps[^1]).Value]);
            foreach (var claim in fact.Tests.Where(test => test.Place.Side != from)) Claimed(claim);
        }

        return [.. tested.Select(one => ShapeAt(shape, one.Key) is { } there ? new Decider(one.Key, there, [.. one.Value.Distinct()]) : null).OfType<Decider>()];

        void Add(string key, IEnumerable<JsonValue> values)
        {
            if (!tested.TryGetValue(key, out var known)) tested[key] = known = [];
            known.AddRange(values);
        }

        // What a group asks of the side that is written, the field that writes it decides.
        void Claimed(FieldTest claim)
        {
            foreach (var writer in facts.Where(fact => fact.Ways.HasFlag(way) && fact.Syntax is FieldSyntax.Copy && fact[FieldFact.To(way)] is [var there] && there.Key == claim.Place.Key))
                Add(writer[from][0].Key, claim.Values.Select(value => Read(writer.Converter, value, way)).Where(value => !value.IsNull));
        }
    }

    internal static JsonValue Read(Converter? converter, JsonValue written, MappingDirection way) =>
        converter is null ? written : (way == MappingDirection.In ? converter.Out : converter.In)(written) is { Rule: null } read ? read.Value : JsonValue.Null;

    static Shape? ShapeAt(Shape shape, string key) => JsonPointer.Segments(key) is { } path ? shape.At(path) : null;
}
