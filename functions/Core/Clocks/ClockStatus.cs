using Interop.Core.Json;

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

    /// <summary>As JSON.</summary>
    public JsonValue ToJson() => throw new NotSupportedException("Not written yet.");

    /// <summary>Reads what <see cref="ToJson"/> wrote, or every problem.</summary>
    public static Outcome<ClockStatus> FromJson(JsonValue value) => throw new NotSupportedException("Not written yet.");
}
