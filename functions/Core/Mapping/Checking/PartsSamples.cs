using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Texts for fields that are cut or put together: the whole and its parts fit each other.</summary>
static class PartsSamples
{
    static readonly string[] Words = ["A", "B", "C", "D", "E", "F", "G", "H"];

    /// <summary>Values of one place of a split or join: first those that can be cut.</summary>
    public static ImmutableArray<JsonValue> Of(FieldSyntax.Parts syntax, FieldFact fact, FieldPlace here)
    {
        if (here.Side == syntax.WholeSide) return fact.Converter is null || here.Side == Side.Source ? [.. Wholes(syntax, fact).Select(text => JsonValue.Of(text))] : Converted(syntax, fact);
        var at = fact[here.Side].IndexOf(here);
        var values = Wholes(syntax, fact).Select(text => text.Split(syntax.Separator)).Where(parts => parts.Length >= fact[here.Side].Length)
            .Select(parts => SampleValues.IsList(here) ? JsonValue.Of(JsonValue.Of(parts[at])) : JsonValue.Of(parts[at]));
        return [.. values.Distinct()];
    }

    /// <summary>Whole texts that can be cut into as many parts as there are.</summary>
    public static IEnumerable<string> Wholes(FieldSyntax.Parts syntax, FieldFact fact)
    {
        var pieces = fact[syntax.WholeSide == Side.Source ? Side.Canonical : Side.Source];
        if (fact.Converter is { } converter)
        {
            return Converted(syntax, fact).Select(value => converter.Out(value)).Where(text => text is { Rule: null, Value.StringOrNull: not null }).Select(text => text.Value.AsString())
                .Concat(ClockSamples.Missed(syntax.Converter).Select(text => text.AsString())).Where(text => text.Split(syntax.Separator).Length == pieces.Length).Distinct(StringComparer.Ordinal);
        }

        // Each part by its own shape where that says something, else a letter.
        return [string.Join(syntax.Separator, pieces.Select((piece, at) => Part(piece, at, syntax.Separator))), string.Join(syntax.Separator, pieces.Select((piece, at) => Part(piece, at + pieces.Length, syntax.Separator)))];
    }

    // What the converter takes is tried as it is of a field that converts one text.
    static ImmutableArray<JsonValue> Converted(FieldSyntax.Parts syntax, FieldFact fact)
    {
        ImmutableArray<JsonValue> all = [.. SampleValues.Known(syntax.Converter!), .. OfShape(fact[syntax.WholeSide][0])];
        return [.. all.Concat(SampleValues.Neighbours(fact.Converter!.Out, all)).Distinct()];
    }

    static string Part(FieldPlace piece, int turn, string separator)
    {
        var known = SampleValues.ItemOf(piece) is { } shape && (!shape.Allowed.IsEmpty || !shape.Patterns.IsEmpty || shape.Format is not null || (shape.Types & JsonTypes.String) == JsonTypes.None)
            ? ShapeSamples.Values(shape).Select(value => Typed.TextOf(value)).OfType<string>().Where(text => !text.Contains(separator, StringComparison.Ordinal)).ToList()
            : [];
        return known.Count > 0 ? known[turn % known.Count] : Words[turn % Words.Length];
    }

    static ImmutableArray<JsonValue> OfShape(FieldPlace place) => SampleValues.ItemOf(place) is { } shape ? ShapeSamples.Values(shape) : [];
}
