using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>
/// Tries, retries and catches. A caught error is retried while the policy allows; then its handler runs, or, without one, it is raised again.
/// Without a policy and a handler the error is passed over and the try gives its input.
/// </summary>
static class Tries
{
    const int MostRetries = 1_000;

    public static Advance<Work> Begin(Turn turn, TryTask task, View view, Scope scope) => Attempt(turn, task, view, 0, null, scope);

    public static Advance<Work> Resume(Turn turn, TryTask task, View view, Work work, Happening happening, Scope scope)
    {
        switch (work)
        {
            case Retrying retrying when happening is Answer answer && answer.Effect == retrying.Timer.Effect:
                turn.Taken = true;
                return Attempt(turn, task, view, retrying.Failures, retrying.FirstFailure, scope);
            case Trying { Limit: { } limit } trying when happening is Answer answer && answer.Effect == limit.Effect:
                turn.Taken = true;
                turn.Cancel(trying.Body.Child);
                return Fail(turn, task, view, trying.Failures, trying.FirstFailure, TooLong(task), scope);
            case Trying trying:
                return Bodies.Same(trying, trying.Body, Sequence.Resume(turn, task.Body, trying.Body, happening, scope.Inside(task.Catch)), body => trying with { Body = body },
                    other => AfterAttempt(turn, task, view, trying.Failures, trying.FirstFailure, trying.Limit, other, scope));
            case Catching catching:
                return Bodies.Same(catching, catching.Body, Sequence.Resume(turn, task.Catch.Body, catching.Body, happening, WithError(task, catching.Error, scope)), body => catching with { Body = body }, other => Bodies.Leave(other, body => catching with { Body = body }));
            default:
                return new Going<Work>(work);
        }
    }

    static Advance<Work> Attempt(Turn turn, TryTask task, View view, int failures, DateTimeOffset? firstFailure, Scope scope)
    {
        PendingTimer? limit = null;
        if (task.Catch.Retry?.AttemptLimit is { } most)
        {
            if (turn.Length(most, view, scope, out var length) is { } wrong) return new Failed<Work>(wrong);
            limit = turn.Timer(task.Pointer, length);
        }

        return AfterAttempt(turn, task, view, failures, firstFailure, limit, Sequence.Begin(turn, task.Body, view.Input, scope.Inside(task.Catch)), scope);
    }

    static Advance<Work> AfterAttempt(Turn turn, TryTask task, View view, int failures, DateTimeOffset? firstFailure, PendingTimer? limit, Advance<Listed> advance, Scope scope)
    {
        if (advance is Going<Listed> going) return new Going<Work>(new Trying(failures, firstFailure, limit, going.State));
        if (limit is not null) turn.Cancel(task.Pointer, limit.Effect, true);
        if (advance is not Failed<Listed> failed) return Bodies.Leave(advance);
        var so = Fail(turn, task, view, failures, firstFailure, failed.Error, scope);
        return so is Failed<Work> { At: null } uncaught && failed.At is { } at ? uncaught with { At = new Trying(failures, firstFailure, null, at) } : so;
    }

    static Advance<Work> Fail(Turn turn, TryTask task, View view, int failures, DateTimeOffset? firstFailure, WorkflowError error, Scope scope)
    {
        var inside = WithError(task, error, scope);
        if (!FilterFits(task.Catch.With, error)) return new Failed<Work>(error);
        if (Conditions(turn, task.Catch.When, task.Catch.ExceptWhen, view, inside, out var caught) is { } wrong) return new Failed<Work>(wrong);
        if (!caught) return new Failed<Work>(error);
        if (task.Catch.Retry is { } policy)
        {
            if (Delay(turn, policy, view, failures, firstFailure ?? turn.At, inside, out var delay) is { } unknown) return new Failed<Work>(unknown);
            if (delay is { } length) return Again(turn, task, failures, firstFailure ?? turn.At, length, error);
            if (!task.Catch.HasBody) return new Failed<Work>(error);
        }

        turn.Note(JournalKind.ErrorCaught, task.Pointer, error.ToJson());
        var advance = Sequence.Begin(turn, task.Catch.Body, view.Input, inside);
        return Bodies.Leave(advance, body => new Catching(error, body));
    }

