using Interop.Functions.Runs;
using Interop.Platform.Work;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Work;

/// <summary>What the host's log says of work that a fault of the platform ended: held work names the log as the place that says more.</summary>
static class Faults
{
    const string Queue = "work that is due";

    /// <summary>Logs the fault of an outcome, if it has one, and that its work was put aside when it is tried no more.</summary>
    public static void Log(this WorkOutcome outcome, DueRow row, ILogger log)
    {
        if (outcome.Fault is not { } fault) return;
        log.WorkFailed(row.Partition, row.Key, FaultText.Of(fault));
        if (outcome is WorkOutcome.Done) log.PutAside(Queue, $"{row.Partition} {row.Key}", $"it failed again and again for a fault of the platform ({fault.GetType().Name}) and is held");
    }
}
