using System.Numerics;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Sorting, grouping and the like; all stable.</summary>
static class Sorting
{
    public static JsonValue[] Sort(Evaluator e, IReadOnlyList<JsonValue> items) => By(e, items, items);

    /// <summary>The items in the order of their keys.</summary>
    public static JsonValue[] By(Evaluator e, IReadOnlyList<JsonValue> items, IReadOnlyList<JsonValue> keys) =>
        Array.ConvertAll(Positions(e, keys), at => items[at]);

    public static JsonValue Groups(Evaluator e, IReadOnlyList<JsonValue> items, IReadOnlyList<JsonValue> keys, bool firstOnly)
    {
        var groups = new List<List<JsonValue>>();
        var last = default(JsonValue);
        foreach (var at in Positions(e, keys))
        {
            if (groups.Count == 0 || Order.Compare(last, keys[at]) != 0) groups.Add([]);
            groups[^1].Add(items[at]);
            last = keys[at];
        }

        return JsonValue.Of(groups.Select(group => firstOnly ? group[0] : JsonValue.Of(group.ToArray())).ToArray());
    }

    /// <summary>The first least (-1) or the last greatest (1) item; null if there is none.</summary>
    public static JsonValue Extreme(Evaluator e, IReadOnlyList<JsonValue> items, IReadOnlyList<JsonValue> keys, int sign)
    {
        var found = -1;
        for (var i = 0; i < items.Count; i++)
        {
            var order = found < 0 ? sign : Order.Compare(keys[i], keys[found]);
            if (order == Order.TooDeep) return e.Fail(Errors.ComparisonTooDeep);
            if (found < 0 || (sign < 0 ? order < 0 : order >= 0)) found = i;
        }

        return found < 0 ? JsonValue.Null : items[found];
    }

    static int[] Positions(Evaluator e, IReadOnlyList<JsonValue> keys)
    {
        if (!e.Charge(24L * keys.Count) || !e.Spend((long)keys.Count * BitOperations.Log2((uint)keys.Count | 1) / 2)) return [];
        var comparer = new Comparer();
        var positions = Enumerable.Range(0, keys.Count).OrderBy(at => keys[at], comparer).ToArray();
        if (comparer.TooDeep) e.Fail(Errors.ComparisonTooDeep);
        return positions;
    }

    sealed class Comparer : IComparer<JsonValue>
    {
        public bool TooDeep { get; private set; }

        public int Compare(JsonValue x, JsonValue y)
        {
            var order = Order.Compare(x, y);
            if (order != Order.TooDeep) return order;
            TooDeep = true;
            return 0;
        }
    }
}
