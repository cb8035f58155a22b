using System.Text.RegularExpressions;

namespace Interop.Core.Mapping;

/// <summary>UK postcodes: upper case, one blank before the inward code. The form is checked, not whether the postcode is in use.</summary>
static partial class PostcodeConverter
{
    public static Converter Make(ConverterSite site)
    {
        site.Fields().RefuseOthers();
        return Converter.OfText(Normal, Normal);
    }

    static Converted Normal(string text)
    {
        var letters = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return Form().IsMatch(letters) ? $"{letters[..^3]} {letters[^3..]}" : Converted.Refused("postcode", MappingMessages.Postcode);
    }

    // BS 7666; the inward code never has C, I, K, M, O or V.
    [GeneratedRegex("^(GIR0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][ABD-HJLNP-UW-Z]{2})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
