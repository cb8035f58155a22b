using Interop.Core.Sources;

namespace Interop.Core.Schemas;

/// <summary>The keywords that lay out CSV and fixed width. What they say of one place is checked here; whether a format can be read by them, when a mapping names the format.</summary>
static class LayoutKeywords
{
    /// <summary>The most characters of a record of fixed width.</summary>
    public const int MaxRecordLength = 32_000;

    static readonly (string Name, string Text)[] LineEnds = [("lf", "\n"), ("crlf", "\r\n")];

    static readonly string[] NeedPlace = ["width", "pad", "pad-side"];

    /// <summary>The character sets that a record of fixed width may be written in.</summary>
    public static string[] CharacterSets { get; } = ["utf-8", "us-ascii", "iso-8859-1", "windows-1252"];

    public static void Csv(KeywordSite site)
    {
        var fields = SourceFields.Of(site.Value, site.Compiler.Problems);
        var header = fields.Flag("header", otherwise: true);
        var (separator, quote) = (Character(fields, "separator", ',', site), Character(fields, "quote", '"', site));
        fields.RefuseOthers();
        if (separator == quote) site.Refuse(site.Value.Place, "layout", "\"separator\" and \"quote\" are the same. Make them differ.");
        site.Node.Csv = new CsvHint(site.Value.Place, header, separator, quote);
    }

    public static void FixedWidth(KeywordSite site)
    {
        var fields = SourceFields.Of(site.Value, site.Compiler.Problems);
        var characters = fields.OptionalOneOf("character-set", CharacterSets) ?? CharacterSets[0];
        var lineEnd = fields.OptionalOneOf("line-end", [.. LineEnds.Select(end => end.Name)]) ?? LineEnds[0].Name;
        var length = fields.Whole("length", 0, 1, MaxRecordLength);
        var tag = fields.Fields("tag");
        var (tagAt, tagWidth) = (tag?.Whole("at", 1, 1, MaxRecordLength), tag?.Whole("width", 0, 1, MaxRecordLength) ?? 0);
        tag?.RefuseOthers();
        fields.RefuseOthers();
        if (tag is not null && tagWidth == 0) site.Refuse(tag.Place, "layout", "The tag has no width. Add \"width\".");
        site.Node.FixedWidth = new FixedWidthHint(
            site.Value.Place, characters, Array.Find(LineEnds, end => end.Name == lineEnd).Text, length == 0 ? null : length, tagAt, tagWidth);
    }

    public static void Column(KeywordSite site)
    {
        var fields = SourceFields.Of(site.Value, site.Compiler.Problems);
        var name = fields.Text("name");
        var (at, width) = (fields.Whole("at", 0, 1, MaxRecordLength), fields.Whole("width", 0, 1, MaxRecordLength));
        var pad = Character(fields, "pad", ' ', site);
        var side = fields.OptionalOneOf("pad-side", "left", "right");
        fields.RefuseOthers();
        if (name is { Length: 0 }) site.Refuse(site.Value.Place, "layout", "The column's name is empty. Write what stands in the header.");
        if (at == 0 && fields.Map["at"] is null && Array.Find(NeedPlace, other => fields.Map[other] is not null) is { } lone)
            site.Refuse(site.Value.Place, "layout", $"\"{lone}\" is given, but not where the column begins. Add \"at\", the column's first character from 1.");
        site.Node.Column = new ColumnHint(site.Value.Place, name, at == 0 ? null : at, width == 0 ? null : width, pad, side is null ? null : side == "left");
    }

    public static void Record(KeywordSite site)
    {
        var fields = SourceFields.Of(site.Value, site.Compiler.Problems);
        var tag = fields.RequiredText("tag");
        fields.RefuseOthers();
        if (tag.Length > 0 && (tag.Any(character => character is < ' ' or > '~') || tag.EndsWith(' ')))
            site.Refuse(site.Value.Place, "layout", "A tag has ASCII characters only, and no blank at its end.", tag);
        site.Node.Record = new RecordHint(site.Value.Place, tag);
    }

    // One byte, so that a document can be cut without decoding it.
    static char Character(SourceFields fields, string name, char otherwise, KeywordSite site)
    {
        var text = fields.Text(name);
        if (text is null) return otherwise;
        if (text is ['\t' or (>= ' ' and <= '~')]) return text[0];
        site.Refuse(fields.Map[name]!.Place, "layout", $"\"{name}\" must be one ASCII character, such as \"{otherwise}\", or a tab, \"\\t\".", text);
        return otherwise;
    }
}
