using Interop.Platform.Work;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Signals what is due and was not done: schedules and retention, whose time has come, and whatever a lost signal or a crash left behind.</summary>
sealed class DueSweep(DueWork work, WorkSignals signals, TimeProvider clock, ILogger<DueSweep> log)
{
    // Together fewer than wait for the bus at most, so that neither takes the other's place there.
    const int MostRows = 5_000;
    const int MostMessages = 4_000;

    /// <summary>What has been due for less than this is probably under way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Signals every row that was due so long ago.</summary>
    public async Task<int> Signal(TimeSpan ago, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() - ago;
        var counts = await Task.WhenAll(Signal(work.Messages(until, cancellation), MostMessages), Signal(work.Rows(until, MostRows, cancellation), MostRows));
        log.Swept(counts.Sum(), MostRows + MostMessages);
        return counts.Sum();
    }

    // Each by itself: what one cannot read does not stop the other.
    async Task<int> Signal(IAsyncEnumerable<(WorkItem Item, DateTimeOffset At)> found, int most)
    {
        var count = 0;
        await foreach (var (item, at) in found.Take(most))
        {
            signals.Due(item, at);
            count++;
        }

        return count;
    }
}
