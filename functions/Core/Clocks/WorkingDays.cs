using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Core.Sources;
using NodaTime;

namespace Interop.Core.Clocks;

/// <summary>The working days of England and Wales: Monday to Friday without bank holidays, in the years that are covered.</summary>
public sealed record WorkingDays(int FirstYear, int LastYear, ImmutableSortedDictionary<DateOnly, string> Holidays)
{
    /// <summary>The time zone in which days begin and end.</summary>
    public const string Zone = "Europe/London";

    /// <summary>The most working days that can be counted.</summary>
    public const int MostDays = 250;

    static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb[Zone];

    /// <summary>The n-th working day after a day, or the problem <c>calendar</c> if that leaves the covered years.</summary>
    public Outcome<DateOnly> After(DateOnly day, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workingDays, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workingDays, MostDays);
        if (!Covers(day)) return NotCovered(day);
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (!Covers(day)) return NotCovered(day);
            if (IsWorkingDay(day)) left--;
        }

        return day;
    }

    /// <summary>Whether a day of a covered year is a working day; a day of another year throws.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        Covers(day) ? day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.ContainsKey(day)
        : throw new ArgumentOutOfRangeException(nameof(day), day, NotCovered(day).Message);

    /// <summary>Whether the bank holidays of a day's year are known.</summary>
    public bool Covers(DateOnly day) => day.Year >= FirstYear && day.Year <= LastYear;

    /// <summary>The local day of an instant.</summary>
    public static DateOnly LocalDay(DateTimeOffset instant) => Instant.FromDateTimeOffset(instant).InZone(London).Date.ToDateOnly();

    /// <summary>The instant at which a local day is over: the first of the next day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => LocalDate.FromDateOnly(day).PlusDays(1).AtStartOfDayInZone(London).ToInstant().ToDateTimeOffset();

    /// <summary>Reads mappings/clocks/bank-holidays-england-wales.yaml, or every problem with its place.</summary>
    public static Outcome<WorkingDays> Load(SourceNode source)
    {
        var problems = new ProblemList();
        var fields = SourceFields.Of(source, problems);
        fields.OneOf("calendar", "england-and-wales");
        fields.RequiredText("source");
        fields.Text("note");
        var years = fields.RequiredFields("years");
        var (first, last) = (years.Whole("from", 0, 1900, 2200), years.Whole("until", 0, 1900, 2200));
        if (years.Required("from") is not null & years.Required("until") is not null && first > 0 && last > 0 && last < first)
            problems.Add(years.Place, "range", "\"until\" is before \"from\". Give the first and the last year.");
        years.RefuseOthers();
        var holidays = ImmutableSortedDictionary.CreateBuilder<DateOnly, string>();
        foreach (var item in fields.List("holidays")) LoadHoliday(item, first, last, holidays, problems);
        fields.Required("holidays");
        fields.RefuseOthers();
        foreach (var year in problems.IsEmpty ? Enumerable.Range(first, last - first + 1).Where(year => !holidays.Keys.Any(day => day.Year == year)) : [])
            problems.Add(years.Place, "calendar", $"The year {year} is covered, but has no bank holiday. Add its holidays or narrow the years.");
        return problems.Or(() => new WorkingDays(first, last, holidays.ToImmutable()));
    }

    static void LoadHoliday(SourceNode item, int first, int last, ImmutableSortedDictionary<DateOnly, string>.Builder holidays, ProblemList problems)
    {
        var fields = SourceFields.Of(item, problems);
        var day = DayField.Required(fields, "date");
        var name = fields.RequiredText("name");
        fields.RefuseOthers();
        if (day is not { } date) return;
        if (date.Year < first || date.Year > last) problems.Add(item.Place, "range", $"{Timestamps.Print(date)} is not in the years that are covered.", value: Timestamps.Print(date));
        else if (!holidays.TryAdd(date, name)) problems.Add(item.Place, "duplicate", $"{Timestamps.Print(date)} stands twice. Keep one.", value: Timestamps.Print(date));
    }

    Problem NotCovered(DateOnly day) => new(
        "calendar", $"The bank holidays of {day.Year} are not known; the calendar covers {FirstYear} to {LastYear}. Add that year's holidays to it.", Value: Timestamps.Print(day));
}
