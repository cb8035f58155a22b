using Interop.Platform.Reading;
using Interop.Platform.Rows;
using Microsoft.AspNetCore.Http.Extensions;

namespace Interop.Platform.Portal.Pages;

/// <summary>What an address asks of a list.</summary>
/// <param name="Day">A day in the United Kingdom; null for all.</param>
/// <param name="State">A status; null for all.</param>
/// <param name="After">Where the page before ended.</param>
public sealed record ListQuery(DateOnly? Day, string? State, Listed? After)
{
    /// <summary>The whole list, from its newest line.</summary>
    public static ListQuery Everything { get; } = new(null, null, null);

    /// <summary>The same, as instants.</summary>
    public ListFilter Filter => new(Day is { } begins ? London.Begins(begins) : null, Day is { } ends ? London.Begins(ends.AddDays(1)) : null, State, After);

    /// <summary>The query; null when a part of it cannot be read. An empty part is as none, as forms send it.</summary>
    public static ListQuery? Read<TStatus>(string? day, string? state, string? after)
        where TStatus : struct, Enum
    {
        DateOnly? on = null;
        if (!string.IsNullOrEmpty(day))
        {
            if (!London.TryParse(day, out var given)) return null;
            on = given;
        }

        Listed? place = null;
        if (!string.IsNullOrEmpty(after) && (place = Listed.Parse(after)) is null) return null;
        if (!string.IsNullOrEmpty(state) && !StatesOf<TStatus>().Contains(state, StringComparer.Ordinal)) return null;
        return new ListQuery(on, string.IsNullOrEmpty(state) ? null : state, place);
    }

    /// <summary>The statuses that a list can be asked for.</summary>
    public static IEnumerable<string> StatesOf<TStatus>()
        where TStatus : struct, Enum => Enum.GetValues<TStatus>().Select(Kebab.Of);

    /// <summary>The address of another page of the same list.</summary>
    public string Address(string path, Listed? after)
    {
        var query = new QueryBuilder();
        if (Day is { } day) query.Add("day", London.Machine(day));
        if (State is { } state) query.Add("state", state);
        if (after is { } place) query.Add("after", place.Cursor);
        return path + query;
    }
}
