using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Workflows.Running;

/// <summary>One task under way. Its definition is found in the workflow by the pointer.</summary>
/// <param name="Task">The JSON Pointer of the task's definition.</param>
/// <param name="RawInput">What the task before gave.</param>
/// <param name="Input">That, changed by <c>input.from</c>.</param>
/// <param name="StartedAt">When the task began.</param>
/// <param name="Timeout">The timer that ends the task, if it has one.</param>
/// <param name="Work">How far it has got.</param>
sealed record Frame(string Task, JsonValue RawInput, JsonValue Input, DateTimeOffset StartedAt, PendingTimer? Timeout, Work Work);

/// <summary>A timer that was asked for and has not fired.</summary>
sealed record PendingTimer(long Effect, DateTimeOffset Due);

/// <summary>How far a task has got: closed set, one record for each thing a task can be in the middle of.</summary>
abstract record Work;

/// <summary>Failed, or was stopped because a task beside it failed; waits for nothing, and is begun anew when a person has the run taken up again.</summary>
/// <param name="IsCause">Whether it is what failed.</param>
sealed record Broken(bool IsCause) : Work;

/// <summary>Waits for the answer of a call.</summary>
sealed record Calling(long Effect, string Function) : Work;

/// <summary>Waits for a time.</summary>
sealed record Sleeping(PendingTimer Timer) : Work;

/// <summary>Runs the tasks of a list, at one of them.</summary>
sealed record Listed(int At, Frame Child) : Work;

/// <summary>Runs the body of a for.</summary>
sealed record Looping(JsonValue Items, int At, Listed Body) : Work;

/// <summary>Runs branches side by side.</summary>
sealed record Forking(ImmutableArray<Branch> Branches) : Work;

/// <summary>A branch: under way, or ended with an output.</summary>
sealed record Branch(Frame? Child, JsonValue Output);

/// <summary>Runs the tasks of a try; <paramref name="Failures"/> attempts went before.</summary>
sealed record Trying(int Failures, DateTimeOffset? FirstFailure, PendingTimer? Limit, Listed Body) : Work;

/// <summary>Waits before the next attempt of a try.</summary>
sealed record Retrying(int Failures, DateTimeOffset FirstFailure, PendingTimer Timer) : Work;

/// <summary>Runs the handler of a caught error.</summary>
sealed record Catching(WorkflowError Error, Listed Body) : Work;

/// <summary>Listens for events, or runs the body for one of them.</summary>
/// <param name="Types">The event types it wants, for display.</param>
/// <param name="Taken">What was taken and is part of the output; with a <c>foreach</c> nothing is kept.</param>
/// <param name="Met">For <c>all</c>: which filters have had their event.</param>
/// <param name="Correlations">What correlations expect: by name what the first event set, by <c>name#filter</c> what the definition says.</param>
/// <param name="Iteration">With a <c>foreach</c>: how far it is.</param>
sealed record Listening(
    string Types, ImmutableArray<JsonValue> Taken, ImmutableArray<int> Met, ImmutableSortedDictionary<string, JsonValue> Correlations, Iteration? Iteration) : Work;

/// <summary>The iterations of a listen's <c>foreach</c>: the next one's number, the last one's output, and the one under way.</summary>
sealed record Iteration(int At, JsonValue Output, JsonValue Item, Listed? Body);

/// <summary>Runs the tasks of an extension, before a task or after it.</summary>
/// <param name="At">The extension, by its place in the list.</param>
/// <param name="IsAfter">Whether the task has ended.</param>
/// <param name="Output">Then what it gave.</param>
/// <param name="Flow">And where it goes on.</param>
/// <param name="Body">How far the extension is.</param>
sealed record Extending(int At, bool IsAfter, JsonValue Output, Definition.Flow? Flow, Listed Body) : Work;

/// <summary>Runs the task of a function of <c>use.functions</c>.</summary>
sealed record InFunction(Frame Child) : Work;
