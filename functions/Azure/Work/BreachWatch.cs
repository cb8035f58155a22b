using Interop.Platform.Clocks;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>Logs each time limit that has passed, once: an alert follows from that line. The platform tells the runs.</summary>
sealed class BreachWatch(ClockSweep clocks, ILogger<BreachWatch> log)
{
    public Task Look(CancellationToken cancellation) => clocks.Look(breach => log.ClockIsBreached(breach.Organisation.Value, breach.Rule, breach.Subject, breach.At), cancellation);
}
