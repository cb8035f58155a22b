using System.Globalization;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Dates, always in UTC. A broken-down time is [year, month from 0, day, hour, minute, second, day of the week, day of the year].</summary>
static class Dates
{
    const int SecondsPerDay = 86_400;
    static readonly long MinSeconds = DateTimeOffset.MinValue.ToUnixTimeSeconds();
    static readonly long MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    public static JsonValue BrokenDown(Evaluator e, JsonValue value)
    {
        if (value.Kind != JsonKind.Number) return e.Fail(Errors.GmtimeNumber);
        var seconds = value.AsNumber();
        if (!e.Spend(Prices.DateSteps)) return default;
        if (!(seconds >= MinSeconds && seconds <= MaxSeconds)) return e.Fail(Errors.Seconds);
        var time = DateTimeOffset.FromUnixTimeSeconds((long)Math.Floor(seconds)).UtcDateTime;
        return Fields(time, seconds - Math.Floor(seconds));
    }

    static JsonValue Fields(DateTime time, double fraction) => JsonValue.Of(
        [time.Year, time.Month - 1, time.Day, time.Hour, time.Minute, time.Second + fraction, (int)time.DayOfWeek, time.DayOfYear - 1]);

    public static JsonValue MakeTime(Evaluator e, JsonValue value)
    {
        if (value.Kind != JsonKind.Array) return e.Fail(Errors.MktimeArray);
        if (!e.Spend(Prices.DateSteps)) return default;
        if (!TryTime(value, out var time)) return e.Fail(IsBrokenDown(value) ? Errors.Years : Errors.MktimeParsed);
        return Math.Floor((time - DateTime.UnixEpoch).TotalSeconds);
    }

    static bool IsBrokenDown(JsonValue value) => value.Items.Take(8).All(field => field.Kind == JsonKind.Number && !double.IsNaN(field.AsNumber()));

    // Fields beyond their range carry over, as with timegm: month 12 is January of the next year.
    static bool TryTime(JsonValue value, out DateTime time)
    {
        time = default;
        var fields = new double[6] { 0, 0, 0, 0, 0, 0 };
        if (!IsBrokenDown(value)) return false;
        for (var i = 0; i < Math.Min(value.Count, 6); i++) fields[i] = Math.Truncate(value[i].AsNumber());

        var months = (fields[0] * 12) + fields[1];
        if (!(months >= 12 && months < 9_999 * 12)) return false;
        var seconds = ((fields[2] - 1) * SecondsPerDay) + (fields[3] * 3_600) + (fields[4] * 60) + fields[5];
        var start = new DateTime((int)months / 12, ((int)months % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc);
        if (!(Math.Abs(seconds) < 1e10)) return false;
        var ticks = start.Ticks + ((long)seconds * TimeSpan.TicksPerSecond);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) return false;
        time = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    public static JsonValue Format(Evaluator e, JsonValue value, JsonValue format, string function)
    {
        if (value.Kind == JsonKind.Number) value = BrokenDown(e, value);
        else if (value.Kind != JsonKind.Array) return e.Fail(Errors.Requires(function, "parsed datetime inputs"));
        if (e.HasFailed) return default;
        if (format.StringOrNull is not { } pattern) return e.Fail(Errors.Requires(function, "a string format"));
        if (!TryTime(value, out var time)) return e.Fail(IsBrokenDown(value) ? Errors.Years : Errors.Requires(function, "parsed datetime inputs"));
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length) text.Append(pattern[i]);
            else if (!e.Spend(Prices.DateSteps)) return default;
            else if (pattern[i + 1] == '-' && i + 2 < pattern.Length) text.Append(Unpadded(Field(pattern[i += 2], time)));
            else text.Append(Field(pattern[++i], time));
        }

