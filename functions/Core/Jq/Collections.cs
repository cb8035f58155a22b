using System.Runtime.CompilerServices;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>The functions over arrays and objects.</summary>
static class Collections
{
    const int Long = 1_000;

    public static bool IsArray(Evaluator e, JsonValue value, string message)
    {
        if (value.Kind == JsonKind.Array) return true;
        e.Fail(Errors.Type(value, message));
        return false;
    }

    public static JsonValue Length(Evaluator e, JsonValue value) => value.Kind switch
    {
        JsonKind.Null    => 0,
        JsonKind.Number  => Numbers.Absolute(value),
        JsonKind.String  => Texts.Length(value.AsString()),
        JsonKind.Boolean => e.Fail(Errors.Type(value, "has no length")),
        _                => value.Count,
    };

    public static JsonValue Keys(Evaluator e, JsonValue value, bool sorted) => value.Kind switch
    {
        JsonKind.Object => !e.Charge(64 + (16L * value.Count)) || !e.Spend((long)Prices.MemberSteps * value.Count) ? default : JsonValue.Of((sorted ? Order.Names(e, value) : value.Members.Select(member => member.Key)).Select(JsonValue.Of)),
        JsonKind.Array  => !e.Charge(32L * value.Count) ? default : JsonValue.Of(Enumerable.Range(0, value.Count).Select(at => JsonValue.Of(at))),
        _               => e.Fail(Errors.Type(value, "has no keys")),
    };

    public static JsonValue Entries(Evaluator e, JsonValue value)
    {
        if (value.Kind is not (JsonKind.Object or JsonKind.Array)) return e.Fail(Errors.Type(value, "has no keys"));
        if (!e.Charge(160L * value.Count) || (value.Count > Long && !e.Spend((long)Prices.LongEntrySteps * value.Count))) return default;
        if (value.Kind == JsonKind.Array) return JsonValue.Of(value.Items.Select((item, at) => JsonValue.OfDistinct([KeyValuePair.Create("key", JsonValue.Of(at)), KeyValuePair.Create("value", item)])));
        var entries = new JsonValue[value.Count];
        var walk = value.Walk();
        for (var i = 0; i < entries.Length; i++)
        {
            var inner = walk.Next();
            entries[i] = JsonValue.OfDistinct([KeyValuePair.Create("key", walk.Key), KeyValuePair.Create("value", inner)]);
        }

        return JsonValue.Of(entries);
    }

    /// <summary>An object of pairs [name, value].</summary>
    public static JsonValue FromPairs(Evaluator e, JsonValue pairs) =>
        e.Charge(32L * pairs.Count) && e.Spend((long)Prices.MemberSteps * pairs.Count) ? JsonValue.Of(pairs.Items.Select(pair => KeyValuePair.Create(pair[0].AsString(), pair[1]))) : default;

    /// <summary>An object's names with other values, each in an array of its own; a name whose array is empty goes.</summary>
    public static JsonValue WithValues(Evaluator e, JsonValue value, JsonValue values)
    {
        if (!e.Charge(32L * value.Count) || !e.Spend((long)Prices.MemberSteps * value.Count)) return default;
        var kept = value.Members.Zip(values.Items).Where(pair => pair.Second.Count > 0).Select(pair => KeyValuePair.Create(pair.First.Key, pair.Second[0]));
        return JsonValue.Of(kept);
    }

