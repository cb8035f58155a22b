namespace Interop.Functions.Work;

/// <summary>What a durable timer is set to: real time, which business time is on Azure, and not in a trial where business time runs faster.</summary>
/// <param name="business">Business time.</param>
/// <param name="wall">Real time.</param>
/// <param name="toReal">How long a stretch of business time takes.</param>
sealed class WallClock(TimeProvider business, TimeProvider wall, Func<TimeSpan, TimeSpan> toReal)
{
    /// <summary>The real time, in UTC, at which it is that business time.</summary>
    public DateTime At(DateTimeOffset time) => In(toReal(time - business.GetUtcNow()));

    /// <summary>The real time, in UTC, after a stretch of real time.</summary>
    public DateTime In(TimeSpan real) => (wall.GetUtcNow() + (real > TimeSpan.Zero ? real : TimeSpan.Zero)).UtcDateTime;
}
