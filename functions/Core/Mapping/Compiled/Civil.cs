using System.Runtime.InteropServices;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A date and time of day in the Gregorian calendar, in years of four digits, to the second.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Civil(int Year, int Month, int Day, int Hour = 0, int Minute = 0, int Second = 0)
{
    public const int DateLength = 10;
    public const int SecondsOfDay = 86_400;

    static ReadOnlySpan<byte> MonthLengths => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public bool Exists =>
        Year is >= 1000 and <= 9999 && Month is >= 1 and <= 12 && Day >= 1 && Day <= (Month == 2 && IsLeap ? 29 : MonthLengths[Month - 1])
        && Hour is >= 0 and <= 23 && Minute is >= 0 and <= 59 && Second is >= 0 and <= 59;

    /// <summary>Seconds since 1970 began, as if there were no zones.</summary>
    public long Seconds => ((long)Days * SecondsOfDay) + (((Hour * 60) + Minute) * 60) + Second;

    bool IsLeap => Year % 4 == 0 && (Year % 100 != 0 || Year % 400 == 0);

    // The year is taken to begin in March, so that the leap day is its last.
    int Days
    {
        get
        {
            var year = Month <= 2 ? Year - 1 : Year;
            var era = year / 400;
            var yearOfEra = year - (era * 400);
            var dayOfYear = (((153 * (Month > 2 ? Month - 3 : Month + 9)) + 2) / 5) + Day - 1;
            return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
        }
    }

    /// <summary>So many seconds later; within the day, without the calendar.</summary>
    public Civil After(long seconds)
    {
        var ofDay = (((Hour * 60) + Minute) * 60) + Second + seconds;
        return ofDay is >= 0 and < SecondsOfDay ? this with { Hour = (int)ofDay / 3600, Minute = (int)ofDay / 60 % 60, Second = (int)ofDay % 60 } : Of(Seconds + seconds);
    }

    /// <summary>The reverse of <see cref="Seconds"/>, for the years from 1000.</summary>
    public static Civil Of(long seconds)
    {
        var days = (int)Math.DivRem(seconds, SecondsOfDay, out var rest);
        if (rest < 0) (days, rest) = (days - 1, rest + SecondsOfDay);
        var second = (int)rest;
        var fromMarch = days + 719_468;
        var era = fromMarch / 146_097;
        var dayOfEra = fromMarch - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var part = ((5 * dayOfYear) + 2) / 153;
        var month = part < 10 ? part + 3 : part - 9;
        return new Civil((era * 400) + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (((153 * part) + 2) / 5) + 1, second / 3600, second / 60 % 60, second % 60);
    }

    /// <summary>The text's beginning as <c>yyyy-MM-dd</c>, if that date exists.</summary>
    public static bool TryReadDate(ReadOnlySpan<byte> text, out Civil date)
    {
        date = default;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-') return false;
        var (year, month, day) = (Digits.Four(text), Digits.Two(text[5..]), Digits.Two(text[8..]));
        date = new Civil(year, month, day);
        return date.Exists;
    }

    public void WriteDate(Span<byte> to)
    {
        Digits.WriteFour(Year, to);
        to[4] = (byte)'-';
        Digits.WriteTwo(Month, to[5..]);
        to[7] = (byte)'-';
        Digits.WriteTwo(Day, to[8..]);
    }
}

/// <summary>Decimal digits in ASCII. What is no digit makes a number below zero.</summary>
static class Digits
{
    public static int Two(ReadOnlySpan<byte> text)
    {
        int tens = text[0] - '0', ones = text[1] - '0';
        return tens is < 0 or > 9 || ones is < 0 or > 9 ? -10_000 : (tens * 10) + ones;
    }

    public static int Four(ReadOnlySpan<byte> text) => (Two(text) * 100) + Two(text[2..]);

    public static void WriteTwo(int value, Span<byte> to)
    {
        to[1] = (byte)('0' + (value % 10));
        to[0] = (byte)('0' + (value / 10));
    }

    public static void WriteFour(int value, Span<byte> to)
    {
        WriteTwo(value / 100, to);
        WriteTwo(value % 100, to[2..]);
    }
}
