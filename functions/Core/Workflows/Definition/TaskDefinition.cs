using System.Collections.Frozen;
using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Workflows.Definition;

/// <summary>What every task has.</summary>
/// <param name="Pointer">The JSON Pointer of the task in the definition: its identity.</param>
/// <param name="Name">The name in its list.</param>
/// <param name="Source">The definition as written, for <c>$task.definition</c>.</param>
/// <param name="Place">Where it stands.</param>
sealed record TaskBasics(string Pointer, string Name, JsonValue Source, Place Place)
{
    public Expression? If { get; init; }

    public Filter? Input { get; init; }

    public Filter? Output { get; init; }

    public Filter? Export { get; init; }

    public Delay? Timeout { get; init; }

    public Flow Then { get; init; } = Flow.Continue;
}

/// <summary>What changes data on its way (<c>from</c>, <c>as</c>), and what it must look like.</summary>
sealed record Filter(Template? By, Schema? Schema);

/// <summary>A task as defined: closed set, one record for each kind.</summary>
abstract record TaskDefinition(TaskBasics Basics)
{
    public string Pointer => Basics.Pointer;

    /// <summary>The lists of tasks directly below this one.</summary>
    public virtual IEnumerable<TaskList> Lists => [];
}

/// <summary>Tasks in sequence.</summary>
sealed class TaskList(ImmutableArray<TaskDefinition> tasks)
{
    readonly FrozenDictionary<string, int> positions =
        tasks.Select((task, at) => (task.Basics.Name, at)).DistinctBy(pair => pair.Name, StringComparer.Ordinal).ToFrozenDictionary(pair => pair.Name, pair => pair.at, StringComparer.Ordinal);

    public static TaskList Empty { get; } = new([]);

    public ImmutableArray<TaskDefinition> Tasks => tasks;

    public int Count => tasks.Length;

    public int IndexOf(string name) => positions.GetValueOrDefault(name, -1);
}

sealed record DoTask(TaskBasics Basics, TaskList List) : TaskDefinition(Basics)
{
    public override IEnumerable<TaskList> Lists => [List];
}

/// <summary>Calls a function of the host.</summary>
sealed record CallTask(TaskBasics Basics, string Function, Template With) : TaskDefinition(Basics);

/// <summary>A call over HTTP.</summary>
abstract record RemoteTask(TaskBasics Basics, Template With, Template? Authentication) : TaskDefinition(Basics);

sealed record CallHttpTask(TaskBasics Basics, Template With, Template? Authentication) : RemoteTask(Basics, With, Authentication);

/// <summary>A call of an operation that an OpenAPI document describes.</summary>
sealed record CallOpenApiTask(TaskBasics Basics, Template With, Template? Authentication) : RemoteTask(Basics, With, Authentication);

/// <summary>Starts a run of another workflow, and waits for its end or does not.</summary>
sealed record RunWorkflowTask(TaskBasics Basics, string Namespace, string Name, string Version, Template? Input, bool Awaits) : TaskDefinition(Basics);

/// <summary>A task that is well-formed and that no host performs; a definition that holds one is not published.</summary>
sealed record RefusedTask(TaskBasics Basics, string What) : TaskDefinition(Basics);

/// <summary>A task of which nothing could be read; its problems are reported, and where it leads nobody knows.</summary>
sealed record UnreadTask(TaskBasics Basics) : TaskDefinition(Basics);

/// <summary>Calls a function of <c>use.functions</c>.</summary>
sealed record CallOwnTask(TaskBasics Basics, string Function, Template? With, Place Place) : TaskDefinition(Basics);

sealed record SwitchTask(TaskBasics Basics, ImmutableArray<SwitchCase> Cases) : TaskDefinition(Basics);

sealed record SwitchCase(string Name, Expression? When, Flow Then, Place Place);

sealed record SetTask(TaskBasics Basics, Template Value) : TaskDefinition(Basics);

sealed record ListenTask(TaskBasics Basics, Consumption To, EventReading Read, Foreach? Foreach) : TaskDefinition(Basics)
{
    public override IEnumerable<TaskList> Lists => Foreach is null ? [] : [Foreach.Body];
}

/// <summary>What of an event is read.</summary>
enum EventReading
{
    Data,

    /// <summary>The whole event, its attributes too.</summary>
    Envelope,

    /// <summary>The data as text, as it came.</summary>
    Raw,
}

/// <summary>What is done with each event of a listen. With an <paramref name="Output"/> the listen gives the array of all outputs; without, the last round's, and keeps none.</summary>
sealed record Foreach(string Item, string At, TaskList Body, Filter? Output, Filter? Export);

/// <summary>Tasks around other tasks (<c>use.extensions</c>).</summary>
sealed record Extension(string Name, string Extends, Expression? When, TaskList Before, TaskList After);

sealed record EmitTask(TaskBasics Basics, Template With) : TaskDefinition(Basics);

sealed record WaitTask(TaskBasics Basics, Delay Delay) : TaskDefinition(Basics);

sealed record TryTask(TaskBasics Basics, TaskList Body, Catch Catch) : TaskDefinition(Basics)
{
    public override IEnumerable<TaskList> Lists => [Body, Catch.Body];
}

/// <summary>Which errors a try catches and what it does then. Members of <paramref name="With"/> must equal those of the error.</summary>
sealed record Catch(JsonValue With, string As, Expression? When, Expression? ExceptWhen, RetryPolicy? Retry, TaskList Body, bool HasBody);

enum Backoff
{
    /// <summary>Always the delay.</summary>
    Constant,

    /// <summary>The delay times the number of the retry.</summary>
    Linear,

    /// <summary>The delay, doubled at each retry.</summary>
    Exponential,
}

sealed record RetryPolicy(
    Expression? When, Expression? ExceptWhen, Delay? Delay, Backoff Backoff, int? MostRetries, Delay? AttemptLimit, Delay? TotalLimit, Delay? JitterFrom, Delay? JitterTo);

sealed record ForTask(TaskBasics Basics, string Each, string At, Expression In, Expression? While, TaskList Body) : TaskDefinition(Basics)
{
    public override IEnumerable<TaskList> Lists => [Body];
}

sealed record ForkTask(TaskBasics Basics, TaskList Branches, bool Competes) : TaskDefinition(Basics)
{
    public override IEnumerable<TaskList> Lists => [Branches];
}

sealed record RaiseTask(TaskBasics Basics, Template Error) : TaskDefinition(Basics);
