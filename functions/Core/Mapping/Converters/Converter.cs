using Interop.Core.Json;
using Interop.Core.Mapping.Compiled;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>One value converted, or the rule it breaks and why.</summary>
readonly record struct Converted(JsonValue Value, string? Rule = null, string? Message = null)
{
    public static implicit operator Converted(JsonValue value) => new(value);

    public static implicit operator Converted(string value) => new(value);

    public static Converted Refused(string rule, string message) => new(JsonValue.Null, rule, message);
}

/// <summary>Converts one value, in both directions.</summary>
/// <param name="Source">The types it takes and gives on the source side.</param>
/// <param name="Canonical">The types it takes and gives on the canonical side.</param>
/// <param name="In">From the source's value to the canonical.</param>
/// <param name="Out">From the canonical value to the source's.</param>
sealed record Converter(JsonTypes Source, JsonTypes Canonical, Func<JsonValue, Converted> In, Func<JsonValue, Converted> Out)
{
    /// <summary>What an absent value of the source stands for; null if for nothing.</summary>
    public JsonValue Absent { get; init; }

    public static Converter Exact { get; } = new(JsonTypes.Any, JsonTypes.Any, value => value, value => value) { Recipe = new Recipe.Exact() };

    /// <summary>What it does, for the compiled form; null if it must be run as it is.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>A converter of one text to another.</summary>
    public static Converter OfText(Func<string, Converted> @in, Func<string, Converted> @out) =>
        new(JsonTypes.String, JsonTypes.String, Text(@in), Text(@out));

    static Func<JsonValue, Converted> Text(Func<string, Converted> convert) =>
        value => value.StringOrNull is { } text ? convert(text) : Converted.Refused("type", MappingMessages.NotText(value.Kind));
}
