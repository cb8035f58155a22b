using System.Collections.Frozen;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>A function with one output: input and the values of its arguments in, value out; failure through the evaluator.</summary>
delegate JsonValue Function(Evaluator evaluator, JsonValue input, ReadOnlySpan<JsonValue> arguments);

/// <summary>A function with any number of outputs.</summary>
delegate IEnumerable<JsonValue> Generator(Evaluator evaluator, JsonValue input, JsonValue[] arguments);

/// <summary>A function that is not written in jq.</summary>
sealed record Builtin(string Name, int Arity, Function? Function, Generator? Generator = null)
{
    /// <summary>Whether it takes as long on a long value as on a short one.</summary>
    public bool IsBrief { get; } = Builtins.Brief.Contains($"{Name}/{Arity}");
}

/// <summary>The functions written in C#, by name and number of arguments; the others are in <see cref="Prelude"/>.</summary>
static class Builtins
{
    /// <summary>These look at no more than a part of what they are given, and count that part: all others are taken to look at the whole.</summary>
    public static readonly FrozenSet<string> Brief = FrozenSet.Create(
        StringComparer.Ordinal, "type/0", "not/0", "has/1", "toarray/0", "toboolean/0", "setpath/2", "error/0", "builtins/0", "debug/0", "stderr/0", "env/0", "have_decnum/0", "have_literal_numbers/0",
        "input/0", "input_filename/0", "infinite/0", "nan/0");

    public static readonly FrozenDictionary<string, Builtin> Table = Entries().ToFrozenDictionary(entry => $"{entry.Name}/{entry.Arity}", StringComparer.Ordinal);

    /// <summary>What a program may call, as name/arity.</summary>
    public static IEnumerable<string> Names =>
        Table.Keys.Concat(Prelude.Definitions.Keys).Concat(["empty/0", "path/1", "getpath/1"]).Where(name => name[0] is not ('*' or '_' or '@'));

    static readonly Lazy<JsonValue> AllNames = new(() => JsonValue.Of(Names.Select(JsonValue.Of)));

