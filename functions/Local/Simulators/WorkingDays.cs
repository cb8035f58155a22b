namespace Interop.Local.Simulators;

/// <summary>The working days by which the simulated systems act: Monday to Friday in London without the given holidays.</summary>
internal sealed class WorkingDays(IReadOnlySet<DateOnly> holidays)
{
    const int MostDays = 400;

    /// <summary>The same time of day, a number of working days later; from a day off the count starts at the next working day.</summary>
    public DateTimeOffset Plus(DateTimeOffset from, int days)
    {
        var local = Timestamps.InLondon(from).DateTime;
        var left = days;
        for (var step = 0; step < MostDays; step++)
        {
            if (IsWorking(local) && left-- == 0) return Timestamps.FromLondon(local);
            local = local.AddDays(1);
        }

        throw new InvalidOperationException($"No {days} working days were found within {MostDays} days of {from:O}.");
    }

    /// <summary>A time of day in London, a number of working days and then of calendar days later.</summary>
    public DateTimeOffset PlusAt(DateTimeOffset from, int days, TimeOnly at, int calendarDays = 0)
    {
        var day = Timestamps.InLondon(Plus(from, days)).DateTime.Date.AddDays(calendarDays);
        return Timestamps.FromLondon(day + at.ToTimeSpan());
    }

    bool IsWorking(DateTime day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(DateOnly.FromDateTime(day));
}
