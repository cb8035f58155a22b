using System.Runtime.CompilerServices;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Reading, setting and deleting at a key or along a path.</summary>
static class Paths
{
    const int MaxIndex = 536_870_911;

    public static JsonValue Get(Evaluator e, JsonValue target, JsonValue key) => (target.Kind, key.Kind) switch
    {
        (JsonKind.Object, JsonKind.String) => Member(e, target, key.AsString()),
        (JsonKind.Array, JsonKind.Number) => Item(e, target, key.AsNumber()),
        (JsonKind.Array or JsonKind.String, JsonKind.Object) => Slice(e, target, key),
        (JsonKind.Array, JsonKind.Array) => Texts.Positions(e, target, key),
        (JsonKind.Null, JsonKind.String or JsonKind.Number or JsonKind.Object) => JsonValue.Null,
        _ => e.Fail(Errors.Index(target, key)),
    };

    public static JsonValue GetPath(Evaluator e, JsonValue target, JsonValue path)
    {
        if (path.Kind != JsonKind.Array) return e.Fail(Errors.PathNotArray);
        if (path.Count > JqLimits.Nesting) return e.Fail(Errors.PathTooDeep);
        if (!e.Visit(path.Count)) return default;
        foreach (var key in path.Items)
        {
            target = Get(e, target, key);
            if (e.HasFailed) return default;
        }

        return target;
    }

    public static JsonValue SetPath(Evaluator e, JsonValue target, JsonValue path, JsonValue value)
    {
        if (path.Kind != JsonKind.Array) return e.Fail(Errors.PathNotArray);
        if (path.Count > JqLimits.Nesting) return e.Fail(Errors.PathTooDeep);
        var keys = path.Items;
        var along = new JsonValue[keys.Count];
        for (var i = 0; i < keys.Count; i++)
        {
            // The last one too: what cannot be read cannot be set, and reading says why.
            along[i] = target;
            target = Get(e, target, keys[i]);
            if (e.HasFailed) return default;
        }

        for (var i = keys.Count - 1; i >= 0; i--)
        {
            value = Set(e, along[i], keys[i], value);
            if (e.HasFailed) return default;
        }

        return value;
    }

    public static JsonValue Has(Evaluator e, JsonValue target, JsonValue key) => (target.Kind, key.Kind) switch
    {
        (JsonKind.Object, JsonKind.String) => HasMember(e, target, key.AsString()),
        (JsonKind.Array, JsonKind.Number) => !double.IsNaN(key.AsNumber()) && Numbers.ToInt(key.AsNumber()) is >= 0 and var at && at < target.Count,
        _ => e.Fail(Errors.HasKey(target, key)),
    };

    public static JsonValue DeletePaths(Evaluator e, JsonValue target, JsonValue paths)
    {
        if (paths.Kind != JsonKind.Array) return e.Fail(Errors.PathsNotArray);
        foreach (var path in paths.Items)
        {
            if (path.Kind != JsonKind.Array) return e.Fail(Errors.PathNotArrayBut(path));
            if (path.Count > JqLimits.Nesting) return e.Fail(Errors.PathTooDeep);
        }

        if (paths.Count == 0) return target;
        if (!e.Spend(Prices.PairSteps * (3L + paths.Count))) return default;
        var sorted = Sorting.Sort(e, paths.Items);
        if (e.HasFailed) return default;
        return sorted[0].Count == 0 ? JsonValue.Null : Delete(e, target, sorted.Select(path => path.Items).ToArray(), 0);
    }

    // All paths begin alike up to the depth; they are sorted, so those with one key at this depth stand together.
    static JsonValue Delete(Evaluator e, JsonValue target, ArraySegment<IReadOnlyList<JsonValue>> paths, int depth)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return e.Fail(Errors.PathTooDeep);
        var whole = new List<JsonValue>();
        for (var i = 0; i < paths.Count;)
        {
            var key = paths[i][depth];
            var end = i + 1;
            while (end < paths.Count && Order.Equal(e, key, paths[end][depth]) == 1) end++;
            if (paths[i].Count == depth + 1) whole.Add(key);
            else
            {
                var part = Get(e, target, key);
                if (e.HasFailed) return default;
                if (!part.IsNull)
                {
                    part = Delete(e, part, paths.Slice(i, end - i), depth + 1);
                    if (!e.HasFailed) target = Set(e, target, key, part);
                    if (e.HasFailed) return default;
                }
            }

            i = end;
        }

