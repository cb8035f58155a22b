using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Workflows.Simulation;

/// <summary>What a simulated run came to.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Journal">What it did, in order.</param>
/// <param name="Left">The entries of the script that the run did not come to.</param>
public sealed record Simulated(RunState State, ImmutableArray<JournalEntry> Journal, ImmutableArray<JsonValue> Left);

/// <summary>Plays a definition without performing anything: calls are answered out of a script, and time is what the timers make it.</summary>
/// <remarks>
/// An entry of the script is an event (a CloudEvent, of which <c>type</c> and <c>data</c> are enough), or the answer of a call:
/// <c>{ done: task, output: … }</c>, <c>{ failed: task, error: { status, title } }</c>, or <c>{ fire: task }</c> for a timer.
/// Without an entry that fits, the next timer fires. It ends when the run does, or when it waits for what the script does not tell.
/// A workflow that events begin takes those from the head of the script, unless it is given an input.
/// </remarks>
public static class Simulator
{
    /// <summary>The number of steps a simulation takes at most.</summary>
    public const int MostSteps = 10_000;

    static readonly RunId Simulated = new("simulatedsimulatedsimulate");

    /// <summary>Plays a run.</summary>
    /// <param name="workflow">The definition.</param>
    /// <param name="input">Its input; null lets the events at the head of the script begin it, where events do.</param>
    /// <param name="script">What happens, in order.</param>
    /// <param name="at">When it begins.</param>
    /// <returns>What came of it, or which entries of the script are none, or why one fits nothing.</returns>
    public static Outcome<Simulated> Run(Workflow workflow, JsonValue input, ImmutableArray<JsonValue> script, DateTimeOffset at)
    {
        if (ScriptCheck.Of(workflow, script) is { IsEmpty: false } problems) return problems;
        var begun = Beginning.Of(workflow, input, script);
        if (!begun.Succeeded) return begun.Problems;
        var step = Machine.Start(workflow, Simulated, begun.Value.Input, at);
        var journal = step.Journal.ToBuilder();
        var next = begun.Value.Taken;
        for (var steps = 0; steps < MostSteps && !step.State.IsFinished; steps++)
        {
            var told = next < script.Length ? Happening(step.State, script[next], next, ref at) : null;
            if ((told ?? Timer(step.State, ref at)) is not { } happened)
            {
                if (next < script.Length) return NothingFits(step.State, script[next], next);
                break;
            }

            if (told is not null) next++;
            step = Machine.Step(workflow, step.State, happened);
            if (step.Refusal is { } refusal) return new Problem("script", $"Entry {next} of the script is refused: {refusal.Message}");
            journal.AddRange(step.Journal);
        }

        return new Simulated(step.State, journal.ToImmutable(), script[next..]);
    }

    // Null if the run does not wait for it, or not yet.
    static RunEvent? Happening(RunState state, JsonValue entry, int number, ref DateTimeOffset at)
    {
        if (entry["done"].StringOrNull is { } done) return Waiting(state, done, WaitingKind.Call) is { } id ? new EffectDone(at, id, entry["output"]) : null;
        if (entry["failed"].StringOrNull is { } failed) return Waiting(state, failed, WaitingKind.Call) is { } id ? new EffectFailed(at, id, Error(entry["error"])) : null;
        if (entry["fire"].StringOrNull is { } timer) return Timer(state, ref at, waiting => IsFor(waiting, timer));
        return entry["type"].StringOrNull is null ? null : new EventArrived(at, ScriptEvent.Of(entry, number));
    }

    static WorkflowError Error(JsonValue error) => WorkflowError.FromJson(error["type"].IsNull && error.Kind == JsonKind.Object ? error.With("type", WorkflowError.Communication) : error);

    static EffectId? Waiting(RunState state, string what, WaitingKind kind) => state.Waiting.FirstOrDefault(waiting => waiting.Kind == kind && IsFor(waiting, what))?.Effect;

    static bool IsFor(Waiting waiting, string what) => waiting.What == what || waiting.Task == what || waiting.Task.EndsWith("/" + what, StringComparison.Ordinal);

    // The timer that is due first; time goes on to it.
    static EffectDone? Timer(RunState state, ref DateTimeOffset at, Func<Waiting, bool>? isMeant = null)
    {
        var first = state.Waiting.Where(waiting => waiting.Kind is WaitingKind.Timer or WaitingKind.Retry or WaitingKind.Timeout && (isMeant is null || isMeant(waiting)))
            .Select(waiting => (waiting.Effect, Due: DateTimeOffset.Parse(waiting.What, System.Globalization.CultureInfo.InvariantCulture)))
            .OrderBy(timer => timer.Due).FirstOrDefault();
        if (first.Effect is not { } effect) return null;
        if (first.Due > at) at = first.Due;
        return new EffectDone(at, effect, JsonValue.Null);
    }

    static Problem NothingFits(RunState state, JsonValue entry, int number) => new(
        "script",
        $"The run does not wait for entry {number + 1} of the script, {Problem.Preview(entry.ToString())}. It waits for: {string.Join("; ", state.Waiting.Select(waiting => $"{waiting.Kind} {waiting.What} at {waiting.Task}"))}.");
}
