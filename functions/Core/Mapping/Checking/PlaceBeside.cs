using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What stands at a key where a place of a document is: of lists that both are in, in the same items. It is asked so often that no texts are made for it.</summary>
static class PlaceBeside
{
    /// <summary>What stands there; of other lists the list. Null where nothing does.</summary>
    public static JsonValue Value(JsonValue document, string key, string pointer) => Find(document, key, pointer, isListMeant: true) ?? JsonValue.Null;

    /// <summary>What stands there; nothing of other lists.</summary>
    public static JsonValue? Find(JsonValue document, string key, string pointer) => Find(document, key, pointer, isListMeant: false);

    /// <summary>Whether a key is in lists that the place is not in.</summary>
    public static bool IsInOtherList(string key, string pointer)
    {
        ReadOnlySpan<char> rest = key, there = pointer;
        var isBeside = true;
        while (!rest.IsEmpty)
            if (Next(ref rest, ref there, ref isBeside) is "*") return true;
        return false;
    }

    /// <summary>Where what is meant by <see cref="Value"/> stands.</summary>
    public static string Pointer(string key, string pointer)
    {
        var (path, at) = (key.Split('/'), pointer.Split('/'));
        for (var depth = 1; depth < path.Length && depth < at.Length && (path[depth] == "*" || path[depth] == at[depth]); depth++) path[depth] = at[depth];
        var upTo = Array.IndexOf(path, "*");
        return string.Join('/', upTo < 0 ? path : path[..upTo]);
    }

    static JsonValue? Find(JsonValue document, ReadOnlySpan<char> key, ReadOnlySpan<char> pointer, bool isListMeant)
    {
        for (var isBeside = true; !key.IsEmpty;)
        {
            var segment = Next(ref key, ref pointer, ref isBeside);
            if (segment is "*" && isListMeant) return document;
            if (JsonPointer.Step(document, segment) is not { } next) return default(JsonValue?);
            document = next;
        }

        return document;
    }

    // The next segment of the key; as long as both go the same way, the position in which the place is stands for any.
    static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> key, ref ReadOnlySpan<char> pointer, ref bool isBeside)
    {
        JsonPointer.First(ref key, out var segment);
        if (!isBeside) return segment;
        if (pointer.IsEmpty) isBeside = false;
        else
        {
            JsonPointer.First(ref pointer, out var there);
            if (segment is "*") return there;
            isBeside = segment.SequenceEqual(there);
        }

        return segment;
    }
}
