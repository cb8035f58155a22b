using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping;

/// <summary>Scalars of a definition as the schema wants them.</summary>
static class Typed
{
    /// <summary>What the author wrote, as a value of the types allowed; null if it is none of them.</summary>
    /// <param name="text">As written.</param>
    /// <param name="value">As YAML reads it.</param>
    /// <param name="types">The types allowed.</param>
    public static JsonValue? Scalar(string text, JsonValue value, JsonTypes types)
    {
        var own = value.Kind switch
        {
            JsonKind.Boolean => JsonTypes.Boolean,
            JsonKind.Number => JsonTypes.Number | JsonTypes.Integer,
            JsonKind.String => JsonTypes.String,
            _ => JsonTypes.None,
        };
        if ((own & types) != JsonTypes.None) return value;
        return value.IsNull || (types & JsonTypes.String) == JsonTypes.None ? default(JsonValue?) : JsonValue.Of(text);
    }

    /// <summary>A text that stands for a value (in a path, in a code list) as a value of the types allowed; text is preferred; null if it is none of them.</summary>
    public static JsonValue? Text(string text, JsonTypes types)
    {
        if ((types & JsonTypes.String) != JsonTypes.None) return JsonValue.Of(text);
        if ((types & JsonTypes.Boolean) != JsonTypes.None && text is "true" or "false") return JsonValue.Of(text == "true");
        return (types & (JsonTypes.Number | JsonTypes.Integer)) != JsonTypes.None && NumberConverter.IsNumber(text) ? JsonValue.OfNumber(text) : default(JsonValue?);
    }

    /// <summary>A scalar as text; null for null and for what has parts.</summary>
    public static string? TextOf(JsonValue value) => value.Kind switch
    {
        JsonKind.String => value.AsString(),
        JsonKind.Number => value.NumberText,
        JsonKind.Boolean => value.AsBoolean() ? "true" : "false",
        _ => null,
    };
}
