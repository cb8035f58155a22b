using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Strings, counted in code points as jq does, and searching in them and in arrays.</summary>
static class Texts
{
    const int ShortPart = 16;

    public static int Length(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return text.Length;
        var pairs = 0;
        for (var i = 0; i + 1 < text.Length; i++)
            if (char.IsSurrogatePair(text[i], text[i + 1])) pairs++;
        return text.Length - pairs;
    }

    /// <summary>The UTF-16 offset of a code point.</summary>
    public static int Offset(ReadOnlySpan<char> text, int codePoints)
    {
        var at = 0;
        for (; codePoints > 0 && at < text.Length; codePoints--)
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        return at;
    }

    public static string Slice(string text, int start, int end)
    {
        if (Length(text) == text.Length) return text[start..end];
        var from = Offset(text, start);
        return text.Substring(from, Offset(text.AsSpan(from), end - start));
    }

    public static JsonValue Split(Evaluator e, string text, string separator)
    {
        if (text.Length == 0) return JsonValue.EmptyArray;
        if (!e.Charge(16L * text.Length) || (separator.Length == 0 && !e.Charge(48L * text.Length))) return default;
        return separator.Length > 0
            ? Parts(e, text, separator)
            : JsonValue.Of(text.EnumerateRunes().Select(rune => JsonValue.Of(rune.ToString())));
    }

    static JsonValue Parts(Evaluator e, string text, string separator)
    {
        var parts = new List<JsonValue>();
        var start = 0;
        for (int end; (end = Find(e, text, separator, start)) >= 0 && e.Spend(Prices.PartSteps); start = end + separator.Length) parts.Add(text[start..end]);
        parts.Add(text[start..]);
        return JsonValue.Of(parts.ToArray());
    }

    /// <summary>Where a string, in code points, or a run of items begins; overlaps count.</summary>
    public static JsonValue Positions(Evaluator e, JsonValue target, JsonValue wanted)
    {
        var found = new List<JsonValue>();
        if (target.Kind == JsonKind.String)
        {
            string text = target.AsString(), part = wanted.AsString();
            int at = 0, counted = 0, codePoints = 0;
            while (part.Length > 0 && (at = Find(e, text, part, at)) >= 0 && e.Charge(32) && e.Spend(Prices.PartSteps))
            {
                codePoints += Length(text.AsSpan(counted, at - counted));
                counted = at++;
                found.Add(codePoints);
            }
        }
        else
        {
            IReadOnlyList<JsonValue> items = target.Items, run = wanted.Items;
            for (var start = 0; run.Count > 0 && start + run.Count <= items.Count; start++)
            {
                var same = e.Visit() ? 1 : Order.TooDeep;
                for (var i = 0; i < run.Count && same == 1; i++) same = !e.Spend(Prices.CompareSteps) ? Order.TooDeep : Order.Equal(e, items[start + i], run[i]);
                if (same == Order.TooDeep) return e.Fail(Errors.EqualityTooDeep);
                if (same == 1) found.Add(start);
            }

            if (run.Count == 0) return JsonValue.Null;
        }

        return JsonValue.Of(found.ToArray());
    }

    /// <summary>Where a part stands at or after a place; -1 if nowhere, or when a limit is met. Takes time in proportion to both, whatever they are.</summary>
    public static int Find(Evaluator e, string text, string part, int from)
    {
        if (part.Length <= ShortPart)
        {
            var found = text.IndexOf(part, from, StringComparison.Ordinal);
            return e.Visit(1 + (((found < 0 ? text.Length : found) - from) / Prices.CharactersAStep)) ? found : -1;
        }

        if (text.Length - from < part.Length || !e.Visit(part.Length)) return -1;
        var again = Again(part);
        for (var (at, same) = (from, 0); at < text.Length; at++)
        {
            while (same > 0 && text[at] != part[same]) same = again[same - 1];
            if (text[at] == part[same]) same++;
            if (!e.Visit()) return -1;
            if (same == part.Length) return at + 1 - same;
        }

        return -1;
    }

    // How much of a part's beginning its first characters end with, for each number of them: where to go on when the next differs.
    static int[] Again(string part)
    {
        var again = new int[part.Length];
        for (var (at, same) = (1, 0); at < part.Length; at++)
        {
            while (same > 0 && part[at] != part[same]) same = again[same - 1];
            if (part[at] == part[same]) same++;
            again[at] = same;
        }

        return again;
    }

    public static JsonValue Explode(Evaluator e, string text)
    {
        if (!e.Charge(32L * text.Length)) return JsonValue.EmptyArray;
        var points = new List<JsonValue>(text.Length);
        foreach (var rune in text.EnumerateRunes()) points.Add(rune.Value);
        return JsonValue.Of(points.ToArray());
    }

    public static JsonValue Implode(Evaluator e, JsonValue points)
    {
        if (points.Kind != JsonKind.Array) return e.Fail(Errors.Implode);
        if (!e.Charge(2L * points.Count) || !e.Spend((long)Prices.CompareSteps * points.Count)) return default;
        var text = new StringBuilder();
        Span<char> units = stackalloc char[2];
        foreach (var point in points.Items)
        {
            if (point.Kind != JsonKind.Number || double.IsNaN(point.AsNumber())) return e.Fail(Errors.Type(point, "can't be imploded, unicode codepoint needs to be numeric"));
            var value = Numbers.ToInt(point.AsNumber());
            text.Append(units[..(Rune.IsValid(value) ? new Rune(value) : Rune.ReplacementChar).EncodeToUtf16(units)]);
        }

        return text.ToString();
    }

    public static JsonValue Trim(Evaluator e, JsonValue value, bool start, bool end)
    {
        if (value.StringOrNull is not { } text) return e.Fail(Errors.Trim);
        int from = 0, to = text.Length;
        while (start && from < to && char.IsWhiteSpace(text[from])) from++;
        while (end && to > from && char.IsWhiteSpace(text[to - 1])) to--;
        return text[from..to];
    }

    /// <summary>Removes an affix if it is there.</summary>
    public static JsonValue Strip(Evaluator e, JsonValue value, JsonValue affix, bool start)
    {
        var has = HasAffix(e, value, affix, start);
        if (e.HasFailed || !has.AsBoolean()) return value;
        var (text, part) = (value.AsString(), affix.AsString());
        return start ? text[part.Length..] : text[..^part.Length];
    }

    public static JsonValue HasAffix(Evaluator e, JsonValue value, JsonValue affix, bool start)
    {
        if (value.StringOrNull is not { } text || affix.StringOrNull is not { } part) return e.Fail(start ? Errors.StartsWith : Errors.EndsWith);
        return start ? text.StartsWith(part, StringComparison.Ordinal) : text.EndsWith(part, StringComparison.Ordinal);
    }

    /// <summary>A string itself, anything else as JSON; what was written so far when a limit is met.</summary>
    public static string ToText(Evaluator e, JsonValue value) => value.StringOrNull ?? JsonText.Write(e, value);

    public static int Utf8Length(string text) => Encoding.UTF8.GetByteCount(text);

    public static string AsciiCase(string text, bool upper) =>
        upper ? Ascii(text, 'a', 'z', -32) : Ascii(text, 'A', 'Z', 32);

    static string Ascii(string text, char from, char to, int shift) =>
        string.Create(text.Length, (text, from, to, shift), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = state.text[i];
                span[i] = c >= state.from && c <= state.to ? (char)(c + state.shift) : c;
            }
        });
}
