using System.Text.RegularExpressions;

namespace Interop.Core.Identifiers;

/// <summary>A telephone number by ITU-T E.164; UK numbers are also known as people write them.</summary>
public readonly partial record struct TelephoneNumber
{
    const string Britain = "+44";

    readonly string? value;

    TelephoneNumber(string value) => this.value = value;

    /// <summary>Such as <c>+447700900123</c>; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default TelephoneNumber names nothing.");

    /// <summary>A UK number with its 0, such as <c>07700900123</c>; any other as <see cref="Value"/>.</summary>
    public string National => Value.StartsWith(Britain, StringComparison.Ordinal) ? "0" + Value[Britain.Length..] : Value;

    /// <summary>A UK number in either form, or another country's in the international. The problem is <c>telephone</c>.</summary>
    public static Outcome<TelephoneNumber> Parse(string text)
    {
        var digits = Separators().Replace(text.Replace("(0)", "", StringComparison.Ordinal), "");
        if (digits.StartsWith("00", StringComparison.Ordinal)) digits = "+" + digits[2..];
        else if (digits.StartsWith('0')) digits = Britain + digits[1..];
        var known = digits.StartsWith(Britain, StringComparison.Ordinal) ? British() : International();
        return known.IsMatch(digits) ? new TelephoneNumber(digits) : IdentifierMessages.Telephone(text);
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    [GeneratedRegex(@"[ ().\-\u00A0]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    // Ofcom's National Telephone Numbering Plan: ten digits after the trunk 0, nine in some 01 and 0800 ranges, and 0800 1111; 4 and 6 are not in use.
    [GeneratedRegex(@"^\+44([1235789][0-9]{9}|1[0-9]{8}|800[0-9]{6}|8001111)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex British();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex International();
}
