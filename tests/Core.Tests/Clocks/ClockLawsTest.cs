using CsCheck;
using Interop.Core.Clocks;
using Interop.Core.Json;

namespace Interop.Core.Tests.Clocks;

public sealed class ClockLawsTest
{
    static readonly DateTimeOffset Start = new(2026, 3, 30, 9, 0, 0, TimeSpan.Zero);
    static readonly Gen<DateTimeOffset> Moment = Gen.Int[0, 24 * 40].Select(hours => Start.AddHours(hours));
    static readonly Gen<string> Update = Gen.Int[0, 2].Select(at => new[] { "sms", "email", "letter" }[at]);

    static readonly Gen<ClockEvent> Later = Gen.OneOf(
        Gen.Select(Moment, Gen.Bool, (at, enhanced) => (ClockEvent)new ClockEvent.EntitlementChanged(at, enhanced)),
        Gen.Select(Moment, Update, (at, update) => (ClockEvent)new ClockEvent.UpdateSent(at, update)),
        Gen.Select(Moment, Update, (at, update) => (ClockEvent)new ClockEvent.UpdateDelivered(at, update)),
        Gen.Select(Moment, Update, (at, update) => (ClockEvent)new ClockEvent.UpdateFailed(at, update)),
        Gen.Select(Moment, at => (ClockEvent)new ClockEvent.Cancelled(at, "no reason")));

    static readonly Gen<Clock> Clocks = Gen.Select(Later.Array[0, 12], Gen.Bool, Gen.Bool, (events, enhanced, fromAssessment) =>
    {
        var rule = ClockData.Table.Rule("right-6-suspect.suspect-arrested")! with { Retime = fromAssessment ? RetimePolicy.FromAssessment : RetimePolicy.FromTrigger };
        return events.Aggregate(Clock.Start(rule, Start, enhanced), (sum, happened) => sum.With(happened));
    });

    [Fact]
    public void An_alert_is_the_first_breach() => Gen.Select(Clocks, Moment).Hold((clock, until) =>
    {
        var alert = clock.AlertAt(until, ClockData.Table.Calendar).Value;
        for (var at = Start; at <= until; at = at.AddHours(1))
        {
            var breached = clock.StatusAt(at, ClockData.Table.Calendar).Value is ClockStatus.Breached;
            if (breached && (alert is null || at < alert)) return false;
            if (at == alert && !breached) return false;
        }

        return true;
    });

    [Fact]
    public void An_alert_once_raised_stays() => Gen.Select(Clocks, Moment, Later).Hold((clock, until, happened) =>
    {
        var before = clock.AlertAt(until, ClockData.Table.Calendar).Value;
        return happened.At <= until || before is null || clock.With(happened).AlertAt(Start.AddDays(60), ClockData.Table.Calendar).Value == before;
    });

    [Fact]
    public void The_order_of_arrival_does_not_matter_between_different_moments() => Gen.Select(Clocks, Moment).Hold((clock, at) =>
    {
        if (clock.Events.Select(happened => happened.At).Distinct().Count() < clock.Events.Length) return true;
        var reversed = clock with { Events = [clock.Events[0], .. clock.Events.Skip(1).Reverse()] };
        return clock.StatusAt(at, ClockData.Table.Calendar).Value == reversed.StatusAt(at, ClockData.Table.Calendar).Value;
    });

    [Fact]
    public void Events_and_statuses_survive_json() => Gen.Select(Clocks, Moment).Hold((clock, at) =>
    {
        var status = clock.StatusAt(at, ClockData.Table.Calendar).Value;
        return ClockStatus.FromJson(JsonValue.Parse(status.ToJson().ToString()).Value).Value == status
            && clock.Events.All(happened => ClockEvent.FromJson(JsonValue.Parse(happened.ToJson().ToString()).Value).Value == happened);
    });

    [Theory]
    [InlineData("""{"event":"dreamt","at":"2026-04-02T10:00:00Z"}""", "unknown-value")]
    [InlineData("""{"event":"update-sent","at":"yesterday","update":"a"}""", "type")]
    [InlineData("""{"event":"triggered","at":"2026-04-02T10:00:00Z","enhanced":"yes"}""", "type")]
    [InlineData("""[]""", "type")]
    public void Other_json_is_refused(string text, string rule) => Assert.Contains(ClockEvent.FromJson(JsonValue.Parse(text).Value).Problems, problem => problem.Rule == rule);
}
