namespace Interop.Local.Simulators.Notify;

/// <summary>The messages that the service took, newest last. Keeps at most <see cref="Limit"/>, the oldest go first. Thread-safe.</summary>
/// <param name="retention">How long the API answers for a message.</param>
internal sealed class NotifyStore(TimeSpan retention)
{
    public const int Limit = 20_000;

    readonly Lock gate = new();
    readonly Dictionary<Guid, Notification> byId = [];
    readonly LinkedList<Guid> order = [];

    public void Add(Notification notification)
    {
        lock (gate)
        {
            byId[notification.Id] = notification;
            order.AddLast(notification.Id);
            if (order.Count <= Limit) return;
            byId.Remove(order.First!.Value);
            order.RemoveFirst();
        }
    }

    /// <summary>The message changed; null if it is no longer kept.</summary>
    public Notification? Change(Guid id, Func<Notification, Notification> change)
    {
        lock (gate) return byId.TryGetValue(id, out var known) ? byId[id] = change(known) : null;
    }

    /// <summary>Every message kept, oldest first, past its retention too: for the tests and the summary.</summary>
    public IReadOnlyList<Notification> All
    {
        get { lock (gate) return [.. order.Select(id => byId[id])]; }
    }

    /// <summary>The messages the API still answers for, newest first.</summary>
    public IReadOnlyList<Notification> Current(DateTimeOffset now) =>
        [.. All.Where(notification => notification.CreatedAt > now - retention).Reverse()];
}
