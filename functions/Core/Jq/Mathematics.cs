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

    public static bool IsNumber(Evaluator e, JsonValue value)
    {
        if (value.Kind == JsonKind.Number) return true;
        e.Fail(Errors.Type(value, "number required"));
        return false;
    }

    public static JsonValue Fused(Evaluator e, JsonValue x, JsonValue y, JsonValue z) =>
        IsNumber(e, x) && IsNumber(e, y) && IsNumber(e, z) ? Math.FusedMultiplyAdd(x.AsNumber(), y.AsNumber(), z.AsNumber()) : default(JsonValue);

    public static double Next(double from, double to) =>
        double.IsNaN(from) || double.IsNaN(to) ? double.NaN : from == to ? to : from < to ? Math.BitIncrement(from) : Math.BitDecrement(from);

    // Lanczos' approximation (g = 7, n = 9), good to about 15 digits.
    public static double LogGamma(double x)
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

    public static double Gamma(double x)
    {
        if (x == Math.Floor(x) && x is > 0 and < 24) return Factorial((int)x - 1);
        if (x <= 0 && x == Math.Floor(x)) return x == 0 ? 1 / x : double.NaN;
        var sign = x < 0 && Math.Floor(x) % 2 != 0 ? -1 : 1;
        return sign * Math.Exp(LogGamma(x));
    }

    static double Factorial(int n) => Enumerable.Range(1, n).Aggregate(1.0, (product, factor) => product * factor);

    public static JsonValue Parts(double x)
    {
        if (x == 0 || !double.IsFinite(x)) return JsonValue.Of([x, 0]);
        var exponent = Math.ILogB(x) + 1;
        return JsonValue.Of([Math.ScaleB(x, -exponent), exponent]);
    }

    public static JsonValue Fraction(double x) =>
        double.IsInfinity(x) ? JsonValue.Of([Math.CopySign(0, x), x]) : JsonValue.Of([x - Math.Truncate(x), Math.Truncate(x)]);
}
