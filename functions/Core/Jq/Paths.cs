using System.Runtime.CompilerServices;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Reading, setting and deleting at a key or along a path.</summary>
static class Paths
{
    const int MaxIndex = 536_870_911;

    public static JsonValue Get(Machine m, JsonValue target, JsonValue key) => (target.Kind, key.Kind) switch
    {
        (JsonKind.Object, JsonKind.String) => target[key.AsString()],
        (JsonKind.Array, JsonKind.Number) => Item(target, key.AsNumber()),
        (JsonKind.Array or JsonKind.String, JsonKind.Object) => Slice(m, target, key),
        (JsonKind.Array, JsonKind.Array) => Texts.Positions(m, target, key),
        (JsonKind.Null, JsonKind.String or JsonKind.Number or JsonKind.Object) => JsonValue.Null,
        _ => m.Fail(Errors.Index(target, key)),
    };

    public static JsonValue GetPath(Machine m, JsonValue target, JsonValue path)
    {
        if (path.Kind != JsonKind.Array) return m.Fail(Errors.PathNotArray);
        if (path.Count > JqLimits.Nesting) return m.Fail(Errors.PathTooDeep);
        foreach (var key in path.Items)
        {
            target = Get(m, target, key);
            if (m.HasFailed) return default;
        }

        return target;
    }

    public static JsonValue SetPath(Machine m, JsonValue target, JsonValue path, JsonValue value)
    {
        if (path.Kind != JsonKind.Array) return m.Fail(Errors.PathNotArray);
        if (path.Count > JqLimits.Nesting) return m.Fail(Errors.PathTooDeep);
        var keys = path.Items;
        var along = new JsonValue[keys.Count];
        for (var i = 0; i < keys.Count; i++)
        {
            // The last one too: what cannot be read cannot be set, and reading says why.
            along[i] = target;
            target = Get(m, target, keys[i]);
            if (m.HasFailed) return default;
        }

        for (var i = keys.Count - 1; i >= 0; i--)
        {
            value = Set(m, along[i], keys[i], value);
            if (m.HasFailed) return default;
        }

        return value;
    }

    public static JsonValue Has(Machine m, JsonValue target, JsonValue key) => (target.Kind, key.Kind) switch
    {
        (JsonKind.Object, JsonKind.String) => target.TryGet(key.AsString(), out _),
        (JsonKind.Array, JsonKind.Number) => !double.IsNaN(key.AsNumber()) && Numbers.ToInt(key.AsNumber()) is >= 0 and var at && at < target.Count,
        _ => m.Fail(Errors.HasKey(target, key)),
    };

    public static JsonValue DeletePaths(Machine m, JsonValue target, JsonValue paths)
    {
        if (paths.Kind != JsonKind.Array) return m.Fail(Errors.PathsNotArray);
        foreach (var path in paths.Items)
        {
            if (path.Kind != JsonKind.Array) return m.Fail(Errors.PathNotArrayBut(path));
            if (path.Count > JqLimits.Nesting) return m.Fail(Errors.PathTooDeep);
        }

        if (paths.Count == 0) return target;
        var sorted = Sorting.Sort(m, paths.Items);
        if (m.HasFailed) return default;
        return sorted[0].Count == 0 ? JsonValue.Null : Delete(m, target, sorted.Select(path => path.Items).ToArray(), 0);
    }

    // All paths begin alike up to the depth; they are sorted, so those with one key at this depth stand together.
    static JsonValue Delete(Machine m, JsonValue target, ArraySegment<IReadOnlyList<JsonValue>> paths, int depth)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return m.Fail(Errors.PathTooDeep);
        var whole = new List<JsonValue>();
        for (var i = 0; i < paths.Count;)
        {
            var key = paths[i][depth];
            var end = i + 1;
            while (end < paths.Count && Order.Equal(key, paths[end][depth]) == 1) end++;
            if (paths[i].Count == depth + 1) whole.Add(key);
            else
            {
                var part = Get(m, target, key);
                if (m.HasFailed) return default;
                if (!part.IsNull)
                {
                    part = Delete(m, part, paths.Slice(i, end - i), depth + 1);
                    if (!m.HasFailed) target = Set(m, target, key, part);
                    if (m.HasFailed) return default;
                }
            }

            i = end;
        }

