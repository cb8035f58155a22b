using System.Collections.Frozen;
using Interop.Core.Workflows;
using Interop.Platform.Clocks;
using Interop.Platform.Definitions;

namespace Interop.Platform.Runs;

/// <summary>The types of event that can come: from a system's messages, a time limit, or from a workflow. One that computes the type may send any.</summary>
sealed class BroughtEvents(DefinitionSet definitions)
{
    readonly bool isAny = definitions.Workflows.Any(workflow => workflow.Emits.Contains(null));

    readonly FrozenSet<string> types = definitions.Workflows.SelectMany(workflow => workflow.Emits)
        .Concat(definitions.Systems.SelectMany(system => system.Messages.Values).Select(message => message.Event))
        .OfType<string>().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Why a listen will hear nothing; null when it may.</summary>
    public string? Vain(Workflow workflow, Waiting waiting) => isAny || workflow.CouldHear(waiting.Task, Comes)
        ? null
        : $"The task {waiting.Task} listens for {waiting.What} alone, which no system's message has and no workflow emits. Define what brings it, or cancel the run.";

    bool Comes(string type) => types.Contains(type) || type == ClockWatch.EventType || Lifecycle.IsType(type);
}
