using System.Text.RegularExpressions;

namespace Interop.Core.Identifiers;

/// <summary>A person's number on the Police National Computer: two digits of the year, a stroke, seven digits and a check letter.</summary>
/// <remarks>The form is published (14/120018R). That the check letter is modulo 23 over year and number is unverified; the published example agrees with it.</remarks>
public readonly partial record struct PncId
{
    const int NumberDigits = 7;

    readonly string? value;

    PncId(string value) => this.value = value;

    /// <summary>Such as <c>14/0120018R</c>, with all seven digits; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default PncId names nothing.");

    /// <summary>The number may lack its leading zeros. The problem is <c>pnc-id</c>.</summary>
    public static Outcome<PncId> Parse(string text)
    {
        if (Form().Match(text.ToUpperInvariant()) is not { Success: true } match) return IdentifierMessages.PncId(text);
        var (year, number) = (match.Groups["year"].Value, match.Groups["number"].Value.PadLeft(NumberDigits, '0'));
        var expected = CheckLetter.Of(year + number);
        return match.Groups["check"].Value[0] == expected ? new PncId($"{year}/{number}{expected}") : IdentifierMessages.Check("pnc-id", text, expected);
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    [GeneratedRegex("^(?<year>[0-9]{2})/(?<number>[0-9]{1,7})(?<check>[A-Z])$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Form();
}
