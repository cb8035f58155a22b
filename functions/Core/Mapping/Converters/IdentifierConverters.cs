using Interop.Core.Identifiers;
using Interop.Core.Mapping.Compiled;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>Identifiers with a form of their own: any spelling is read, one is written.</summary>
static class IdentifierConverters
{
    delegate Outcome<string> Parser(string text);

    static readonly Dictionary<string, Parser> Kinds = new(StringComparer.Ordinal)
    {
        ["asn"] = text => ArrestSummonsNumber.Parse(text).Then<string>(read => read.Value),
        ["pnc-id"] = text => PncId.Parse(text).Then<string>(read => read.Value),
        ["postcode"] = PostcodeOf,
        ["telephone"] = Telephone,
    };

    public static Converter? Identifier(ConverterSite site)
    {
        if (site.Node is SourceScalar { Text: var kind } && Kinds.TryGetValue(kind, out var parse)) return Of(parse, parse);
        var text = (site.Node as SourceScalar)?.Text;
        site.Problems.Add(site.Node.Place, "unknown-value", MappingMessages.IdentifierKind(Kinds.Keys), value: text);
        return null;
    }

    public static Converter Postcodes(ConverterSite site)
    {
        site.Fields().RefuseOthers();
        return Of(PostcodeOf, PostcodeOf) with { Recipe = new Recipe.Postcode() };
    }

    public static Converter Telephones(ConverterSite site)
    {
        var fields = site.Fields();
        var national = fields.OptionalOneOf("written", "e164", "national") == "national";
        fields.RefuseOthers();
        return Of(Telephone, national ? text => TelephoneNumber.Parse(text).Then<string>(read => read.National) : Telephone) with { Recipe = new Recipe.Telephone(national) };
    }

    static Outcome<string> PostcodeOf(string text) => Postcode.Parse(text).Then<string>(read => read.Value);

    static Outcome<string> Telephone(string text) => TelephoneNumber.Parse(text).Then<string>(read => read.Value);

    static Converter Of(Parser read, Parser write) => Converter.OfText(text => Converted(read(text)), text => Converted(write(text)));

    static Converted Converted(Outcome<string> read) => read.Succeeded ? read.Value : Mapping.Converted.Refused(read.Problems[0].Rule, read.Problems[0].Message);
}
