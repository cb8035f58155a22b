using System.Collections.Immutable;

namespace Interop.Core.Clocks;

/// <summary>The working days of England and Wales: Monday to Friday without bank holidays, in the years that are covered.</summary>
public sealed record WorkingDays(int FirstYear, int LastYear, ImmutableSortedDictionary<DateOnly, string> Holidays)
{
    /// <summary>The time zone in which days begin and end.</summary>
    public const string Zone = "Europe/London";

    /// <summary>The n-th working day after a day, or the problem <c>calendar</c> if that leaves the covered years.</summary>
    public Outcome<DateOnly> After(DateOnly day, int workingDays) => throw new NotSupportedException("Not written yet.");

    /// <summary>Whether a day of a covered year is a working day.</summary>
    public bool IsWorkingDay(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !Holidays.ContainsKey(day);

    /// <summary>The local day of an instant.</summary>
    public static DateOnly LocalDay(DateTimeOffset instant) => throw new NotSupportedException("Not written yet.");

    /// <summary>The instant at which a local day is over: the first of the next day.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => throw new NotSupportedException("Not written yet.");
}
