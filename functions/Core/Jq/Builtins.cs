using System.Runtime.CompilerServices;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>A function with one output: input and the values of its arguments in, value out; failure through the evaluator.</summary>
delegate JsonValue Function(Evaluator evaluator, JsonValue input, ReadOnlySpan<JsonValue> arguments);

/// <summary>A function with any number of outputs.</summary>
delegate IEnumerable<JsonValue> Generator(Evaluator evaluator, JsonValue input, JsonValue[] arguments);

/// <summary>A function that is not written in jq.</summary>
sealed record Builtin(string Name, int Arity, Function? Function, Generator? Generator = null);

/// <summary>The functions written in C#, by name and number of arguments; the others are in <see cref="Prelude"/>.</summary>
static class Builtins
{
    public static readonly Dictionary<string, Builtin> Table = Entries()
        .Concat(Mathematics.Entries())
        .Concat(Formats.Entries())
        .Concat(Dates.Entries())
        .Concat(Restrictions.Harmless())
        .ToDictionary(entry => $"{entry.Name}/{entry.Arity}", StringComparer.Ordinal);

    /// <summary>What a program may call, as name/arity.</summary>
    public static IEnumerable<string> Names =>
        Table.Keys.Concat(Prelude.Definitions.Keys).Concat(["empty/0", "path/1", "getpath/1"]).Where(name => name[0] is not ('_' or '@'));

