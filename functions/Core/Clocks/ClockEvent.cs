using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Clocks;

/// <summary>Something that bears on a clock.</summary>
public abstract record ClockEvent
{
    ClockEvent(DateTimeOffset at) => At = at;

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The clock starts, for a victim with or without enhanced rights.</summary>
    public sealed record Triggered(DateTimeOffset At, bool Enhanced) : ClockEvent(At);

    /// <summary>The victim was assessed anew.</summary>
    public sealed record EntitlementChanged(DateTimeOffset At, bool Enhanced) : ClockEvent(At);

    /// <summary>The victim is being told, by the notification <paramref name="Update"/>; this meets the clock until it is known to have failed.</summary>
    public sealed record UpdateSent(DateTimeOffset At, string Update) : ClockEvent(At);

    /// <summary>The notification arrived.</summary>
    public sealed record UpdateDelivered(DateTimeOffset At, string Update) : ClockEvent(At);

    /// <summary>The notification did not arrive; the clock runs on as if it had not been sent.</summary>
    public sealed record UpdateFailed(DateTimeOffset At, string Update) : ClockEvent(At);

    /// <summary>The clock no longer matters.</summary>
    public sealed record Cancelled(DateTimeOffset At, string Reason) : ClockEvent(At);

    /// <summary>As JSON.</summary>
    public JsonValue ToJson()
    {
        (string Kind, (string Name, JsonValue Value) Member) parts = this switch
        {
            Triggered happened => ("triggered", ("enhanced", happened.Enhanced)),
            EntitlementChanged happened => ("entitlement-changed", ("enhanced", happened.Enhanced)),
            UpdateSent happened => ("update-sent", ("update", happened.Update)),
            UpdateDelivered happened => ("update-delivered", ("update", happened.Update)),
            UpdateFailed happened => ("update-failed", ("update", happened.Update)),
            Cancelled happened => ("cancelled", ("reason", happened.Reason)),
            _ => throw new InvalidOperationException($"Unknown event {GetType().Name}."),
        };
        return JsonValue.Of(("event", parts.Kind), ("at", Timestamps.Print(At)), parts.Member);
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote, or every problem.</summary>
    public static Outcome<ClockEvent> FromJson(JsonValue value)
    {
        var fields = new StoredFields(value);
        var at = fields.Instant("at");
        ClockEvent? happened = fields.Text("event") switch
        {
            "triggered" => new Triggered(at, fields.Flag("enhanced")),
            "entitlement-changed" => new EntitlementChanged(at, fields.Flag("enhanced")),
            "update-sent" => new UpdateSent(at, fields.Text("update")),
            "update-delivered" => new UpdateDelivered(at, fields.Text("update")),
            "update-failed" => new UpdateFailed(at, fields.Text("update")),
            "cancelled" => new Cancelled(at, fields.Text("reason")),
            _ => null,
        };
        if (happened is null) fields.Unknown("event");
        return fields.Problems.Or(() => happened!);
    }
}
