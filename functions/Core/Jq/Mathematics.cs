using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>The functions over doubles.</summary>
static class Mathematics
{
    static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    static readonly (string Name, Func<double, double> Function)[] Of1 =
    [
        ("floor", Math.Floor), ("ceil", Math.Ceiling), ("trunc", Math.Truncate), ("sqrt", Math.Sqrt), ("cbrt", Math.Cbrt), ("fabs", Math.Abs),
        ("round", x => Math.Round(x, MidpointRounding.AwayFromZero)), ("rint", x => Math.Round(x)), ("nearbyint", x => Math.Round(x)),
        ("sin", Math.Sin), ("cos", Math.Cos), ("tan", Math.Tan), ("asin", Math.Asin), ("acos", Math.Acos), ("atan", Math.Atan),
        ("sinh", Math.Sinh), ("cosh", Math.Cosh), ("tanh", Math.Tanh), ("asinh", Math.Asinh), ("acosh", Math.Acosh), ("atanh", Math.Atanh),
        ("exp", Math.Exp), ("exp2", x => Math.Pow(2, x)), ("exp10", x => Math.Pow(10, x)), ("pow10", x => Math.Pow(10, x)), ("expm1", x => Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1),
        ("log", Math.Log), ("log2", Math.Log2), ("log10", Math.Log10), ("log1p", x => Math.Abs(x) < 1e-5 ? x - (x * x / 2) : Math.Log(1 + x)),
        ("logb", x => x == 0 ? double.NegativeInfinity : double.IsInfinity(x) ? double.PositiveInfinity : Math.ILogB(x)),
        ("gamma", LogGamma), ("lgamma", LogGamma), ("lgamma_r", LogGamma), ("tgamma", Gamma),
        ("significand", x => x == 0 || !double.IsFinite(x) ? x : Math.ScaleB(x, -Math.ILogB(x))),
    ];

    static readonly (string Name, Func<double, double, double> Function)[] Of2 =
    [
        ("nextafter", Next), ("nexttoward", Next), ("pow", Math.Pow), ("atan2", Math.Atan2), ("fmin", (x, y) => double.IsNaN(x) ? y : double.IsNaN(y) ? x : Math.Min(x, y)),
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

    static double Next(double from, double to) =>
        double.IsNaN(from) || double.IsNaN(to) ? double.NaN : from == to ? to : from < to ? Math.BitIncrement(from) : Math.BitDecrement(from);

    // Lanczos' approximation (g = 7, n = 9), good to about 15 digits.
    static double LogGamma(double x)
    {
        if (x <= 0 && x == Math.Floor(x)) return double.PositiveInfinity;
        if (x is 1 or 2) return 0;
        if (x < 0.5) return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        x--;
        var series = Lanczos[0];
        for (var i = 1; i < Lanczos.Length; i++) series += Lanczos[i] / (x + i);
        var t = x + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((x + 0.5) * Math.Log(t)) - t + Math.Log(series);
    }

    static double Gamma(double x)
    {
        if (x == Math.Floor(x) && x is > 0 and < 24) return Factorial((int)x - 1);
        if (x <= 0 && x == Math.Floor(x)) return x == 0 ? 1 / x : double.NaN;
        var sign = x < 0 && Math.Floor(x) % 2 != 0 ? -1 : 1;
        return sign * Math.Exp(LogGamma(x));
    }

    static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, factor) => product * factor);

    static JsonValue Parts(double x)
    {
        if (x == 0 || !double.IsFinite(x)) return JsonValue.Of([x, 0]);
        var exponent = Math.ILogB(x) + 1;
        return JsonValue.Of([Math.ScaleB(x, -exponent), exponent]);
    }

    static JsonValue Fraction(double x) =>
        double.IsInfinity(x) ? JsonValue.Of([Math.CopySign(0, x), x]) : JsonValue.Of([x - Math.Truncate(x), Math.Truncate(x)]);
}
