using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Clocks;

/// <summary>How a clock stands at an instant.</summary>
public abstract record ClockStatus
{
    ClockStatus()
    {
    }

    /// <summary>Running; to be met by the end of <paramref name="DueDay"/>, which is at <paramref name="DueAt"/>.</summary>
    public sealed record Due(DateOnly DueDay, DateTimeOffset DueAt) : ClockStatus;

    /// <summary>Met by what was sent at <paramref name="At"/>: late if after the due day, provisional until it is known to have arrived.</summary>
    public sealed record Met(DateOnly DueDay, DateTimeOffset DueAt, DateTimeOffset At, bool Late, bool Provisional) : ClockStatus;

    /// <summary>Overdue since <paramref name="Since"/>: when it fell due, or when a change of entitlement made it overdue.</summary>
    public sealed record Breached(DateOnly DueDay, DateTimeOffset DueAt, DateTimeOffset Since) : ClockStatus;

    /// <summary>No longer to be met.</summary>
    public sealed record Cancelled(DateTimeOffset At, string Reason) : ClockStatus;

    /// <summary>As JSON, such as <c>{"status":"due","dueDay":"2026-04-13","dueAt":"2026-04-13T23:00:00Z"}</c>.</summary>
    public JsonValue ToJson() => this switch
    {
        Due due => With("due", due.DueDay, due.DueAt),
        Met met => With("met", met.DueDay, met.DueAt).With("at", Timestamps.Print(met.At)).With("late", met.Late).With("provisional", met.Provisional),
        Breached breached => With("breached", breached.DueDay, breached.DueAt).With("since", Timestamps.Print(breached.Since)),
        Cancelled cancelled => JsonValue.Of(("status", "cancelled"), ("at", Timestamps.Print(cancelled.At)), ("reason", cancelled.Reason)),
        _ => throw new InvalidOperationException($"Unknown status {GetType().Name}."),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote, or every problem.</summary>
    public static Outcome<ClockStatus> FromJson(JsonValue value)
    {
        var fields = new StoredFields(value);
        ClockStatus? status = fields.Text("status") switch
        {
            "due" => new Due(fields.Day("dueDay"), fields.Instant("dueAt")),
            "met" => new Met(fields.Day("dueDay"), fields.Instant("dueAt"), fields.Instant("at"), fields.Flag("late"), fields.Flag("provisional")),
            "breached" => new Breached(fields.Day("dueDay"), fields.Instant("dueAt"), fields.Instant("since")),
            "cancelled" => new Cancelled(fields.Instant("at"), fields.Text("reason")),
            _ => null,
        };
        if (status is null) fields.Unknown("status");
        return fields.Problems.Or(() => status!);
    }

    static JsonValue With(string status, DateOnly dueDay, DateTimeOffset dueAt) =>
        JsonValue.Of(("status", status), ("dueDay", Timestamps.Print(dueDay)), ("dueAt", Timestamps.Print(dueAt)));
}
