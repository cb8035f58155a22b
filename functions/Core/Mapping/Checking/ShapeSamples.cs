using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Values of a shape: the smallest, and for a single value those at which translations go wrong. Always the same, never drawn by lot.</summary>
static class ShapeSamples
{
    const int MaxDepth = 16;
    const int MaxAllowed = 40;
    const int PatternTurns = 4;

    /// <summary>The longest text that is made to try a limit.</summary>
    public const int MaxLength = 5_000;

    static readonly string[] DateTimes =
    [
        "2026-03-31T09:00:00Z", "2026-03-31T10:00:00+01:00", "2026-03-31T09:00:30Z", "2026-03-31T09:00:00.5Z", "2024-02-29T23:59:59Z",

        // The hour that came twice in London in 2026, by both offsets, and the hour that did not come.
        "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-03-29T01:30:00Z",
    ];

    static readonly Dictionary<string, string[]> ByFormat = new(StringComparer.Ordinal)
    {
        ["date-time"] = DateTimes,
        ["date"] = ["2026-03-31", "2024-02-29", "1926-12-01"],
        ["time"] = ["09:00:00Z", "09:00:00+01:00", "23:59:59Z"],
        ["duration"] = ["P5D", "PT120H"],
        ["uuid"] = ["00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b"],
        ["email"] = ["a@example.org", "B@example.org"],
        ["uri"] = ["https://example.org/a", "https://example.org/b"],
    };

    // What a text of any length has, by its format.
    static readonly Dictionary<string, string> ByLongFormat = new(StringComparer.Ordinal) { ["email"] = "@example.org", ["uri"] = "https://example.org/" };

    static readonly JsonValue[] Numbers =
    [
        JsonValue.OfNumber("1"), JsonValue.OfNumber("2"), JsonValue.OfNumber("0"), JsonValue.OfNumber("-1"), JsonValue.OfNumber("0.5"), JsonValue.OfNumber("100"), JsonValue.OfNumber("9007199254740993"),
    ];

    /// <summary>A text, and the same with another first, middle and last character.</summary>
    public static ImmutableArray<JsonValue> ChangedTexts { get; } = ["abcdefgh", "Xbcdefgh", "abcXefgh", "abcdefgX", "abcd", "abcX"];

    /// <summary>The smallest value of the shape: required members only, the fewest items.</summary>
    public static JsonValue Least(Shape shape) => Least(shape, MaxDepth);

    static JsonValue Least(Shape shape, int depthLeft)
    {
        if (depthLeft == 0) return JsonValue.Null;
        return shape switch
        {
            ObjectShape known => JsonValue.Of(known.Members.Where(member => member.Required).Select(member => KeyValuePair.Create(member.Name, Least(member.Shape, depthLeft - 1)))),
            ArrayShape list => JsonValue.Of(Enumerable.Repeat(list, list.MinItems is { } least ? Math.Min(least, 20) : 0).Select(_ => Least(list.Item, depthLeft - 1))),
            ScalarShape one => Values(one).FirstOrDefault(),
            _ => JsonValue.Of("A"),
        };
    }

    /// <summary>Values of one place, ordinary ones first.</summary>
    /// <param name="shape">What stands there.</param>
    /// <param name="limits">What stands at the other end: a text one longer than its limit is among the values.</param>
    public static ImmutableArray<JsonValue> Values(ScalarShape shape, ScalarShape? limits = null) => limits is null ? Known.GetValue(shape, one => new Made([.. Each(one, null)])).Values : [.. Each(shape, limits)];

    // Those of a shape alone are always the same, and asked for again and again: of canonical records by every definition.
    static readonly ConditionalWeakTable<ScalarShape, Made> Known = [];

    sealed record Made(ImmutableArray<JsonValue> Values);

