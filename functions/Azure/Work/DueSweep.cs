using Interop.Platform.Work;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Signals what is due and was not done: schedules and retention, whose time has come, and whatever a lost signal or a crash left behind.</summary>
/// <remarks>A row that stays due is told of less and less often (<see cref="ToldRows"/>). Of unfinished messages it says for each organisation that there are some, and whoever takes that up looks which: however long they wait, a sweep adds one signal to the organisation's session.</remarks>
sealed class DueSweep(DueWork work, WorkSender bus, WorkSignals signals, TimeProvider clock, ILogger<DueSweep> log)
{
    // Fewer than wait for the bus at most.
    const int MostRows = 5_000;

    readonly ToldRows told = new();

    /// <summary>What has been due for less than this is probably under way.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Signals every row that was due so long ago, and every organisation with messages that came so long ago.</summary>
    public async Task<int> Signal(TimeSpan ago, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();

        // Each by itself: what one cannot read does not stop the other.
        var (messages, rows) = (Messages(now, now - ago, cancellation), Rows(now, now - ago, cancellation));
        await Task.WhenAll(messages, rows);
        var (organisations, oldest) = await messages;
        log.Swept(await rows, MostRows, organisations, (long)oldest.TotalSeconds);
        return await rows + organisations;
    }

    async Task<(int Organisations, TimeSpan Oldest)> Messages(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        var (count, oldest) = (0, TimeSpan.Zero);
        await foreach (var (organisation, since) in work.Waiting(until, cancellation))
        {
            bus.Send(new UnfinishedNews(organisation.Value, until));
            count++;
            if (now - since > oldest) oldest = now - since;
        }

        return (count, oldest);
    }

    // Rows that were told of and wait come first, for they have been due for longest: the look goes past them.
    async Task<int> Rows(DateTimeOffset now, DateTimeOffset until, CancellationToken cancellation)
    {
        var (count, found, most, isWhole) = (0, 0, MostRows + told.Count, false);
        try
        {
            await foreach (var (item, at) in work.Rows(until, most, cancellation))
            {
                found++;
                if (!told.Tell(item, at, now)) continue;
                signals.Found(item, at);
                if (++count == MostRows) break;
            }

            isWhole = count < MostRows && found < most;
        }
        finally
        {
            told.Swept(isWhole);
        }

        return count;
    }
}
