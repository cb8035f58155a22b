using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>The values that are tried at the place of a field.</summary>
static class SampleValues
{
    const int MaxValues = 96;

    // Besides: of the values that the schema lists, and of codes that share a meaning.
    const int MaxListed = 1_000;
    const int MaxCodes = 24;

    /// <summary>Values for the place, those that the field's converter takes first; what is wanted by the schema alone comes after them.</summary>
    public static ImmutableArray<JsonValue> Of(FieldFact fact, FieldPlace here, FieldPlace? there, IReadOnlyDictionary<string, CodeList> codeLists)
    {
        if (here.Resolved.Route.Steps is [.., RouteStep.Holds holds]) return [JsonValue.Of(holds.Value), JsonValue.EmptyArray];
        if (fact.Syntax is FieldSyntax.Constant constant) return TypeCheck.Constant(constant.Value, here.Resolved, new ProblemList()) is { } stated ? [stated, .. here.Resolved.Shape is ScalarShape { Allowed.IsEmpty: false } listed ? listed.Allowed.Take(MaxListed) : Variants(here.Resolved.Shape)] : [];
        if (fact.Syntax is FieldSyntax.Parts parts) return PartsSamples.Of(parts, fact, here);
        var (own, other) = (ItemOf(here), there is null ? null : ItemOf(there));
        if (own is null) return Variants(here.Resolved.Shape);
        if (fact.Syntax is FieldSyntax.Compute program && !IsList(here)) return [.. ShapeSamples.Values(own).Take(2).Concat(ProgramSamples.Of([program], own)).Concat(Values(own, other)).Distinct().Take(MaxValues)];
        var mine = Values(own, other);
        var agree = fact.Syntax is FieldSyntax.Copy { Converter: null } && Agree(own, other);
        if (agree) mine = [.. mine.Take(2)];
        var known = Known(fact);
        if (!own.Allowed.IsEmpty) known = [.. known.Where(own.Allowed.Contains)];
        if (here.Side == Side.Source && other is { Allowed.IsEmpty: false }) known = [.. known.Where(other.Allowed.Contains)];
        if (here.Side == Side.Canonical || (fact.Syntax as FieldSyntax.Copy)?.Converter?.Name == "identifier") mine = [.. known, .. mine];
        var theirs = other is null ? [] : here.Side == Side.Canonical ? Values(other, own) : [.. known, .. Values(other, own)];
        var converted = fact.Converter is { } converter && there is not null ? Through(converter, here.Side, mine, theirs) : Agreeing(mine, own, other);
        if (!own.Allowed.IsEmpty) converted = converted.Where(own.Allowed.Contains);
        if (here.Side == Side.Source) converted = converted.Concat(ClockSamples.Missed((fact.Syntax as FieldSyntax.Copy)?.Converter));
        var (list, way) = (ListOf(fact, codeLists), here.Side == Side.Source ? MappingDirection.In : MappingDirection.Out);
        var usual = converted.Concat(Suspects(list, way, own)).Concat(mine).Distinct().Take(MaxValues);

        // However many meanings are shared, of each two codes.
        var all = usual.Concat(Sharing(list, way, 2, own).Concat(agree ? [] : own.Allowed).Take(MaxListed)).Distinct().ToImmutableArray();
        var separator = (fact.Syntax as FieldSyntax.Copy)?.List?.Separator;
        if (IsList(here)) return ListSamples.Of((ArrayShape)here.Resolved.Shape, there?.Resolved.Shape, separator, all);
        return separator is not null && there?.Resolved.Shape is ArrayShape many ? [.. all, .. ListSamples.Cut(many, separator, all)] : all;
    }

