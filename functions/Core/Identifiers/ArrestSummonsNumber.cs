using System.Text.RegularExpressions;

namespace Interop.Core.Identifiers;

/// <summary>An arrest/summons number: year, force, unit, system, eleven digits of sequence and a check letter, which guards all but the unit.</summary>
/// <remarks>
/// The rule of the check letter is that of the criminal justice services' published code; how letters of a force or system would count is not known here, so they are refused.
/// </remarks>
public readonly partial record struct ArrestSummonsNumber
{
    const int SequenceDigits = 11;

    readonly string? value;

    ArrestSummonsNumber(string value) => this.value = value;

    /// <summary>The twenty characters, without strokes; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default ArrestSummonsNumber names nothing.");

    /// <summary>With strokes or without; with strokes the sequence may lack its leading zeros. The problem is <c>asn</c>.</summary>
    public static Outcome<ArrestSummonsNumber> Parse(string text)
    {
        var match = Plain().Match(text.ToUpperInvariant());
        if (!match.Success) match = Stroked().Match(text.ToUpperInvariant());
        if (!match.Success) return IdentifierMessages.Asn(text);
        var (year, force, unit, system) = (Part("year"), Part("force"), Part("unit"), Part("system"));
        if (!(force + system).All(char.IsAsciiDigit)) return IdentifierMessages.AsnLettered(text);
        var sequence = Part("sequence").PadLeft(SequenceDigits, '0');
        var expected = CheckLetter.Of(force + system + year + sequence);
        return Part("check")[0] == expected
            ? new ArrestSummonsNumber(year + force + unit + system + sequence + expected)
            : IdentifierMessages.Check("asn", text, expected);

        string Part(string name) => match.Groups[name].Value;
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    [GeneratedRegex("^(?<year>[0-9]{2})(?<force>[0-9A-Z]{2})(?<unit>[0-9A-Z]{2})(?<system>[0-9A-Z]{2})(?<sequence>[0-9]{11})(?<check>[A-Z])$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Plain();

    [GeneratedRegex("^(?<year>[0-9]{2})/(?<force>[0-9A-Z]{2})(?<unit>[0-9A-Z]{2})/(?<system>[0-9A-Z]{2})/(?<sequence>[0-9]{1,11})(?<check>[A-Z])$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Stroked();
}
