using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>What a converter is made from.</summary>
/// <param name="Node">What stands after its name.</param>
/// <param name="Source">The types of the source's value.</param>
/// <param name="Canonical">The types of the canonical value.</param>
/// <param name="CodeLists">The code lists by name.</param>
/// <param name="LossIsAccepted">Whether the field states a <c>loss</c>.</param>
/// <param name="Problems">Where problems are put.</param>
sealed record ConverterSite(SourceNode Node, JsonTypes Source, JsonTypes Canonical, IReadOnlyDictionary<string, CodeList> CodeLists, bool LossIsAccepted, ProblemList Problems)
{
    public SourceFields Fields() => SourceFields.Of(Node is SourceScalar { Value.IsNull: true } ? new SourceMap(Node.Place, []) : Node, Problems);
}

static class ConverterTable
{
    public static IReadOnlyDictionary<string, Func<ConverterSite, Converter?>> All { get; } = new Dictionary<string, Func<ConverterSite, Converter?>>(StringComparer.Ordinal)
    {
        ["number"] = NumberConverter.Make,
        ["unit"] = UnitConverter.Make,
        ["text"] = TextConverter.Make,
        ["boolean"] = BooleanConverter.Make,
        ["code"] = CodeConverter.Make,
        ["date"] = DateConverters.Date,
        ["time"] = DateConverters.Time,
        ["date-time"] = DateTimeConverter.Make,
        ["telephone"] = IdentifierConverters.Telephones,
        ["postcode"] = IdentifierConverters.Postcodes,
        ["identifier"] = IdentifierConverters.Identifier,
        ["upper"] = CaseConverter.Upper,
        ["lower"] = CaseConverter.Lower,
    };

    /// <summary>The converter that would bring two types together, for a message's remedy.</summary>
    public static string? Remedy(JsonTypes source, JsonTypes canonical) => (source & ~JsonTypes.Null, canonical & ~JsonTypes.Null) switch
    {
        (_, JsonTypes.Boolean) => "boolean: { true: [...], false: [...] }",
        (JsonTypes.String, JsonTypes.Integer or JsonTypes.Number or (JsonTypes.Integer | JsonTypes.Number)) => "number: {}",
        (JsonTypes.Integer or JsonTypes.Number or (JsonTypes.Integer | JsonTypes.Number), JsonTypes.String) => "number: {} or code: <list>",
        (_, JsonTypes.String) => "code: <list>",
        _ => null,
    };
}
