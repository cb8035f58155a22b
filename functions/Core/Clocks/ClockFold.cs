using System.Collections.Immutable;

namespace Interop.Core.Clocks;

/// <summary>What follows from a clock's events.</summary>
static class ClockFold
{
    /// <summary>What had happened until an instant, folded; a null day means that the limit does not apply.</summary>
    sealed record State(ImmutableSortedDictionary<string, DateTimeOffset> Sent, ImmutableHashSet<string> Delivered, ImmutableHashSet<string> Failed, ClockEvent.Cancelled? Cancelled)
    {
        public static State Empty { get; } = new(ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal), [], [], null);

        public State After(ClockEvent happened) => happened switch
        {
            ClockEvent.UpdateSent sent => Sent.ContainsKey(sent.Update) ? this : this with { Sent = Sent.Add(sent.Update, sent.At) },
            // An arrival is known to have been sent, even if nobody said so.
            ClockEvent.UpdateDelivered arrived => this with
            {
                Sent = Sent.ContainsKey(arrived.Update) ? Sent : Sent.Add(arrived.Update, arrived.At),
                Delivered = Delivered.Add(arrived.Update),
                Failed = Failed.Remove(arrived.Update),
            },
            ClockEvent.UpdateFailed failed => this with { Delivered = Delivered.Remove(failed.Update), Failed = Failed.Add(failed.Update) },
            ClockEvent.Cancelled cancelled => Cancelled is null ? this with { Cancelled = cancelled } : this,
            _ => this,
        };

        /// <summary>The first update that was sent and is not known to have failed.</summary>
        public (string Update, DateTimeOffset At)? Told => Sent
            .Where(sent => !Failed.Contains(sent.Key)).OrderBy(sent => sent.Value).Select(sent => ((string, DateTimeOffset)?)(sent.Key, sent.Value)).FirstOrDefault();
    }

    sealed record DueDate(DateOnly Day, DateTimeOffset Since)
    {
        public DateTimeOffset At { get; } = WorkingDays.EndOf(Day);
    }

    public static Outcome<ClockStatus> StatusAt(Clock clock, DateTimeOffset instant, WorkingDays calendar)
    {
        var happened = Until(clock, instant);
        var state = happened.Aggregate(State.Empty, (sum, one) => sum.After(one));
        if (state.Cancelled is { } cancelled && !(state.Told?.At <= cancelled.At)) return new ClockStatus.Cancelled(cancelled.At, cancelled.Reason);

        var deciding = state.Told?.At ?? instant;
        return DueBy(clock, happened, deciding, calendar).Then<ClockStatus>(due => due switch
        {
            null => new ClockStatus.Cancelled(deciding, "The limit is for enhanced rights only."),
            _ when state.Told is { } told => new ClockStatus.Met(due.Day, due.At, told.At, told.At >= due.At, !state.Delivered.Contains(told.Update)),
            _ when instant < due.At => new ClockStatus.Due(due.Day, due.At),
            _ => new ClockStatus.Breached(due.Day, due.At, due.At > due.Since ? due.At : due.Since),
        });
    }

    // Status changes only with an event or by falling due before the next one, so the first breach is at one of those moments.
    public static Outcome<DateTimeOffset?> AlertAt(Clock clock, DateTimeOffset instant, WorkingDays calendar)
    {
        var moments = Until(clock, instant).Select(happened => happened.At).Distinct().Append(instant).ToArray();
        foreach (var (moment, next) in moments.Zip(moments.Skip(1).Append(instant)))
        {
            var status = StatusAt(clock, moment, calendar);
            if (!status.Succeeded) return status.Problems;
            if (status.Value is ClockStatus.Breached) return (DateTimeOffset?)moment;
            if (status.Value is ClockStatus.Due due && due.DueAt <= instant && due.DueAt < next) return (DateTimeOffset?)due.DueAt;
        }

        return (DateTimeOffset?)null;
    }

    static ImmutableArray<ClockEvent> Until(Clock clock, DateTimeOffset instant)
    {
        var trigger = clock.Events[0];
        var last = instant < trigger.At ? trigger.At : instant;
        return [trigger, .. clock.Events.Skip(1).Where(happened => happened.At <= last).OrderBy(happened => happened.At)];
    }

    // A change counts until the victim is told, and not once the clock is overdue: a breach stays one.
    static Outcome<DueDate?> DueBy(Clock clock, ImmutableArray<ClockEvent> happened, DateTimeOffset deciding, WorkingDays calendar)
    {
        var trigger = (ClockEvent.Triggered)happened[0];
        var triggerDay = WorkingDays.LocalDay(trigger.At);
        var (enhanced, due) = (trigger.Enhanced, Count(triggerDay, clock.Rule.Days(trigger.Enhanced), trigger.At, calendar));
        foreach (var change in happened.OfType<ClockEvent.EntitlementChanged>().Where(change => change.At <= deciding))
        {
            if (!due.Succeeded) return due;
            if (change.Enhanced == enhanced || due.Value?.At <= change.At) continue;
            enhanced = change.Enhanced;
            var fromTrigger = Count(triggerDay, clock.Rule.Days(enhanced), change.At, calendar);
            var anew = enhanced && clock.Rule.Retime == RetimePolicy.FromAssessment
                ? Count(WorkingDays.LocalDay(change.At), clock.Rule.Days(enhanced), change.At, calendar) : fromTrigger;
            due = anew.Succeeded && enhanced && due.Value is { } before && anew.Value is { } after && before.Day < after.Day ? due : anew;
        }

        return due;
    }

    static Outcome<DueDate?> Count(DateOnly day, int? workingDays, DateTimeOffset since, WorkingDays calendar) =>
        workingDays is { } days ? calendar.After(day, days).Then<DueDate?>(due => new DueDate(due, since)) : (DueDate?)null;
}
