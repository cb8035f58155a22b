using Interop.Platform.Work;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Triggers;

/// <summary>Logs how each timer ended, since everything relies on the sweeps: alerts follow from a failure, and from an end that is overdue.</summary>
sealed class TimerWatch(ILogger<TimerWatch> log)
{
    /// <summary>Does the work of a timer, and passes on its failure.</summary>
    public async Task Watch(string timer, Task work, CancellationToken cancellation)
    {
        try
        {
            await work;
            log.TimerEnded(timer);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The instance goes; the next one's timer begins anew, and one that never ends is overdue.
            throw;
        }
        catch (Exception failed)
        {
            log.TimerFailed(timer, FaultText.Of(failed));
            throw;
        }
    }
}
