using System.Collections.Immutable;
using System.Globalization;

namespace Interop.Core.Json;

/// <summary>JSON Pointers (RFC 6901), such as <c>/persons/0/name</c>; the empty one is the whole value.</summary>
public static class JsonPointer
{
    /// <summary>A name as a segment: <c>~</c> becomes <c>~0</c>, <c>/</c> becomes <c>~1</c>.</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The segments of a pointer, unescaped; null if it is none.</summary>
    public static ImmutableArray<string>? Segments(string pointer)
    {
        if (pointer.Length == 0) return [];
        if (pointer[0] != '/') return null;
        var segments = pointer[1..].Split('/');
        return segments.All(Escaped) ? [.. segments.Select(Unescape)] : null;
    }

    /// <summary>Whether a pointer leads to where another does, or below.</summary>
    public static bool Covers(string around, string pointer) => pointer.StartsWith(around, StringComparison.Ordinal) && (pointer.Length == around.Length || pointer[around.Length] == '/');

    /// <summary>The value a pointer leads to; null if there is none or it is no pointer.</summary>
    public static JsonValue? Find(JsonValue value, string pointer)
    {
        if (pointer.Length > 0 && pointer[0] != '/') return default(JsonValue?);
        for (var rest = pointer.AsSpan(); !rest.IsEmpty;)
        {
            if (!First(ref rest, out var segment) || Step(value, segment) is not { } next) return default(JsonValue?);
            value = next;
        }

        return value;
    }

    /// <summary>The value with another at the place a pointer leads to; as it was if there is none.</summary>
    public static JsonValue Replace(JsonValue value, string pointer, JsonValue by) => pointer.Length == 0 || pointer[0] == '/' ? Replace(value, pointer.AsSpan(), by) ?? value : value;

    // Null if there is no such place.
    static JsonValue? Replace(JsonValue value, ReadOnlySpan<char> rest, JsonValue by)
    {
        if (rest.IsEmpty) return by;
        if (!First(ref rest, out var segment) || Step(value, segment) is not { } next || Replace(next, rest, by) is not { } changed) return default(JsonValue?);
        return value.Kind == JsonKind.Object ? value.WithMember(segment, changed) : value.WithItem(Index(segment)!.Value, changed);
    }

    // The first segment, unescaped, and what is left of the pointer.
    internal static bool First(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> segment)
    {
        var own = rest[1..];
        var end = own.IndexOf('/');
        segment = end < 0 ? own : own[..end];
        rest = end < 0 ? [] : own[end..];
        if (!segment.Contains('~')) return true;
        var text = segment.ToString();
        segment = Unescape(text);
        return Escaped(text);
    }

    // "No value" is written out: a bare null would become JSON's null.
    internal static JsonValue? Step(JsonValue value, ReadOnlySpan<char> segment) => value.Kind switch
    {
        JsonKind.Object when value.TryGet(segment, out var member) => member,
        JsonKind.Array when Index(segment) is { } index && index < value.Count => value[index],
        _ => default(JsonValue?),
    };

    // RFC 6901, section 4: digits without leading zeros.
    static int? Index(ReadOnlySpan<char> segment) =>
        segment.Length > 0 && (segment is "0" || segment[0] != '0') && int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    static bool Escaped(string segment)
    {
        for (var at = segment.IndexOf('~', StringComparison.Ordinal); at >= 0; at = segment.IndexOf('~', at + 1))
            if (at + 1 == segment.Length || segment[at + 1] is not ('0' or '1')) return false;
        return true;
    }

    /// <summary>A segment as a name: the inverse of <see cref="Escape"/>.</summary>
    public static string Unescape(string segment) => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
