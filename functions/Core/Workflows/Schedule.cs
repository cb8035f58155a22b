namespace Interop.Core.Workflows;

/// <summary>The times at which runs begin (<c>schedule.every</c>, <c>cron</c>, <c>after</c>).</summary>
/// <param name="Every">A run begins this long after the last one began, whether that has ended or not.</param>
/// <param name="Cron">A run begins at each of these times (UTC).</param>
/// <param name="After">A run begins this long after the last one ended.</param>
public sealed record Schedule(TimeSpan? Every, CronExpression? Cron, TimeSpan? After)
{
    /// <summary>When the next run begins; null if that is not known yet, or never comes.</summary>
    /// <param name="now">After this time.</param>
    /// <param name="lastBegan">When the last run began; null if there was none.</param>
    /// <param name="lastEnded">When it ended; null if it goes on or there was none.</param>
    public DateTimeOffset? Next(DateTimeOffset now, DateTimeOffset? lastBegan, DateTimeOffset? lastEnded)
    {
        DateTimeOffset?[] candidates =
        [
            Every is { } every ? Later(now, lastBegan is { } began ? began + every : now) : null,
            Cron?.Next(now),
            After is not { } after ? null : lastBegan is null ? now : lastEnded is { } ended ? Later(now, ended + after) : null,
        ];
        return candidates.Min();
    }

    static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