    public static JsonValue Contains(Evaluator e, JsonValue whole, JsonValue part, int depth = 0)
    {
        if (depth > JqLimits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return e.Fail(Errors.ContainmentTooDeep);
        switch (whole.Kind, part.Kind)
        {
            case (JsonKind.Object, JsonKind.Object):
                foreach (var (name, value) in part.Members)
                    if (!e.Spend(Prices.PairSteps) || !whole.TryGet(name, out var inner) || !IsTrue(Contains(e, inner, value, depth + 1))) return false;
                return true;
            case (JsonKind.Array, JsonKind.Array):
                if (!e.Opens(whole) || !e.Opens(part)) return false;
                var items = whole.Items;
                foreach (var wanted in part.Items)
                    if (!items.Any(item => e.Spend(Prices.PairSteps) && !e.HasFailed && item.Kind == wanted.Kind && IsTrue(Contains(e, item, wanted, depth + 1)))) return false;
                return true;
            case (JsonKind.String, JsonKind.String):
                return Texts.Find(e, whole.AsString(), part.AsString(), 0) >= 0;
            default:
                if (whole.Kind == part.Kind) return Order.Equal(e, whole, part) == 1;
                return depth == 0 ? e.Fail(Errors.Types(whole, part, "cannot have their containment checked")) : false;
        }
    }

    // A failure gives null back.
    static bool IsTrue(JsonValue value) => value.Kind == JsonKind.Boolean && value.AsBoolean();

    // Adding up pair by pair would copy the sum for every item.
    public static JsonValue Sum(Evaluator e, JsonValue value)
    {
        if (value.Kind is not (JsonKind.Array or JsonKind.Object)) return e.Fail(Errors.Iterate(value));
        if (!e.Spend((long)Prices.CompareSteps * value.Count)) return default;
        var items = value.Kind == JsonKind.Array ? value.Items : [.. value.Members.Select(member => member.Value)];
        if (items.Count > 0 && items.All(item => item.Kind == items[0].Kind))
        {
            switch (items[0].Kind)
            {
                case JsonKind.String:
                    return e.Charge(items.Sum(item => 2L * item.AsString().Length)) ? string.Concat(items.Select(item => item.AsString())) : default(JsonValue);
                case JsonKind.Array:
                    return e.Charge(items.Sum(item => 16L * item.Count)) ? JsonValue.Of(items.SelectMany(item => item.Items)) : default;
                case JsonKind.Object:
                    return e.Charge(items.Sum(item => 32L * item.Count)) && e.Spend(items.Sum(item => 2L * Prices.MemberSteps * item.Count)) ? JsonValue.Of(items.SelectMany(item => item.Members)) : default;
            }
        }

        var sum = JsonValue.Null;
        foreach (var item in items)
        {
            sum = Operations.Add(e, sum, item);
            if (e.HasFailed) break;
        }

        return sum;
    }

    public static JsonValue Reverse(Evaluator e, JsonValue value) => value.Kind switch
    {
        JsonKind.Null   => JsonValue.EmptyArray,
        JsonKind.Array  => e.Charge(32L * value.Count) ? JsonValue.Of(value.Items.Reverse()) : default,
        JsonKind.String => Texts.Implode(e, JsonValue.Of(Texts.Explode(e, value.AsString()).Items.Reverse())),
        _               => e.Fail(Errors.Index(value, 0)),
    };

    public static JsonValue Flatten(Evaluator e, JsonValue value, double depth)
    {
        if (value.Kind is not (JsonKind.Array or JsonKind.Object)) return e.Fail(Errors.Iterate(value));
        var flat = new List<JsonValue>();
        var open = new Stack<IEnumerator<JsonValue>>();
        open.Push((value.Kind == JsonKind.Array ? value.Items : value.Members.Select(member => member.Value)).GetEnumerator());
        while (open.TryPeek(out var items))
        {
            if (!e.Spend(Prices.CompareSteps)) return default;
            if (!items.MoveNext()) open.Pop();
            else if (items.Current.Kind == JsonKind.Array && (depth < 0 || open.Count <= depth))
            {
                if (!e.Spend(Prices.PairSteps) || !e.Opens(items.Current)) return default;
                open.Push(items.Current.Items.GetEnumerator());
            }
            else if (e.Charge(32)) flat.Add(items.Current);
        }

        return JsonValue.Of(flat.ToArray());
    }

    public static JsonValue Search(Evaluator e, JsonValue value, JsonValue wanted)
    {
        if (!IsArray(e, value, "cannot be searched from")) return default;
        var items = value.Items;
        int low = 0, high = items.Count - 1;
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var order = Order.Compare(e, items[middle], wanted);
            if (order == Order.TooDeep) return e.Fail(Errors.ComparisonTooDeep);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1 - low;
    }

    public static JsonValue Join(Evaluator e, JsonValue value, JsonValue separator)
    {
        if (value.Kind is not (JsonKind.Array or JsonKind.Object)) return e.Fail(Errors.Iterate(value));
        var text = new System.Text.StringBuilder();
        var items = value.Kind == JsonKind.Array ? value.Items : [.. value.Members.Select(member => member.Value)];
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0 && separator.Kind is not (JsonKind.String or JsonKind.Null)) return e.Fail(Errors.Types(text.ToString(), separator, "cannot be added"));
            if (i > 0) text.Append(separator.StringOrNull);
            if (items[i].Kind is JsonKind.Array or JsonKind.Object) return e.Fail(Errors.Types(text.ToString(), items[i], "cannot be added"));
            var part = items[i].IsNull ? "" : Texts.ToText(e, items[i]);
            if (!e.Charge(2L * (part.Length + (separator.StringOrNull?.Length ?? 0))) || !e.Spend(Prices.PartSteps)) return default;
            text.Append(part);
        }

        return text.ToString();
    }

    public static JsonValue StringPositions(Evaluator e, JsonValue value, JsonValue wanted) =>
        value.Kind != JsonKind.String ? e.Fail(Errors.Type(value, "cannot be searched, as it is not a string"))
        : wanted.Kind != JsonKind.String ? e.Fail(Errors.Type(wanted, "is not a string"))
        : wanted.AsString().Length == 0 ? JsonValue.Null
        : Texts.Positions(e, value, wanted);

    public static IEnumerable<JsonValue> Range(Evaluator e, JsonValue input, JsonValue[] bounds)
    {
        if (bounds.All(bound => bound.Kind == JsonKind.Number)) return Count(bounds[0].AsNumber(), bounds[1].AsNumber(), bounds[2].AsNumber());
        e.Fail(Errors.RangeBounds);
        return [];
    }

    // Never ends where the step is lost in the rounding; the evaluator's steps end it.
    static IEnumerable<JsonValue> Count(double from, double upTo, double by)
    {
        if (by > 0)
            for (var at = from; at < upTo; at += by) yield return at;
        else if (by < 0)
            for (var at = from; at > upTo; at += by) yield return at;
    }
}
