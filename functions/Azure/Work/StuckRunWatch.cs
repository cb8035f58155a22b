using Interop.Core.Messages;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Looks through the open runs of each organisation for those that wait for nothing that can still happen, and logs each: an alert follows from that line.</summary>
sealed class StuckRunWatch(StuckRuns stuck, DefinitionRegistry definitions, ILogger<StuckRunWatch> log)
{
    const int OrganisationsAtOnce = 16;

    /// <summary>In another order each time, so that a look which is cut off passes none over for ever.</summary>
    public Task Look(CancellationToken cancellation) =>
        Parallel.ForEachAsync(definitions.Forces.Shuffle(), new ParallelOptions { MaxDegreeOfParallelism = OrganisationsAtOnce, CancellationToken = cancellation }, async (organisation, token) => await Look(organisation, token));

    async Task Look(OrganisationId organisation, CancellationToken cancellation)
    {
        RunId? after = null;
        do
        {
            var page = await stuck.Find(organisation, after, cancellation);
            foreach (var run in page.Runs) log.RunIsStuck(organisation.Value, run.Run, run.Workflow, run.Since);
            after = page.Next is { } next ? new RunId(next) : null;
        }
        while (after is not null);
    }
}
