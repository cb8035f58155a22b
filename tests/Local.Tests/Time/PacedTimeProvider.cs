namespace Interop.Local.Tests.Time;

/// <summary>
/// A wall clock that goes no faster than the machine gets on: between two of its steps the platform must have answered a request. Where that takes long, for the machine is slow, busy or stands still for a while,
/// less time has passed by this clock, so that a fast one made of it breaches no limit for that.
/// </summary>
sealed class PacedTimeProvider : TimeProvider, IAsyncDisposable
{
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(5);
    static readonly TimeSpan Most = TimeSpan.FromMilliseconds(100);

    readonly DateTimeOffset start = System.GetUtcNow();
    readonly HttpClient client = new();
    readonly CancellationTokenSource stopping = new();
    readonly HashSet<Paced> timers = [];
    readonly Lock gate = new();
    readonly Task steps;
    long passed;
    Uri? asked;

    public PacedTimeProvider() => steps = Step();

    /// <summary>From now on it keeps pace with the platform there.</summary>
    public void Follow(Uri platform) => Volatile.Write(ref asked, new Uri(platform, "/health"));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => start.AddTicks(Interlocked.Read(ref passed));

    public override long GetTimestamp() => Interlocked.Read(ref passed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Paced(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await steps;
        stopping.Dispose();
        client.Dispose();
    }

    async Task Step()
    {
        var before = System.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            if (!await Answers()) continue;
            var now = System.GetTimestamp();
            var step = System.GetElapsedTime(before, now);
            before = now;
            var reached = Interlocked.Add(ref passed, (step < Most ? step : Most).Ticks);
            Paced[] due;
            lock (gate) due = [.. timers.Where(timer => timer.At <= reached)];
            foreach (var timer in due) timer.Fire(reached);
        }
    }

    // A platform that stops answers no more; nothing has to go on then.
    async Task<bool> Answers()
    {
        try
        {
            await Task.Delay(Between, stopping.Token);
            if (Volatile.Read(ref asked) is { } address) (await client.GetAsync(address, stopping.Token)).Dispose();
            return true;
        }
        catch (Exception over) when (over is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    sealed class Paced(PacedTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        TimeSpan every = Timeout.InfiniteTimeSpan;

        public long At { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                (At, every) = (clock.GetTimestamp() + dueTime.Ticks, period);
                return dueTime < TimeSpan.Zero || clock.timers.Add(this);
            }
        }

        public void Fire(long now)
        {
            lock (clock.gate)
            {
                // It was changed or disposed of meanwhile.
                if (At > now || !clock.timers.Remove(this)) return;
                if (every > TimeSpan.Zero)
                {
                    At = now + every.Ticks;
                    clock.timers.Add(this);
                }
            }

            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
