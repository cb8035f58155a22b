using System.Globalization;

namespace Interop.Platform.Portal;

/// <summary>Times as people say them from now: "in 3 days", "2 hours ago". Calendar days count as they do in the United Kingdom.</summary>
static class Relative
{
    /// <summary>When something was or will be.</summary>
    public static string Text(DateTimeOffset at, DateTimeOffset now)
    {
        var span = (at - now).Duration();
        if (span < TimeSpan.FromMinutes(1)) return at > now ? "in under a minute" : "just now";
        var text = span < TimeSpan.FromHours(1) ? Count((int)span.TotalMinutes, "minute")
            : span < TimeSpan.FromDays(1) ? Count((int)span.TotalHours, "hour")
            : Days(Math.Abs(London.Day(at).DayNumber - London.Day(now).DayNumber));
        return at > now ? $"in {text}" : $"{text} ago";
    }

    /// <summary>How far a limit is from now. The midnight that ends Thursday belongs to Thursday.</summary>
    public static string Deadline(DateTimeOffset due, DateTimeOffset now)
    {
        var days = London.Day(due.AddTicks(-1)).DayNumber - London.Day(now).DayNumber;
        return days switch
        {
            0 when now < due => "today",
            1 => "tomorrow",
            > 1 => $"in {Days(days)}",
            -1 => "yesterday",
            0 => "earlier today",
            _ => $"{Days(-days)} ago",
        };
    }

    /// <summary>How long before or after a limit something was done.</summary>
    public static string Margin(DateTimeOffset met, DateTimeOffset due)
    {
        var days = London.Day(due.AddTicks(-1)).DayNumber - London.Day(met).DayNumber;
        return days switch
        {
            0 => met <= due ? "on the last day" : "later that day",
            > 0 => $"{Days(days)} early",
            _ => $"{Days(-days)} late",
        };
    }

    /// <summary>Such as "20 seconds" or "15 minutes".</summary>
    public static string Span(TimeSpan span) => span < TimeSpan.FromMinutes(2) ? Count((int)span.TotalSeconds, "second") : Count((int)span.TotalMinutes, "minute");

    static string Days(int days) => days < 60 ? Count(days, "day") : Count(days / 30, "month");

    static string Count(int count, string unit) => $"{count.ToString(CultureInfo.InvariantCulture)} {unit}{(count == 1 ? "" : "s")}";
}
