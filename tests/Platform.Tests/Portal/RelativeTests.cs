using System.Globalization;
using Interop.Platform.Portal;

namespace Interop.Platform.Tests.Portal;

public sealed class RelativeTests
{
    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-06-10T12:00:20Z", "in under a minute")]
    [InlineData("2026-06-10T11:59:20Z", "just now")]
    [InlineData("2026-06-10T11:59:00Z", "1 minute ago")]
    [InlineData("2026-06-10T12:59:59Z", "in 59 minutes")]
    [InlineData("2026-06-10T10:00:00Z", "2 hours ago")]
    [InlineData("2026-06-09T12:00:00Z", "1 day ago")]
    [InlineData("2026-06-13T22:59:00Z", "in 3 days")]
    [InlineData("2026-06-13T23:01:00Z", "in 4 days")]
    [InlineData("2026-12-10T12:00:00Z", "in 6 months")]
    public void Text_ATime_IsSaidFromNow(string at, string said) => Assert.Equal(said, Relative.Text(At(at), At("2026-06-10T12:00:00Z")));

    // Limits end with a day in London, which is 23:00 UTC in summer.
    [Theory]
    [InlineData("2026-06-10T23:00:00Z", "today")]
    [InlineData("2026-06-11T23:00:00Z", "tomorrow")]
    [InlineData("2026-06-12T23:00:00Z", "in 2 days")]
    [InlineData("2026-06-09T23:00:00Z", "yesterday")]
    [InlineData("2026-06-08T23:00:00Z", "2 days ago")]
    [InlineData("2026-06-10T11:00:00Z", "earlier today")]
    public void Deadline_TheEndOfADay_BelongsToThatDay(string due, string said) => Assert.Equal(said, Relative.Deadline(At(due), At("2026-06-10T12:00:00Z")));

    [Theory]
    [InlineData("2026-06-10T12:00:00Z", "on the last day")]
    [InlineData("2026-06-08T12:00:00Z", "2 days early")]
    [InlineData("2026-06-10T23:30:00Z", "1 day late")]
    public void Margin_BeforeOrAfterTheLimit_IsCountedInDays(string met, string said) => Assert.Equal(said, Relative.Margin(At(met), At("2026-06-10T23:00:00Z")));

    [Theory]
    [InlineData("2026-03-29", "2026-03-29T00:00:00Z")]
    [InlineData("2026-03-30", "2026-03-29T23:00:00Z")]
    [InlineData("2026-10-26", "2026-10-26T00:00:00Z")]
    public void Begins_ADayAroundAClockChange_IsItsFirstInstant(string day, string begins) =>
        Assert.Equal(At(begins), London.Begins(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
}