    static IEnumerable<Builtin> Entries() =>
    [
        // Kinds and sizes
        new("type",             0, (e, v, a) => Errors.Kind(v)),
        new("not",              0, (e, v, a) => v.Kind switch { JsonKind.Null => true, JsonKind.Boolean => !v.AsBoolean(), _ => false }),
        new("length",           0, (e, v, a) => Length(e, v)),
        new("utf8bytelength",   0, (e, v, a) => v.StringOrNull is { } text ? Texts.Utf8Length(text) : e.Fail(Errors.Type(v, "only strings have UTF-8 byte length"))),
        new("keys",             0, (e, v, a) => Keys(e, v, sorted: true)),
        new("keys_unsorted",    0, (e, v, a) => Keys(e, v, sorted: false)),
        new("to_entries",       0, (e, v, a) => Entries(e, v)),
        new("has",              1, (e, v, a) => Paths.Has(e, v, a[0])),
        new("contains",         1, (e, v, a) => Contains(e, v, a[0], 0)),

        // Conversions
        new("tostring",         0, (e, v, a) => Texts.ToText(v)),
        new("tojson",           0, (e, v, a) => JsonText.Write(v)),
        new("fromjson",         0, (e, v, a) => FromJson(e, v)),
        new("tonumber",         0, (e, v, a) => ToNumber(e, v)),
        new("toboolean",        0, (e, v, a) => ToBoolean(e, v)),
        new("toarray",          0, (e, v, a) => v.Kind == JsonKind.Array ? v : JsonValue.Of(v)),

        // Paths
        new("setpath",          2, (e, v, a) => Paths.SetPath(e, v, a[0], a[1])),
        new("_from_pairs",      0, (e, v, a) => e.Charge(32L * v.Count) ? JsonValue.Of(v.Items.Select(pair => KeyValuePair.Create(pair[0].AsString(), pair[1]))) : default),
        new("delpaths",         1, (e, v, a) => Paths.DeletePaths(e, v, a[0])),

        // Arrays
        new("add",              0, (e, v, a) => Sum(e, v)),
        new("sort",             0, (e, v, a) => IsArray(e, v, "cannot be sorted, as it is not an array") ? JsonValue.Of(Sorting.Sort(e, v.Items)) : default),
        new("unique",           0, (e, v, a) => IsArray(e, v, "cannot be sorted, as it is not an array") ? Sorting.Groups(e, v.Items, v.Items, firstOnly: true) : default),
        new("min",              0, (e, v, a) => IsArray(e, v, "cannot be iterated over") ? Sorting.Extreme(e, v.Items, v.Items, -1) : default),
        new("max",              0, (e, v, a) => IsArray(e, v, "cannot be iterated over") ? Sorting.Extreme(e, v.Items, v.Items, 1) : default),
        new("_sort_by",         1, (e, v, a) => IsArray(e, v, "cannot be sorted, as it is not an array") ? JsonValue.Of(Sorting.By(e, v.Items, a[0].Items)) : default),
        new("_group_by",        1, (e, v, a) => IsArray(e, v, "cannot be grouped, as it is not an array") ? Sorting.Groups(e, v.Items, a[0].Items, firstOnly: false) : default),
        new("_unique_by",       1, (e, v, a) => IsArray(e, v, "cannot be grouped, as it is not an array") ? Sorting.Groups(e, v.Items, a[0].Items, firstOnly: true) : default),
        new("_min_by",          1, (e, v, a) => IsArray(e, v, "cannot be iterated over") ? Sorting.Extreme(e, v.Items, a[0].Items, -1) : default),
        new("_max_by",          1, (e, v, a) => IsArray(e, v, "cannot be iterated over") ? Sorting.Extreme(e, v.Items, a[0].Items, 1) : default),
        new("reverse",          0, (e, v, a) => Reverse(e, v)),
        new("_flatten",         1, (e, v, a) => Flatten(e, v, a[0].AsNumber())),
        new("bsearch",          1, (e, v, a) => Search(e, v, a[0])),

        // Strings
        new("explode",          0, (e, v, a) => v.StringOrNull is { } text ? Texts.Explode(text) : e.Fail(Errors.Explode)),
        new("implode",          0, (e, v, a) => Texts.Implode(e, v)),
        new("split",            1, (e, v, a) => v.StringOrNull is { } text && a[0].StringOrNull is { } by ? Texts.Split(e, text, by) : e.Fail(Errors.Split)),
        new("join",             1, (e, v, a) => Join(e, v, a[0])),
        new("startswith",       1, (e, v, a) => Texts.HasAffix(e, v, a[0], start: true)),
        new("endswith",         1, (e, v, a) => Texts.HasAffix(e, v, a[0], start: false)),
        new("ltrimstr",         1, (e, v, a) => Texts.Strip(e, v, a[0], start: true)),
        new("rtrimstr",         1, (e, v, a) => Texts.Strip(e, v, a[0], start: false)),
        new("trim",             0, (e, v, a) => Texts.Trim(e, v, start: true, end: true)),
        new("ltrim",            0, (e, v, a) => Texts.Trim(e, v, start: true, end: false)),
        new("rtrim",            0, (e, v, a) => Texts.Trim(e, v, start: false, end: true)),
        new("ascii_downcase",   0, (e, v, a) => v.StringOrNull is { } text ? Texts.AsciiCase(text, upper: false) : e.Fail(Errors.Explode)),
        new("ascii_upcase",     0, (e, v, a) => v.StringOrNull is { } text ? Texts.AsciiCase(text, upper: true) : e.Fail(Errors.Explode)),
        new("ascii",            0, (e, v, a) => Texts.Implode(e, JsonValue.Of(v))),
        new("_strindices",      1, (e, v, a) => StringPositions(e, v, a[0])),
        new("_match",           3, (e, v, a) => Regexes.Match(e, v, a[0], a[1], a[2].AsBoolean())),

        // Control
        new("error",            0, (e, v, a) => e.Raise(v)),
        new("_range",           3, null, Range),
        new("builtins",         0, (e, v, a) => JsonValue.Of(Names.Select(JsonValue.Of))),
        new("have_decnum",      0, (e, v, a) => true),
        new("have_literal_numbers", 0, (e, v, a) => true),
    ];

    static bool IsArray(Evaluator e, JsonValue value, string message)
    {
        if (value.Kind == JsonKind.Array) return true;
        e.Fail(Errors.Type(value, message));
        return false;
    }

