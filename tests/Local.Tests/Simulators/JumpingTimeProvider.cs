using System.Collections.Concurrent;

namespace Interop.Local.Tests.Simulators;

/// <summary>A clock that jumps to every timer as soon as it is set, and keeps how long each wait was to be: no test waits, each can see the waits.</summary>
sealed class JumpingTimeProvider(DateTimeOffset start) : TimeProvider
{
    readonly Lock gate = new();
    DateTimeOffset now = start;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero) return new Spent();
        Waits.Enqueue(dueTime);
        lock (gate) now += dueTime;
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Spent();
    }

    sealed class Spent : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
