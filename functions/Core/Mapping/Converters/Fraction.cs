using System.Globalization;
using System.Numerics;

namespace Interop.Core.Mapping;

/// <summary>How a number that has more decimals than are wanted becomes one that has not.</summary>
enum Rounding
{
    /// <summary>To the nearer; a half away from zero.</summary>
    HalfUp,

    /// <summary>To the nearer; a half to the even digit.</summary>
    HalfEven,

    /// <summary>Towards zero.</summary>
    Down,
}

/// <summary>A number as a fraction: what is calculated of decimal text stays exact until it is rounded, and nothing is binary. <c>default</c> is no number.</summary>
readonly record struct Fraction(BigInteger Numerator, BigInteger Denominator)
{
    const int MaxCharacters = 40;
    const int MaxExponent = 30;
    const int MaxDecimals = 40;

    /// <summary>The number a JSON literal writes; null if it is none, or longer than is calculated with.</summary>
    public static Fraction? Parse(string text)
    {
        if (text.Length > MaxCharacters || !NumberConverter.IsNumber(text)) return null;
        var mark = text.IndexOfAny(['e', 'E']);
        var (digits, exponent) = mark < 0 ? (text, 0) : (text[..mark], int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        return Math.Abs(exponent) > MaxExponent ? null : Of(digits, exponent);
    }

    /// <summary>The number of digits that are known to be some, in any length.</summary>
    public static Fraction Of(string digits, int exponent = 0)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0) exponent -= digits.Length - point - 1;
        var whole = BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent >= 0 ? new Fraction(whole * BigInteger.Pow(10, exponent), 1) : new Fraction(whole, BigInteger.Pow(10, -exponent));
    }

    public static Fraction operator *(Fraction left, Fraction right) => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Fraction operator /(Fraction left, Fraction right) => new(left.Numerator * right.Denominator * right.Numerator.Sign, left.Denominator * BigInteger.Abs(right.Numerator));

    public static Fraction operator +(Fraction left, Fraction right) => new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Fraction operator -(Fraction left, Fraction right) => left + new Fraction(-right.Numerator, right.Denominator);

    public bool IsSameAs(Fraction other) => Numerator * other.Denominator == other.Numerator * Denominator;

    /// <summary>The decimal text, exactly; null if there is none, as of a third.</summary>
    public string? ToExactText()
    {
        for (var decimals = 0; decimals <= MaxDecimals; decimals++)
        {
            if (Numerator * BigInteger.Pow(10, decimals) % Denominator == 0) return ToText(decimals, Rounding.Down);
        }

        return null;
    }

    /// <summary>The decimal text rounded to so many decimals, all of them written.</summary>
    public string ToText(int decimals, Rounding rounding)
    {
        var scaled = BigInteger.Abs(Numerator) * BigInteger.Pow(10, decimals);
        var (whole, left) = BigInteger.DivRem(scaled, Denominator);
        var half = (left * 2).CompareTo(Denominator);
        if (rounding != Rounding.Down && (half > 0 || (half == 0 && (rounding == Rounding.HalfUp || !whole.IsEven)))) whole++;
        var digits = whole.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        var text = decimals == 0 ? digits : $"{digits[..^decimals]}.{digits[^decimals..]}";
        return Numerator.Sign < 0 && !whole.IsZero ? "-" + text : text;
    }
}
