using System.Globalization;
using System.Text.RegularExpressions;

namespace Interop.Core.Schemas;

/// <summary>The values of <c>format</c>: each asserts, with the remedy a message names.</summary>
static class SchemaFormats
{
    const string ADate = "2026-03-05";
    const string ATime = "14:30:00";

    // NonBacktracking: linear in the length of the value, whatever it is.
    static readonly Regex Duration = Linear(@"^P([0-9]+W|([0-9]+Y([0-9]+M([0-9]+D)?)?|[0-9]+M([0-9]+D)?|[0-9]+D)(T(TIME))?|T(TIME))\z"
        .Replace("TIME", "[0-9]+H([0-9]+M([0-9]+S)?)?|[0-9]+M([0-9]+S)?|[0-9]+S", StringComparison.Ordinal));

    static readonly Regex Email = Linear(@"^ATOM(\.ATOM)*@LABEL(\.LABEL)*\z"
        .Replace("ATOM", "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", StringComparison.Ordinal)
        .Replace("LABEL", "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", StringComparison.Ordinal));

    static readonly Regex Uuid = Linear(@"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z");

    // RFC 3986, appendix A; an address in brackets is checked by its characters only.
    static readonly Regex Uri = Linear(@"^[A-Za-z][A-Za-z0-9+.-]*:(//((NAME|:)*@)?(\[[0-9A-Za-z:.]+\]|NAME*)(:[0-9]*)?(/(NAME|[:@/])*)?|/?((NAME|[:@])(NAME|[:@/])*)?)(\?QUERY*)?(#QUERY*)?\z"
        .Replace("QUERY", "(NAME|[:@/?])", StringComparison.Ordinal)
        .Replace("NAME", "([A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})", StringComparison.Ordinal));

    static readonly Regex Time = Linear(@"^[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z");

    public sealed record Entry(Func<string, bool> Accepts, string Remedy);

    public static IReadOnlyDictionary<string, Entry> All { get; } = new Dictionary<string, Entry>(StringComparer.Ordinal)
    {
        ["date-time"] = new(IsDateTime, $"Write a date that exists, a time and an offset, such as {ADate}T{ATime}Z or {ADate}T{ATime}+01:00."),
        ["date"] = new(text => IsDate(text), $"Write a date that exists as year, month, day: {ADate}."),
        ["time"] = new(text => IsTime(text), $"Write a time with an offset, such as {ATime}Z or {ATime}+01:00."),
        ["duration"] = new(Duration.IsMatch, "Write an ISO 8601 duration, such as P5D or PT1H30M."),
        ["uuid"] = new(Uuid.IsMatch, "Write 32 hexadecimal digits in groups of 8-4-4-4-12."),
        ["email"] = new(text => text.Length <= 254 && Email.IsMatch(text), "Write one address, such as name@example.org."),
        ["uri"] = new(Uri.IsMatch, "Write an absolute URI, such as https://example.org/a."),
    };

    static Regex Linear(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    static bool IsDateTime(string text) => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text.AsSpan(0, 10)) && IsTime(text.AsSpan(11));

    static bool IsDate(ReadOnlySpan<char> text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    static bool IsTime(ReadOnlySpan<char> text)
    {
        if (!Time.IsMatch(text)) return false;
        var (hour, minute, second) = (Two(text, 0), Two(text, 3), Two(text, 6));
        var offset = text[^1] is 'Z' or 'z' ? 0 : OffsetMinutes(text[^6..]);
        if (hour > 23 || minute > 59 || offset is null) return false;
        return second < 60 || (second == 60 && IsLeapMinute((hour * 60) + minute - offset.Value));
    }

    static int? OffsetMinutes(ReadOnlySpan<char> text)
    {
        var (hours, minutes) = (Two(text, 1), Two(text, 4));
        return hours > 23 || minutes > 59 ? null : ((hours * 60) + minutes) * (text[0] == '-' ? -1 : 1);
    }

    // RFC 3339, section 5.7: a leap second is the last of a day in UTC.
    static bool IsLeapMinute(int minuteInUtc) => (minuteInUtc + 2880) % 1440 == 1439;

    static int Two(ReadOnlySpan<char> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';
}