    // Canonical values that the schema seldom describes and a converter takes.
    static readonly Dictionary<string, JsonValue[]> ByConverter = new(StringComparer.Ordinal)
    {
        ["date"] = ["2026-03-31", "2024-02-29", "1926-12-01"],
        ["time"] = ["17:59:00", "17:59:30", "09:00:00"],
        ["telephone"] = ["+447700900123", "+447700900124"],
        ["postcode"] = ["NO1 1AA", "NO1 1AB"],
        ["asn"] = ["1101ZD0100000448754K", "1101ZD0100000448754A"],
        ["pnc-id"] = ["14/0120018R", "14/0120018A"],
        ["upper"] = ["a", "b"],
        ["lower"] = ["A", "B"],
    };

    static JsonValue[] Known(FieldFact fact) => (fact.Syntax as FieldSyntax.Copy)?.Converter is { } converter ? Known(converter) : [];

    /// <summary>Canonical values that a converter takes, whatever the schema says.</summary>
    public static JsonValue[] Known(ConverterSyntax converter) => converter switch
    {
        { Name: "identifier", Node: Sources.SourceScalar { Text: var kind } } => ByConverter.GetValueOrDefault(kind, []),
        { Name: "date-time" } clock => [.. ClockSamples.Instants(clock)],
        { Name: var name } => ByConverter.GetValueOrDefault(name, []),
    };

    /// <summary>Two different values of a shape if there are two, so that it can be seen whether anything depends on it.</summary>
    public static ImmutableArray<JsonValue> Variants(Shape shape, int depthLeft = 6)
    {
        if (depthLeft == 0) return [];
        var least = ShapeSamples.Least(shape);
        return shape switch
        {
            ScalarShape one => [.. ShapeSamples.Values(one).Distinct().Take(2)],
            ArrayShape list => [least, JsonValue.Of(Variants(list.Item, depthLeft - 1).Take(Math.Max(1, list.MinItems ?? 0)))],
            ObjectShape known => known.Members
                .Select(member => Variants(member.Shape, depthLeft - 1) is [.., var last] && last != least[member.Name] ? [least, least.With(member.Name, last)] : ImmutableArray<JsonValue>.Empty)
                .FirstOrDefault(pair => !pair.IsDefaultOrEmpty, [least]),
            _ => ["A", "B"],
        };
    }

    public static bool IsList(FieldPlace place) => place.Resolved.Shape is ArrayShape && place.Resolved.Route.Steps is not [.., RouteStep.Holds];

    public static ScalarShape? ItemOf(FieldPlace place) => (IsList(place) ? ((ArrayShape)place.Resolved.Shape).Item : place.Resolved.Shape) as ScalarShape;

    // Where both ends say the same of a value that is only copied, nothing can go wrong with it.
    static bool Agree(ScalarShape own, ScalarShape? other) =>
        other is not null && own.Types == other.Types && own.Format == other.Format && own.Allowed.SequenceEqual(other.Allowed) && own.Patterns.SequenceEqual(other.Patterns, StringComparer.Ordinal)
        && own.MinLength == other.MinLength && own.MaxLength == other.MaxLength && own.Minimum.Equals(other.Minimum) && own.Maximum.Equals(other.Maximum);

    static ImmutableArray<JsonValue> Values(ScalarShape shape, ScalarShape? limits) => ShapeSamples.Values(shape, limits);

    // Without a converter both ends take the same values; those that both know come first.
    static IEnumerable<JsonValue> Agreeing(ImmutableArray<JsonValue> mine, ScalarShape own, ScalarShape? other)
    {
        if (other is null) return mine;
        var theirs = Values(other, own);
        return own.Allowed.IsEmpty && (!other.Allowed.IsEmpty || other.Format is not null || !other.Patterns.IsEmpty) ? theirs.Concat(mine) : mine.OrderBy(value => !other.Allowed.IsEmpty && !other.Allowed.Contains(value));
    }

