using Interop.Core.Json;
using Interop.Core.Mapping.Compiled;
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
        {
            var (@in, @out) = (Values(list.ToCanonical, site.Canonical), Values(list.ToSource, site.Source));
            return new Converter(JsonTypes.Scalars, JsonTypes.Scalars, Through(@in, name), Through(@out, name)) { Recipe = new Recipe.Codes(@in, @out) };
        }

        site.Problems.Add(site.Node.Place, "unknown-code-list", MappingMessages.UnknownCodeList(name, Spelling.Nearest(name, site.CodeLists.Keys), site.CodeLists.Keys), value: name);
        return null;
    }

    static Dictionary<string, JsonValue> Values(IReadOnlyDictionary<string, string> codes, JsonTypes wanted) =>
        codes.ToDictionary(pair => pair.Key, pair => Typed.Text(pair.Value, wanted) ?? JsonValue.Of(pair.Value), StringComparer.Ordinal);

    static Func<JsonValue, Converted> Through(Dictionary<string, JsonValue> codes, string list) => value =>
    {
        var code = Typed.TextOf(value);
        if (code is null) return Converted.Refused("type", MappingMessages.NotCode(value.Kind));
        return codes.TryGetValue(code, out var meaning) ? meaning : Converted.Refused("unknown-code", MappingMessages.UnknownCode(code, list, Nearest(code, codes.Keys), codes.Keys));
    };

    // Any two codes of one or two letters are near each other, which tells nobody anything.
    static string? Nearest(string code, IEnumerable<string> known) => code.Length < 3 ? null : Spelling.Nearest(code, known);
}
