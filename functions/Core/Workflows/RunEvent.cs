using Interop.Core.Json;

namespace Interop.Core.Workflows;

/// <summary>Something that happened to a run: closed set, the sealed records of this file.</summary>
/// <param name="At">When the host saw it; the run knows no other clock.</param>
public abstract record RunEvent(DateTimeOffset At);

/// <summary>The run begins. For a run started by <see cref="Workflow.Start"/>, the input is an array of the one CloudEvent that started it.</summary>
public sealed record Started(DateTimeOffset At, JsonValue Input) : RunEvent(At);

/// <summary>An effect was done; for a timer: it fired.</summary>
public sealed record EffectDone(DateTimeOffset At, EffectId Id, JsonValue Output) : RunEvent(At);

/// <summary>An effect failed for good, as far as the host's own retries go.</summary>
public sealed record EffectFailed(DateTimeOffset At, EffectId Id, WorkflowError Error) : RunEvent(At);

/// <summary>A CloudEvent (JSON format, envelope and data) arrived for this run.</summary>
public sealed record EventArrived(DateTimeOffset At, JsonValue CloudEvent) : RunEvent(At);

/// <summary>A person suspends the run: what arrives meanwhile is kept and taken when it is resumed.</summary>
public sealed record Suspended(DateTimeOffset At) : RunEvent(At);

/// <summary>A person resumes the run.</summary>
public sealed record Resumed(DateTimeOffset At) : RunEvent(At);

/// <summary>A person has a faulted run taken up again at the task that failed; with an input in the place of the task's own, if one is given.</summary>
public sealed record Retried(DateTimeOffset At, JsonValue? Input = null) : RunEvent(At);

/// <summary>A person ends the run; everything it waits for is cancelled.</summary>
public sealed record Cancelled(DateTimeOffset At) : RunEvent(At);
