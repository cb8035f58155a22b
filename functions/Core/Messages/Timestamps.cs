using System.Globalization;
using System.Text.RegularExpressions;

namespace Interop.Core.Messages;

/// <summary>Instants as text: RFC 3339, read with any offset, written in UTC.</summary>
public static partial class Timestamps
{
    /// <summary>The instant that <paramref name="text"/> names, or null. Not read are leap seconds and more than seven digits of a fraction: no clock here has them.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        text is not null && Rfc3339().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant) ? instant : null;

    /// <summary>Such as <c>2026-04-02T16:59:00Z</c>; fractions of a second only where there are some.</summary>
    public static string Print(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z";

    /// <summary>The day that <paramref name="text"/> (yyyy-MM-dd) names, or null.</summary>
    public static DateOnly? ParseDay(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>Such as <c>2026-04-02</c>.</summary>
    public static string Print(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Rfc3339();
}