    static JsonValue Length(Evaluator e, JsonValue value) => value.Kind switch
    {
        JsonKind.Null    => 0,
        JsonKind.Number  => Numbers.Absolute(value),
        JsonKind.String  => Texts.Length(value.AsString()),
        JsonKind.Boolean => e.Fail(Errors.Type(value, "has no length")),
        _                => value.Count,
    };

    static JsonValue Keys(Evaluator e, JsonValue value, bool sorted) => value.Kind switch
    {
        JsonKind.Object => JsonValue.Of((sorted ? Order.Names(value) : value.Members.Select(member => member.Key)).Select(JsonValue.Of)),
        JsonKind.Array  => JsonValue.Of(Enumerable.Range(0, value.Count).Select(at => JsonValue.Of(at))),
        _               => e.Fail(Errors.Type(value, "has no keys")),
    };

    static JsonValue Entries(Evaluator e, JsonValue value)
    {
        if (value.Kind != JsonKind.Object) return e.Fail(Errors.Type(value, "has no keys"));
        if (!e.Charge(150L * value.Count)) return default;
        var entries = new JsonValue[value.Count];
        var walk = value.Walk();
        for (var i = 0; i < entries.Length; i++)
        {
            var inner = walk.Next();
            entries[i] = JsonValue.OfDistinct([KeyValuePair.Create("key", walk.Key), KeyValuePair.Create("value", inner)]);
        }

        return JsonValue.Of(entries);
    }

    static JsonValue Contains(Evaluator e, JsonValue whole, JsonValue part, int depth)
    {
        if (depth > JqLimits.Nesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack()) return e.Fail(Errors.ContainmentTooDeep);
        switch (whole.Kind, part.Kind)
        {
            case (JsonKind.Object, JsonKind.Object):
                foreach (var (name, value) in part.Members)
                    if (!whole.TryGet(name, out var inner) || !IsTrue(Contains(e, inner, value, depth + 1))) return false;
                return true;
            case (JsonKind.Array, JsonKind.Array):
                foreach (var wanted in part.Items)
                    if (!whole.Items.Any(item => !e.HasFailed && item.Kind == wanted.Kind && IsTrue(Contains(e, item, wanted, depth + 1)))) return false;
                return true;
            case (JsonKind.String, JsonKind.String):
                return whole.AsString().Contains(part.AsString(), StringComparison.Ordinal);
            default:
                if (whole.Kind == part.Kind) return Order.Equal(whole, part) == 1;
                return depth == 0 ? e.Fail(Errors.Types(whole, part, "cannot have their containment checked")) : false;
        }
    }

    // A failure gives null back.
    static bool IsTrue(JsonValue value) => value.Kind == JsonKind.Boolean && value.AsBoolean();

    static JsonValue FromJson(Evaluator e, JsonValue value)
    {
        if (value.StringOrNull is not { } text) return e.Fail(Errors.Type(value, "only strings can be parsed"));
        if (!e.Charge(8L * text.Length)) return default;
        return JsonReader.TryRead(text, out var read, out var error) ? read : e.Fail(error);
    }

    static JsonValue ToNumber(Evaluator e, JsonValue value) =>
        value.Kind == JsonKind.Number ? value
        : value.StringOrNull is { } text && Numbers.TryParse(text, out var number) ? number
        : e.Fail(Errors.Type(value, "cannot be parsed as a number"));

    static JsonValue ToBoolean(Evaluator e, JsonValue value) => value switch
    {
        { Kind: JsonKind.Boolean } => value,
        { StringOrNull: "true" }   => true,
        { StringOrNull: "false" }  => false,
        _                          => e.Fail(Errors.Type(value, "cannot be parsed as a boolean")),
    };

