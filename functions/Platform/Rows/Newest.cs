using System.Globalization;

namespace Interop.Platform.Rows;

/// <summary>Parts of row keys that put the newest first.</summary>
static class Newest
{
    /// <summary>A part of fixed width that sorts later times first.</summary>
    public static string First(DateTimeOffset at) => (DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The time that <see cref="First"/> was given.</summary>
    public static DateTimeOffset At(string first) => new(DateTimeOffset.MaxValue.UtcTicks - long.Parse(first, NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>The UTC day, for partitions of one organisation's day.</summary>
    public static string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(at.UtcDateTime));

    /// <summary>A day as it stands in keys.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The day that stands in a key.</summary>
    public static DateOnly Day(string key) => DateOnly.ParseExact(key, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
