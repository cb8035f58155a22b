using CsCheck;
using Interop.Core.Tests;
using Interop.Local.Time;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Time;

public sealed class ScaledTimeProviderTests
{
    static readonly DateTimeOffset Real = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Start = new(2026, 3, 30, 17, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider real = new(Real);

    [Fact]
    public void GetUtcNow_AtTheRealStart_IsTheStart() => Assert.Equal(Start, new ScaledTimeProvider(Start, 86_400, real: real).GetUtcNow());

    [Theory]
    [InlineData(1, 1_000, 1_000)]
    [InlineData(86_400, 1_000, 86_400_000)]
    [InlineData(0.5, 1_000, 500)]
    public void GetUtcNow_AfterRealTime_IsScaled(double scale, long realMilliseconds, long virtualMilliseconds)
    {
        var clock = new ScaledTimeProvider(Start, scale, real: real);
        var before = clock.GetTimestamp();
        real.Advance(TimeSpan.FromMilliseconds(realMilliseconds));
        Assert.Equal(Start.AddMilliseconds(virtualMilliseconds), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMilliseconds(virtualMilliseconds), clock.GetElapsedTime(before));
    }

    [Fact]
    public void GetUtcNow_OfTwoClocksGivenTheSame_Agrees()
    {
        var one = new ScaledTimeProvider(Start, 1_000, Real, real);
        real.Advance(TimeSpan.FromSeconds(7));
        var other = new ScaledTimeProvider(Start, 1_000, Real, real);
        real.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(one.GetUtcNow(), other.GetUtcNow());
        Assert.Equal(Start.AddSeconds(10_000), other.GetUtcNow());
    }

    [Fact]
    public async Task Delay_OfADay_EndsWhenADayHasPassed()
    {
        var clock = new ScaledTimeProvider(Start, 86_400, real: real);
        var delay = Task.Delay(TimeSpan.FromDays(1), clock);
        real.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(delay.IsCompleted);
        real.Advance(TimeSpan.FromMilliseconds(1));
        await delay;
    }

    [Fact]
    public void CreateTimer_OnceItFires_IsNeverEarly() => Gen.Select(Gen.Long[1, TimeSpan.TicksPerDay * 40], Gen.Double[0.5, 10_000_000]).Hold((ticks, scale) =>
    {
        var time = new FakeTimeProvider(Real);
        var clock = new ScaledTimeProvider(Start, scale, real: time);
        DateTimeOffset? fired = null;
        using var timer = clock.CreateTimer(_ => fired = clock.GetUtcNow(), null, TimeSpan.FromTicks(ticks), Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromMilliseconds(Math.Ceiling(clock.ToReal(TimeSpan.FromTicks(ticks)).TotalMilliseconds)));
        return fired >= Start.AddTicks(ticks) - TimeSpan.FromTicks((long)Math.Ceiling(scale));
    });

    [Fact]
    public void CreateTimer_WithAPeriod_FiresAtEach()
    {
        var clock = new ScaledTimeProvider(Start, 60, real: real);
        var count = 0;
        using var timer = clock.CreateTimer(_ => count++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        real.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, count);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        real.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(3, count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_WithAScaleOutOfRange_Refuses(double scale) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaledTimeProvider(Start, scale));
}
