using Interop.Core.Messages;
using Interop.Core.Sources;

namespace Interop.Core.Clocks;

/// <summary>Reads days (yyyy-MM-dd) out of definitions.</summary>
static class DayField
{
    public static DateOnly? Required(SourceFields fields, string name) => Read(fields, name, fields.RequiredText(name));

    public static DateOnly? Optional(SourceFields fields, string name) => fields.Text(name) is { } text ? Read(fields, name, text) : null;

    static DateOnly? Read(SourceFields fields, string name, string text)
    {
        var day = Timestamps.ParseDay(text);
        if (day is null && text.Length > 0) fields.Problems.Add(fields.Optional(name)!.Place, "date", $"\"{name}\" must be a day that exists, written as 2026-04-02.", value: text);
        return day;
    }
}
