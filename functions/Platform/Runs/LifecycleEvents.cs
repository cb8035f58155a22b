using System.Collections.Frozen;
using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>Which lifecycle events of a step are told: those whose type a workflow in force names. They are stored with the step, so that none is lost, and nothing is stored that nobody hears.</summary>
sealed class LifecycleEvents(DefinitionRegistry definitions)
{
    /// <summary>How many lifecycle events may follow from each other at once: runs that hear each other end here.</summary>
    public const int MostSteps = 20;

    // An attribute of the event (CloudEvents extension) that counts them.
    const string Steps = "interopsteps";

    readonly FrozenSet<string> heard = definitions.Current.Workflows.SelectMany(workflow => workflow.Hears).Select(hears => hears.Type).Where(Lifecycle.IsType).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The row that promises them; null when nobody hears any.</summary>
    /// <param name="workflow">The definition.</param>
    /// <param name="transition">What the step led to.</param>
    /// <param name="cause">The event that led to the step; null if it was something else.</param>
    /// <param name="now">When they are due.</param>
    public Change.Upsert? Row(Workflow workflow, Transition transition, JsonValue cause, DateTimeOffset now)
    {
        if (heard.Count == 0 || transition.Journal.IsEmpty) return null;
        var steps = StepsBefore(cause);
        if (steps == MostSteps) return null;
        var told = Lifecycle.Events(workflow, transition, withData: false).Where(one => heard.Contains(one["type"].AsString())).Select(one => one.With(Steps, steps + 1)).ToImmutableArray();
        return told.IsEmpty ? null : new Change.Upsert(RunKeys.Lifecycle(transition.Journal[0].Sequence), RowBody.Of(told), now);
    }

    /// <summary>Of the events that begin a run, the one that most others led to; null if none does.</summary>
    public static JsonValue Cause(RunStart start) => start.Events.IsEmpty ? JsonValue.Null : start.Input.Items.MaxBy(StepsBefore);

    static int StepsBefore(JsonValue cause) => cause[Steps].Kind == JsonKind.Number ? (int)Math.Clamp(cause[Steps].AsNumber(), 0, MostSteps) : 0;
}

/// <summary>Brings stored lifecycle events to the runs that listen, and starts the workflows that begin on them.</summary>
sealed class LifecycleTeller(IStore store, RunList runs, EventRouter router)
{
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    /// <summary>Tells them in order; each comes to a run once, however often this is done.</summary>
    public async Task<WorkOutcome> Perform(OrganisationId organisation, RunId run, WorkItem item, CancellationToken cancellation)
    {
        if (await store.Read(item.Partition, item.Key, cancellation) is not { } row || await runs.Find(organisation, run, cancellation) is not { } record) return WorkOutcome.Late;
        foreach (var told in RowBody.Read<ImmutableArray<JsonValue>>(row))
            if (!await router.Route(organisation, new SubjectId(record.Subject), told, cancellation, about: record)) return new WorkOutcome.Later(Soon);
        await store.Commit(item.Partition, [new Change.Delete(item.Key, row.ETag)], cancellation);
        return record.IsOver ? WorkOutcome.Late : WorkOutcome.Finished;
    }
}
