using System.Collections.Immutable;

namespace Interop.Core.Workflows.Drawing;

/// <summary>Where a task of a run stands.</summary>
public enum TaskStanding
{
    /// <summary>The run has not come to it.</summary>
    NotReached,

    /// <summary>Under way.</summary>
    UnderWay,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Left out by its <c>if</c>.</summary>
    Skipped,

    /// <summary>Raised an error.</summary>
    Faulted,

    /// <summary>Stopped by something else.</summary>
    Cancelled,
}

/// <summary>Reads out of a run's journal where its tasks stand.</summary>
public static class TaskStandings
{
    static readonly ImmutableDictionary<string, TaskStanding> ByKind = new Dictionary<JournalKind, TaskStanding>
    {
        [JournalKind.TaskStarted] = TaskStanding.UnderWay,
        [JournalKind.TaskCompleted] = TaskStanding.Completed,
        [JournalKind.TaskSkipped] = TaskStanding.Skipped,
        [JournalKind.TaskFaulted] = TaskStanding.Faulted,
        [JournalKind.TaskCancelled] = TaskStanding.Cancelled,
    }.ToImmutableDictionary(pair => new JournalEntry(0, default, pair.Key, "", null, default).KindName, pair => pair.Value, StringComparer.Ordinal);

    /// <summary>The standing of each task by its JSON Pointer: what the journal told of it last.</summary>
    /// <param name="journal">Kind names (<see cref="JournalEntry.KindName"/>) and tasks, in order.</param>
    public static ImmutableDictionary<string, TaskStanding> Of(IEnumerable<(string Kind, string Task)> journal)
    {
        var standings = ImmutableDictionary.CreateBuilder<string, TaskStanding>(StringComparer.Ordinal);
        foreach (var (kind, task) in journal)
            if (task.Length > 0 && ByKind.TryGetValue(kind, out var standing)) standings[task] = standing;
        return standings.ToImmutable();
    }
}
