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
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