    // Adding up pair by pair would copy the sum for every item.
    static JsonValue Sum(Evaluator e, JsonValue value)
    {
        if (value.Kind is not (JsonKind.Array or JsonKind.Object)) return e.Fail(Errors.Iterate(value));
        var items = value.Kind == JsonKind.Array ? value.Items : [.. value.Members.Select(member => member.Value)];
        if (items.Count > 0 && items.All(item => item.Kind == items[0].Kind))
        {
            switch (items[0].Kind)
            {
                case JsonKind.String:
                    return e.Charge(items.Sum(item => 2L * item.AsString().Length)) ? string.Concat(items.Select(item => item.AsString())) : default(JsonValue);
                case JsonKind.Array:
                    return e.Charge(items.Sum(item => 8L * item.Count)) ? JsonValue.Of(items.SelectMany(item => item.Items)) : default;
                case JsonKind.Object:
                    return e.Charge(items.Sum(item => 32L * item.Count)) ? JsonValue.Of(items.SelectMany(item => item.Members)) : default;
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

    static JsonValue Reverse(Evaluator e, JsonValue value) => value.Kind switch
    {
        JsonKind.Null   => JsonValue.EmptyArray,
        JsonKind.Array  => JsonValue.Of(value.Items.Reverse()),
        JsonKind.String => Texts.Implode(e, JsonValue.Of(Texts.Explode(value.AsString()).Items.Reverse())),
        _               => e.Fail(Errors.Index(value, 0)),
    };

    static JsonValue Flatten(Evaluator e, JsonValue value, double depth)
    {
        if (value.Kind is not (JsonKind.Array or JsonKind.Object)) return e.Fail(Errors.Iterate(value));
        var flat = new List<JsonValue>();
        var open = new Stack<IEnumerator<JsonValue>>();
        open.Push((value.Kind == JsonKind.Array ? value.Items : value.Members.Select(member => member.Value)).GetEnumerator());
        while (open.TryPeek(out var items))
        {
            if (!items.MoveNext()) open.Pop();
            else if (items.Current.Kind == JsonKind.Array && (depth < 0 || open.Count <= depth)) open.Push(items.Current.Items.GetEnumerator());
            else flat.Add(items.Current);
        }

        return e.Charge(8L * flat.Count) ? JsonValue.Of(flat.ToArray()) : default;
    }

    static JsonValue Search(Evaluator e, JsonValue value, JsonValue wanted)
    {
        if (!IsArray(e, value, "cannot be searched from")) return default;
        var items = value.Items;
        int low = 0, high = items.Count - 1;
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var order = Order.Compare(items[middle], wanted);
            if (order == Order.TooDeep) return e.Fail(Errors.ComparisonTooDeep);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return -1 - low;
    }

    static JsonValue Join(Evaluator e, JsonValue value, JsonValue separator)
    {
        if (value.Kind is not (JsonKind.Array or JsonKind.Object)) return e.Fail(Errors.Iterate(value));
        var text = new System.Text.StringBuilder();
        var items = value.Kind == JsonKind.Array ? value.Items : [.. value.Members.Select(member => member.Value)];
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0 && separator.Kind is not (JsonKind.String or JsonKind.Null)) return e.Fail(Errors.Types(text.ToString(), separator, "cannot be added"));
            if (i > 0) text.Append(separator.StringOrNull);
            if (items[i].Kind is JsonKind.Array or JsonKind.Object) return e.Fail(Errors.Types(text.ToString(), items[i], "cannot be added"));
            if (!items[i].IsNull) text.Append(Texts.ToText(items[i]));
            if (!e.Charge(2L * (separator.StringOrNull?.Length ?? 0))) return default;
        }

        return e.Charge(2L * text.Length) ? text.ToString() : default(JsonValue);
    }

    static JsonValue StringPositions(Evaluator e, JsonValue value, JsonValue wanted) =>
        value.Kind != JsonKind.String ? e.Fail(Errors.Type(value, "cannot be searched, as it is not a string"))
        : wanted.Kind != JsonKind.String ? e.Fail(Errors.Type(wanted, "is not a string"))
        : wanted.AsString().Length == 0 ? JsonValue.Null
        : Texts.Positions(e, value, wanted);

    static IEnumerable<JsonValue> Range(Evaluator e, JsonValue input, JsonValue[] bounds)
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
