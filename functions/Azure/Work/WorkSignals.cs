using System.Diagnostics;
using Interop.Functions.Runs;
using Interop.Platform.Work;

namespace Interop.Functions.Work;

/// <summary>Tells of due rows: the orchestration whose activity is under way by its answer, all others by the bus.</summary>
sealed class WorkSignals(WorkSender bus, WallClock wall, TimeProvider clock) : IWorkSignal
{
    readonly AsyncLocal<Gathering?> gathering = new();

    /// <summary>From here on, in this flow of control, what is signalled for a run is gathered.</summary>
    public Gathering Gather(string partition) => gathering.Value = new Gathering(partition);

    public void Due(WorkItem item, DateTimeOffset at)
    {
        // A run's timers are its orchestration's; other rows that are due later are the sweep's.
        if (item.IsOfRun || at <= clock.GetUtcNow()) Tell(RunNews.Of(item.Partition, Row(item, at)), null);
    }

    /// <summary>Tells of a row that the sweep found still due.</summary>
    public void Found(WorkItem item, DateTimeOffset at) => bus.Send(RunNews.Of(item.Partition, Row(item, at) with { Cause = DueCause.Sweep }));

    public void Stepped(StepSignal step) =>
        Tell(new RunNews(step.Partition, [.. step.Due.Select(row => Row(row.Item, row.At))], [], [], step.IsEnd), step.Parent);

    public void Dropped(string partition, string key) => Tell(RunNews.Of(partition) with { Dropped = [key] }, null);

    void Tell(RunNews news, string? parent)
    {
        if (gathering.Value?.Take(news, parent) != true) bus.Send(news);
    }

    DueRow Row(WorkItem item, DateTimeOffset at) => new(item.Partition, item.Key, wall.At(at), Activity.Current?.Id);
}
