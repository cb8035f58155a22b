using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Extensions;

namespace Interop.Platform.Portal;

/// <summary>Times as people in England and Wales read them; the zone's rules come with the program, whatever the machine has.</summary>
static partial class London
{
    static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>Such as "Thu 2 Apr 2026 17:59".</summary>
    public static string Text(DateTimeOffset at) => Local(at).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Such as "17:59:03".</summary>
    public static string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The seconds that follow <see cref="Text(DateTimeOffset)"/>, such as ":03".</summary>
    public static string Seconds(DateTimeOffset at) => Local(at).ToString("':'ss", CultureInfo.InvariantCulture);

    /// <summary>Such as "Thu 2 Apr 2026".</summary>
    public static string Text(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A limit ends with a day: the midnight that ends Thursday is "end of Thu 2 Apr 2026".</summary>
    public static string Deadline(DateTimeOffset at) => Local(at).TimeOfDay == TimeSpan.Zero ? $"end of {Text(Day(at.AddTicks(-1)))}" : Text(at);

    /// <summary>The day it is there.</summary>
    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(Local(at));

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public static string Machine(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>For day fields and addresses.</summary>
    public static string Machine(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Machine(DateOnly)"/> writes, and day fields send. The first and last years are left out, so that a day before and after is there.</summary>
    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day) && day.Year is > 1 and < 9999;

    /// <summary>The instant at which a day begins there.</summary>
    public static DateTimeOffset Begins(DateOnly day) => day.ToLocalDate().AtStartOfDayInZone(Zone).ToDateTimeOffset().ToUniversalTime();

    /// <summary>A text in which instants stand, such as "2026-04-02 16:59:03Z", with each as people read it.</summary>
    public static string Within(string text) =>
        Instants().Replace(text, found => DateTimeOffset.TryParseExact(found.Value, "u", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Text(at) : found.Value);

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}Z", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Instants();

    static DateTime Local(DateTimeOffset at) => at.ToInstant().InZone(Zone).ToDateTimeUnspecified();
}
