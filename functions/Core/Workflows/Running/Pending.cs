using Interop.Core.Messages;

namespace Interop.Core.Workflows.Running;

/// <summary>Finds what frames wait for.</summary>
static class Pending
{
    /// <summary>Everything a frame and those below it wait for, for display.</summary>
    public static IEnumerable<Waiting> In(Frame frame, RunId run)
    {
        if (frame.Timeout is { } timeout) yield return new Waiting(frame.Task, WaitingKind.Timeout, new EffectId(run, timeout.Effect), Turn.Rfc3339(timeout.Due));
        if (Own(frame.Task, frame.Work, run) is { } own) yield return own;
        if (frame.Work is Listening { Iteration: null or { Body: null } } listening) yield return new Waiting(frame.Task, WaitingKind.Event, null, listening.Types);
        if (frame.Work is Trying { Limit: { } limit }) yield return new Waiting(frame.Task, WaitingKind.Timeout, new EffectId(run, limit.Effect), Turn.Rfc3339(limit.Due));
        foreach (var waiting in Children(frame.Work).SelectMany(child => In(child, run))) yield return waiting;
    }

    /// <summary>The effects that a task's work waits for itself, and whether each is a timer.</summary>
    public static IEnumerable<(long Effect, bool IsTimer)> Own(Work work) => work switch
    {
        Calling calling => [(calling.Effect, false)],
        Sleeping sleeping => [(sleeping.Timer.Effect, true)],
        Retrying retrying => [(retrying.Timer.Effect, true)],
        Trying { Limit: { } limit } => [(limit.Effect, true)],
        _ => [],
    };

    /// <summary>The frames directly below.</summary>
    public static IEnumerable<Frame> Children(Work work) => work switch
    {
        Listed listed => [listed.Child],
        Looping looping => [looping.Body.Child],
        Forking forking => forking.Branches.Select(branch => branch.Child).OfType<Frame>(),
        Trying trying => [trying.Body.Child],
        Catching catching => [catching.Body.Child],
        Listening { Iteration.Body: { } body } => [body.Child],
        InFunction function => [function.Child],
        Extending extending => [extending.Body.Child],
        _ => [],
    };

    static Waiting? Own(string task, Work work, RunId run) => work switch
    {
        Calling calling => new Waiting(task, WaitingKind.Call, new EffectId(run, calling.Effect), calling.Function),
        Sleeping sleeping => new Waiting(task, WaitingKind.Timer, new EffectId(run, sleeping.Timer.Effect), Turn.Rfc3339(sleeping.Timer.Due)),
        Retrying retrying => new Waiting(task, WaitingKind.Retry, new EffectId(run, retrying.Timer.Effect), Turn.Rfc3339(retrying.Timer.Due)),
        _ => null,
    };
}