        return DeleteKeys(m, target, whole);
    }

    static JsonValue DeleteKeys(Machine m, JsonValue target, List<JsonValue> keys)
    {
        if (target.IsNull || keys.Count == 0) return target;
        switch (target.Kind)
        {
            case JsonKind.Array:
                return DeleteItems(m, target, keys);
            case JsonKind.Object:
                if (keys.FindIndex(key => key.Kind != JsonKind.String) is >= 0 and var bad) return m.Fail(Errors.DeletePart(keys[bad], target));
                var names = keys.Select(key => key.AsString()).ToHashSet(StringComparer.Ordinal);
                return m.Charge(32L * target.Count) ? JsonValue.Of(target.Members.Where(member => !names.Contains(member.Key))) : default;
            default:
                return m.Fail(Errors.DeletePart(keys[0], target));
        }
    }

    static JsonValue DeleteItems(Machine m, JsonValue target, List<JsonValue> keys)
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
                if (!Range(m, key, items.Count, out var start, out var end)) return default;
                for (var i = start; i < end; i++) deleted[i] = true;
            }
            else
            {
                return m.Fail(Errors.DeletePart(key, target));
            }
        }

        return m.Charge(8L * items.Count) ? JsonValue.Of(items.Where((_, at) => !deleted[at])) : default;
    }

    static JsonValue Set(Machine m, JsonValue target, JsonValue key, JsonValue value)
    {
        switch (target.Kind, key.Kind)
        {
            case (JsonKind.Object or JsonKind.Null, JsonKind.String):
                return m.Charge(16L * target.Count + 32) ? target.With(key.AsString(), value) : default;
            case (JsonKind.Array or JsonKind.Null, JsonKind.Number):
                return SetItem(m, target, key.AsNumber(), value);
            case (JsonKind.Array or JsonKind.Null, JsonKind.Object):
                if (!Range(m, key, target.Count, out var start, out var end)) return default;
                if (value.Kind != JsonKind.Array) return m.Fail(Errors.SliceValue);
                var items = target.Items;
                return m.Charge(8L * (items.Count + value.Count)) ? JsonValue.Of([.. items.Take(start), .. value.Items, .. items.Skip(end)]) : default;
            case (JsonKind.String, JsonKind.Object):
                return m.Fail(Errors.StringSlices);
            default:
                return m.Fail(Errors.UpdateField(key, target));
        }
    }

    static JsonValue SetItem(Machine m, JsonValue target, double index, JsonValue value)
    {
        if (double.IsNaN(index)) return m.Fail(Errors.NanIndex);
        var items = target.Items;
        var at = (long)Numbers.ToInt(index);
        if (at < 0) at += items.Count;
        if (at < 0) return m.Fail(Errors.NegativeIndex);
        if (at > MaxIndex) return m.Fail(Errors.IndexTooLarge);
        var length = Math.Max(items.Count, (int)at + 1);
        if (!m.Charge(8L * length)) return default;
        var copy = new JsonValue[length];
        if (items is JsonValue[] array) array.CopyTo(copy, 0);
        else
            for (var i = 0; i < items.Count; i++) copy[i] = items[i];
        copy[at] = value;
        return JsonValue.Of(copy);
    }

    static JsonValue Item(JsonValue target, double index)
    {
        if (double.IsNaN(index)) return JsonValue.Null;
        var at = Numbers.ToInt(Math.Floor(index));
        return target[at < 0 ? at + target.Count : at];
    }

    static JsonValue Slice(Machine m, JsonValue target, JsonValue key)
    {
        if (target.Kind == JsonKind.Array)
        {
            if (!Range(m, key, target.Count, out var start, out var end) || !m.Charge(8L * (end - start))) return default;
            return target.Items is JsonValue[] items ? JsonValue.Of(items[start..end]) : JsonValue.Of(target.Items.Skip(start).Take(end - start));
        }

        var text = target.AsString();
        if (!Range(m, key, Texts.Length(text), out var from, out var to) || !m.Charge(2L * (to - from))) return default;
        return Texts.Slice(text, from, to);
    }

    // The start is rounded down and the end up, so that a slice holds at least what its bounds touch.
    static bool Range(Machine m, JsonValue key, int length, out int start, out int end)
    {
        (start, end) = (0, 0);
        JsonValue from = key["start"], to = key["end"];
        if (from.Kind is not (JsonKind.Null or JsonKind.Number) || to.Kind is not (JsonKind.Null or JsonKind.Number))
        {
            m.Fail(Errors.SliceIndices);
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
