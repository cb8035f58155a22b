namespace Interop.Benchmarks.Mapping.Hand;

/// <summary>Dates and times of the system's format to those of the canonical record, digit by digit; the clock change by a table of years.</summary>
static class HandTimes
{
    public const int DateLength = 10;
    public const int InstantLength = 20;

    const int FirstYear = 1996;

    static readonly (DateTime Forward, DateTime Back)[] Changes = [.. Enumerable.Range(FirstYear, 2100 - FirstYear).Select(year => (LastSunday(year, 3), LastSunday(year, 10)))];

    /// <summary><c>dd/MM/yyyy HH:mm</c> in London, where it is exactly one instant, to <c>yyyy-MM-ddTHH:mm:00Z</c>.</summary>
    public static bool TryInstant(ReadOnlySpan<byte> text, Span<byte> to)
    {
        if (!TryInstant(text, out var utc)) return false;
        utc.Deconstruct(out DateOnly date, out TimeOnly time);
        PutDate(to, date);
        to[10] = (byte)'T';
        Put(to, 11, time.Hour);
        to[13] = (byte)':';
        Put(to, 14, time.Minute);
        ":00Z"u8.CopyTo(to[16..]);
        return true;
    }

    public static bool TryInstant(ReadOnlySpan<byte> text, out DateTime utc)
    {
        utc = default;
        if (text.Length != 16 || !TryDate(text, out DateOnly date) || text[10] != ' ' || text[13] != ':') return false;
        int hour = Two(text, 11), minute = Two(text, 14);
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || (uint)(date.Year - FirstYear) >= (uint)Changes.Length) return false;
        utc = new DateTime(date, new TimeOnly(hour, minute), DateTimeKind.Utc);
        var (forward, back) = Changes[date.Year - FirstYear];
        if (utc < forward || utc >= back.AddHours(1)) return true;
        if (utc < forward.AddHours(1) || utc >= back) return false;
        utc = utc.AddHours(-1);
        return true;
    }

    /// <summary><c>dd/MM/yyyy</c> to <c>yyyy-MM-dd</c>.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, Span<byte> to)
    {
        if (text.Length != DateLength || !TryDate(text, out DateOnly date)) return false;
        PutDate(to, date);
        return true;
    }

    /// <summary>The date that a text begins with.</summary>
    public static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        if (text.Length < DateLength || text[2] != '/' || text[5] != '/') return false;
        int day = Two(text, 0), month = Two(text, 3), year = (Two(text, 6) * 100) + Two(text, 8);
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    // Below zero for what are no digits.
    static int Two(ReadOnlySpan<byte> text, int at)
    {
        int tens = text[at] - '0', ones = text[at + 1] - '0';
        return (uint)tens > 9 || (uint)ones > 9 ? -10_000 : (tens * 10) + ones;
    }

    static void PutDate(Span<byte> to, DateOnly date)
    {
        var (year, month, day) = date;
        Put(to, 0, year / 100);
        Put(to, 2, year % 100);
        to[4] = to[7] = (byte)'-';
        Put(to, 5, month);
        Put(to, 8, day);
    }

    static void Put(Span<byte> to, int at, int value)
    {
        to[at + 1] = (byte)('0' + (value % 10));
        to[at] = (byte)('0' + (value / 10));
    }

    static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, 31, 1, 0, 0, DateTimeKind.Utc);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
