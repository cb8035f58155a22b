using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Interop.Functions.Runs;

/// <summary>The orchestration of a run, seen from without: its id is the run's partition.</summary>
static class Orchestrations
{
    /// <summary>Tells a run's orchestration, or begins it; one that ended only where there is something to do. One caller a run at a time: the sessions of the bus see to that.</summary>
    public static async Task Tell(this DurableTaskClient client, RunNews news, CancellationToken cancellation)
    {
        var known = await client.GetInstanceAsync(news.Partition, cancellation);
        if (known is { IsCompleted: false }) await client.RaiseEventAsync(news.Partition, WorkflowRun.News, news, cancellation);
        else if (known is null || news.Due.Length > 0 || news.Children.Length > 0) await client.ScheduleNewOrchestrationInstanceAsync(nameof(WorkflowRun), news, new StartOrchestrationOptions(news.Partition), cancellation);
    }
}
