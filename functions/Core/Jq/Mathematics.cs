using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>The functions over doubles.</summary>
static class Mathematics
{
    static readonly (string Name, Func<double, double> Function)[] Of1 =
    [
        ("floor", Math.Floor), ("ceil", Math.Ceiling), ("trunc", Math.Truncate), ("sqrt", Math.Sqrt), ("cbrt", Math.Cbrt), ("fabs", Math.Abs),
        ("round", x => Math.Round(x, MidpointRounding.AwayFromZero)), ("rint", x => Math.Round(x)), ("nearbyint", x => Math.Round(x)),
        ("sin", Math.Sin), ("cos", Math.Cos), ("tan", Math.Tan), ("asin", Math.Asin), ("acos", Math.Acos), ("atan", Math.Atan),
        ("sinh", Math.Sinh), ("cosh", Math.Cosh), ("tanh", Math.Tanh), ("asinh", Math.Asinh), ("acosh", Math.Acosh), ("atanh", Math.Atanh),
        ("exp", Math.Exp), ("exp2", x => Math.Pow(2, x)), ("exp10", x => Math.Pow(10, x)), ("pow10", x => Math.Pow(10, x)), ("expm1", x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1),
        ("log", Math.Log), ("log2", Math.Log2), ("log10", Math.Log10), ("log1p", x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x)),
        ("logb", x => x == 0 ? double.NegativeInfinity : double.IsInfinity(x) ? double.PositiveInfinity : Math.ILogB(x)),
        ("significand", x => x == 0 || !double.IsFinite(x) ? x : Math.ScaleB(x, -Math.ILogB(x))),
    ];

    static readonly (string Name, Func<double, double, double> Function)[] Of2 =
    [
        ("pow", Math.Pow), ("atan2", Math.Atan2), ("fmin", (x, y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Min(x, y)),
        ("fmax", (x, y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Max(x, y)), ("fmod", (x, y) => x % y), ("hypot", double.Hypot),
        ("fdim", (x, y) => x > y ? x - y : 0), ("copysign", Math.CopySign), ("remainder", Math.IEEERemainder), ("drem", Math.IEEERemainder),
        ("ldexp", (x, y) => Math.ScaleB(x, Numbers.ToInt(y))), ("scalb", (x, y) => Math.ScaleB(x, Numbers.ToInt(y))), ("scalbln", (x, y) => Math.ScaleB(x, Numbers.ToInt(y))),
    ];

    public static IEnumerable<Builtin> Entries() =>
    [
        .. Of1.Select(entry => new Builtin(entry.Name, 0, (e, v, a) => IsNumber(e, v) ? entry.Function(v.AsNumber()) : default(JsonValue))),
        .. Of2.Select(entry => new Builtin(entry.Name, 2, (e, v, a) => IsNumber(e, a[0]) && IsNumber(e, a[1]) ? entry.Function(a[0].AsNumber(), a[1].AsNumber()) : default(JsonValue))),
        new("fma",        3, (e, v, a) => IsNumber(e, a[0]) && IsNumber(e, a[1]) && IsNumber(e, a[2]) ? Math.FusedMultiplyAdd(a[0].AsNumber(), a[1].AsNumber(), a[2].AsNumber()) : default(JsonValue)),
        new("frexp",      0, (e, v, a) => IsNumber(e, v) ? Parts(v.AsNumber()) : default),
        new("modf",       0, (e, v, a) => IsNumber(e, v) ? Fraction(v.AsNumber()) : default),
        new("infinite",   0, (e, v, a) => double.PositiveInfinity),
        new("nan",        0, (e, v, a) => Numbers.NaN),
        new("isinfinite", 0, (e, v, a) => IsNumber(e, v) ? double.IsInfinity(v.AsNumber()) : default(JsonValue)),
        new("isnan",      0, (e, v, a) => IsNumber(e, v) ? double.IsNaN(v.AsNumber()) : default(JsonValue)),
        new("isnormal",   0, (e, v, a) => IsNumber(e, v) ? double.IsNormal(v.AsNumber()) : default(JsonValue)),
        new("_negate",    0, (e, v, a) => v.Kind == JsonKind.Number ? Numbers.Negate(v) : e.Fail(Errors.Type(v, "cannot be negated"))),
    ];

    static bool IsNumber(Evaluator e, JsonValue value)
    {
        if (value.Kind == JsonKind.Number) return true;
        e.Fail(Errors.Type(value, "number required"));
        return false;
    }

    static JsonValue Parts(double x)
    {
        if (x == 0 || !double.IsFinite(x)) return JsonValue.Of([x, 0]);
        var exponent = Math.ILogB(x) + 1;
        return JsonValue.Of([Math.ScaleB(x, -exponent), exponent]);
    }

    static JsonValue Fraction(double x) =>
        double.IsInfinity(x) ? JsonValue.Of([Math.CopySign(0, x), x]) : JsonValue.Of([x - Math.Truncate(x), Math.Truncate(x)]);
}
