namespace Interop.Core.Mapping;

/// <summary>One case on the source side, the other on the canonical. A text that is already in neither is refused, because it would not come back.</summary>
static class CaseConverter
{
    public static Converter Upper(ConverterSite site) => Of(site, source: Up, canonical: Down);

    public static Converter Lower(ConverterSite site) => Of(site, source: Down, canonical: Up);

    static Converter Of(ConverterSite site, Func<string, string> source, Func<string, string> canonical)
    {
        site.Fields().RefuseOthers();
        return Converter.OfText(Change(from: source, to: canonical), Change(from: canonical, to: source));
    }

    static Func<string, Converted> Change(Func<string, string> from, Func<string, string> to) =>
        text => from(to(text)) == text ? to(text) : Converted.Refused("case", MappingMessages.Case(from("a") == "A"));

    static string Up(string text) => text.ToUpperInvariant();

    static string Down(string text) => text.ToLowerInvariant();
}
