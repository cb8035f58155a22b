using System.Globalization;
using System.Text;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>How a system writes numbers.</summary>
/// <param name="Point">What stands before the decimals.</param>
/// <param name="Thousands">What stands between the thousands; nothing if it is empty.</param>
/// <param name="Decimals">How many decimals are written; as many as there are if it is null.</param>
/// <param name="Digits">The fewest digits before the point, filled up with zeros.</param>
/// <param name="Scale">What the canonical number is multiplied with: 100 for pence.</param>
/// <param name="Rounding">How more decimals become fewer.</param>
sealed record NumberForm(char Point, string Thousands, int? Decimals, int Digits, int Scale, Rounding Rounding)
{
    const int MaxDecimals = 20;
    const int MaxScale = 1_000_000_000;

    public static NumberForm Plain { get; } = new('.', "", null, 1, 1, Rounding.HalfUp);

    /// <summary>The form a definition states; null after a problem.</summary>
    public static NumberForm? Read(SourceFields fields)
    {
        var point = fields.OptionalOneOf("decimal", ".", ",") ?? ".";
        var thousands = fields.OptionalOneOf("thousands", ",", ".", " ", "'") ?? "";
        int? decimals = fields.Optional("decimals") is null ? null : fields.Whole("decimals", 0, 0, MaxDecimals);
        var form = new NumberForm(point[0], thousands, decimals, fields.Whole("digits", 1, 1, MaxDecimals), fields.Whole("scale", 1, 1, MaxScale), UnitConverter.RoundingOf(fields));
        if (point != thousands) return form;
        fields.Problems.Add(fields.Place, "number", MappingMessages.PointIsThousands);
        return null;
    }

    /// <summary>The canonical number; null if the text is not of this form.</summary>
    public Fraction? Parse(string text)
    {
        var negative = text.StartsWith('-');
        var parts = (negative ? text[1..] : text).Split(Point);
        if (parts.Length > 2 || (parts.Length == 2 && (parts[1].Length == 0 || parts[1].Length > (Decimals ?? MaxDecimals) || !parts[1].All(char.IsAsciiDigit)))) return null;
        if (Whole(parts[0]) is not { } whole) return null;
        var plain = whole.TrimStart('0') is { Length: > 0 } digits ? digits : "0";
        return Fraction.Parse($"{(negative ? "-" : "")}{plain}{(parts.Length == 2 ? "." + parts[1] : "")}") is { } number ? number / Fraction.Of(Scale.ToString(CultureInfo.InvariantCulture)) : null;
    }

    /// <summary>The number in this form; null if it has no end and no decimals are stated.</summary>
    public string? Write(Fraction canonical)
    {
        var scaled = canonical * Fraction.Of(Scale.ToString(CultureInfo.InvariantCulture));
        if ((Decimals is { } decimals ? scaled.ToText(decimals, Rounding) : scaled.ToExactText()) is not { } plain) return null;
        var negative = plain.StartsWith('-');
        var parts = (negative ? plain[1..] : plain).Split('.');
        return $"{(negative ? "-" : "")}{Grouped(parts[0].PadLeft(Digits, '0'))}{(parts.Length == 2 ? Point + parts[1] : "")}";
    }

    /// <summary>A number of this form, for messages.</summary>
    public string Example => Write(Fraction.Of("1234.5")) ?? "1234.5";

    // Thousands are either told apart everywhere or nowhere.
    string? Whole(string text)
    {
        var plain = Thousands.Length == 0 ? text : text.Replace(Thousands, "", StringComparison.Ordinal);
        if (plain.Length == 0 || !plain.All(char.IsAsciiDigit)) return null;
        return plain == text || Grouped(plain) == text ? plain : null;
    }

    string Grouped(string digits)
    {
        if (Thousands.Length == 0) return digits;
        var text = new StringBuilder();
        for (var at = 0; at < digits.Length; at++)
        {
            if (at > 0 && (digits.Length - at) % 3 == 0) text.Append(Thousands);
            text.Append(digits[at]);
        }

        return text.ToString();
    }
}
