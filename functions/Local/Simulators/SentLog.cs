using Interop.Core.Json;

namespace Interop.Local.Simulators;

/// <summary>How the sending of one message ended.</summary>
internal enum SendResult
{
    /// <summary>The platform answered 2xx.</summary>
    Accepted,

    /// <summary>The platform refused it for good (4xx).</summary>
    Refused,

    /// <summary>The last attempt failed too.</summary>
    GaveUp,
}

/// <summary>One message that a simulated system sent, after its last attempt.</summary>
/// <param name="Type">The message type in the platform's address.</param>
/// <param name="Id">The message id, or "" where the system gives none.</param>
/// <param name="Result">How it ended.</param>
/// <param name="Status">The last HTTP status; 0 if there was no answer.</param>
/// <param name="Attempts">How often it was posted.</param>
/// <param name="Detail">The answer, or why there was none.</param>
/// <param name="At">The simulated time of the first attempt.</param>
internal sealed record SentMessage(string Type, string Id, SendResult Result, int Status, int Attempts, string Detail, DateTimeOffset At)
{
    /// <summary>One readable line.</summary>
    public override string ToString() => Result switch
    {
        SendResult.Accepted => $"{Type} {Id} was accepted with {Status} at attempt {Attempts}.",
        SendResult.Refused => $"{Type} {Id} was refused with {Status}: {Detail}",
        _ => $"{Type} {Id} was given up after {Attempts} attempts; the last: {Detail}",
    };

    public JsonValue ToJson() => JsonValue.Of(
        ("type", Type), ("id", Id), ("result", Result.ToString()), ("status", Status), ("attempts", Attempts), ("detail", Detail), ("at", Timestamps.Utc(At)));
}

/// <summary>A bounded log of what was sent. Thread-safe.</summary>
internal sealed class SentLog(int limit = SentLog.DefaultLimit)
{
    public const int DefaultLimit = 10_000;

    readonly Lock gate = new();
    readonly List<SentMessage> entries = [];
    int left;

    public void Add(SentMessage message)
    {
        lock (gate)
        {
            if (entries.Count < limit) entries.Add(message);
            else left++;
        }
    }

    public IReadOnlyList<SentMessage> Entries
    {
        get { lock (gate) return [.. entries]; }
    }

    public JsonValue ToJson()
    {
        lock (gate) return JsonValue.Of(("entries", JsonValue.Of(entries.Select(entry => entry.ToJson()))), ("left", left));
    }
}
