using System.Globalization;
using Interop.Core.Json;
using NodaTime;
using NodaTime.Text;

namespace Interop.Core.Mapping.Checking;

/// <summary>Whether two values are one, spelled twice.</summary>
static class SameValue
{
    // The name of a month in capitals or not.
    public static bool IsSpelled(JsonValue one, JsonValue other) => string.Equals(one.StringOrNull, other.StringOrNull, StringComparison.OrdinalIgnoreCase);

    // What says yes or no in other words is the same value; any other word may mean something else.
    public static string Word(JsonValue value) => Typed.TextOf(value)?.Trim().ToUpperInvariant() switch
    {
        "Y" or "YES" or "T" or "TRUE" or "1" or "ON" => "yes",
        "N" or "NO" or "F" or "FALSE" or "0" or "OFF" => "no",
        var other => $"'{other}'",
    };

    /// <summary>The number that stands there, as a number or as text.</summary>
    public static decimal? Number(JsonValue value) =>
        decimal.TryParse(value.Kind == JsonKind.Number ? value.ToString() : value.StringOrNull, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : default(decimal?);

    /// <summary>The instant that stands there, by whichever clock.</summary>
    public static Instant? InstantOf(JsonValue value) => value.StringOrNull is { } text && OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: var time } ? time.ToInstant() : null;
}
