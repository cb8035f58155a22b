using System.Globalization;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 0 * * *", "2026-03-30T17:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData("*/15 * * * *", "2026-03-30T17:15:00Z", "2026-03-30T17:30:00Z")]
    [InlineData("0 6 * * 1-5", "2026-03-27T07:00:00Z", "2026-03-30T06:00:00Z")]
    [InlineData("30 8 1,15 * *", "2026-03-15T08:30:00Z", "2026-04-01T08:30:00Z")]
    [InlineData("0 0 29 FEB *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 12 13 * FRI", "2026-03-09T00:00:00Z", "2026-03-13T12:00:00Z")]
    [InlineData("0 12 1 * 7", "2026-03-02T00:00:00Z", "2026-03-08T12:00:00Z")]
    [InlineData("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z")]
    [InlineData("5/20 * * * *", "2026-03-30T17:26:00Z", "2026-03-30T17:45:00Z")]
    public void A_cron_expression_gives_the_next_time(string text, string after, string next) => Assert.Equal(At(next), CronExpression.Parse(text).Value.Next(At(after)));

    [Theory]
    [InlineData("* * * *", "five fields")]
    [InlineData("60 * * * *", "The minute")]
    [InlineData("* * * * MO", "The day of the week")]
    [InlineData("5-1 * * * *", "The minute")]
    [InlineData("*/0 * * * *", "The minute")]
    [InlineData("* * 30 2 *", "never comes")]
    [InlineData("1-2-3 * * * *", "The minute")]
    [InlineData("1/2/3 * * * *", "The minute")]
    public void A_wrong_cron_expression_is_told(string text, string part) => Assert.Contains(part, CronExpression.Parse(text).Problems.Single().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{ every: PT1H }", null, null, "2026-03-30T17:00:00Z")]
    [InlineData("{ every: PT1H }", "2026-03-30T16:30:00Z", null, "2026-03-30T17:30:00Z")]
    [InlineData("{ every: PT1H }", "2026-03-30T10:00:00Z", null, "2026-03-30T17:00:00Z")]
    [InlineData("{ after: PT1H }", null, null, "2026-03-30T17:00:00Z")]
    [InlineData("{ after: PT1H }", "2026-03-30T16:30:00Z", null, null)]
    [InlineData("{ after: PT1H }", "2026-03-30T16:30:00Z", "2026-03-30T16:45:00Z", "2026-03-30T17:45:00Z")]
    [InlineData("{ cron: 0 18 * * * }", "2026-03-30T16:30:00Z", null, "2026-03-30T18:00:00Z")]
    public void A_schedule_says_when_the_next_run_begins(string schedule, string? began, string? ended, string? next)
    {
        var workflow = Play.Load(Yaml.Definition($"schedule: {schedule}\ndo: [ {{ one: {{ set: {{ a: 1 }} }} }} ]"), Play.Everything);
        Assert.Equal(next is null ? null : At(next), workflow.Schedule!.Next(Play.Begin, began is null ? null : At(began), ended is null ? null : At(ended)));
    }

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
