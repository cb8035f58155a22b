using System.Collections;
using System.Collections.Immutable;

namespace Interop.Core.Json;

/// <summary>
/// The members of an object in their order; immutable. Few members are searched in line, many through an index made at first use.
/// An object that was changed when it had many shares what did not change with the one it was made from.
/// </summary>
sealed class JsonMembers : IReadOnlyList<KeyValuePair<string, JsonValue>>
{
    /// <summary>Up to this count a changed object or array is a plain copy.</summary>
    public const int CopiedUpTo = 32;

    const int IndexFrom = 9;

    readonly KeyValuePair<string, JsonValue>[] flat;
    readonly SharedList<KeyValuePair<string, JsonValue>>? shared;
    readonly ImmutableDictionary<string, int>? places;
    Dictionary<string, int>? index;
    JsonMembers? asShared;

    JsonMembers(KeyValuePair<string, JsonValue>[] members) => flat = members;

    JsonMembers(SharedList<KeyValuePair<string, JsonValue>> members, ImmutableDictionary<string, int> places) => (flat, shared, this.places) = ([], members, places);

    public static JsonMembers Empty { get; } = new([]);

    public int Count => shared?.Count ?? flat.Length;

    public bool IsShared => shared is not null;

    public KeyValuePair<string, JsonValue> this[int at] => shared is null ? flat[at] : shared[at];

    /// <summary>Of two members with one name the last counts, in the place of the first. The caller gives the array away.</summary>
    public static JsonMembers Of(KeyValuePair<string, JsonValue>[] members)
    {
        var kept = members.Length < IndexFrom ? KeepFew(members) : KeepMany(members);
        return new JsonMembers(kept == members.Length ? members : members[..kept]);
    }

    /// <summary>Members whose names are known to differ. The caller gives the array away.</summary>
    public static JsonMembers OfDistinct(KeyValuePair<string, JsonValue>[] members) => new(members);

    public bool TryGet(string name, out JsonValue value)
    {
        var at = IndexOf(name);
        value = at < 0 ? JsonValue.Null : this[at].Value;
        return at >= 0;
    }

    public JsonMembers With(string name, JsonValue value)
    {
        var member = KeyValuePair.Create(name, value);
        var at = IndexOf(name);
        if (Count <= CopiedUpTo)
        {
            if (at < 0) return new JsonMembers([.. flat, member]);
            var copy = flat.ToArray();
            copy[at] = member;
            return new JsonMembers(copy);
        }

        var from = AsShared();
        return at < 0 ? new JsonMembers(from.shared!.Plus(member), from.places!.Add(name, Count)) : new JsonMembers(from.shared!.With(at, member), from.places!);
    }

    public JsonMembers Without(string name) => IndexOf(name) < 0 ? this : new JsonMembers([.. this.Where(member => !string.Equals(member.Key, name, StringComparison.Ordinal))]);

    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, JsonValue>>?)shared ?? flat).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Kept, since one big object may be changed many times, each time from the start.
    JsonMembers AsShared() => shared is not null ? this : asShared ??= new JsonMembers(
        SharedList<KeyValuePair<string, JsonValue>>.Of(flat),
        flat.Select((member, at) => KeyValuePair.Create(member.Key, at)).ToImmutableDictionary(StringComparer.Ordinal));

    int IndexOf(string name)
    {
        if (places is not null) return places.TryGetValue(name, out var place) ? place : -1;
        if (flat.Length < IndexFrom) return IndexAmong(flat, flat.Length, name);
        index ??= flat.Select((member, at) => (member.Key, at)).ToDictionary(pair => pair.Key, pair => pair.at, StringComparer.Ordinal);
        return index.TryGetValue(name, out var found) ? found : -1;
    }

    static int IndexAmong(KeyValuePair<string, JsonValue>[] members, int count, string name)
    {
        for (var i = 0; i < count; i++)
            if (string.Equals(members[i].Key, name, StringComparison.Ordinal)) return i;
        return -1;
    }

    static int KeepFew(KeyValuePair<string, JsonValue>[] members)
    {
        var kept = 0;
        foreach (var member in members)
        {
            var at = IndexAmong(members, kept, member.Key);
            members[at < 0 ? kept++ : at] = member;
        }

        return kept;
    }

    static int KeepMany(KeyValuePair<string, JsonValue>[] members)
    {
        var seen = new Dictionary<string, int>(members.Length, StringComparer.Ordinal);
        var kept = 0;
        foreach (var member in members)
        {
            if (seen.TryAdd(member.Key, kept)) members[kept++] = member;
            else members[seen[member.Key]] = member;
        }

        return kept;
    }
}