    static IEnumerable<JsonValue> Through(Converter converter, Side side, ImmutableArray<JsonValue> mine, ImmutableArray<JsonValue> theirs)
    {
        var (toMine, toTheirs) = side == Side.Source ? (converter.Out, converter.In) : (converter.In, converter.Out);
        var given = theirs.Concat(mine.Select(value => toTheirs(value)).Where(there => there.Rule is null).Select(there => there.Value));
        var taken = given.Select(value => toMine(value)).Where(here => here.Rule is null && !here.Value.IsNull).Select(here => here.Value).ToList();
        return taken.Concat(mine.Where(value => toTheirs(value).Rule is null)).Concat(Spellings(converter, side, taken)).Concat(Neighbours(toTheirs, taken));
    }

    /// <summary>Numbers so near to one that is taken that rounding makes them one.</summary>
    public static IEnumerable<JsonValue> Neighbours(Func<JsonValue, Converted> read, IReadOnlyList<JsonValue> taken)
    {
        var number = taken.FirstOrDefault(value => Typed.TextOf(value) is { } text && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _));
        if (number.IsNull) yield break;
        foreach (var step in new[] { 0.001m, 0.0000001m })
        {
            var near = (decimal.Parse(Typed.TextOf(number)!, CultureInfo.InvariantCulture) + step).ToString(CultureInfo.InvariantCulture);
            var value = number.Kind == JsonKind.Number ? JsonValue.OfNumber(near) : JsonValue.Of(near);
            if (read(value).Rule is null) yield return value;
        }
    }

    // Another spelling of a value that is taken: another case, blanks, no blanks.
    static IEnumerable<JsonValue> Spellings(Converter converter, Side side, List<JsonValue> taken)
    {
        var read = side == Side.Source ? converter.In : converter.Out;
        foreach (var text in taken.Take(2).Select(value => value.StringOrNull).OfType<string>())
        {
            foreach (var other in new[] { text.ToLowerInvariant(), text.ToUpperInvariant(), text.Replace(" ", "", StringComparison.Ordinal), $"{text[..(text.Length / 2)]} {text[(text.Length / 2)..]}" })
                if (other != text && read(other).Rule is null) yield return other;
        }
    }

    // Of a code list what goes wrong is known beforehand: codes that share one meaning. Those that the list does not have are tried besides.
    static IEnumerable<JsonValue> Suspects(CodeList? list, MappingDirection way, ScalarShape own) =>
        list is null ? [] : Coded(list.Meanings(way).Keys.Take(2), own).Concat(Sharing(list, way, MaxCodes, own)).Concat(list.Missing(way, own.Allowed).Take(MaxCodes));

    // Of each meaning that is shared so many codes at most.
    static IEnumerable<JsonValue> Sharing(CodeList? list, MappingDirection way, int most, ScalarShape own) => list is null ? [] : Coded(list.Shared(way).SelectMany(group => group.Take(most)), own);

    static IEnumerable<JsonValue> Coded(IEnumerable<string> codes, ScalarShape own) => codes.Select(code => Typed.Text(code, own.Types)).OfType<JsonValue>();

    /// <summary>Those of the values that the schema lists at a place, in its order, as an acknowledgement names them; a list of one is that one. What is so of all of them is about the place, and about no values.</summary>
    public static ImmutableArray<string> Listed(FieldPlace here, IEnumerable<JsonValue> values)
    {
        if (ItemOf(here) is not { Allowed: { IsEmpty: false } allowed }) return [];
        var found = values.Select(Single).ToHashSet();
        return allowed.All(found.Contains) ? [] : [.. allowed.Where(found.Contains).Select(Typed.TextOf).OfType<string>()];
    }

    /// <summary>The one value of a list of one; else the value.</summary>
    public static JsonValue Single(JsonValue value) => value is { Kind: JsonKind.Array, Count: 1 } ? value.Items[0] : value;

    /// <summary>The code list of a field, if it has one.</summary>
    public static CodeList? ListOf(FieldFact fact, IReadOnlyDictionary<string, CodeList> codeLists) =>
        fact.Syntax is FieldSyntax.Copy { Converter: { Name: "code", Node: Sources.SourceScalar { Text: var name } } } ? codeLists.GetValueOrDefault(name) : null;
}
