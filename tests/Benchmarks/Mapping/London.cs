namespace Interop.Benchmarks.Mapping;

/// <summary>What somebody who writes a mapper by hand writes for British local time: since 1996 the clocks change at 01:00 UTC on the last Sundays of March and October.</summary>
static class London
{
    /// <summary>The instant of a local time that exists and comes once.</summary>
    public static bool TryToUtc(DateTime local, out DateTime utc)
    {
        var (forward, back) = Changes(local.Year);
        var isSummer = local >= forward.AddHours(1) && local < back;
        utc = isSummer ? local.AddHours(-1) : local;
        var isGap = local >= forward && local < forward.AddHours(1);
        var isOverlap = local >= back && local < back.AddHours(1);
        return !isGap && !isOverlap && local.Year is >= 1996 and < 2100;
    }

    public static DateTime ToLocal(DateTime utc)
    {
        var (forward, back) = Changes(utc.Year);
        return utc >= forward && utc < back ? utc.AddHours(1) : utc;
    }

    static (DateTime Forward, DateTime Back) Changes(int year) => (LastSunday(year, 3), LastSunday(year, 10));

    static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, 31, 1, 0, 0);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
