using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Workflows.Running;

namespace Interop.Core.Workflows;

/// <summary>The lifecycle events of the specification (CloudEvents) that tell what a step did; a host publishes them after it has stored the step.</summary>
/// <remarks>The same step gives the same events with the same ids, so what is published again after a crash is known as a duplicate.</remarks>
public static class Lifecycle
{
    const string Prefix = "io.serverlessworkflow.";

    // By kind of journal entry: the events it makes, each with the member that holds its time.
    static readonly (JournalKind Kind, string Type, string Time)[] Types =
    [
        (JournalKind.RunStarted,      "workflow.started.v1",               "startedAt"),
        (JournalKind.RunSuspended,    "workflow.suspended.v1",             "suspendedAt"),
        (JournalKind.RunResumed,      "workflow.resumed.v1",               "resumedAt"),
        (JournalKind.ListenStarted,   "workflow.correlation-started.v1",   "startedAt"),
        (JournalKind.ListenCompleted, "workflow.correlation-completed.v1", "completedAt"),
        (JournalKind.RunCancelled,    "workflow.cancelled.v1",             "cancelledAt"),
        (JournalKind.RunFaulted,      "workflow.faulted.v1",               "faultedAt"),
        (JournalKind.RunCompleted,    "workflow.completed.v1",             "completedAt"),
        (JournalKind.TaskStarted,     "task.created.v1",                   "createdAt"),
        (JournalKind.TaskStarted,     "task.started.v1",                   "startedAt"),
        (JournalKind.TaskRetried,     "task.retried.v1",                   "retriedAt"),
        (JournalKind.RunRetried,      "task.retried.v1",                   "retriedAt"),
        (JournalKind.TaskCancelled,   "task.cancelled.v1",                 "cancelledAt"),
        (JournalKind.TaskFaulted,     "task.faulted.v1",                   "faultedAt"),
        (JournalKind.TaskCompleted,   "task.completed.v1",                 "completedAt"),
    ];

    // What a status event says after an entry; the tasks' own pause shows in the run's.
    static readonly Dictionary<JournalKind, string> Statuses = new()
    {
        [JournalKind.RunStarted] = "running",
        [JournalKind.RunSuspended] = "suspended",
        [JournalKind.RunResumed] = "running",
        [JournalKind.ListenStarted] = "waiting",
        [JournalKind.ListenCompleted] = "running",
        [JournalKind.RunCancelled] = "cancelled",
        [JournalKind.RunFaulted] = "faulted",
        [JournalKind.RunCompleted] = "completed",
        [JournalKind.TaskStarted] = "running",
        [JournalKind.TaskCancelled] = "cancelled",
        [JournalKind.TaskFaulted] = "faulted",
        [JournalKind.TaskCompleted] = "completed",
    };

    /// <summary>Whether events of this type are told here.</summary>
    public static bool IsType(string type) =>
        type is Prefix + "workflow.status-changed.v1" or Prefix + "task.status-changed.v1" or Prefix + "task.suspended.v1" or Prefix + "task.resumed.v1" || Types.Any(row => type == Prefix + row.Type);

    /// <summary>The events of a step, in order.</summary>
    /// <param name="workflow">The definition.</param>
    /// <param name="transition">What the step led to.</param>
    /// <param name="withData">Whether outputs are told; they may hold personal data.</param>
    public static ImmutableArray<JsonValue> Events(Workflow workflow, Transition transition, bool withData)
    {
        var events = ImmutableArray.CreateBuilder<JsonValue>();
        foreach (var entry in transition.Journal)
        {
            foreach (var (_, type, time) in Types.Where(row => row.Kind == entry.Kind && (entry.Task.Length > 0 || row.Type.StartsWith("workflow", StringComparison.Ordinal))))
                events.Add(Event(workflow, transition, entry, type, Data(workflow, transition, entry, type, time, withData)));
            if (entry.Kind is JournalKind.RunSuspended or JournalKind.RunResumed) events.AddRange(OfTasks(workflow, transition, entry));
            if (Statuses.TryGetValue(entry.Kind, out var status) && !(entry.Kind is JournalKind.TaskFaulted && entry.Task.Length == 0)) events.Add(StatusChanged(workflow, transition, entry, status));
        }

        return events.ToImmutable();
    }

    /// <summary>The qualified name of a run: the workflow's name and the run's id, and the namespace.</summary>
    public static string NameOf(Workflow workflow, RunState state) => $"{workflow.Name}-{state.Id}.{workflow.Namespace}";

    // A run that is suspended or resumed suspends or resumes each task that is under way.
    static IEnumerable<JsonValue> OfTasks(Workflow workflow, Transition transition, JournalEntry entry)
    {
        var (type, time) = entry.Kind == JournalKind.RunSuspended ? ("task.suspended.v1", "suspendedAt") : ("task.resumed.v1", "resumedAt");
        var tasks = transition.State.Root is { } root ? Under(root).Where(task => task.Length > 0).Distinct(StringComparer.Ordinal) : [];
        foreach (var task in tasks)
        {
            var at = entry with { Task = task };
            yield return Event(workflow, transition, at, type, Data(workflow, transition, at, type, time, withData: false));
        }
    }

    static IEnumerable<string> Under(Frame frame) => Pending.Children(frame.Work).SelectMany(Under).Prepend(frame.Task);

    static JsonValue StatusChanged(Workflow workflow, Transition transition, JournalEntry entry, string status)
    {
        var isTask = entry.Task.Length > 0 && entry.Kind is not (JournalKind.ListenStarted or JournalKind.ListenCompleted);
        var type = isTask ? "task.status-changed.v1" : "workflow.status-changed.v1";
        return Event(workflow, transition, entry, type, Data(workflow, transition, entry, type, "updatedAt", withData: false).With("status", status));
    }

    static JsonValue Data(Workflow workflow, Transition transition, JournalEntry entry, string type, string time, bool withData)
    {
        var name = NameOf(workflow, transition.State);
        var data = type.StartsWith("task", StringComparison.Ordinal) ? JsonValue.Of(("workflow", name), ("task", entry.Task)) : JsonValue.Of(("name", name));
        data = data.With(time, Turn.Rfc3339(entry.At));
        if (type.Contains("status", StringComparison.Ordinal)) return data;
        return entry.Kind switch
        {
            JournalKind.RunStarted => data.With("definition", JsonValue.Of(("name", workflow.Name), ("namespace", workflow.Namespace), ("version", workflow.Version))),
            JournalKind.RunFaulted or JournalKind.TaskFaulted => data.With("error", entry.Detail),
            JournalKind.RunCompleted or JournalKind.TaskCompleted when withData => data.With("output", entry.Detail),
            JournalKind.ListenCompleted when withData => data.With("correlationKeys", entry.Detail["correlationKeys"]),
            _ => data,
        };
    }

    static JsonValue Event(Workflow workflow, Transition transition, JournalEntry entry, string type, JsonValue data) => JsonValue.Of(
        ("specversion", "1.0"),
        ("id", string.Create(CultureInfo.InvariantCulture, $"{transition.State.Id}.{entry.Sequence}.{type}{(entry.Kind is JournalKind.RunSuspended or JournalKind.RunResumed ? entry.Task : "")}")),
        ("source", $"/workflows/{workflow.Namespace}/{workflow.Name}"),
        ("type", Prefix + type),
        ("subject", transition.State.Id.ToString()),
        ("time", Turn.Rfc3339(entry.At)),
        ("datacontenttype", "application/json"),
        ("data", data));
}
