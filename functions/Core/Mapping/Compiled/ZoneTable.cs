using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using NodaTime;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// A zone's offsets between 1900 and 2100, as NodaTime has them. Only local times that are exactly one instant are answered: those in a gap or an overlap of the
/// clock change are left to NodaTime, and so is every time outside the table.
/// </summary>
sealed class ZoneTable
{
    static readonly Instant From = Instant.FromUtc(1900, 1, 1, 0, 0);
    static readonly Instant Until = Instant.FromUtc(2100, 1, 1, 0, 0);

    // There are as many as tzdb has zones.
    static readonly ConcurrentDictionary<string, ZoneTable> Made = new(StringComparer.Ordinal);

    readonly Period[] periods;
    readonly TimeIndex starts;
    readonly TimeIndex localStarts;

    ZoneTable(Period[] periods) =>
        (this.periods, starts, localStarts) = (periods, new TimeIndex(periods.Select(period => period.Start)), new TimeIndex(periods.Select(period => period.LocalStart)));

    /// <summary>A time in which one offset holds.</summary>
    /// <param name="Start">The instant it begins, in seconds since 1970 began.</param>
    /// <param name="Offset">Local time less UTC, in seconds.</param>
    /// <param name="LocalStart">From here a local time belongs to this period alone.</param>
    /// <param name="LocalEnd">Up to here, not included.</param>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct Period(long Start, int Offset, long LocalStart, long LocalEnd);

    public static ZoneTable Of(DateTimeZone zone) => Made.GetOrAdd(zone.Id, _ => Make(zone));

    /// <summary>The instant of a local time, if there is exactly one.</summary>
    public bool TryToUtc(long local, out long utc)
    {
        var at = localStarts.IndexOf(local);
        utc = at < 0 ? 0 : local - periods[at].Offset;
        return at >= 0 && local >= periods[at].LocalStart && local < periods[at].LocalEnd;
    }

    /// <summary>The local time of an instant, if the table has it.</summary>
    public bool TryToLocal(long utc, out long local)
    {
        var at = starts.IndexOf(utc);
        local = at < 0 ? 0 : utc + periods[at].Offset;
        return at >= 0 && utc < Until.ToUnixTimeSeconds();
    }

    static ZoneTable Make(DateTimeZone zone)
    {
        var intervals = zone.GetZoneIntervals(From, Until).ToList();
        var made = new Period[intervals.Count];
        for (var at = 0; at < made.Length; at++)
        {
            var (start, end, offset) = (at == 0 ? From : intervals[at].Start, at == made.Length - 1 ? Until : intervals[at].End, intervals[at].WallOffset.Seconds);
            var before = at == 0 ? offset : intervals[at - 1].WallOffset.Seconds;
            var after = at == made.Length - 1 ? offset : intervals[at + 1].WallOffset.Seconds;
            made[at] = new Period(start.ToUnixTimeSeconds(), offset, start.ToUnixTimeSeconds() + Math.Max(offset, before), end.ToUnixTimeSeconds() + Math.Min(offset, after));
        }

        // A day from the table's ends nothing is near that it does not know.
        made[0] = made[0] with { Start = made[0].Start + Civil.SecondsOfDay, LocalStart = made[0].LocalStart + Civil.SecondsOfDay };
        made[^1] = made[^1] with { LocalEnd = made[^1].LocalEnd - Civil.SecondsOfDay };
        return new ZoneTable(made);
    }
}
