using System.Text.RegularExpressions;

namespace Interop.Core.Identifiers;

/// <summary>A UK postcode in upper case with one blank before the inward code. The form is checked, not whether the postcode is in use.</summary>
public readonly partial record struct Postcode
{
    readonly string? value;

    Postcode(string value) => this.value = value;

    /// <summary>Such as <c>SW1A 1AA</c>; <c>default</c> has none and throws.</summary>
    public string Value => value ?? throw new InvalidOperationException("The default Postcode names nothing.");

    /// <summary>In any case and with any blanks. The problem is <c>postcode</c>.</summary>
    public static Outcome<Postcode> Parse(string text)
    {
        var letters = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return Form().IsMatch(letters) ? new Postcode($"{letters[..^3]} {letters[^3..]}") : IdentifierMessages.Postcode(text);
    }

    /// <inheritdoc/>
    public override string ToString() => value ?? "";

    // BS 7666; the inward code never has C, I, K, M, O or V.
    [GeneratedRegex("^(GIR0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][ABD-HJLNP-UW-Z]{2})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
