using Interop.Core.Json;

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

    /// <summary>The victim is being told; this meets the clock until it is known to have failed.</summary>
    public sealed record UpdateSent(DateTimeOffset At, string Update) : ClockEvent(At);

    /// <summary>The update arrived.</summary>
    public sealed record UpdateDelivered(DateTimeOffset At, string Update) : ClockEvent(At);

    /// <summary>The update did not arrive; the clock runs on as if it had not been sent.</summary>
    public sealed record UpdateFailed(DateTimeOffset At, string Update) : ClockEvent(At);

    /// <summary>The clock no longer matters.</summary>
    public sealed record Cancelled(DateTimeOffset At, string Reason) : ClockEvent(At);

    /// <summary>As JSON.</summary>
    public JsonValue ToJson() => throw new NotSupportedException("Not written yet.");

    /// <summary>Reads what <see cref="ToJson"/> wrote, or every problem.</summary>
    public static Outcome<ClockEvent> FromJson(JsonValue value) => throw new NotSupportedException("Not written yet.");
}
