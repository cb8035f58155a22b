using System.Globalization;
using NodaTime;

namespace Interop.Local.Simulators;

/// <summary>The ways in which the simulated systems write a time.</summary>
internal static class Timestamps
{
    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>2026-03-02T09:00:00.000000Z, as GOV.UK Notify writes it.</summary>
    public static string Micro(DateTimeOffset at) => Format(at.ToUniversalTime(), "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");

    /// <summary>2026-03-02T09:00:00Z</summary>
    public static string Utc(DateTimeOffset at) => Format(at.ToUniversalTime(), "yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>The wall-clock time in London in a .NET pattern; it names no offset, as the vendor formats do not.</summary>
    public static string InLondon(DateTimeOffset at, string pattern) => Format(InLondon(at), pattern);

    /// <summary>The same instant with London's offset.</summary>
    public static DateTimeOffset InLondon(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(London).ToDateTimeOffset();

    /// <summary>The instant at which clocks in London show a time.</summary>
    public static DateTimeOffset FromLondon(DateTime local) => London.AtLeniently(LocalDateTime.FromDateTime(local)).ToDateTimeOffset();

    static string Format(DateTimeOffset at, string pattern) => at.ToString(pattern, CultureInfo.InvariantCulture);
}
