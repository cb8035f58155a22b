using System.Collections;

namespace Interop.Core.Json;

/// <summary>The members of an object in their order; immutable. Few members are searched in line, many through an index made at first use.</summary>
sealed class JsonMembers : IReadOnlyCollection<KeyValuePair<string, JsonValue>>
{
    const int IndexFrom = 9;

    readonly KeyValuePair<string, JsonValue>[] members;
    Dictionary<string, int>? index;

    JsonMembers(KeyValuePair<string, JsonValue>[] members) => this.members = members;

    public static JsonMembers Empty { get; } = new([]);

    public int Count => members.Length;

    public static JsonMembers Of(IEnumerable<KeyValuePair<string, JsonValue>> members)
    {
        var list = members.ToArray();
        var seen = new Dictionary<string, int>(list.Length, StringComparer.Ordinal);
        var kept = 0;
        foreach (var member in list)
        {
            if (!seen.TryAdd(member.Key, kept)) list[seen[member.Key]] = member;
            else list[kept++] = member;
        }

        return new JsonMembers(kept == list.Length ? list : list[..kept]);
    }

    public bool TryGet(string name, out JsonValue value)
    {
        var at = IndexOf(name);
        value = at < 0 ? JsonValue.Null : members[at].Value;
        return at >= 0;
    }

    public JsonMembers With(string name, JsonValue value)
    {
        var at = IndexOf(name);
        if (at < 0) return new JsonMembers([.. members, KeyValuePair.Create(name, value)]);
        var copy = members.ToArray();
        copy[at] = KeyValuePair.Create(name, value);
        return new JsonMembers(copy);
    }

    public JsonMembers Without(string name)
    {
        var at = IndexOf(name);
        return at < 0 ? this : new JsonMembers([.. members[..at], .. members[(at + 1)..]]);
    }

    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, JsonValue>>)members).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int IndexOf(string name)
    {
        if (members.Length < IndexFrom) return Array.FindIndex(members, member => string.Equals(member.Key, name, StringComparison.Ordinal));
        index ??= members.Select((member, at) => (member.Key, at)).ToDictionary(pair => pair.Key, pair => pair.at, StringComparer.Ordinal);
        return index.TryGetValue(name, out var found) ? found : -1;
    }
}
