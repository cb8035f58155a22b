using System.Collections.Frozen;
using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Workflows.Definition;

/// <summary>What every task has.</summary>
/// <param name="Pointer">The JSON Pointer of the task in the definition: its identity.</param>
/// <param name="Name">The name in its list.</param>
/// <param name="Source">The definition as written, for <c>$task.definition</c>.</param>
/// <param name="Place">Where it stands.</param>
sealed record TaskBasics(string Pointer, string Name, JsonValue Source, Place Place)
{
    public Expression? If { get; init; }

    public Template? InputFrom { get; init; }

    public Template? OutputAs { get; init; }

    public Template? ExportAs { get; init; }

    public Delay? Timeout { get; init; }

    public Flow Then { get; init; } = Flow.Continue;
}

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

sealed record CallHttpTask(TaskBasics Basics, Template With) : TaskDefinition(Basics);

/// <summary>Calls a function of <c>use.functions</c>.</summary>
sealed record CallOwnTask(TaskBasics Basics, string Function, Template? With, Place Place) : TaskDefinition(Basics);

sealed record SwitchTask(TaskBasics Basics, ImmutableArray<SwitchCase> Cases) : TaskDefinition(Basics);

sealed record SwitchCase(string Name, Expression? When, Flow Then, Place Place);

sealed record SetTask(TaskBasics Basics, Template Value) : TaskDefinition(Basics);

sealed record ListenTask(TaskBasics Basics, Consumption To, bool ReadsEnvelope, Foreach? Foreach) : TaskDefinition(Basics)
{
    public override IEnumerable<TaskList> Lists => Foreach is null ? [] : [Foreach.Body];
}

/// <summary>What is done with each event of a listen.</summary>
sealed record Foreach(string Item, string At, TaskList Body, Template? OutputAs, Template? ExportAs);

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
