using System.Text.RegularExpressions;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>Text to number and back; the digits stay as they are.</summary>
static partial class NumberConverter
{
    const JsonTypes Types = JsonTypes.String | JsonTypes.Integer | JsonTypes.Number;

    public static Converter Make(ConverterSite site)
    {
        site.Fields().RefuseOthers();
        return new Converter(Types, Types, To(site.Canonical), To(site.Source));
    }

    public static bool IsNumber(string text) => Literal().IsMatch(text);

    static Func<JsonValue, Converted> To(JsonTypes wanted)
    {
        var asText = (wanted & (JsonTypes.Integer | JsonTypes.Number)) == JsonTypes.None;
        return value =>
        {
            var text = value.Kind == JsonKind.Number ? value.NumberText : value.StringOrNull;
            if (text is null || !IsNumber(text)) return Converted.Refused("number", MappingMessages.NotNumber);
            return asText ? JsonValue.Of(text) : JsonValue.OfNumber(text);
        };
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Literal();
}