        return e.Charge(2L * text.Length) ? text.ToString() : default(JsonValue);
    }

    // As GNU has it: %-d is a day without the zero before it.
    static string Unpadded(string field) => !field.All(letter => char.IsAsciiDigit(letter) || letter == ' ') ? field : field.TrimStart('0', ' ') is { Length: > 0 } digits ? digits : "0";

    static string Field(char letter, DateTime time) => letter switch
    {
        'Y' => string.Create(Invariant, $"{time.Year}"),
        'C' => string.Create(Invariant, $"{time.Year / 100:00}"),
        'y' => string.Create(Invariant, $"{time.Year % 100:00}"),
        'm' => string.Create(Invariant, $"{time.Month:00}"),
        'd' => string.Create(Invariant, $"{time.Day:00}"),
        'e' => string.Create(Invariant, $"{time.Day,2}"),
        'H' => string.Create(Invariant, $"{time.Hour:00}"),
        'k' => string.Create(Invariant, $"{time.Hour,2}"),
        'I' => string.Create(Invariant, $"{Hour12(time):00}"),
        'l' => string.Create(Invariant, $"{Hour12(time),2}"),
        'M' => string.Create(Invariant, $"{time.Minute:00}"),
        'S' => string.Create(Invariant, $"{time.Second:00}"),
        'j' => string.Create(Invariant, $"{time.DayOfYear:000}"),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'P' => time.Hour < 12 ? "am" : "pm",
        'A' => Names.GetDayName(time.DayOfWeek),
        'a' => Names.GetAbbreviatedDayName(time.DayOfWeek),
        'B' => Names.GetMonthName(time.Month),
        'b' or 'h' => Names.GetAbbreviatedMonthName(time.Month),
        'u' => string.Create(Invariant, $"{(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek)}"),
        'w' => string.Create(Invariant, $"{(int)time.DayOfWeek}"),
        'U' => string.Create(Invariant, $"{(time.DayOfYear + 6 - (int)time.DayOfWeek) / 7:00}"),
        'W' => string.Create(Invariant, $"{(time.DayOfYear + 6 - (((int)time.DayOfWeek + 6) % 7)) / 7:00}"),
        'V' => string.Create(Invariant, $"{ISOWeek.GetWeekOfYear(time):00}"),
        'G' => string.Create(Invariant, $"{ISOWeek.GetYear(time)}"),
        'g' => string.Create(Invariant, $"{ISOWeek.GetYear(time) % 100:00}"),
        's' => string.Create(Invariant, $"{(long)Math.Floor((time - DateTime.UnixEpoch).TotalSeconds)}"),
        'Z' => "UTC",
        'z' => "+0000",
        'F' => string.Create(Invariant, $"{time.Year}-{time.Month:00}-{time.Day:00}"),
        'D' or 'x' => string.Create(Invariant, $"{time.Month:00}/{time.Day:00}/{time.Year % 100:00}"),
        'T' or 'X' => string.Create(Invariant, $"{time.Hour:00}:{time.Minute:00}:{time.Second:00}"),
        'R' => string.Create(Invariant, $"{time.Hour:00}:{time.Minute:00}"),
        'r' => string.Create(Invariant, $"{Hour12(time):00}:{time.Minute:00}:{time.Second:00} {Field('p', time)}"),
        'c' => string.Create(Invariant, $"{Field('a', time)} {Field('b', time)} {time.Day,2} {Field('T', time)} {time.Year}"),
        'n' => "\n",
        't' => "\t",
        '%' => "%",
        _ => "%" + letter,
    };

    static int Hour12(DateTime time) => time.Hour % 12 == 0 ? 12 : time.Hour % 12;

    public static JsonValue Parse(Evaluator e, JsonValue value, JsonValue format)
    {
        if (value.StringOrNull is not { } text || format.StringOrNull is not { } pattern) return e.Fail(Errors.StrptimeInputs);
        if (!e.Spend(Prices.DateSteps * (1L + pattern.AsSpan().Count('%')))) return default;
        return new DateReader(text).TryRead(pattern, out var time) ? Fields(time, 0) : e.Fail(Errors.Date(text, pattern));
    }
}
