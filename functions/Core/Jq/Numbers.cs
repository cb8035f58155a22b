using System.Globalization;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Numbers are doubles; a literal a double cannot hold keeps its digits until it is calculated with.</summary>
static class Numbers
{
    const int AlwaysPlain = 15;
    const int MostZerosBefore = 3;
    const int MostZerosBehind = 15;

    public static readonly JsonValue NaN = double.NaN;

    /// <summary>A number of a program's text.</summary>
    public static JsonValue Literal(string text) => TryParse(text, out var value) ? value : throw new FormatException(text);

    /// <summary>Reads <c>[+-] digits [. digits] [e [+-] digits]</c>, where either side of the point may be missing.</summary>
    public static bool TryParse(string text, out JsonValue value)
    {
        value = default;
        if (!Decimal.TryParse(text, out var parsed)) return false;
        var number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        var canonical = parsed.ToString();
        // A text that says no more than the double's own is dropped.
        value = JsonValue.Written(number);
        if (Decimal.TryParse(value.NumberText, out var shortest) && shortest.ToString() == canonical) return true;
        value = JsonValue.OfNumber(canonical);
        return true;
    }

    /// <summary>The text of a number in JSON, as jq 1.8 writes it: what was calculated in its shortest digits, what was written as an IEEE 754 decimal; NaN is null.</summary>
    public static string Text(JsonValue number)
    {
        var text = number.NumberText;
        // Short whole numbers, most of all, are the same in every form.
        if (!number.KeepsLiteral && text.Length <= AlwaysPlain && text.AsSpan().IndexOfAny('.', 'e') < 0) return text;
        if (!number.IsWritten) return Calculated(text);
        return Decimal.TryParse(text, out var exact) ? exact.ToString() : text;
    }

    // Plain unless it would begin with more than three zeros, or end with more than fifteen.
    static string Calculated(string text)
    {
        if (!Decimal.TryParse(text, out var exact)) return text;
        var (negative, digits, exponent) = exact.Trimmed();
        var sign = negative ? "-" : "";
        var point = digits.Length + (int)exponent;
        if (digits == "0") return text;
        if (point < -MostZerosBefore || exponent > MostZerosBehind) return $"{sign}{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(point > 0 ? '+' : '-')}{Math.Abs(point - 1):00}";
        if (point <= 0) return $"{sign}0.{new string('0', -point)}{digits}";
        return point < digits.Length ? $"{sign}{digits[..point]}.{digits[point..]}" : $"{sign}{digits}{new string('0', point - digits.Length)}";
    }

    /// <summary>Numbers by value, exactly where both are literals; NaN is less than every number, itself included.</summary>
    public static int Compare(JsonValue left, JsonValue right)
    {
        double x = left.AsNumber(), y = right.AsNumber();
        if (x < y) return -1;
        if (x > y) return 1;
        if (x != y) return double.IsNaN(x) ? -1 : 1;
        // As in jq 1.8: two literals differ in any digit; what was calculated is a double.
        if ((!left.KeepsLiteral && !right.KeepsLiteral) || !left.IsWritten || !right.IsWritten) return 0;
        return Decimal.TryParse(left.NumberText, out var a) && Decimal.TryParse(right.NumberText, out var b) ? Decimal.Compare(a, b) : 0;
    }

    public static JsonValue Negate(JsonValue number)
    {
        if (!number.KeepsLiteral) return number.IsWritten ? JsonValue.Written(-number.AsNumber()) : -number.AsNumber();
        var text = number.NumberText;
        return JsonValue.OfNumber(text[0] == '-' ? text[1..] : "-" + text);
    }

    public static JsonValue Absolute(JsonValue number) => number.AsNumber() < 0 || IsNegativeZero(number.AsNumber()) ? Negate(number) : number;

    /// <summary>Truncated and held within a long.</summary>
    public static long ToLong(double number) =>
        number >= long.MaxValue ? long.MaxValue : number <= long.MinValue ? long.MinValue : (long)number;

    /// <summary>Truncated and held within an int; 0 for NaN.</summary>
    public static int ToInt(double number) =>
        double.IsNaN(number) ? 0 : number >= int.MaxValue ? int.MaxValue : number <= int.MinValue ? int.MinValue : (int)number;

    static bool IsNegativeZero(double number) => number == 0 && double.IsNegative(number);

    /// <summary>A decimal of any size: <c>digits * 10^exponent</c>. Written as IEEE 754 decimals are: plainly where short, else scientific.</summary>
    readonly record struct Decimal(bool Negative, string Digits, long Exponent)
    {
        public static bool TryParse(string text, out Decimal value)
        {
            value = default;
            var at = 0;
            var negative = false;
            if (at < text.Length && text[at] is '-' or '+') negative = text[at++] == '-';
            var whole = Run(text, ref at);
            var fraction = "";
            if (at < text.Length && text[at] == '.')
            {
                at++;
                fraction = Run(text, ref at);
            }

            if (whole.Length + fraction.Length == 0) return false;
            var exponent = 0L;
            if (at < text.Length && text[at] is 'e' or 'E')
            {
                if (!long.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > 1L << 60) return false;
                at = text.Length;
            }

            if (at != text.Length) return false;
            var digits = (whole + fraction).TrimStart('0');
            value = new Decimal(negative, digits.Length == 0 ? "0" : digits, exponent - fraction.Length);
            return true;
        }

        public static int Compare(Decimal a, Decimal b)
        {
            var (x, y) = (a.Trimmed(), b.Trimmed());
            if (x.Digits == "0" || y.Digits == "0" || x.Negative != y.Negative) return x.Sign.CompareTo(y.Sign);
            var byHead = (x.Exponent + x.Digits.Length).CompareTo(y.Exponent + y.Digits.Length);
            var magnitude = byHead != 0 ? byHead : string.CompareOrdinal(x.Digits, y.Digits);
            return Math.Sign(x.Negative ? -magnitude : magnitude);
        }

        public override string ToString()
        {
            var adjusted = Exponent + Digits.Length - 1;
            var text = new StringBuilder(Negative ? "-" : "");
            if (Exponent <= 0 && adjusted >= -6)
            {
                var point = Digits.Length + (int)Exponent;
                if (Exponent == 0) text.Append(Digits);
                else if (point > 0) text.Append(Digits, 0, point).Append('.').Append(Digits, point, Digits.Length - point);
                else text.Append("0.").Append('0', -point).Append(Digits);
                return text.ToString();
            }

            text.Append(Digits[0]);
            if (Digits.Length > 1) text.Append('.').Append(Digits, 1, Digits.Length - 1);
            return text.Append('E').Append(adjusted < 0 ? "" : "+").Append(adjusted.ToString(CultureInfo.InvariantCulture)).ToString();
        }

        int Sign => Digits == "0" ? 0 : Negative ? -1 : 1;

        public Decimal Trimmed()
        {
            var digits = Digits.TrimEnd('0');
            return digits.Length == 0 ? new Decimal(false, "0", 0) : this with { Digits = digits, Exponent = Exponent + Digits.Length - digits.Length };
        }

        static string Run(string text, ref int at)
        {
            var start = at;
            while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
            return text[start..at];
        }
    }
}
