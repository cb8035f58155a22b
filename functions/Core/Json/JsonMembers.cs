using System.Collections;
using System.Collections.Immutable;

namespace Interop.Core.Json;

/// <summary>
/// The members of an object in their order; immutable. Few members are searched in line, many through an index that is made when they are searched again and again.
/// An object that was changed when it had many shares what did not change with the one it was made from.
/// </summary>
sealed class JsonMembers : IReadOnlyList<KeyValuePair<string, JsonValue>>, IEquatable<JsonMembers>
{
    /// <summary>Up to this count a changed object or array is a plain copy.</summary>
    public const int CopiedUpTo = 32;

    const int IndexFrom = 9;
    const int SearchedUpTo = 32;

    readonly KeyValuePair<string, JsonValue>[] flat;
    readonly SharedList<KeyValuePair<string, JsonValue>>? shared;
    readonly ImmutableDictionary<string, int>? places;
    Dictionary<string, int>? index;
    JsonMembers? asShared;

    // 0 until it is asked for: of an object that was changed in one place only what is around that place is asked again.
    int hash;
    int searches;

    JsonMembers(KeyValuePair<string, JsonValue>[] members) => flat = members;

    JsonMembers(SharedList<KeyValuePair<string, JsonValue>> members, ImmutableDictionary<string, int> places) => (flat, shared, this.places) = ([], members, places);

    public static JsonMembers Empty { get; } = new([]);

    public int Count => shared?.Count ?? flat.Length;

    public bool IsShared => shared is not null;

    /// <summary>The schema by which it was last found valid, if somebody noted it: as it never changes, it stays valid.</summary>
    public object? ValidBy { get; set; }

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
            var copy = flat.AsSpan().ToArray();
            copy[at] = member;
            return new JsonMembers(copy) { index = index };
        }

        var from = AsShared();
        return at < 0 ? new JsonMembers(from.shared!.Plus(member), from.places!.Add(name, Count)) : new JsonMembers(from.shared!.With(at, member), from.places!);
    }

    public JsonMembers Without(string name)
    {
        var at = IndexOf(name);
        if (at < 0) return this;
        return new JsonMembers(shared is null ? [.. flat.AsSpan(0, at), .. flat.AsSpan(at + 1)] : [.. this.Where(member => !string.Equals(member.Key, name, StringComparison.Ordinal))]);
    }

    /// <summary>Whether it has these members and no others, in this order, each the very same.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, JsonValue>> members)
    {
        if (Count != members.Length) return false;
        for (var at = 0; at < members.Length; at++)
            if (!string.Equals(this[at].Key, members[at].Key, StringComparison.Ordinal) || !this[at].Value.Is(members[at].Value)) return false;
        return true;
    }

    /// <summary>Whether both have the same members, in any order.</summary>
    public bool Equals(JsonMembers? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Count != other.Count || (hash != 0 && other.hash != 0 && hash != other.hash)) return false;
        for (var at = 0; at < Count; at++)
        {
            var (name, value) = this[at];
            var there = other[at];
            if (string.Equals(name, there.Key, StringComparison.Ordinal) ? !value.Equals(there.Value) : !other.TryGet(name, out var found) || !value.Equals(found)) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is JsonMembers other && Equals(other);

    /// <summary>The same for the same members in any order.</summary>
    public override int GetHashCode()
    {
        if (hash != 0) return hash;
        var made = Count;
        for (var at = 0; at < Count; at++) made ^= HashCode.Combine(this[at].Key.GetHashCode(StringComparison.Ordinal), this[at].Value);
        return hash = made;
    }

    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, JsonValue>>?)shared ?? flat).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // Kept, since one big object may be changed many times, each time from the start.
    JsonMembers AsShared() => shared is not null ? this : asShared ??= new JsonMembers(
        SharedList<KeyValuePair<string, JsonValue>>.Of(flat),
        flat.Select((member, at) => KeyValuePair.Create(member.Key, at)).ToImmutableDictionary(StringComparer.Ordinal));

    int IndexOf(string name)
    {
        if (places is not null) return places.TryGetValue(name, out var place) ? place : -1;
        if (flat.Length < IndexFrom || (index is null && flat.Length <= CopiedUpTo && ++searches <= SearchedUpTo)) return IndexAmong(flat, flat.Length, name);
        return (index ??= Index()).TryGetValue(name, out var found) ? found : -1;
    }

    /// <summary>Where the member of a name stands that is part of a longer text; -1 if there is none.</summary>
    public int IndexOf(ReadOnlySpan<char> name)
    {
        if (flat.Length > CopiedUpTo || shared is not null) return IndexOf(name.ToString());
        for (var at = 0; at < flat.Length; at++)
            if (name.SequenceEqual(flat[at].Key)) return at;
        return -1;
    }

    Dictionary<string, int> Index()
    {
        var made = new Dictionary<string, int>(flat.Length, StringComparer.Ordinal);
        for (var at = 0; at < flat.Length; at++) made.Add(flat[at].Key, at);
        return made;
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
