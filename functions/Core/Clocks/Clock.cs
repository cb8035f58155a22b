using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Clocks;

/// <summary>One running limit: its rule and what has happened, from which alone its status follows.</summary>
/// <param name="Rule">The limit.</param>
/// <param name="Events">What has happened, in order of arrival; the first is the trigger.</param>
public sealed record Clock(ClockRule Rule, ImmutableArray<ClockEvent> Events)
{
    /// <summary>Events kept; one more throws, since no update is tried so often.</summary>
    public const int MostEvents = 1_000;

    /// <summary>A clock that starts.</summary>
    public static Clock Start(ClockRule rule, DateTimeOffset at, bool enhanced) => new(rule, [new ClockEvent.Triggered(at, enhanced)]);

    /// <summary>The clock after one event more; the same event twice counts once.</summary>
    public Clock With(ClockEvent happened)
    {
        if (happened is ClockEvent.Triggered) throw new ArgumentException("A clock is triggered once. Start another.", nameof(happened));
        if (Events.Contains(happened)) return this;
        return Events.Length < MostEvents ? this with { Events = Events.Add(happened) } : throw new InvalidOperationException($"A clock keeps at most {MostEvents} events.");
    }

    /// <summary>How it stands at an instant, by what had happened until then; before the trigger, as at the trigger. Or the problem <c>calendar</c>.</summary>
    public Outcome<ClockStatus> StatusAt(DateTimeOffset instant, WorkingDays calendar) => ClockFold.StatusAt(this, instant, calendar);

    /// <summary>When the one alert of this clock is raised, if it is until <paramref name="instant"/>: the first moment at which it was breached.</summary>
    /// <remarks>What happens later never moves or repeats it: an alert that was raised is not raised again.</remarks>
    public Outcome<DateTimeOffset?> AlertAt(DateTimeOffset instant, WorkingDays calendar) => ClockFold.AlertAt(this, instant, calendar);

    /// <summary>As JSON: the rule by its id, and the events.</summary>
    public JsonValue ToJson() => JsonValue.Of(("rule", Rule.Id), ("events", JsonValue.Of(Events.Select(happened => happened.ToJson()))));

    /// <summary>Reads what <see cref="ToJson"/> wrote, with the rules of <paramref name="table"/>.</summary>
    public static Outcome<Clock> FromJson(JsonValue value, ClockTable table)
    {
        var problems = new ProblemList();
        var rule = table.Rule(value["rule"].StringOrNull ?? "");
        if (rule is null) problems.Add(new Problem("unknown-rule", $"The table of clocks has no limit \"{value["rule"].StringOrNull}\". Keep old limits in the table, with a last day.", "/rule"));
        var listed = value["events"] is { Kind: JsonKind.Array } list ? list.Items : [];
        var events = listed.Select(ClockEvent.FromJson).ToArray();
        problems.AddRange(events.SelectMany(happened => happened.Problems));
        if (events is not [{ Succeeded: true, Value: ClockEvent.Triggered }, ..]) problems.Add(new Problem("required", "The first of \"events\" must be the trigger.", "/events"));
        return problems.Or(() => new Clock(rule!, [.. events.Select(happened => happened.Value)]));
    }
}
