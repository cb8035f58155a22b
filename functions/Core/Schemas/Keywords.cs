using System.Collections.Frozen;

namespace Interop.Core.Schemas;

/// <summary>The keywords there are. Each reads what follows it into checks and facts of the node.</summary>
static class Keywords
{
    public static IReadOnlyCollection<string> Names => [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Those that check, and of which <see cref="SchemaNode"/> has no fact that says all.</summary>
    public static FrozenSet<string> WithoutFact { get; } = new[]
    {
        "anyOf", "oneOf", "not", "if", "then", "else", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "patternProperties", "minProperties", "maxProperties", "prefixItems", "contains", "maxContains",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static FrozenDictionary<string, Action<KeywordSite>> All { get; } = new Dictionary<string, Action<KeywordSite>>(StringComparer.Ordinal)
    {
        ["$schema"] = AnnotationKeywords.Dialect,
        ["$id"] = AnnotationKeywords.Id,
        ["version"] = AnnotationKeywords.Version,
        ["$comment"] = site => site.Text(),
        ["$defs"] = CombiningKeywords.Definitions,
        ["$ref"] = CombiningKeywords.Reference,
        ["title"] = site => site.Node.Title = site.Text(),
        ["description"] = site => site.Node.Description = site.Text(),
        ["examples"] = site => site.List(),
        ["default"] = _ => { },
        ["xml"] = AnnotationKeywords.Xml,
        ["csv"] = LayoutKeywords.Csv,
        ["fixed-width"] = LayoutKeywords.FixedWidth,
        ["column"] = LayoutKeywords.Column,
        ["record"] = LayoutKeywords.Record,

        ["allOf"] = CombiningKeywords.AllOf,
        ["anyOf"] = CombiningKeywords.AnyOf,
        ["oneOf"] = CombiningKeywords.OneOf,
        ["not"] = CombiningKeywords.Not,
        ["if"] = CombiningKeywords.If,
        ["then"] = CombiningKeywords.Branch,
        ["else"] = CombiningKeywords.Branch,

        ["type"] = ScalarKeywords.Type,
        ["enum"] = ScalarKeywords.Enum,
        ["const"] = ScalarKeywords.Const,
        ["pattern"] = ScalarKeywords.Pattern,
        ["format"] = ScalarKeywords.Format,
        ["minLength"] = ScalarKeywords.MinLength,
        ["maxLength"] = ScalarKeywords.MaxLength,
        ["minimum"] = site => ScalarKeywords.Limit(site, "minimum", "at least", compared => compared >= 0),
        ["maximum"] = site => ScalarKeywords.Limit(site, "maximum", "at most", compared => compared <= 0),
        ["exclusiveMinimum"] = site => ScalarKeywords.Limit(site, "exclusive-minimum", "greater than", compared => compared > 0),
        ["exclusiveMaximum"] = site => ScalarKeywords.Limit(site, "exclusive-maximum", "less than", compared => compared < 0),
        ["multipleOf"] = ScalarKeywords.MultipleOf,

        ["properties"] = ObjectKeywords.Properties,
        ["required"] = ObjectKeywords.Required,
        ["additionalProperties"] = ObjectKeywords.Additional,
        ["patternProperties"] = ObjectKeywords.ByPattern,
        ["minProperties"] = ObjectKeywords.MinProperties,
        ["maxProperties"] = ObjectKeywords.MaxProperties,
        ["dependentRequired"] = ObjectKeywords.DependentRequired,

        ["items"] = ArrayKeywords.Items,
        ["prefixItems"] = ArrayKeywords.Positions,
        ["contains"] = ArrayKeywords.Contains,
        ["maxContains"] = ArrayKeywords.MaxContains,
        ["minItems"] = ArrayKeywords.MinItems,
        ["maxItems"] = ArrayKeywords.MaxItems,
        ["uniqueItems"] = ArrayKeywords.Unique,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
