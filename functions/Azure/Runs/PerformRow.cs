using Interop.Functions.Telemetry;
using Interop.Functions.Work;
using Interop.Platform.Work;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Runs;

/// <summary>The activity that does what a row of a run promises: an effect, an event to take, the end to tell of. Doing it again changes nothing: the row itself says whether it was done.</summary>
sealed class PerformRow(WorkPerformer performer, WorkSignals signals, WallClock wall, ILogger<PerformRow> log)
{
    /// <summary>Does it; what the step left to do for this run is the answer, and goes to no bus.</summary>
    public async Task<RunNews> Perform(DueRow input)
    {
        using var traced = Traces.Perform(input);
        var gathering = signals.Gather(input.Partition);

        // Never fresh: whoever tried before may have got through and crashed.
        var outcome = await performer.Perform(new WorkItem(input.Partition, input.Key, IsFresh: false), CancellationToken.None);
        outcome.Log(input, log);
        return gathering.Close(outcome is WorkOutcome.Later later ? [input with { At = wall.In(later.After), Cause = DueCause.Rest }] : []);
    }
}
