using System.Threading.Channels;
using Interop.Platform.Clocks;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Local.Work;

/// <summary>Does the due work of one machine: what is signalled at once, and what the store says is due (after a start, for timers, after a failure).</summary>
/// <remarks>The store's due rows are the truth and the queue only a shortcut: a signal lost, or a queue that is full, costs a moment and no work.</remarks>
sealed class Worker(IStore store, TimeProvider clock, IServiceProvider services, ILogger<Worker> log) : BackgroundService, IWorkSignal
{
    const int QueueLength = 10_000;
    const int Hands = 8;
    const int LookAhead = 512;
    static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(500);

    // A message whose signal was lost, and a time limit that has passed, wait for this look.
    static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(2);
    static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    readonly Channel<WorkItem> queue = Channel.CreateBounded<WorkItem>(QueueLength);
    readonly HashSet<(string Partition, string Key)> taken = [];
    readonly Dictionary<(string Partition, string Key), long> resting = [];
    readonly Lock gate = new();

    public void Due(WorkItem item, DateTimeOffset at)
    {
        if (at <= clock.GetUtcNow()) Offer(item);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var hands = Enumerable.Range(0, Hands).Select(_ => Task.Run(() => Work(stoppingToken), stoppingToken)).ToList();
        hands.Add(Look(stoppingToken));
        try
        {
            await Task.WhenAll(hands);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was not done is still due.
        }
    }

    // An item that is taken or rests is not offered again; one that the queue has no room for is found by the next look. True when it was offered.
    bool Offer(WorkItem item)
    {
        lock (gate)
        {
            var address = (item.Partition, item.Key);
            if (resting.TryGetValue(address, out var until))
            {
                if (until > Environment.TickCount64) return false;
                resting.Remove(address);
            }
            else if (resting.Count > QueueLength)
            {
                // Items that ended elsewhere leave their rest behind. To forget one early only means to try sooner.
                resting.Clear();
            }

            if (!taken.Add(address)) return false;
            if (queue.Writer.TryWrite(item)) return true;
            taken.Remove(address);
            return false;
        }
    }

    async Task Look(CancellationToken stopping)
    {
        var (work, clocks) = (services.GetRequiredService<DueWork>(), services.GetRequiredService<ClockSweep>());
        var sweepAt = long.MinValue;
        while (true)
        {
            try
            {
                await OfferDue(work, stopping);
                if (sweepAt <= Environment.TickCount64) sweepAt = await Sweep(work, clocks, stopping);
                await Task.Delay(await UntilNext(stopping), stopping);
            }
            catch (StoreException failed)
            {
                log.LookFailed(FaultText.Of(failed));
                await Task.Delay(AfterFailure, stopping);
            }
        }
    }

    // Rows that are taken or rest stay due and come first; those due later must not wait behind them, so the look goes past them.
    async Task OfferDue(DueWork work, CancellationToken stopping)
    {
        var offered = 0;
        await foreach (var (item, _) in work.Rows(clock.GetUtcNow(), LookAhead + Passed(), stopping))
            if (Offer(item) && ++offered == LookAhead) return;
    }

    async Task<long> Sweep(DueWork work, ClockSweep clocks, CancellationToken stopping)
    {
        await foreach (var (item, _) in work.Messages(clock.GetUtcNow(), stopping)) Offer(item);
        await clocks.Look(breach => log.ClockIsBreached(breach.Organisation.Value, breach.Rule, breach.Subject, breach.At), stopping);
        return Environment.TickCount64 + (long)BetweenSweeps.TotalMilliseconds;
    }

    int Passed()
    {
        lock (gate) return taken.Count + resting.Count;
    }

    // The next timer in business time, which may run faster than the wall clock; never longer than the longest look.
    async Task<TimeSpan> UntilNext(CancellationToken stopping)
    {
        var next = await store.NextDue(stopping);
        if (next is not { } due || due <= clock.GetUtcNow()) return LongestLook / 10;
        var virtualWait = due - clock.GetUtcNow();
        var real = clock is Time.ScaledTimeProvider scaled ? scaled.ToReal(virtualWait) : virtualWait;
        return real < LongestLook ? real + TimeSpan.FromMilliseconds(1) : LongestLook;
    }

    async Task Work(CancellationToken stopping)
    {
        var performer = services.GetRequiredService<WorkPerformer>();
        await foreach (var item in queue.Reader.ReadAllAsync(stopping))
        {
            var rest = TimeSpan.Zero;
            try
            {
                var outcome = await performer.Perform(item, stopping);
                if (outcome.Fault is { } fault) log.WorkFailed(item.Partition, item.Key, FaultText.Of(fault));
                if (outcome is WorkOutcome.Later later) rest = later.After;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception failed)
            {
                // A failing medium: the row stays due, and is tried again after a rest.
                log.WorkFailed(item.Partition, item.Key, FaultText.Of(failed));
                rest = AfterFailure;
            }

            lock (gate)
            {
                taken.Remove((item.Partition, item.Key));
                if (rest > TimeSpan.Zero) resting[(item.Partition, item.Key)] = Environment.TickCount64 + (long)rest.TotalMilliseconds;
            }
        }
    }
}
