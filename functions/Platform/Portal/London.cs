using System.Globalization;
using NodaTime;
using NodaTime.Extensions;

namespace Interop.Platform.Portal;

/// <summary>Times as people in England and Wales read them; the zone's rules come with the program, whatever the machine has.</summary>
static class London
{
    static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/London"];

    /// <summary>Such as "Thu 2 Apr 2026 17:59".</summary>
    public static string Text(DateTimeOffset at) => Local(at).ToString("ddd d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Such as "17:59:03".</summary>
    public static string Clock(DateTimeOffset at) => Local(at).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

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

    /// <summary>The UTC days that a day there touches, later first: records are listed by UTC day.</summary>
    public static IEnumerable<DateOnly> UtcDays(DateOnly day)
    {
        var begins = day.ToLocalDate().AtStartOfDayInZone(Zone).ToInstant();
        var ends = day.ToLocalDate().PlusDays(1).AtStartOfDayInZone(Zone).ToInstant().Minus(Duration.Epsilon);
        var (first, last) = (begins.InUtc().Date.ToDateOnly(), ends.InUtc().Date.ToDateOnly());
        return first == last ? [first] : [last, first];
    }

    static DateTime Local(DateTimeOffset at) => at.ToInstant().InZone(Zone).ToDateTimeUnspecified();
}
