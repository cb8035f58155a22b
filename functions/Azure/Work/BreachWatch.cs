using Interop.Platform.Clocks;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Logs each time limit that has passed, once: an alert follows from that line. The platform tells the runs.</summary>
sealed class BreachWatch(ClockSweep clocks, ILogger<BreachWatch> log)
{
    public async Task Look(CancellationToken cancellation)
    {
        await foreach (var breach in clocks.Look(cancellation)) log.ClockIsBreached(breach.Organisation.Value, breach.Rule, breach.Subject, breach.At);
    }
}
