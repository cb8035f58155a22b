using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Clocks;

/// <summary>One running limit: its rule and what has happened, from which alone its status follows.</summary>
public sealed record Clock(ClockRule Rule, ImmutableArray<ClockEvent> Events)
{
    /// <summary>Events kept; a further one throws, since no update is tried so often.</summary>
    public const int MostEvents = 1_000;

    /// <summary>A clock that starts.</summary>
    public static Clock Start(ClockRule rule, DateTimeOffset at, bool enhanced) => new(rule, [new ClockEvent.Triggered(at, enhanced)]);

    /// <summary>The clock after one event more; the same event twice counts once.</summary>
    public Clock With(ClockEvent happened) => throw new NotSupportedException("Not written yet.");

    /// <summary>How it stands at an instant, by what had happened until then; or the problem <c>calendar</c>.</summary>
    public Outcome<ClockStatus> StatusAt(DateTimeOffset instant, WorkingDays calendar) => throw new NotSupportedException("Not written yet.");

    /// <summary>When the one alert of this clock is raised, if it is until <paramref name="instant"/>: the first moment at which it was breached.</summary>
    public Outcome<DateTimeOffset?> AlertAt(DateTimeOffset instant, WorkingDays calendar) => throw new NotSupportedException("Not written yet.");

    /// <summary>As JSON: the rule by its id, and the events.</summary>
    public JsonValue ToJson() => throw new NotSupportedException("Not written yet.");

    /// <summary>Reads what <see cref="ToJson"/> wrote, with the rules of <paramref name="table"/>.</summary>
    public static Outcome<Clock> FromJson(JsonValue value, ClockTable table) => throw new NotSupportedException("Not written yet.");
}
