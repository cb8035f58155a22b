using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>A code of the system's list to the canonical code and back.</summary>
static class CodeConverter
{
    public static Converter? Make(ConverterSite site)
    {
        if (site.Node is not SourceScalar { Text: var name })
        {
            site.Problems.Add(site.Node.Place, "type", MappingMessages.CodeListName);
            return null;
        }

        if (site.CodeLists.TryGetValue(name, out var list))
            return new Converter(JsonTypes.Scalars, JsonTypes.Scalars, Through(list.ToCanonical, name, site.Canonical), Through(list.ToSource, name, site.Source));
        site.Problems.Add(site.Node.Place, "unknown-code-list", MappingMessages.UnknownCodeList(name, Spelling.Nearest(name, site.CodeLists.Keys), site.CodeLists.Keys), value: name);
        return null;
    }

    static Func<JsonValue, Converted> Through(IReadOnlyDictionary<string, string> codes, string list, JsonTypes wanted)
    {
        var values = codes.ToDictionary(pair => pair.Key, pair => Typed.Text(pair.Value, wanted) ?? JsonValue.Of(pair.Value), StringComparer.Ordinal);
        return value =>
        {
            var code = Typed.TextOf(value);
            if (code is null) return Converted.Refused("type", MappingMessages.NotCode(value.Kind));
            return values.TryGetValue(code, out var meaning) ? meaning : Converted.Refused("unknown-code", MappingMessages.UnknownCode(code, list, Nearest(code, codes.Keys), codes.Keys));
        };
    }

    // Any two codes of one or two letters are near each other, which tells nobody anything.
    static string? Nearest(string code, IEnumerable<string> known) => code.Length < 3 ? null : Spelling.Nearest(code, known);
}
