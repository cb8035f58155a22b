using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Changes of sample documents, and what differs between two.</summary>
static class SampleEdit
{
    const int MaxDifferences = 12;

    /// <summary>The pointers of what stands right below a place: the members of an object, the items of a list.</summary>
    public static IEnumerable<string> Below(JsonValue document, string around) => JsonPointer.Find(document, around) switch
    {
        { Kind: JsonKind.Object } known => known.Members.Select(member => around + RouteStep.Member.SegmentOf(member.Key)),
        { Kind: JsonKind.Array } list => Enumerable.Range(0, list.Count).Select(at => string.Create(CultureInfo.InvariantCulture, $"{around}/{at}")),
        _ => [],
    };

    /// <summary>The document without what stands at the pointer; as it was if nothing does.</summary>
    public static JsonValue Without(JsonValue document, string pointer)
    {
        if (pointer.LastIndexOf('/') is not (>= 0 and var end)) return document;
        var (around, name) = (pointer[..end], JsonPointer.Unescape(pointer[(end + 1)..]));
        if (JsonPointer.Find(document, around) is not { } parent) return document;
        return parent.Kind switch
        {
            JsonKind.Object => JsonPointer.Replace(document, around, parent.Without(name)),
            JsonKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < parent.Count => JsonPointer.Replace(document, around, JsonValue.Of((JsonValue[])[.. parent.ItemSpan[..at], .. parent.ItemSpan[(at + 1)..]])),
            _ => document,
        };
    }

    /// <summary>The document without what stands at a place, or without the nearest around it that it may be without; null if that would be all that stands around.</summary>
    public static JsonValue? WithoutNearest(JsonValue document, string pointer, string around, Func<JsonValue, bool> isValid)
    {
        for (var at = pointer; at.Length > around.Length; at = at[..at.LastIndexOf('/')])
            if (Without(document, at) is var less && less != document && isValid(less)) return less;
        return null;
    }

    /// <summary>Where something stands at a key, in each item of the lists on the way, as pointers.</summary>
    public static IEnumerable<string> Standing(JsonValue document, string key) => Standing(document, "", key.Split('/').AsMemory(1));

    static IEnumerable<string> Standing(JsonValue value, string pointer, ReadOnlyMemory<string> key)
    {
        if (key.IsEmpty) return value.IsNull ? [] : [pointer];
        var (segment, rest) = (key.Span[0], key[1..]);
        if (segment == "*") return value.Kind == JsonKind.Array ? value.Items.SelectMany((item, at) => Standing(item, $"{pointer}/{at}", rest)) : [];
        return Standing(value[JsonPointer.Unescape(segment)], $"{pointer}/{segment}", rest);
    }

    /// <summary>Whether what stands at the pointer is an item of a list.</summary>
    public static bool IsItem(JsonValue document, string pointer) => JsonPointer.Find(document, pointer[..pointer.LastIndexOf('/')]) is { Kind: JsonKind.Array };

    /// <summary>A value with a member set some way down; objects are made for it.</summary>
    public static JsonValue With(JsonValue value, ImmutableArray<string> path, JsonValue member) =>
        path.IsEmpty ? member : (value.Kind == JsonKind.Object ? value : JsonValue.EmptyObject).With(path[0], With(value[path[0]], path[1..], member));

    /// <summary>The document with a value at a pointer; members are made for it, items are not.</summary>
    public static JsonValue Put(JsonValue document, string pointer, JsonValue value) => JsonPointer.Segments(pointer) is { } path ? Put(document, path.AsSpan(), value) : document;

    static JsonValue Put(JsonValue here, ReadOnlySpan<string> path, JsonValue value)
    {
        if (path.IsEmpty) return value;
        if (here.Kind == JsonKind.Array) return int.TryParse(path[0], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var at) && at < here.Count ? JsonValue.Of(Changed([.. here.Items], at, Put(here[at], path[1..], value))) : here;
        return (here.Kind == JsonKind.Object ? here : JsonValue.EmptyObject).With(path[0], Put(here[path[0]], path[1..], value));
    }

    static JsonValue[] Changed(JsonValue[] items, int at, JsonValue item)
    {
        items[at] = item;
        return items;
    }

    /// <summary>The value with null at every place of a key, which is given by its segments.</summary>
    public static JsonValue Blank(JsonValue value, ReadOnlySpan<string> key)
    {
        if (key.IsEmpty) return JsonValue.Null;
        if (key[0] == "*" && value.Kind == JsonKind.Array)
        {
            var items = value.Items.ToArray();
            for (var at = 0; at < items.Length; at++) items[at] = Blank(items[at], key[1..]);
            return JsonValue.Of(items);
        }

        return value.TryGet(key[0], out var member) ? value.With(key[0], Blank(member, key[1..])) : value;
    }

    /// <summary>The topmost places at which two values differ, as pointers into either.</summary>
    public static ImmutableArray<string> Differences(JsonValue one, JsonValue other, int most = MaxDifferences)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        Compare(one, other, "", most, found);
        return found.ToImmutable();
    }

    static void Compare(JsonValue one, JsonValue other, string pointer, int most, ImmutableArray<string>.Builder found)
    {
        if (found.Count >= most || one == other) return;
        if (one.Kind == JsonKind.Object && other.Kind == JsonKind.Object)
        {
            foreach (var name in one.Members.Select(member => member.Key).Union(other.Members.Select(member => member.Key)))
                Compare(one[name], other[name], pointer + RouteStep.Member.SegmentOf(name), most, found);
        }
        else if (one.Kind == JsonKind.Array && other.Kind == JsonKind.Array && one.Count == other.Count)
        {
            for (var at = 0; at < one.Count; at++) Compare(one[at], other[at], $"{pointer}/{at}", most, found);
        }
        else
        {
            found.Add(pointer);
        }
    }

    /// <summary>Only what stands at the pointers, with what is around it: the part of a document that matters.</summary>
    public static JsonValue Only(JsonValue value, ImmutableArray<string> pointers, string here = "")
    {
        if (pointers.Contains(here, StringComparer.Ordinal)) return value;
        if (!pointers.Any(pointer => pointer.StartsWith(here + "/", StringComparison.Ordinal))) return JsonValue.Null;
        return value.Kind switch
        {
            JsonKind.Object => JsonValue.Of(value.Members.Select(member => KeyValuePair.Create(member.Key, Only(member.Value, pointers, here + RouteStep.Member.SegmentOf(member.Key)))).Where(member => !member.Value.IsNull)),
            JsonKind.Array => JsonValue.Of(value.Items.Select((item, at) => Only(item, pointers, $"{here}/{at}")).Where(item => !item.IsNull)),
            _ => value,
        };
    }
}
