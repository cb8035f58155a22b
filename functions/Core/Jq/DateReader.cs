using System.Globalization;

namespace Interop.Core.Jq;

/// <summary>Reads a date by a strptime format. Unlike C's, a day its month does not have is refused, and an offset is applied.</summary>
sealed class DateReader(string text)
{
    static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    // Letter: most digits, least and greatest value.
    static readonly Dictionary<char, (int Digits, int Min, int Max)> Fields = new()
    {
        ['Y'] = (4, 1, 9_999), ['m'] = (2, 1, 12), ['d'] = (2, 1, 31), ['e'] = (2, 1, 31), ['H'] = (2, 0, 23), ['k'] = (2, 0, 23),
        ['I'] = (2, 1, 12), ['l'] = (2, 1, 12), ['M'] = (2, 0, 59), ['S'] = (2, 0, 60), ['j'] = (3, 1, 366), ['y'] = (2, 0, 99),
        ['u'] = (1, 1, 7), ['w'] = (1, 0, 6), ['C'] = (2, 0, 99), ['U'] = (2, 0, 53), ['W'] = (2, 0, 53), ['V'] = (2, 1, 53), ['G'] = (4, 1, 9_999),
    };

    static readonly Dictionary<char, string> Combined = new()
    {
        ['T'] = "%H:%M:%S", ['R'] = "%H:%M", ['F'] = "%Y-%m-%d", ['D'] = "%m/%d/%y", ['x'] = "%m/%d/%y", ['X'] = "%H:%M:%S", ['r'] = "%I:%M:%S %p", ['c'] = "%a %b %e %H:%M:%S %Y",
    };

    readonly Dictionary<char, int> found = [];
    int at;
    long? epoch;
    TimeSpan offset;

    public bool TryRead(string format, out DateTime time)
    {
        time = default;
        if (!Read(format)) return false;
        SkipSpace();
        return at == text.Length && Make(out time);
    }

    bool Read(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (char.IsWhiteSpace(format[i])) SkipSpace();
            else if (format[i] != '%' || i + 1 == format.Length)
            {
                if (at >= text.Length || text[at++] != format[i]) return false;
            }
            else if (!Field(format[++i])) return false;
        }

        return true;
    }

    bool Field(char letter)
    {
        if (Combined.TryGetValue(letter, out var parts)) return Read(parts);
        if (letter is not ('%' or 'Z' or 'z')) SkipSpace();
        if (Fields.TryGetValue(letter, out var field)) return Number(field.Digits, out var number) && number >= field.Min && number <= field.Max && Keep(letter, (int)number);
        switch (letter)
        {
            case 'A' or 'a':
                return Name(Names.DayNames, Names.AbbreviatedDayNames, out _);
            case 'B' or 'b' or 'h':
                return Name(Names.MonthNames, Names.AbbreviatedMonthNames, out var month) && Keep('m', month + 1);
            case 'p' or 'P':
                return Name(["AM", "PM"], ["am", "pm"], out var half) && Keep('p', half);
            case 's':
                var read = Number(12, out var seconds);
                epoch = seconds;
                return read;
            case 'Z':
                while (at < text.Length && char.IsAsciiLetter(text[at])) at++;
                return true;
            case 'z':
                return Offset();
            case 'n' or 't':
                return true;
            case '%':
                return at < text.Length && text[at++] == '%';
            default:
                return false;
        }
    }

    bool Make(out DateTime time)
    {
        time = default;
        if (epoch is { } seconds)
        {
            time = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
            return true;
        }

        var year = found.TryGetValue('Y', out var full) ? full
            : found.TryGetValue('y', out var shortYear) ? (found.TryGetValue('C', out var century) ? century * 100 : shortYear < 69 ? 2_000 : 1_900) + shortYear
            : 1_900;
        var month = found.GetValueOrDefault('m', 1);
        var day = found.GetValueOrDefault('d', found.GetValueOrDefault('e', 1));
        if (day > DateTime.DaysInMonth(year, month)) return false;
        var hour = found.GetValueOrDefault('H', found.GetValueOrDefault('k', 0));
        if (found.TryGetValue('I', out var half) || found.TryGetValue('l', out half)) hour = (half % 12) + (12 * found.GetValueOrDefault('p', 0));
        time = new DateTime(year, month, day, hour, found.GetValueOrDefault('M', 0), 0, DateTimeKind.Utc);
        if (found.TryGetValue('j', out var dayOfYear) && !found.ContainsKey('m')) time = time.AddDays(dayOfYear - 1);
        if (time.Year is 1 or 9_999) return offset == TimeSpan.Zero;
        time = time.AddSeconds(found.GetValueOrDefault('S', 0)) - offset;
        return true;
    }

    bool Keep(char letter, int value)
    {
        found[letter] = value;
        return true;
    }

    bool Number(int digits, out long value)
    {
        value = 0;
        var start = at;
        for (; at < text.Length && at - start < digits && char.IsAsciiDigit(text[at]); at++) value = (value * 10) + text[at] - '0';
        return at > start;
    }

    bool Name(string[] full, string[] abbreviated, out int index)
    {
        for (index = 0; index < full.Length; index++)
            foreach (var name in new[] { full[index], abbreviated[index] })
                if (name.Length > 0 && string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    at += name.Length;
                    return true;
                }

        return false;
    }

    // Z, +01, +0100 or +01:00.
    bool Offset()
    {
        SkipSpace();
        if (at < text.Length && text[at] is 'Z' or 'z')
        {
            at++;
            return true;
        }

        if (at >= text.Length || text[at] is not ('+' or '-')) return false;
        var sign = text[at++] == '-' ? -1 : 1;
        if (!Number(2, out var hours)) return false;
        if (at < text.Length && text[at] == ':') at++;
        Number(2, out var minutes);
        offset = sign * new TimeSpan((int)hours, (int)minutes, 0);
        return hours < 24 && minutes < 60;
    }

    void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }
}