    static Going<Work> Again(Turn turn, TryTask task, int failures, DateTimeOffset firstFailure, TimeSpan delay, WorkflowError error)
    {
        var timer = turn.Timer(task.Pointer, delay);
        turn.Note(JournalKind.TaskRetried, task.Pointer, turn.IdOf(timer.Effect), JsonValue.Of(("attempt", failures + 2), ("due", Turn.Rfc3339(timer.Due)), ("error", error.ToJson())));
        return new Going<Work>(new Retrying(failures + 1, firstFailure, timer));
    }

    // Null if the policy does not allow another attempt.
    static WorkflowError? Delay(Turn turn, RetryPolicy policy, View view, int failures, DateTimeOffset firstFailure, Scope scope, out TimeSpan? delay)
    {
        delay = null;
        if (Conditions(turn, policy.When, policy.ExceptWhen, view, scope, out var allowed) is { } wrong) return wrong;
        if (!allowed || failures >= (policy.MostRetries ?? MostRetries)) return null;
        if (Length(turn, policy.Delay, view, scope, out var basis) is { } one) return one;
        if (Length(turn, policy.JitterFrom, view, scope, out var from) is { } two) return two;
        if (Length(turn, policy.JitterTo, view, scope, out var to) is { } three) return three;
        if (Length(turn, policy.TotalLimit, view, scope, out var total) is { } four) return four;
        var factor = policy.Backoff switch { Backoff.Linear => failures + 1, Backoff.Exponential => Math.Pow(2, Math.Min(failures, 40)), _ => 1.0 };
        var seconds = (basis.TotalSeconds * factor) + from.TotalSeconds + (Math.Max(0, (to - from).TotalSeconds) * Fraction(turn.NextEffect));
        var length = TimeSpan.FromSeconds(Math.Min(seconds, Definition.Delay.Longest.TotalSeconds));
        if (policy.TotalLimit is null || turn.At - firstFailure + length <= total) delay = length;
        return null;
    }

    // Jitter spreads many runs, so it need not be random, only different for each: FNV-1a over the id of the timer.
    static double Fraction(EffectId timer)
    {
        var hash = 2_166_136_261u;
        foreach (var character in timer.ToString()) hash = unchecked((hash ^ character) * 16_777_619u);
        return hash / (double)uint.MaxValue;
    }

    static WorkflowError? Length(Turn turn, Delay? delay, View view, Scope scope, out TimeSpan length)
    {
        length = TimeSpan.Zero;
        return delay is null ? null : turn.Length(delay, view, scope, out length);
    }

    static WorkflowError? Conditions(Turn turn, Expression? when, Expression? exceptWhen, View view, Scope scope, out bool holds)
    {
        if (turn.Test(when, view.Input, view, scope, out holds) is { } wrong) return wrong;
        if (!holds || exceptWhen is null) return null;
        var outcome = turn.Test(exceptWhen, view.Input, view, scope, out var excepted);
        holds = outcome is null && !excepted;
        return outcome;
    }

    static bool FilterFits(JsonValue with, WorkflowError error)
    {
        var json = error.ToJson();
        return with.Members.All(member => member.Key == "type" && member.Value.StringOrNull is { } type
            ? WorkflowError.Canonical(type) == WorkflowError.Canonical(error.Type)
            : json[member.Key == "details" ? "detail" : member.Key] == member.Value);
    }

    // A reusable policy knows the error as $error, whatever the try calls it.
    static Scope WithError(TryTask task, WorkflowError error, Scope scope) => scope.With("error", error.ToJson()).With(task.Catch.As, error.ToJson());

    static WorkflowError TooLong(TryTask task) =>
        new(WorkflowError.Timeout, 408, "Timed out", $"An attempt of the task \"{task.Basics.Name}\" took longer than it may.", task.Pointer);
}
