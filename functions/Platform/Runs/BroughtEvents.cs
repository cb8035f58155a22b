using System.Collections.Frozen;
using System.Collections.Immutable;
using Interop.Core.Workflows;
using Interop.Platform.Clocks;
using Interop.Platform.Connectors;

namespace Interop.Platform.Runs;

/// <summary>The types of event that can come to a run: from a system's messages or a time limit, if it is about an incident, or from a workflow. One that computes the type may send any.</summary>
sealed class BroughtEvents(ImmutableArray<SystemDefinition> systems, ImmutableArray<Workflow> workflows)
{
    readonly bool isAny = workflows.Any(workflow => workflow.Emits.Contains(null));

    readonly FrozenSet<string> emitted = workflows.SelectMany(workflow => workflow.Emits).OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    readonly FrozenSet<string> ofIncidents = systems.SelectMany(system => system.Messages.Values).Select(message => message.Event).OfType<string>()
        .Append(ClockWatch.EventType).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All that can be named: what workflows emit, and what comes of incidents.</summary>
    public IEnumerable<string> Types => emitted.Concat(ofIncidents).Distinct(StringComparer.Ordinal);

    /// <summary>Why a listen will hear nothing; null when it may.</summary>
    public string? Vain(Workflow workflow, Waiting waiting, bool isOfIncident)
    {
        if (isAny || workflow.CouldHear(waiting.Task, type => Comes(type, isOfIncident))) return null;
        var what = $"The task {waiting.Task} listens for {waiting.What} alone, which";
        return workflow.CouldHear(waiting.Task, type => Comes(type, isOfIncident: true))
            ? $"{what} comes of incidents, and the run is about none: a schedule began it, or the run that started it. Cancel the run, and let the workflow begin on an event."
            : $"{what} no system's message has and no workflow emits. Define what brings it, or cancel the run.";
    }

    /// <summary>Whether events of a type can come to a run.</summary>
    public bool Comes(string type, bool isOfIncident) => isAny || emitted.Contains(type) || Lifecycle.IsType(type) || (isOfIncident && ofIncidents.Contains(type));
}
