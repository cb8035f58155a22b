using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>From text to values.</summary>
static class Conversions
{
    public static JsonValue FromJson(Evaluator e, JsonValue value)
    {
        if (value.StringOrNull is not { } text) return e.Fail(Errors.Type(value, "only strings can be parsed"));
        if (!e.Charge(8L * text.Length)) return default;
        return JsonReader.TryRead(text, out var read, out var error, e) ? read : e.HasStopped ? default : e.Fail(error);
    }

    public static JsonValue ToNumber(Evaluator e, JsonValue value) =>
        value.Kind == JsonKind.Number ? value
        : value.StringOrNull is { } text && e.Spend(text.Length / Prices.DigitsAStep) && Numbers.TryParse(text, out var number) ? number
        : e.Fail(Errors.Type(value, "cannot be parsed as a number"));

    public static JsonValue ToBoolean(Evaluator e, JsonValue value) => value switch
    {
        { Kind: JsonKind.Boolean } => value,
        { StringOrNull: "true" }   => true,
        { StringOrNull: "false" }  => false,
        _                          => e.Fail(Errors.Type(value, "cannot be parsed as a boolean")),
    };
}
