namespace Interop.Local.Simulators.Notify;

/// <summary>The two limits of the API: calls in a rolling minute, and messages of a kind in a day that begins at 00:00 UTC. Thread-safe.</summary>
internal sealed class NotifyLimits(int callsPerMinute, int messagesPerDay)
{
    static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    readonly Lock gate = new();
    readonly Queue<DateTimeOffset> calls = new();
    readonly Dictionary<string, int> today = new(StringComparer.Ordinal);
    DateOnly day;

    /// <summary>Counts a call, refused ones too: who hammers a limit stays over it. False above the limit.</summary>
    public bool TryCall(DateTimeOffset now)
    {
        lock (gate)
        {
            while (calls.TryPeek(out var oldest) && now - oldest >= Window) calls.Dequeue();
            // One beyond the limit is all that needs remembering, and bounds the queue.
            if (calls.Count > callsPerMinute) calls.Dequeue();
            calls.Enqueue(now);
            return calls.Count <= callsPerMinute;
        }
    }

    /// <summary>Whether one more message of the kind may be sent today.</summary>
    public bool IsWithinDay(string kind, DateTimeOffset now)
    {
        lock (gate)
        {
            var date = DateOnly.FromDateTime(now.UtcDateTime);
            if (date != day)
            {
                day = date;
                today.Clear();
            }

            return today.GetValueOrDefault(kind) < messagesPerDay;
        }
    }

    /// <summary>Counts a message that was taken.</summary>
    public void CountMessage(string kind)
    {
        lock (gate) today[kind] = today.GetValueOrDefault(kind) + 1;
    }
}
