using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Lists that are tried, and texts that hold one: none, two, too many, items that are empty, as long as they may be, or hold the separator.</summary>
static class ListSamples
{
    const int MaxItems = 1_024;
    const int MaxCharacters = 100_000;

    /// <summary>Lists of these items.</summary>
    /// <param name="list">What the schema says of the list.</param>
    /// <param name="there">What stands at the other end.</param>
    /// <param name="separator">What stands between the items there, if they become one text.</param>
    /// <param name="items">Items, those that the field's converter takes first.</param>
    public static ImmutableArray<JsonValue> Of(ArrayShape list, Shape? there, string? separator, ImmutableArray<JsonValue> items)
    {
        var least = Math.Max(1, list.MinItems ?? 1);
        var values = ImmutableArray.CreateBuilder<JsonValue>();
        values.AddRange(items.Select(item => JsonValue.Of(Enumerable.Repeat(item, least))));
        if ((list.MinItems ?? 0) == 0) values.Add(JsonValue.EmptyArray);
        if (items.Length > 1 && (list.MaxItems ?? 2) > 1) values.AddRange(JsonValue.Of(items[0], items[1]), JsonValue.Of(items[1], items[0]), JsonValue.Of(items[0], items[0]));
        if (there is ArrayShape { MaxItems: { } most and < MaxItems } && !(list.MaxItems <= most) && items.Length > 0) values.Add(Many(most + 1, list.Item, items));
        if (separator is not null && there is ScalarShape text) values.AddRange(Pasted(list, text, separator, items));
        return values.ToImmutable();
    }

    // Where items must differ, those of free text do.
    static JsonValue Many(int count, Shape item, ImmutableArray<JsonValue> items) =>
        JsonValue.Of(Enumerable.Range(1, count).Select(at => item is ScalarShape { Allowed.IsEmpty: true, Format: null, Patterns.IsEmpty: true, Types: JsonTypes.String } ? JsonValue.Of(at.ToString(CultureInfo.InvariantCulture)) : items[at % items.Length]));

    static IEnumerable<JsonValue> Pasted(ArrayShape list, ScalarShape text, string separator, ImmutableArray<JsonValue> items)
    {
        yield return JsonValue.Of(JsonValue.Of($"A{separator}B"));
        yield return JsonValue.Of(JsonValue.Of(""));
        if (text.MaxLength is not { } limit || list.Item is not ScalarShape item) yield break;
        var longest = "xy".Select(filler => ShapeSamples.Stretched(item, item.MaxLength ?? limit, filler)).OfType<string>().Where(one => !one.Contains(separator, StringComparison.Ordinal)).Select(one => JsonValue.Of(one))
            .DefaultIfEmpty(items.MaxBy(value => value.StringOrNull?.Length ?? 0)).Where(one => one.StringOrNull is { Length: > 0 }).ToList();
        if (longest is not [var one, ..] || list.MaxItems == 1) yield break;
        yield return JsonValue.Of(one, longest[^1]);
        var count = Math.Min(list.MaxItems ?? MaxItems, (limit / (one.AsString().Length + separator.Length)) + 2);
        if (count > 2 && count <= MaxItems && count * one.AsString().Length <= MaxCharacters) yield return JsonValue.Of(Enumerable.Range(0, count).Select(at => longest[at % longest.Count]));
    }

    /// <summary>Texts that hold a list of these items.</summary>
    /// <param name="list">What the schema says of the list at the other end.</param>
    /// <param name="separator">What stands between the items.</param>
    /// <param name="items">Items, those that the field's converter takes first.</param>
    public static IEnumerable<JsonValue> Cut(ArrayShape list, string separator, ImmutableArray<JsonValue> items)
    {
        var texts = items.Select(item => item.StringOrNull).OfType<string>().Where(text => text.Length > 0 && !text.Contains(separator, StringComparison.Ordinal)).Take(2).ToList();
        if (texts is not [var one, ..]) yield break;
        yield return one + separator + texts[^1];
        yield return one + separator + separator + texts[^1];
        yield return one + separator;
        if (list.MaxItems is { } most and < MaxItems) yield return string.Join(separator, Enumerable.Range(0, most + 1).Select(at => texts[at % texts.Count]));
    }
}
