using Interop.Platform.Work;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Signals what is due and was not done: schedules and retention, whose time has come, and whatever a lost signal or a crash left behind.</summary>
sealed class DueSweep(DueWork work, WorkSignals signals, TimeProvider clock, ILogger<DueSweep> log)
{
    const int MostRows = 10_000;

    /// <summary>What has been due for less than this is probably under way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Signals every row that was due so long ago.</summary>
    public async Task<int> Signal(TimeSpan ago, CancellationToken cancellation)
    {
        var (count, until) = (0, clock.GetUtcNow() - ago);
        await foreach (var (item, at) in work.Rows(until, MostRows, cancellation).Concat(work.Messages(until, cancellation)))
        {
            signals.Due(item, at);
            count++;
        }

        log.Swept(count, MostRows);
        return count;
    }
}
