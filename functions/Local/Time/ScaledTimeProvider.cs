namespace Interop.Local.Time;

/// <summary>A clock that runs a fixed number of times as fast as the real one: virtual = start + (real - realStart) * scale. Timers run as fast.</summary>
/// <remarks>Two processes given the same <c>start</c>, <c>realStart</c> and <c>scale</c> read the same virtual time.</remarks>
internal sealed class ScaledTimeProvider : TimeProvider
{
    /// <summary>The fastest clock: a year passes in about a third of a second.</summary>
    public const double MaxScale = 100_000_000;

    readonly TimeProvider real;

    public ScaledTimeProvider(DateTimeOffset start, double scale, DateTimeOffset? realStart = null, TimeProvider? real = null)
    {
        if (!(scale > 0 && scale <= MaxScale))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, $"The scale must be above 0 and at most {MaxScale:F0}.");
        this.real = real ?? System;
        (Start, Scale, RealStart) = (start.ToUniversalTime(), scale, (realStart ?? this.real.GetUtcNow()).ToUniversalTime());
    }

    /// <summary>The virtual time at <see cref="RealStart"/>.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The real time at which the virtual one is <see cref="Start"/>.</summary>
    public DateTimeOffset RealStart { get; }

    /// <summary>Virtual seconds that pass in a real one.</summary>
    public double Scale { get; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => VirtualAt(real.GetUtcNow());

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>The virtual time at a real one.</summary>
    public DateTimeOffset VirtualAt(DateTimeOffset realTime) => Start.AddTicks((long)((realTime - RealStart).Ticks * Scale));

    /// <summary>The real time that a stretch of virtual time takes; never less, so that a timer is not early.</summary>
    public TimeSpan ToReal(TimeSpan virtualTime) =>
        virtualTime <= TimeSpan.Zero ? virtualTime : TimeSpan.FromTicks((long)Math.Ceiling(virtualTime.Ticks / Scale));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, real.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)));

    // System timers count whole milliseconds and cut the rest: round up, or a timer fires before its virtual time.
    TimeSpan Scaled(TimeSpan time)
    {
        if (time <= TimeSpan.Zero) return time;
        var milliseconds = Math.Ceiling(ToReal(time).TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, uint.MaxValue - 2d));
    }

    sealed class ScaledTimer(ScaledTimeProvider clock, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Scaled(dueTime), clock.Scaled(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
