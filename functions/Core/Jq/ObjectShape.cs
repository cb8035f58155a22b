using System.Collections;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>The names of an object as they stand and in jq's order, and where each one's value stands.</summary>
sealed class ObjectShape
{
    readonly string[] given;
    readonly int[] places;

    ObjectShape(string[] given, string[] names, int[] places) => (this.given, Names, this.places) = (given, names, places);

    /// <summary>The names in order; not to be changed.</summary>
    public string[] Names { get; }

    public static ObjectShape Of(JsonMembers members)
    {
        var names = new string[members.Count];
        var order = new int[members.Count];
        for (var i = 0; i < names.Length; i++) (names[i], order[i]) = (members[i].Key, i);
        var sorted = (string[])names.Clone();
        Array.Sort(sorted, order, Comparer<string>.Create(Order.Strings));
        return new ObjectShape(names, sorted, order);
    }

    public bool Fits(JsonMembers members)
    {
        if (members.Count != given.Length) return false;
        for (var i = 0; i < given.Length; i++)
            if (!string.Equals(given[i], members[i].Key, StringComparison.Ordinal)) return false;
        return true;
    }

    /// <summary>The values in the order of the names.</summary>
    public IReadOnlyList<JsonValue> Values(JsonMembers members) => new Ordered(members, places);

    sealed class Ordered(JsonMembers members, int[] places) : IReadOnlyList<JsonValue>
    {
        public int Count => places.Length;

        public JsonValue this[int index] => members[places[index]].Value;

        public IEnumerator<JsonValue> GetEnumerator() => places.Select(place => members[place].Value).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
