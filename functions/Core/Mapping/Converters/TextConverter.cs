using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Interop.Core.Mapping;

/// <summary>Free text between a system and the record: blanks, line breaks, and a length beyond which it is cut. Nothing is cut unless the field states its loss.</summary>
static partial class TextConverter
{
    const int MaxLimit = 1_000_000;

    public static Converter? Make(ConverterSite site)
    {
        var fields = site.Fields();
        var breaks = fields.Text("breaks");
        var rules = new Rules(
            fields.Flag("trim"), fields.OptionalOneOf("spaces", "keep", "single") == "single", breaks,
            fields.Optional("limit") is null ? null : fields.Whole("limit", 1, 1, MaxLimit),
            fields.OptionalOneOf("of", "source", "canonical") == "canonical" ? Side.Canonical : Side.Source,
            fields.OptionalOneOf("cut", "end", "word") == "word", fields.Text("mark") ?? "");
        fields.RefuseOthers();
        if (!Check(rules, site)) return null;
        return Converter.OfText(
            text =>
            {
                var read = Cut(Read(text, rules), rules, Side.Canonical);
                var written = Write(read, rules);
                return site.LossIsAccepted || Read(written, rules) == read ? read : Converted.Refused("precision", MappingMessages.TextChanged(written));
            },
            text =>
            {
                var written = Cut(Write(text, rules), rules, Side.Source);
                return site.LossIsAccepted || Cut(Read(written, rules), rules, Side.Canonical) == text ? written : Converted.Refused("precision", MappingMessages.TextChanged(written));
            });
    }

    static bool Check(Rules rules, ConverterSite site)
    {
        var before = site.Problems.Count;
        if (rules.Limit is not null && !site.LossIsAccepted) site.Problems.Add(site.Node.Place, "loss", MappingMessages.CutNeedsLoss);
        if (rules.Mark.Length > 0 && rules.Limit is not null && Length(rules.Mark) >= rules.Limit) site.Problems.Add(site.Node.Place, "range", MappingMessages.MarkTooLong);
        if (rules.Breaks is not null && string.IsNullOrWhiteSpace(rules.Breaks) && !site.LossIsAccepted) site.Problems.Add(site.Node.Place, "loss", MappingMessages.BreaksNeedLoss);
        return site.Problems.Count == before;
    }

    static string Read(string text, Rules rules)
    {
        if (rules.Breaks is not null) text = Breaks().Replace(text, "\n");
        if (rules.Breaks is not ("crlf" or "lf") && !string.IsNullOrWhiteSpace(rules.Breaks)) text = text.Replace(rules.Breaks, "\n", StringComparison.Ordinal);
        if (rules.SingleSpaces) text = Blanks().Replace(text, " ");
        return rules.Trim ? text.Trim() : text;
    }

    static string Write(string text, Rules rules) => rules.Breaks switch
    {
        null => text,
        "crlf" => Breaks().Replace(text, "\r\n"),
        "lf" => Breaks().Replace(text, "\n"),
        var other => Breaks().Replace(text, other.Replace("$", "$$", StringComparison.Ordinal)),
    };

    // Lengths are in code points, as schemas count them; a letter and its accents stay together.
    static string Cut(string text, Rules rules, Side written)
    {
        if (rules.Limit is not { } limit || rules.LimitOf != written || Length(text) <= limit) return text;
        var room = limit - Length(rules.Mark);
        var kept = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(text);
        for (var length = 0; elements.MoveNext() && (length += Length(elements.GetTextElement())) <= room;) kept.Append(elements.GetTextElement());
        var end = kept.ToString();
        if (rules.AtWord && !char.IsWhiteSpace(text[end.Length]) && end.LastIndexOf(' ') is > 0 and var blank) end = end[..blank];
        return (rules.AtWord ? end.TrimEnd() : end) + rules.Mark;
    }

    static int Length(string text) => text.EnumerateRunes().Count();

    [GeneratedRegex(@"\r\n|\r|\n", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"[ \t\u00A0]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    /// <param name="Trim">Whether blanks at both ends are taken off on the way in.</param>
    /// <param name="SingleSpaces">Whether several blanks become one on the way in.</param>
    /// <param name="Breaks">What stands for a line break in the source: <c>crlf</c>, <c>lf</c>, or any text.</param>
    /// <param name="Limit">The most characters.</param>
    /// <param name="LimitOf">The side that has the limit.</param>
    /// <param name="AtWord">Whether the cut is made after a word.</param>
    /// <param name="Mark">What is put at the end of what was cut.</param>
    sealed record Rules(bool Trim, bool SingleSpaces, string? Breaks, int? Limit, Side LimitOf, bool AtWord, string Mark);
}
