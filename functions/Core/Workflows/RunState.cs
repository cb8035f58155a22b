using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows.Running;

namespace Interop.Core.Workflows;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    /// <summary>Made, and not yet given <see cref="Started"/>.</summary>
    Pending,

    /// <summary>Waiting for something; see <see cref="RunState.Waiting"/>. Between two steps a run that goes on always waits.</summary>
    Waiting,

    /// <summary>A person suspended it.</summary>
    Suspended,

    /// <summary>Ended well; see <see cref="RunState.Output"/>.</summary>
    Completed,

    /// <summary>Ended with an error; see <see cref="RunState.Error"/>.</summary>
    Faulted,

    /// <summary>A person ended it.</summary>
    Cancelled,
}

/// <summary>Everything a run knows: immutable, explicit, and no larger after a million steps than what it still needs.</summary>
public sealed record RunState
{
    /// <summary>The number of events kept for a later listen, and the number kept while suspended.</summary>
    public const int InboxLimit = 1_000;

    internal RunState(RunId id, string workflow) => (Id, Workflow) = (id, workflow);

    /// <summary>The run.</summary>
    public RunId Id { get; internal init; }

    /// <summary>The definition the run is pinned to: <c>namespace/name:version</c>.</summary>
    public string Workflow { get; internal init; }

    /// <summary>Where it stands.</summary>
    public RunStatus Status { get; internal init; }

    /// <summary>The time of <see cref="Started"/>.</summary>
    public DateTimeOffset StartedAt { get; internal init; }

    /// <summary>The input as it was given.</summary>
    public JsonValue Input { get; internal init; }

    /// <summary><c>$context</c>: what tasks have exported.</summary>
    public JsonValue Context { get; internal init; }

    /// <summary>The output of a completed run.</summary>
    public JsonValue Output { get; internal init; }

    /// <summary>Why a run is faulted.</summary>
    public WorkflowError? Error { get; internal init; }

    /// <summary>The number of effects asked for so far.</summary>
    public long Effects { get; internal init; }

    /// <summary>The number of journal entries so far.</summary>
    public long Entries { get; internal init; }

    /// <summary>Events kept for a later listen, in order of arrival.</summary>
    public ImmutableArray<JsonValue> Inbox { get; internal init; } = [];

    /// <summary>What happened while suspended, in order.</summary>
    public ImmutableArray<RunEvent> Held { get; internal init; } = [];

    internal Frame? Root { get; init; }

    /// <summary>Where a faulted run stood.</summary>
    internal Frame? FailedAt { get; init; }

    /// <summary>Whether nothing can happen to the run any more.</summary>
    public bool IsFinished => Status is RunStatus.Completed or RunStatus.Faulted or RunStatus.Cancelled;

    /// <summary>What the run waits for, in the order of the definition; empty when it is finished.</summary>
    public ImmutableArray<Waiting> Waiting => Root is null ? [] : [.. Pending.In(Root, Id)];

    /// <summary>A finished run without the data it worked on; where it stands and what it counted stays.</summary>
    /// <exception cref="InvalidOperationException">The run goes on and still needs its data.</exception>
    public RunState Erased() => !IsFinished ? throw new InvalidOperationException($"The run {Id} is {Status}; only a finished run can do without its data.")
        : this with { Input = JsonValue.Null, Context = JsonValue.Null, Output = JsonValue.Null, Error = Error is null ? null : Error with { Detail = null }, Inbox = [], Held = [], FailedAt = null };

    /// <summary>The state as JSON, to be stored.</summary>
    public JsonValue ToJson() => StateJson.Write(this);

    /// <summary>Reads what <see cref="ToJson"/> wrote; a problem <c>run-state</c> if it was not this code that wrote it.</summary>
    public static Outcome<RunState> FromJson(JsonValue json) => StateJson.Read(json);
}
