using Microsoft.DurableTask;

namespace Interop.Functions.Runs;

/// <summary>What an orchestration waits for: rows being performed, and rows with a timer. Sorted, so that a replay sees them in the same order.</summary>
sealed class RowsInFlight(TaskOrchestrationContext context)
{
    // The store tells whether it was done before, so trying again is safe; after that the sweep tries on.
    static readonly TaskOptions Tries = new(new TaskRetryOptions(new RetryPolicy(maxNumberOfAttempts: 4, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 3)));

    readonly SortedDictionary<string, Task<RunNews>> working = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, Alarm> timers = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, DueRow> again = new(StringComparer.Ordinal);
    readonly List<DueRow> resting = [];
    bool isEnd;
    bool isResting;

    sealed record Alarm(DueRow Row, Task Rings, CancellationTokenSource Off);

    /// <summary>Whether the run has ended and nothing is left to do for it.</summary>
    public bool AreOver => isEnd && working.Count == 0 && timers.Count == 0 && resting.Count == 0;

    /// <summary>Whether the history can be begun anew: nothing that it would lose is under way.</summary>
    public bool MayRest => isResting && working.Count == 0;

    public IEnumerable<Task> Pending => working.Values.Concat(timers.Values.Select(alarm => alarm.Rings));

    /// <summary>Begins nothing more.</summary>
    public void Rest() => isResting = true;

    /// <summary>All that is still to be done, to begin anew with.</summary>
    public RunNews Saved() => new(context.InstanceId, [.. resting, .. timers.Values.Select(alarm => alarm.Row)], [], [], isEnd);

    /// <summary>Begins what the news asks for.</summary>
    public void Take(RunNews news)
    {
        isEnd |= news.IsEnd;
        foreach (var key in news.Dropped)
        {
            Silence(key);
            again.Remove(key);
        }

        foreach (var child in news.Children) _ = context.CallSubOrchestratorAsync<string>(nameof(WorkflowRun), child, new SubOrchestrationOptions(instanceId: child.Partition));
        foreach (var row in news.Due) Begin(row);
    }

    /// <summary>What a task that has ended led to.</summary>
    public async Task<RunNews> Ended(Task ended)
    {
        if (timers.Values.FirstOrDefault(alarm => alarm.Rings == ended) is { } alarm)
        {
            timers.Remove(alarm.Row.Key);
            Work(alarm.Row);
            return RunNews.Of(context.InstanceId);
        }

        var key = working.First(row => row.Value == ended).Key;
        working.Remove(key);
        var news = await Answer(key, (Task<RunNews>)ended);
        return again.Remove(key, out var asked) ? news with { Due = [.. news.Due.Where(row => row.Key != key), asked] } : news;
    }

    async Task<RunNews> Answer(string key, Task<RunNews> ended)
    {
        try
        {
            return await ended;
        }
        catch (TaskFailedException failed)
        {
            context.CreateReplaySafeLogger<WorkflowRun>().RowLeft(context.InstanceId, key, failed.FailureDetails.ErrorType);
            return RunNews.Of(context.InstanceId);
        }
    }

    // A row that is under way, or has its timer, may be told of again: by the sweep, or by what was repeated after a crash. One that rests stays due all the while, so the sweep cuts no rest short; somebody who asks for it does. What is asked for while the row is under way may have come too late for this try, and is looked at after it.
    void Begin(DueRow row)
    {
        if (row.Cause == DueCause.Sweep && timers.TryGetValue(row.Key, out var rest) && rest.Row.Cause == DueCause.Rest) return;
        if (working.ContainsKey(row.Key))
        {
            if (row.Cause == DueCause.News) again[row.Key] = row;
            return;
        }

        if (timers.TryGetValue(row.Key, out var set) && set.Row.At <= row.At) return;
        Silence(row.Key);
        if (row.At <= context.CurrentUtcDateTime) Work(row);
        else SetTimer(row);
    }

    void Work(DueRow row)
    {
        if (isResting) resting.Add(row);
        else working[row.Key] = context.CallActivityAsync<RunNews>(nameof(PerformRow), row, Tries);
    }

    void SetTimer(DueRow row)
    {
        var off = new CancellationTokenSource();
        timers[row.Key] = new Alarm(row, context.CreateTimer(row.At, off.Token), off);
    }

    void Silence(string key)
    {
        if (!timers.Remove(key, out var alarm)) return;
        alarm.Off.Cancel();
        alarm.Off.Dispose();
    }
}
