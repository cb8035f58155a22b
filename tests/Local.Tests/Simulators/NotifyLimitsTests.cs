using Interop.Local.Simulators.Notify;

namespace Interop.Local.Tests.Simulators;

public sealed class NotifyLimitsTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 30, 17, 0, 0, TimeSpan.Zero);

    // Seconds at which calls come, and which are within a limit of 2 a minute; refused calls count too.
    [Theory]
    [InlineData(new double[] { 0, 0, 0 }, new[] { true, true, false })]
    [InlineData(new double[] { 0, 30, 59.9, 60 }, new[] { true, true, false, false })]
    [InlineData(new double[] { 0, 30, 60 }, new[] { true, true, true })]
    [InlineData(new double[] { 0, 0, 0, 59, 118.9, 119 }, new[] { true, true, false, false, true, true })]
    public void TryCall_InARollingMinute_AllowsTheLimit(double[] seconds, bool[] expected)
    {
        var limits = new NotifyLimits(callsPerMinute: 2, messagesPerDay: 1);
        Assert.Equal(expected, seconds.Select(second => limits.TryCall(Start.AddSeconds(second))));
    }
}
