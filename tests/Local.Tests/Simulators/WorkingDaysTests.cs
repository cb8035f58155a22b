using Interop.Local.Simulators;

namespace Interop.Local.Tests.Simulators;

public sealed class WorkingDaysTests
{
    // From, working days, to; all in London.
    [Theory]
    [InlineData("2026-03-30 18:12", 0, "2026-03-30 18:12")]
    [InlineData("2026-03-30 18:12", 3, "2026-04-02 18:12")]
    [InlineData("2026-04-02 18:12", 1, "2026-04-07 18:12")]
    [InlineData("2026-04-03 23:50", 0, "2026-04-07 23:50")]
    [InlineData("2026-03-27 09:00", 1, "2026-03-30 09:00")]
    [InlineData("2026-12-24 09:00", 1, "2026-12-29 09:00")]
    public void Plus_SkipsWeekendsAndHolidays(string from, int days, string to) =>
        Assert.Equal(London(to), new JourneyPlan().Days.Plus(London(from), days));

    static DateTimeOffset London(string text) => Timestamps.FromLondon(DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", null));
}