    static IEnumerable<JsonValue> Each(ScalarShape shape, ScalarShape? limits)
    {
        if (!shape.Allowed.IsEmpty) return shape.Allowed.Take(MaxAllowed).Concat(shape.Allowed.Skip(MaxAllowed).Where(value => IsOutside(value, limits)).Take(MaxAllowed));
        IEnumerable<JsonValue> values = [];
        if ((shape.Types & JsonTypes.String) != JsonTypes.None) values = Texts(shape, limits).Select(text => JsonValue.Of(text));
        if ((shape.Types & (JsonTypes.Integer | JsonTypes.Number)) != JsonTypes.None) values = values.Concat(NumbersOf(shape, limits));
        if ((shape.Types & JsonTypes.Boolean) != JsonTypes.None) values = values.Concat([JsonValue.True, JsonValue.False]);
        return values;
    }

    static IEnumerable<string> Texts(ScalarShape shape, ScalarShape? limits)
    {
        if (shape.Format is { } format && ByFormat.TryGetValue(format, out var known))
        {
            foreach (var text in known.Concat(AtLimits(shape, limits))) yield return text;
            yield break;
        }

        if (shape.Patterns is [var pattern, ..])
        {
            for (var turn = 0; turn < PatternTurns; turn++)
            {
                if (PatternText.Make(pattern, turn) is { } text) yield return text;
            }

            foreach (var text in AtLimits(shape, limits)) yield return text;
            yield break;
        }

        foreach (var text in new[] { "A", "B", "A b", "b" }) yield return text.PadRight(Math.Min(shape.MinLength ?? 0, MaxLength), 'x');
        foreach (var length in new[] { shape.MinLength, shape.MaxLength, limits?.MaxLength + 1, limits?.MinLength - 1 })
        {
            if (length is > 2 and <= MaxLength && length >= (shape.MinLength ?? 0) && length <= (shape.MaxLength ?? MaxLength)) yield return new string('x', length.Value);
        }

        if (shape.MinLength is null or 0 && limits?.MinLength > 0) yield return "";
    }

    // A text of a form, as long as it may be and as long as the other end does not take.
    static IEnumerable<string> AtLimits(ScalarShape shape, ScalarShape? limits) =>
        new[] { shape.MaxLength, limits?.MaxLength + 1 }.OfType<int>().Where(length => length <= (shape.MaxLength ?? MaxLength)).Select(length => Stretched(shape, length)).OfType<string>().Where(text => text.Length >= (shape.MinLength ?? 0));

    // One of many values that the other end does not have, or is too long for.
    static bool IsOutside(JsonValue value, ScalarShape? limits) =>
        limits is not null && ((!limits.Allowed.IsEmpty && !limits.Allowed.Contains(value)) || (value.StringOrNull is { } text && (text.Length > limits.MaxLength || text.Length < limits.MinLength)));

    /// <summary>A text of the shape as long as its form allows, but no longer than that; null where the form leaves no choice.</summary>
    public static string? Stretched(ScalarShape shape, int length, char filler = 'x')
    {
        if (!shape.Allowed.IsEmpty) return shape.Allowed.Select(value => value.StringOrNull).OfType<string>().Where(text => text.Length <= length).MaxBy(text => text.Length);
        if (shape.Format is { } format) return ByLongFormat.TryGetValue(format, out var end) && length > end.Length ? format == "uri" ? end.PadRight(length, filler) : new string(filler, length - end.Length) + end : null;
        return shape.Patterns is [var pattern, ..] ? PatternText.Longest(pattern, length) : new string(filler, length);
    }

    static IEnumerable<JsonValue> NumbersOf(ScalarShape shape, ScalarShape? limits)
    {
        var ends = new[] { shape.Minimum, shape.Maximum, limits?.Maximum + 1, limits?.Minimum - 1 }.OfType<double>().Select(JsonValue.Of);
        return Numbers.Concat(ends).Where(number => number.AsNumber() is var value && value >= (shape.Minimum ?? double.MinValue) && value <= (shape.Maximum ?? double.MaxValue)
            && ((shape.Types & JsonTypes.Number) != JsonTypes.None || value == Math.Truncate(value)));
    }
}
