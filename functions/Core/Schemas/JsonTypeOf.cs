using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>What JSON Schema says about types and numbers of values.</summary>
static class JsonTypeOf
{
    /// <summary>The one type of a value; a number without a fraction is an integer however it is written (1.0 is).</summary>
    public static JsonTypes Value(JsonValue value) => value.Kind switch
    {
        JsonKind.Null => JsonTypes.Null,
        JsonKind.Boolean => JsonTypes.Boolean,
        JsonKind.Number => IsWhole(value) ? JsonTypes.Integer : JsonTypes.Number,
        JsonKind.String => JsonTypes.String,
        JsonKind.Array => JsonTypes.Array,
        _ => JsonTypes.Object,
    };

    public static int Compare(JsonValue left, JsonValue right) =>
        Exact(left) is { } a && Exact(right) is { } b ? a.CompareTo(b) : left.AsNumber().CompareTo(right.AsNumber());

    public static bool IsMultiple(JsonValue value, JsonValue of)
    {
        if (Exact(value) is { } a && Exact(of) is { } b && b != 0) return a % b == 0;
        var quotient = value.AsNumber() / of.AsNumber();
        return double.IsFinite(quotient) && quotient == Math.Truncate(quotient);
    }

    static bool IsWhole(JsonValue number) =>
        !number.KeepsLiteral && number.AsNumber() is var plain && plain == Math.Truncate(plain) ? true
        : Exact(number) is { } exact ? exact == decimal.Truncate(exact) : number.AsNumber() is var value && value == Math.Truncate(value);

    // A decimal holds what people write (0.1, money, 18 digit ids) exactly; a double stands in beyond its range.
    static decimal? Exact(JsonValue number) =>
        decimal.TryParse(number.NumberText, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
