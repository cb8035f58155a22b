using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>What a receiver limits: the values that its own check tries in the canonical record, and the lengths of the lists that it writes. A sender says them in its own way.</summary>
sealed class ReceiverLimits(MappingDefinition mapping, IEnumerable<FieldFact> writing)
{
    // A list longer than that says nothing of a limit that anybody meets.
    const int MaxItems = 64;

    readonly ImmutableArray<FieldFact> facts = [.. writing.Where(fact => fact.Reads(MappingDirection.Out) && fact.Syntax is FieldSyntax.Copy or FieldSyntax.Parts or FieldSyntax.Combined)];
    readonly ImmutableArray<FieldFact> programs = [.. writing.Where(fact => fact.Syntax is FieldSyntax.Compute)];
    readonly ImmutableArray<FieldFact> groups = [.. writing.Where(fact => fact.Syntax is FieldSyntax.Each)];
    readonly Dictionary<string, ImmutableArray<JsonValue>> values = new(StringComparer.Ordinal);
    readonly Dictionary<string, ImmutableArray<JsonValue>> asked = new(StringComparer.Ordinal);

    /// <summary>Values at a place of the record; of a list that is read item by item, lists of one.</summary>
    public ImmutableArray<JsonValue> At(string key) => values.TryGetValue(key, out var known) ? known : values[key] = [.. facts.SelectMany(fact => fact.Canonical.SelectMany(place => Of(fact, place, key))).Concat(Asked(key)).Distinct()];

    /// <summary>Whether a program may compare what stands at a place of the record with a value that stands in it.</summary>
    public bool IsAsked(string key) => !Asked(key).IsEmpty;

    ImmutableArray<JsonValue> Asked(string key) => asked.TryGetValue(key, out var known) ? known : asked[key] = mapping.CanonicalSchema.Shape.At(JsonPointer.Segments(key)!.Value) is ScalarShape shape
        ? ProgramSamples.Of(programs, Side.Canonical, key, shape) : [];

    IEnumerable<JsonValue> Of(FieldFact fact, FieldPlace place, string key)
    {
        var (isItem, isList) = (place.Key == key + "/*", place.Key + "/*" == key);
        if ((place.Key != key && !isItem && !isList) || place.Resolved.Route.Steps is [.., RouteStep.Holds]) return [];
        var tried = SampleValues.Of(fact, place, fact.Source is [var there, ..] ? there : null, mapping.CodesByName);
        return isItem ? tried.Select(value => JsonValue.Of(value)) : isList ? tried.Where(value => value.Kind == JsonKind.Array).SelectMany(value => value.Items) : tried;
    }

    /// <summary>How many items of a list of the record are one more than the receiver has room for.</summary>
    public IEnumerable<int> TooMany(string list) => groups.Where(group => group.Canonical.Any(place => ListOf(place.Key) == list)).SelectMany(group => group.Source)
        .Select(place => mapping.SourceSchema.Shape.At(JsonPointer.Segments(ListOf(place.Key))!.Value) is ArrayShape { MaxItems: { } most and < MaxItems } ? most + 1 : 0).Where(count => count > 0).Distinct();

    /// <summary>The list that a group goes through: its place without the items.</summary>
    public static string ListOf(string key) => key.EndsWith("/*", StringComparison.Ordinal) ? key[..^2] : key;

    /// <summary>What a field reads to write a value at one of its places in the record; none if it cannot be said by the field alone.</summary>
    /// <param name="fact">The field.</param>
    /// <param name="here">Where it reads.</param>
    /// <param name="there">Where it writes.</param>
    /// <param name="value">What it should write.</param>
    /// <param name="now">What it reads as long as nothing is changed.</param>
    public static IEnumerable<JsonValue> Said(FieldFact fact, FieldPlace here, FieldPlace there, JsonValue value, JsonValue now) => fact.Syntax switch
    {
        FieldSyntax.Copy copy => Copied(fact.Converter, copy.List, here, there, value),
        FieldSyntax.Parts { Converter: null } parts when parts.WholeSide == Side.Canonical => [value],
        FieldSyntax.Parts { Converter: null } parts => Whole(parts.Separator, fact.Canonical.IndexOf(there), value, now),
        _ => [],
    };

    static IEnumerable<JsonValue> Copied(Converter? converter, ListSyntax? list, FieldPlace here, FieldPlace there, JsonValue value)
    {
        var items = value.Kind == JsonKind.Array ? value.Items.ToList() : [value];
        var said = items.ConvertAll(item => converter?.Out(item) is { Rule: null, Value: { IsNull: false } converted } ? converted : item);
        if (SampleValues.IsList(here)) return [JsonValue.Of(said)];
        if (!SampleValues.IsList(there)) return [.. said.Take(1), .. items.Take(1)];
        return list?.Separator is { } separator ? [string.Join(separator, said.Select(item => item.StringOrNull))] : said.Take(1);
    }

    static IEnumerable<JsonValue> Whole(string separator, int at, JsonValue part, JsonValue now)
    {
        var text = part.Kind == JsonKind.Array && part.Count == 1 ? part[0].StringOrNull : Typed.TextOf(part);
        if (text is null || now.StringOrNull?.Split(separator) is not { } parts || at < 0 || at >= parts.Length) yield break;
        parts[at] = text;
        yield return string.Join(separator, parts);
    }
}
