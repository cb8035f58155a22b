using System.Globalization;

namespace Interop.Core.Workflows;

/// <summary>A cron expression of five fields: minute, hour, day of the month, month, day of the week. In UTC.</summary>
/// <remarks>As cron has it: if both days are restricted, either may fit. Names (JAN, MON) and steps are known; 7 is Sunday, too.</remarks>
public sealed class CronExpression
{
    const int MostYearsAhead = 12;

    static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    static readonly (string Name, int Least, int Most, string[] Names, int FirstNamed)[] Fields =
    [
        ("minute", 0, 59, [], 0),
        ("hour", 0, 23, [], 0),
        ("day of the month", 1, 31, [], 0),
        ("month", 1, 12, Months, 1),
        ("day of the week", 0, 7, Days, 0),
    ];

    readonly string text;
    readonly ulong minutes, hours, days, months, weekdays;
    readonly bool eitherDay;

    CronExpression(string text, ulong[] sets, bool eitherDay) =>
        (this.text, minutes, hours, days, months, weekdays, this.eitherDay) = (text, sets[0], sets[1], sets[2], sets[3], sets[4] | ((sets[4] >> 7) & 1), eitherDay);

    /// <summary>Reads an expression, or says which field is wrong.</summary>
    public static Outcome<CronExpression> Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != Fields.Length)
            return new Problem("cron", $"A cron expression has five fields (minute, hour, day of the month, month, day of the week), but this has {parts.Length}. Write 0 6 * * 1-5 for 06:00 from Monday to Friday.", Value: Problem.Preview(text));
        var sets = new ulong[Fields.Length];
        for (var at = 0; at < parts.Length; at++)
            if (!TryRead(parts[at], Fields[at], out sets[at]))
                return new Problem("cron", $"The {Fields[at].Name} of the cron expression must be *, numbers from {Fields[at].Least} to {Fields[at].Most}, ranges or steps, but is \"{Problem.Preview(parts[at])}\".", Value: Problem.Preview(text));
        var cron = new CronExpression(text, sets, parts[2][0] != '*' && parts[4][0] != '*');
        return cron.Next(DateTimeOffset.UnixEpoch) is null
            ? new Problem("cron", $"The cron expression \"{Problem.Preview(text)}\" names a day that never comes.", Value: Problem.Preview(text))
            : cron;
    }

    /// <summary>The first time after another, in UTC; null if none comes within twelve years.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var utc = after.UtcDateTime;
        if (utc.Year > 9_980) return null;
        var time = new DateTime(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, 0, DateTimeKind.Utc).AddMinutes(1);
        var end = time.AddYears(MostYearsAhead);
        while (time < end)
        {
            if (!Has(months, time.Month)) time = new DateTime(time.Year, time.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
            else if (!FitsDay(time)) time = time.Date.AddDays(1);
            else if (!Has(hours, time.Hour)) time = time.Date.AddHours(time.Hour + 1);
            else if (!Has(minutes, time.Minute)) time = time.AddMinutes(1);
            else return new DateTimeOffset(time);
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    bool FitsDay(DateTime time)
    {
        var (day, weekday) = (Has(days, time.Day), Has(weekdays, (int)time.DayOfWeek));
        return eitherDay ? day || weekday : day && weekday;
    }

    static bool Has(ulong set, int value) => (set & (1UL << value)) != 0;

    static bool TryRead(string part, (string Name, int Least, int Most, string[] Names, int FirstNamed) field, out ulong set)
    {
        set = 0;
        foreach (var item in part.Split(','))
        {
            var (range, step) = item.Split('/') switch { [var only] => (only, "1"), [var first, var second] => (first, second), _ => ("", "") };
            var isOpen = range == "*" || !range.Contains('-', StringComparison.Ordinal);
            var (from, to) = range.Split('-') switch { ["*"] => (field.Least, field.Most), [var one] => (Number(one, field), Number(one, field)), [var low, var high] => (Number(low, field), Number(high, field)), _ => (-1, -1) };
            if (isOpen && item.Contains('/', StringComparison.Ordinal)) to = field.Most;
            if (!int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var by) || by is 0 or > 99 || from < field.Least || to > field.Most || from > to) return false;
            for (var value = from; value <= to; value += by) set |= 1UL << value;
        }

        return true;
    }

    static int Number(string text, (string Name, int Least, int Most, string[] Names, int FirstNamed) field)
    {
        var named = Array.FindIndex(field.Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0) return named + field.FirstNamed;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }
}
