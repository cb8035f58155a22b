using System.Text.RegularExpressions;

namespace Interop.Core.Mapping;

/// <summary>UK telephone numbers as people write them to E.164 and back; other countries' only in international form.</summary>
static partial class TelephoneConverter
{
    public static Converter Make(ConverterSite site)
    {
        var fields = site.Fields();
        var national = fields.OptionalOneOf("written", "e164", "national") == "national";
        fields.RefuseOthers();
        return Converter.OfText(Read, text => Read(text) is { Rule: null } read ? Write(read.Value.AsString(), national) : Refused);
    }

    static Converted Refused => Converted.Refused("telephone", MappingMessages.Telephone);

    static Converted Read(string text)
    {
        var digits = Separators().Replace(text.Replace("(0)", "", StringComparison.Ordinal), "");
        if (digits.StartsWith("00", StringComparison.Ordinal)) digits = "+" + digits[2..];
        else if (digits.StartsWith('0')) digits = "+44" + digits[1..];
        var known = digits.StartsWith("+44", StringComparison.Ordinal) ? British() : International();
        return known.IsMatch(digits) ? digits : Refused;
    }

    static string Write(string e164, bool national) => national && e164.StartsWith("+44", StringComparison.Ordinal) ? "0" + e164[3..] : e164;

    [GeneratedRegex(@"[ ().\-\u00A0]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    // Ofcom's National Telephone Numbering Plan: ten digits after the trunk 0, nine in some 01 and 0800 ranges, and 0800 1111; 4 and 6 are not in use.
    [GeneratedRegex(@"^\+44([1235789][0-9]{9}|1[0-9]{8}|800[0-9]{6}|8001111)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex British();

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex International();
}