        return DeleteKeys(e, target, whole);
    }

    static JsonValue DeleteKeys(Evaluator e, JsonValue target, List<JsonValue> keys)
    {
        if (target.IsNull || keys.Count == 0) return target;
        switch (target.Kind)
        {
            case JsonKind.Array:
                return DeleteItems(e, target, keys);
            case JsonKind.Object:
                if (keys.FindIndex(key => key.Kind != JsonKind.String) is >= 0 and var bad) return e.Fail(Errors.DeletePart(keys[bad], target));
                var names = keys.Select(key => key.AsString()).ToHashSet(StringComparer.Ordinal);
                return e.Charge(32L * target.Count) && e.Spend((long)Prices.MemberSteps * target.Count) ? JsonValue.Of(target.Members.Where(member => !names.Contains(member.Key))) : default;
            default:
                return e.Fail(Errors.DeletePart(keys[0], target));
        }
    }

    static JsonValue DeleteItems(Evaluator e, JsonValue target, List<JsonValue> keys)
    {
        var items = target.Items;
        var deleted = new bool[items.Count];
        foreach (var key in keys)
        {
            if (key.Kind == JsonKind.Number)
            {
                var at = double.IsNaN(key.AsNumber()) ? -1L : Numbers.ToInt(key.AsNumber());
                if (at < 0 && !double.IsNaN(key.AsNumber())) at += items.Count;
                if (at >= 0 && at < items.Count) deleted[at] = true;
            }
            else if (key.Kind == JsonKind.Object)
            {
                if (!Range(e, key, items.Count, out var start, out var end)) return default;
                if (!e.Visit(end - start)) return default;
                for (var i = start; i < end; i++) deleted[i] = true;
            }
            else
            {
                return e.Fail(Errors.DeletePart(key, target));
            }
        }

        return e.Charge(24L * items.Count) ? JsonValue.Of(items.Where((_, at) => !deleted[at])) : default;
    }

    static JsonValue Set(Evaluator e, JsonValue target, JsonValue key, JsonValue value)
    {
        switch (target.Kind, key.Kind)
        {
            case (JsonKind.Object or JsonKind.Null, JsonKind.String):
                return e.Changes(target) ? target.With(key.AsString(), value) : default;
            case (JsonKind.Array or JsonKind.Null, JsonKind.Number):
                return SetItem(e, target, key.AsNumber(), value);
            case (JsonKind.Array or JsonKind.Null, JsonKind.Object):
                if (!Range(e, key, target.Count, out var start, out var end)) return default;
                if (value.Kind != JsonKind.Array) return e.Fail(Errors.SliceValue);
                var items = target.Items;
                return e.Charge(16L * (items.Count + value.Count)) ? JsonValue.Of([.. items.Take(start), .. value.Items, .. items.Skip(end)]) : default;
            case (JsonKind.String, JsonKind.Object):
                return e.Fail(Errors.StringSlices);
            default:
                return e.Fail(Errors.UpdateField(key, target));
        }
    }

    static JsonValue SetItem(Evaluator e, JsonValue target, double index, JsonValue value)
    {
        if (double.IsNaN(index)) return e.Fail(Errors.NanIndex);
        var items = target.Count;
        var at = (long)Numbers.ToInt(index);
        if (at < 0) at += items;
        if (at < 0) return e.Fail(Errors.NegativeIndex);
        if (at > MaxIndex) return e.Fail(Errors.IndexTooLarge);
        return e.Changes(target) && e.Charge(16L * Math.Max(0, at + 1 - items)) ? target.WithItem((int)at, value) : default;
    }

    static bool HasMember(Evaluator e, JsonValue target, string name)
    {
        target = e.Opened(target);
        return target.TryGet(name, out var found) & (!target.IsUnread || e.Reads(target.Count, found));
    }

    static JsonValue Member(Evaluator e, JsonValue target, string name)
    {
        target = e.Opened(target);
        var found = target[name];
        return !target.IsUnread || e.Reads(target.Count, found) ? found : default;
    }

    static JsonValue Item(Evaluator e, JsonValue target, double index)
    {
        if (double.IsNaN(index)) return JsonValue.Null;
        target = e.Opened(target);
        var at = Numbers.ToInt(Math.Floor(index));
        if (at < 0) at += target.Count;
        var found = target[at];
        return !target.IsUnread || e.Reads(Math.Clamp(at, 0, target.Count), found) ? found : default;
    }

    static JsonValue Slice(Evaluator e, JsonValue target, JsonValue key)
    {
        if (target.Kind == JsonKind.Array)
        {
            if (!Range(e, key, target.Count, out var start, out var end) || !e.Charge(16L * (end - start)) || !e.Opens(target)) return default;
            return target.Items is JsonValue[] items ? JsonValue.Of(items[start..end]) : JsonValue.Of(target.Items.Skip(start).Take(end - start));
        }

        var text = target.AsString();
        if (!e.Spend(2L * text.Length / Prices.CharactersAStep)) return default;
        if (!Range(e, key, Texts.Length(text), out var from, out var to) || !e.Charge(2L * (to - from))) return default;
        return Texts.Slice(text, from, to);
    }

    // The start is rounded down and the end up, so that a slice holds at least what its bounds touch.
    static bool Range(Evaluator e, JsonValue key, int length, out int start, out int end)
    {
        (start, end) = (0, 0);
        if (!key.TryGet("start", out var from) | !key.TryGet("end", out var to) || from.Kind is not (JsonKind.Null or JsonKind.Number) || to.Kind is not (JsonKind.Null or JsonKind.Number))
        {
            e.Fail(Errors.SliceIndices);
            return false;
        }

        var low = from.IsNull || double.IsNaN(from.AsNumber()) ? 0 : from.AsNumber();
        var high = to.IsNull || double.IsNaN(to.AsNumber()) ? length : to.AsNumber();
        low = Math.Clamp(low < 0 ? low + length : low, 0, length);
        start = (int)Math.Floor(low);
        high = Math.Min(high < 0 ? high + length : high, length);
        end = Math.Max(start, (int)Math.Ceiling(Math.Max(high, 0)));
        return true;
    }
}
