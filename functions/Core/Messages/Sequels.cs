using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>Lists of things that go on from record to record: a charge is proposed, then decided, then answered by a plea.</summary>
/// <remarks>Two items of one record are two, even if nothing tells them apart: the second of a kind goes on with the second.</remarks>
static class Sequels
{
    /// <summary>Items kept of one list; of more, the latest.</summary>
    public const int MostItems = 1_000;

    // By what an item is known: the first of these members that it has, and those that must agree besides.
    static readonly ImmutableDictionary<string, (string[] First, string[] Besides)> Keys = new Dictionary<string, (string[] First, string[] Besides)>(StringComparer.Ordinal)
    {
        ["charges"] = (["code", "title", "offence"], ["from"]),
        ["checks"] = (["source"], []),
        ["contacts"] = (["reference"], []),
        ["detentions"] = (["reference", "asn", "arrestedAt"], []),
        ["hearings"] = (["at"], []),
        ["objects"] = (["reference"], []),
        ["statements"] = (["reference"], []),
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>Whether a member of that name is such a list.</summary>
    public static bool Knows(string name) => Keys.ContainsKey(name);

    /// <summary>The items of <paramref name="known"/>, each with what <paramref name="later"/> says of it, and then those that only <paramref name="later"/> has.</summary>
    public static JsonValue Continue(string name, JsonValue known, JsonValue later)
    {
        if (known.Kind != JsonKind.Array || later.Kind != JsonKind.Array) return known.IsNull ? later : known;
        var items = known.Items.ToList();
        var places = items.Select((item, at) => (Key: KeyOf(name, item), At: at)).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => new Queue<int>(group.Select(pair => pair.At)));
        foreach (var item in later.Items)
        {
            if (places.TryGetValue(KeyOf(name, item), out var free) && free.TryDequeue(out var at)) items[at] = Filling.Renew(items[at], item);
            else items.Add(item);
        }

        return JsonValue.Of(items.TakeLast(MostItems));
    }

    // An item without any of the members is known by all of itself.
    static JsonValue KeyOf(string name, JsonValue item)
    {
        var (first, besides) = Keys[name];
        var known = first.FirstOrDefault(member => !item[member].IsNull);
        return known is null ? item : JsonValue.Of([JsonValue.Of(known), .. besides.Prepend(known).Select(member => item[member])]);
    }
}
