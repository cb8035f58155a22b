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
    Many? many;

    // 0 until it is asked for: of an object that was changed in one place only what is around that place is asked again.
    int hash;
    int searches;

    JsonMembers(KeyValuePair<string, JsonValue>[] members, Many? many = null) => (flat, this.many) = (members, many);

    // What only an object with many members has; most have few, and are made again and again.
    sealed class Many
    {
        public SharedList<KeyValuePair<string, JsonValue>>? Shared { get; init; }

        public ImmutableDictionary<string, int>? Places { get; init; }

        public Dictionary<string, int>? Index { get; init; }

        // Kept, since one big object may be changed many times, each time from the start.
        public JsonMembers? AsShared { get; set; }
    }

    static JsonMembers OfShared(SharedList<KeyValuePair<string, JsonValue>> members, ImmutableDictionary<string, int> places) => new([], new Many { Shared = members, Places = places });

    SharedList<KeyValuePair<string, JsonValue>>? Shared => many?.Shared;

    public static JsonMembers Empty { get; } = new([]);

    public int Count => Shared?.Count ?? flat.Length;

    public bool IsShared => Shared is not null;

    /// <summary>The schema by which it was last found valid, if somebody noted it: as it never changes, it stays valid.</summary>
    public object? ValidBy { get; set; }

    public KeyValuePair<string, JsonValue> this[int at] => Shared is { } shared ? shared[at] : flat[at];

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
        var at = IndexOf(name);
        if (at >= 0) return WithAt(at, value);
        var member = KeyValuePair.Create(name, value);
        if (Count <= CopiedUpTo) return new JsonMembers([.. flat, member]);
        var from = AsShared().many!;
        return OfShared(from.Shared!.Plus(member), from.Places!.Add(name, Count));
    }

    /// <summary>With another value at the place of a member.</summary>
    public JsonMembers WithAt(int at, JsonValue value)
    {
        var before = this[at];
        var member = KeyValuePair.Create(before.Key, value);
        if (Count > CopiedUpTo)
        {
            var from = AsShared().many!;
            return OfShared(from.Shared!.With(at, member), from.Places!);
        }

        var copy = flat.AsSpan().ToArray();
        copy[at] = member;

        // The names stand where they stood; of so few nothing else is kept.
        return new JsonMembers(copy, many) { hash = hash == 0 ? 0 : hash ^ HashOf(before) ^ HashOf(member) };
    }

    public JsonMembers Without(string name)
    {
        var at = IndexOf(name);
        if (at < 0) return this;
        return new JsonMembers(Shared is null ? [.. flat.AsSpan(0, at), .. flat.AsSpan(at + 1)] : [.. this.Where(member => !string.Equals(member.Key, name, StringComparison.Ordinal))]);
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
        for (var at = 0; at < Count; at++) made ^= HashOf(this[at]);
        return hash = made;
    }

    static int HashOf(KeyValuePair<string, JsonValue> member) => HashCode.Combine(member.Key.GetHashCode(StringComparison.Ordinal), member.Value);

    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, JsonValue>>?)Shared ?? flat).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    JsonMembers AsShared() => IsShared ? this : (many ??= new Many()).AsShared ??= OfShared(
        SharedList<KeyValuePair<string, JsonValue>>.Of(flat),
        flat.Select((member, at) => KeyValuePair.Create(member.Key, at)).ToImmutableDictionary(StringComparer.Ordinal));

    int IndexOf(string name)
    {
        if (many?.Places is { } places) return places.TryGetValue(name, out var place) ? place : -1;
        if (flat.Length < IndexFrom || (many?.Index is null && flat.Length <= CopiedUpTo && ++searches <= SearchedUpTo)) return IndexAmong(flat, flat.Length, name);
        return Index().TryGetValue(name, out var found) ? found : -1;
    }

    /// <summary>Where the member of a name stands that is part of a longer text; -1 if there is none.</summary>
    public int IndexOf(ReadOnlySpan<char> name)
    {
        if (flat.Length > CopiedUpTo || IsShared) return IndexOf(name.ToString());
        for (var at = 0; at < flat.Length; at++)
            if (name.SequenceEqual(flat[at].Key)) return at;
        return -1;
    }

    Dictionary<string, int> Index()
    {
        if (many?.Index is { } known) return known;
        var made = new Dictionary<string, int>(flat.Length, StringComparer.Ordinal);
        for (var at = 0; at < flat.Length; at++) made.Add(flat[at].Key, at);
        many = new Many { Index = made, AsShared = many?.AsShared };
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
