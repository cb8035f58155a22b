using Interop.Core.Clocks;
using Interop.Core.Messages;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Clocks;

public sealed class ClockTableTest
{
    const string OneLimit = """
        clocks: victims-code
        title: T
        version: "1"
        limits:
          - id: a
            title: A
            right: 6
            starts: [suspect-arrested]
            working-days: { standard: 5, enhanced: 1 }
            from: 2021-04-01
            until: 2026-03-31
            retime: from-trigger
            source: S
            status: verified
          - id: b
            title: B
            right: 6
            starts: [suspect-arrested]
            working-days: { enhanced: 1 }
            from: 2026-04-01
            retime: from-assessment
            source: S
            status: unverified
        """;

    const string Calendar = """
        calendar: england-and-wales
        source: S
        years: { from: 2026, until: 2026 }
        holidays: [{ date: 2026-12-25, name: Christmas Day }]
        """;

    [Theory]
    [InlineData("2021-03-31T22:59:59Z", true, "")]
    [InlineData("2021-03-31T23:00:00Z", true, "a")] // The local day is 1 April.
    [InlineData("2026-03-31T22:59:59Z", true, "a")]
    [InlineData("2026-03-31T23:00:00Z", true, "b")]
    [InlineData("2026-05-01T00:00:00Z", false, "")] // For enhanced rights only.
    public void Limits_are_dated(string at, bool enhanced, string ids)
    {
        var table = Load(OneLimit, Calendar).Value;
        Assert.Equal(ids, string.Join(',', table.StartsOn("suspect-arrested", Timestamps.Parse(at)!.Value, enhanced).Select(rule => rule.Id)));
    }

    [Fact]
    public void Nothing_starts_on_an_unknown_kind() =>
        Assert.Empty(ClockData.Table.StartsOn("officer-assigned", Timestamps.Parse("2026-05-01T00:00:00Z")!.Value, enhanced: true));

    [Fact]
    public void A_limit_not_read_in_a_public_source_says_so() =>
        Assert.Equal(["right-12-complaint", "right-6-charging-decision", "right-6-charging-decision", "right-6-charging-decision", "right-9-outcome"], ClockData.Table.Rules.Where(rule => !rule.Verified).Select(rule => rule.Id.Split('.')[0]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("id: b", "id: a", "duplicate")]
    [InlineData("right: 6", "right: 13", "range")]
    [InlineData("until: 2026-03-31", "until: 2020-03-31", "range")]
    [InlineData("until: 2026-03-31", "until: 2026-02-30", "date")]
    [InlineData("retime: from-trigger", "retime: from-triger", "unknown-value")]
    [InlineData("{ standard: 5, enhanced: 1 }", "{ all: 5, enhanced: 1 }", "unknown-field")]
    [InlineData("{ standard: 5, enhanced: 1 }", "{ standard: 1, enhanced: 5 }", "range")]
    [InlineData("source: S", "sauce: S", "required")]
    public void Wrong_tables_are_refused_with_a_place(string right, string wrong, string rule)
    {
        var problems = Load(ReplaceFirst(OneLimit, right, wrong), Calendar).Problems;
        Assert.Contains(problems, problem => problem.Rule == rule && problem.Place is not null);
    }

    [Theory]
    [InlineData("2026-12-25", "2027-12-25", "range")]
    [InlineData("until: 2026", "until: 2027", "calendar")]
    [InlineData("until: 2026", "until: 2025", "range")]
    [InlineData("england-and-wales", "scotland", "unknown-value")]
    public void Wrong_calendars_are_refused_with_a_place(string right, string wrong, string rule)
    {
        var problems = Load(OneLimit, ReplaceFirst(Calendar, right, wrong)).Problems;
        Assert.Contains(problems, problem => problem.Rule == rule && problem.Place is not null);
    }

    // An independent reckoning: Easter by the anonymous Gregorian algorithm, Mondays by their rule, substitutes for a weekend.
    [Theory]
    [InlineData(2024)]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    [InlineData(2028)]
    public void The_calendar_follows_the_rule(int year)
    {
        var calendar = ClockData.Table.Calendar;
        var easter = Easter(year);
        var wanted = new SortedSet<DateOnly>
        {
            easter.AddDays(-2), easter.AddDays(1), MondayFrom(new(year, 5, 1)), MondayFrom(new(year, 5, 25)), MondayFrom(new(year, 8, 25)),
        };
        foreach (var day in new DateOnly[] { new(year, 1, 1), new(year, 12, 25), new(year, 12, 26) })
        {
            var substitute = day;
            while (substitute.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || !wanted.Add(substitute)) substitute = substitute.AddDays(1);
        }

        Assert.Equal(wanted, calendar.Holidays.Keys.Where(day => day.Year == year));
        Assert.Equal((2024, 2028), (calendar.FirstYear, calendar.LastYear));
    }

    [Fact]
    public void A_day_of_another_year_is_a_problem_that_names_the_years()
    {
        var problem = Assert.Single(ClockData.Table.Calendar.After(new DateOnly(2023, 12, 29), 1).Problems);
        Assert.Equal("calendar", problem.Rule);
        Assert.Contains("2024 to 2028", problem.Message, StringComparison.Ordinal);
    }

    static Outcome<ClockTable> Load(string table, string calendar) =>
        ClockTable.Load(SourceReader.Read(table, "table.yaml").Value, SourceReader.Read(calendar, "calendar.yaml").Value);

    static string ReplaceFirst(string text, string right, string wrong)
    {
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0);
        return text[..at] + wrong + text[(at + right.Length)..];
    }

    static DateOnly MondayFrom(DateOnly day)
    {
        while (day.DayOfWeek != DayOfWeek.Monday) day = day.AddDays(1);
        return day;
    }

    static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
