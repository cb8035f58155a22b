using System.Collections.Frozen;
using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;
using Interop.Core.Workflows.Loading;

namespace Interop.Core.Workflows;

/// <summary>A definition (Serverless Workflow DSL 1.0), read, checked and compiled; immutable.</summary>
public sealed class Workflow
{
    internal Workflow(DoTask main, IReadOnlyDictionary<string, TaskDefinition> functions, ImmutableArray<Extension> extensions, ImmutableArray<Consumption> listens, JsonValue definition)
    {
        (Main, Extensions, Listens, Definition) = (main, extensions, listens, definition);
        Functions = functions.ToFrozenDictionary(StringComparer.Ordinal);
        Tasks = functions.Values.Append(main).Concat(extensions.SelectMany(extension => extension.Before.Tasks.Concat(extension.After.Tasks))).SelectMany(FlowCheck.All).ToFrozenDictionary(task => task.Pointer, StringComparer.Ordinal);
    }

    /// <summary><c>document.namespace</c></summary>
    public required string Namespace { get; init; }

    /// <summary><c>document.name</c></summary>
    public required string Name { get; init; }

    /// <summary><c>document.version</c></summary>
    public required string Version { get; init; }

    /// <summary><c>document.title</c>, or the name.</summary>
    public required string Title { get; init; }

    /// <summary><c>namespace/name:version</c></summary>
    public string Reference => $"{Namespace}/{Name}:{Version}";

    /// <summary>The text it was loaded from.</summary>
    public required string Text { get; init; }

    /// <summary>Which events start a run, if any do (<c>schedule.on</c>).</summary>
    public required StartRule? Start { get; init; }

    /// <summary>At what times runs begin, if they do by themselves.</summary>
    public required Schedule? Schedule { get; init; }

    /// <summary>The types of the events that its tasks emit; null for one that is computed.</summary>
    public required ImmutableArray<string?> Emits { get; init; }

    /// <summary>The types of the events that start a run or that tasks listen for, where the definition names them.</summary>
    public required ImmutableArray<HeardEvent> Hears { get; init; }

    /// <summary>What is well-formed, and what the host it was read for does not perform; empty if it can be published there.</summary>
    public required ImmutableArray<Problem> Refusals { get; init; }

    /// <summary>Reads a definition to be published: it is well-formed, and the host performs all that it asks for.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">The name that problems show.</param>
    /// <param name="host">What <c>call</c> may name; <see cref="WorkflowHost.Platform"/> for the platform's functions.</param>
    /// <returns>The workflow, or every problem with its place and remedy.</returns>
    public static Outcome<Workflow> Load(string text, string file, WorkflowHost host) =>
        Read(text, file, host).Then<Workflow>(workflow => workflow.Refusals.IsEmpty ? workflow : workflow.Refusals);

    /// <summary>Reads a definition that is well-formed; what the host refuses stands in <see cref="Refusals"/>.</summary>
    public static Outcome<Workflow> Read(string text, string file, WorkflowHost host) => WorkflowReader.Read(text, file, host);

    /// <summary>The workflows that its tasks start.</summary>
    public IEnumerable<StartedWorkflow> Others => Tasks.Values.OfType<RunWorkflowTask>().Select(task => new StartedWorkflow(task.Basics.Name, task.Namespace, task.Name, task.Version, task.Basics.Place));

    /// <summary>Every problem of a function that stands in a catalog by itself.</summary>
    public static ImmutableArray<Problem> CheckFunction(string text, string file, WorkflowHost host) => WorkflowReader.CheckFunction(text, file, host);

    /// <summary>Whether the listen at this task takes an event, or is ended by one, of a type of which <paramref name="comes"/> is true. A type that is computed or not named may be any.</summary>
    public bool CouldHear(string task, Func<string, bool> comes) => !Tasks.TryGetValue(task, out var found) || found is not ListenTask { To: var to }
        || (to.Filters.IsEmpty && to.Kind == ConsumptionKind.Any)
        || (to.Kind == ConsumptionKind.All && to.Filters.All(filter => filter.Type is null || comes(filter.Type)))
        || (to.Kind != ConsumptionKind.All && to.Filters.Any(filter => filter.Type is null || comes(filter.Type)))
        || to.UntilEvents.Any(filter => filter.Type is null || comes(filter.Type));

    /// <summary>Whether a task listens for events.</summary>
    public bool HasListens => !Listens.IsEmpty;

    internal DoTask Main { get; }

    /// <summary>The functions of <c>use.functions</c>.</summary>
    internal FrozenDictionary<string, TaskDefinition> Functions { get; }

    /// <summary>Every task by its JSON Pointer; the workflow itself has the empty one.</summary>
    internal FrozenDictionary<string, TaskDefinition> Tasks { get; }

    internal ImmutableArray<Extension> Extensions { get; }

    internal ImmutableArray<Consumption> Listens { get; }

    internal JsonValue Definition { get; }
}

/// <summary>A workflow that a task of another starts.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Namespace">The workflow's namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version, or <c>latest</c>.</param>
/// <param name="Place">Where the task stands.</param>
public sealed record StartedWorkflow(string Task, string Namespace, string Name, string Version, Place Place);

/// <summary>A type of event that a workflow waits for, and where it says so.</summary>
public sealed record HeardEvent(string Type, Place Place);
