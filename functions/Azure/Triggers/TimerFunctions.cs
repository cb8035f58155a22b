using Interop.Functions.Work;
using Interop.Platform.Storage.Tables;
using Microsoft.Azure.Functions.Worker;

namespace Interop.Functions.Triggers;

/// <summary>What happens by the clock. Schedules, among them the workflows that poll a system, retention and what was left behind are due rows, found by one sweep.</summary>
sealed class TimerFunctions(DueSweep sweep, StuckRunWatch stuck, BreachWatch breaches, TablesStore store, TimerWatch watch)
{
    [Function(nameof(DueRows))]
    public Task DueRows([TimerTrigger("0 */1 * * * *")] TimerInfo timer, CancellationToken cancellation) => watch.Watch(nameof(DueRows), sweep.Signal(DueSweep.Grace, cancellation), cancellation);

    [Function(nameof(StuckRuns))]
    public Task StuckRuns([TimerTrigger("0 7 * * * *")] TimerInfo timer, CancellationToken cancellation) => watch.Watch(nameof(StuckRuns), stuck.Look(cancellation), cancellation);

    /// <summary>Time limits that passed without the update they ask for. They end with a day.</summary>
    [Function(nameof(Clocks))]
    public Task Clocks([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellation) => watch.Watch(nameof(Clocks), breaches.Look(cancellation), cancellation);

    /// <summary>Bodies and due times that a crash left without their row.</summary>
    [Function(nameof(StoreSweep))]
    public Task StoreSweep([TimerTrigger("0 30 2 * * *")] TimerInfo timer, CancellationToken cancellation) => watch.Watch(nameof(StoreSweep), store.Sweep(cancellation), cancellation);
}