    static IEnumerable<Builtin> Entries() =>
    [
        // Kinds and sizes
        new("type",             0, (e, v, a) => Errors.Kind(v)),
        new("not",              0, (e, v, a) => v.Kind switch { JsonKind.Null => true, JsonKind.Boolean => !v.AsBoolean(), _ => false }),
        new("length",           0, (e, v, a) => Collections.Length(e, v)),
        new("utf8bytelength",   0, (e, v, a) => v.StringOrNull is { } text ? Texts.Utf8Length(text) : e.Fail(Errors.Type(v, "only strings have UTF-8 byte length"))),
        new("keys",             0, (e, v, a) => Collections.Keys(e, v, sorted: true)),
        new("keys_unsorted",    0, (e, v, a) => Collections.Keys(e, v, sorted: false)),
        new("to_entries",       0, (e, v, a) => Collections.Entries(e, v)),
        new("has",              1, (e, v, a) => Paths.Has(e, v, a[0])),
        new("contains",         1, (e, v, a) => Collections.Contains(e, v, a[0])),

        // Conversions
        new("tostring",         0, (e, v, a) => Texts.ToText(e, v)),
        new("tojson",           0, (e, v, a) => JsonText.Write(e, v)),
        new("fromjson",         0, (e, v, a) => Conversions.FromJson(e, v)),
        new("tonumber",         0, (e, v, a) => Conversions.ToNumber(e, v)),
        new("toboolean",        0, (e, v, a) => Conversions.ToBoolean(e, v)),
        new("toarray",          0, (e, v, a) => v.Kind == JsonKind.Array ? v : JsonValue.Of(v)),

        // Paths
        new("setpath",          2, (e, v, a) => Paths.SetPath(e, v, a[0], a[1])),
        new("*from_pairs",      0, (e, v, a) => Collections.FromPairs(e, v)),
        new("*with_values",     1, (e, v, a) => Collections.WithValues(e, v, a[0])),
        new("delpaths",         1, (e, v, a) => Paths.DeletePaths(e, v, a[0])),

        // Arrays
        new("add",              0, (e, v, a) => Collections.Sum(e, v)),
        new("sort",             0, (e, v, a) => Collections.IsArray(e, v, "cannot be sorted, as it is not an array") ? JsonValue.Of(Sorting.Sort(e, v.Items)) : default),
        new("unique",           0, (e, v, a) => Collections.IsArray(e, v, "cannot be sorted, as it is not an array") ? Sorting.Groups(e, v.Items, v.Items, firstOnly: true) : default),
        new("min",              0, (e, v, a) => Collections.IsArray(e, v, "cannot be iterated over") ? Sorting.Extreme(e, v.Items, v.Items, -1) : default),
        new("max",              0, (e, v, a) => Collections.IsArray(e, v, "cannot be iterated over") ? Sorting.Extreme(e, v.Items, v.Items, 1) : default),
        new("*sort_by",         1, (e, v, a) => Collections.IsArray(e, v, "cannot be sorted, as it is not an array") ? JsonValue.Of(Sorting.By(e, v.Items, a[0].Items)) : default),
        new("*group_by",        1, (e, v, a) => Collections.IsArray(e, v, "cannot be grouped, as it is not an array") ? Sorting.Groups(e, v.Items, a[0].Items, firstOnly: false) : default),
        new("*unique_by",       1, (e, v, a) => Collections.IsArray(e, v, "cannot be grouped, as it is not an array") ? Sorting.Groups(e, v.Items, a[0].Items, firstOnly: true) : default),
        new("*min_by",          1, (e, v, a) => Collections.IsArray(e, v, "cannot be iterated over") ? Sorting.Extreme(e, v.Items, a[0].Items, -1) : default),
        new("*max_by",          1, (e, v, a) => Collections.IsArray(e, v, "cannot be iterated over") ? Sorting.Extreme(e, v.Items, a[0].Items, 1) : default),
        new("reverse",          0, (e, v, a) => Collections.Reverse(e, v)),
        new("*flatten",         1, (e, v, a) => Collections.Flatten(e, v, a[0].AsNumber())),
        new("bsearch",          1, (e, v, a) => Collections.Search(e, v, a[0])),

        // Strings
        new("explode",          0, (e, v, a) => v.StringOrNull is { } text ? Texts.Explode(e, text) : e.Fail(Errors.Explode)),
        new("implode",          0, (e, v, a) => Texts.Implode(e, v)),
        new("split",            1, (e, v, a) => v.StringOrNull is { } text && a[0].StringOrNull is { } by ? Texts.Split(e, text, by) : e.Fail(Errors.Split)),
        new("join",             1, (e, v, a) => Collections.Join(e, v, a[0])),
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
        new("_strindices",      1, (e, v, a) => Collections.StringPositions(e, v, a[0])),
        new("*match",           3, (e, v, a) => Regexes.Match(e, v, a[0], a[1], a[2].AsBoolean())),

        // Control
        new("error",            0, (e, v, a) => e.Raise(v)),
        new("*range",           3, null, Collections.Range),
        new("builtins",         0, (e, v, a) => AllNames.Value),
        new("have_decnum",      0, (e, v, a) => true),
        new("have_literal_numbers", 0, (e, v, a) => true),

        // Numbers
        new("floor",            0, (e, v, a) => Of(e, v, Math.Floor)),
        new("ceil",             0, (e, v, a) => Of(e, v, Math.Ceiling)),
        new("trunc",            0, (e, v, a) => Of(e, v, Math.Truncate)),
        new("sqrt",             0, (e, v, a) => Of(e, v, Math.Sqrt)),
        new("cbrt",             0, (e, v, a) => Of(e, v, Math.Cbrt)),
        new("fabs",             0, (e, v, a) => Of(e, v, Math.Abs)),
        new("round",            0, (e, v, a) => Of(e, v, x => Math.Round(x, MidpointRounding.AwayFromZero))),
        new("rint",             0, (e, v, a) => Of(e, v, x => Math.Round(x))),
        new("nearbyint",        0, (e, v, a) => Of(e, v, x => Math.Round(x))),
        new("sin",              0, (e, v, a) => Of(e, v, Math.Sin)),
        new("cos",              0, (e, v, a) => Of(e, v, Math.Cos)),
        new("tan",              0, (e, v, a) => Of(e, v, Math.Tan)),
        new("asin",             0, (e, v, a) => Of(e, v, Math.Asin)),
        new("acos",             0, (e, v, a) => Of(e, v, Math.Acos)),
        new("atan",             0, (e, v, a) => Of(e, v, Math.Atan)),
        new("sinh",             0, (e, v, a) => Of(e, v, Math.Sinh)),
        new("cosh",             0, (e, v, a) => Of(e, v, Math.Cosh)),
        new("tanh",             0, (e, v, a) => Of(e, v, Math.Tanh)),
        new("asinh",            0, (e, v, a) => Of(e, v, Math.Asinh)),
        new("acosh",            0, (e, v, a) => Of(e, v, Math.Acosh)),
        new("atanh",            0, (e, v, a) => Of(e, v, Math.Atanh)),
        new("exp",              0, (e, v, a) => Of(e, v, Math.Exp)),
        new("exp2",             0, (e, v, a) => Of(e, v, x => Math.Pow(2, x))),
        new("exp10",            0, (e, v, a) => Of(e, v, x => Math.Pow(10, x))),
        new("pow10",            0, (e, v, a) => Of(e, v, x => Math.Pow(10, x))),
        new("expm1",            0, (e, v, a) => Of(e, v, x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1)),
        new("log",              0, (e, v, a) => Of(e, v, Math.Log)),
        new("log2",             0, (e, v, a) => Of(e, v, Math.Log2)),
        new("log10",            0, (e, v, a) => Of(e, v, Math.Log10)),
        new("log1p",            0, (e, v, a) => Of(e, v, x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x))),
        new("logb",             0, (e, v, a) => Of(e, v, x => x == 0 ? double.NegativeInfinity : double.IsInfinity(x) ? double.PositiveInfinity : Math.ILogB(x))),
        new("gamma",            0, (e, v, a) => Of(e, v, Mathematics.LogGamma)),
        new("lgamma",           0, (e, v, a) => Of(e, v, Mathematics.LogGamma)),
        new("tgamma",           0, (e, v, a) => Of(e, v, Mathematics.Gamma)),
        new("significand",      0, (e, v, a) => Of(e, v, x => x == 0 || !double.IsFinite(x) ? x : Math.ScaleB(x, -Math.ILogB(x)))),
        new("nextafter",        2, (e, v, a) => Of(e, a[0], a[1], Mathematics.Next)),
        new("nexttoward",       2, (e, v, a) => Of(e, a[0], a[1], Mathematics.Next)),
        new("pow",              2, (e, v, a) => Of(e, a[0], a[1], Math.Pow)),
        new("atan2",            2, (e, v, a) => Of(e, a[0], a[1], Math.Atan2)),
        new("fmin",             2, (e, v, a) => Of(e, a[0], a[1], (x, y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Min(x, y))),
        new("fmax",             2, (e, v, a) => Of(e, a[0], a[1], (x, y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Max(x, y))),
        new("fmod",             2, (e, v, a) => Of(e, a[0], a[1], (x, y) => x % y)),
        new("hypot",            2, (e, v, a) => Of(e, a[0], a[1], double.Hypot)),
        new("fdim",             2, (e, v, a) => Of(e, a[0], a[1], (x, y) => x > y ? x - y : 0)),
        new("copysign",         2, (e, v, a) => Of(e, a[0], a[1], Math.CopySign)),
        new("remainder",        2, (e, v, a) => Of(e, a[0], a[1], Math.IEEERemainder)),
        new("drem",             2, (e, v, a) => Of(e, a[0], a[1], Math.IEEERemainder)),
        new("ldexp",            2, (e, v, a) => Of(e, a[0], a[1], (x, y) => Math.ScaleB(x, Numbers.ToInt(y)))),
        new("scalb",            2, (e, v, a) => Of(e, a[0], a[1], (x, y) => Math.ScaleB(x, Numbers.ToInt(y)))),
        new("scalbln",          2, (e, v, a) => Of(e, a[0], a[1], (x, y) => Math.ScaleB(x, Numbers.ToInt(y)))),
        new("lgamma_r",         0, (e, v, a) => Mathematics.IsNumber(e, v) ? JsonValue.Of([Mathematics.LogGamma(v.AsNumber()), Mathematics.Gamma(v.AsNumber()) < 0 ? -1 : 1]) : default),
        new("fma",              3, (e, v, a) => Mathematics.Fused(e, a[0], a[1], a[2])),
        new("frexp",            0, (e, v, a) => Mathematics.IsNumber(e, v) ? Mathematics.Parts(v.AsNumber()) : default),
        new("modf",             0, (e, v, a) => Mathematics.IsNumber(e, v) ? Mathematics.Fraction(v.AsNumber()) : default),
        new("infinite",         0, (e, v, a) => double.PositiveInfinity),
        new("nan",              0, (e, v, a) => Numbers.NaN),
        new("isinfinite",       0, (e, v, a) => Mathematics.IsNumber(e, v) ? double.IsInfinity(v.AsNumber()) : default(JsonValue)),
        new("isnan",            0, (e, v, a) => Mathematics.IsNumber(e, v) ? double.IsNaN(v.AsNumber()) : default(JsonValue)),
        new("isnormal",         0, (e, v, a) => Mathematics.IsNumber(e, v) ? double.IsNormal(v.AsNumber()) : default(JsonValue)),
        new("*negate",          0, (e, v, a) => v.Kind == JsonKind.Number ? Numbers.Negate(v) : e.Fail(Errors.Type(v, "cannot be negated"))),

        // Dates
        new("gmtime",           0, (e, v, a) => Dates.BrokenDown(e, v)),
        new("mktime",           0, (e, v, a) => Dates.MakeTime(e, v)),
        new("strftime",         1, (e, v, a) => Dates.Format(e, v, a[0], "strftime/1")),
        new("strptime",         1, (e, v, a) => Dates.Parse(e, v, a[0])),

        // Formats, and what a hosted service leaves empty
        .. Formats.Entries(),
        .. Restrictions.Harmless(),
    ];

    static JsonValue Of(Evaluator e, JsonValue x, Func<double, double> function) => Mathematics.IsNumber(e, x) ? function(x.AsNumber()) : default(JsonValue);

    static JsonValue Of(Evaluator e, JsonValue x, JsonValue y, Func<double, double, double> function) =>
        Mathematics.IsNumber(e, x) && Mathematics.IsNumber(e, y) ? function(x.AsNumber(), y.AsNumber()) : default(JsonValue);
}
