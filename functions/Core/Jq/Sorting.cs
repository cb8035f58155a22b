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
            if (!e.Charge(firstOnly ? 16 : 48) || !e.Spend(Prices.CompareSteps)) return default;
            if (groups.Count == 0 || Order.Compare(e, last, keys[at]) != 0) groups.Add([]);
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
            if (!e.Spend(Prices.CompareSteps)) return default;
            var order = found < 0 ? sign : Order.Compare(e, keys[i], keys[found]);
            if (order == Order.TooDeep) return e.Fail(Errors.ComparisonTooDeep);
            if (found < 0 || (sign < 0 ? order < 0 : order >= 0)) found = i;
        }

        return found < 0 ? JsonValue.Null : items[found];
    }

    // A merge sort is stable, and does not mind that NaN is less than itself.
    static int[] Positions(Evaluator e, IReadOnlyList<JsonValue> keys)
    {
        if (!e.Charge(24L * keys.Count) || !e.Spend((long)keys.Count * BitOperations.Log2((uint)keys.Count | 1) * Prices.CompareSteps)) return [];
        keys = [.. keys.Select(key => Read(e, key))];
        var sorted = new int[keys.Count];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = i;
        var merged = new int[keys.Count];
        for (var width = 1; width < sorted.Length; width *= 2)
        {
            for (var start = 0; start < sorted.Length; start += 2 * width)
                if (!Merge(e, keys, sorted, merged, start, Math.Min(start + width, sorted.Length), Math.Min(start + (2 * width), sorted.Length)))
                {
                    e.Fail(Errors.ComparisonTooDeep);
                    return [];
                }

            (sorted, merged) = (merged, sorted);
        }

        return sorted;
    }

    // A key of a parsed document would be read again for every comparison.
    static JsonValue Read(Evaluator e, JsonValue key)
    {
        if (key.Kind == JsonKind.Array && !key.IsUnread && key.Count == 1 && key[0].IsUnread) return JsonValue.Of(Read(e, key[0]));
        return key.IsUnread && e.Opens(key) ? key.Read() : key;
    }

    static bool Merge(Evaluator e, IReadOnlyList<JsonValue> keys, int[] from, int[] into, int start, int middle, int end)
    {
        int left = start, right = middle;
        for (var at = start; at < end; at++)
        {
            var order = left == middle ? 1 : right == end ? -1 : Order.Compare(e, keys[from[left]], keys[from[right]]);
            if (order == Order.TooDeep) return false;
            into[at] = order <= 0 ? from[left++] : from[right++];
        }

        return true;
    }
}
