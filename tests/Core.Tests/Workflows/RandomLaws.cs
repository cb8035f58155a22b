using CsCheck;
using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>Laws of the machine over random definitions and random interleavings of answers, timers, events and crashes.</summary>
public sealed class RandomLaws
{
    const int MostSteps = 400;

    // What happens next, of all that can.
    static readonly Gen<(int Choice, int Which)[]> Happenings = Gen.Select(Gen.Int[0, 99], Gen.Int[0, 999]).Array[0, 40];

    [Fact]
    public void A_run_that_crashes_at_every_step_ends_as_one_that_never_does() =>
        Gen.Select(RandomDefinition.Workflows, Happenings).Hold(
            (workflow, happenings) =>
            {
                var first = Machine.Start(workflow, Play.Run, JsonValue.EmptyObject, Play.Begin);
                var (calm, crashed) = (first.State, Reread(first.State));
                var asked = first.Effects.Select(effect => effect.Id).ToHashSet();
                foreach (var (at, (choice, which)) in happenings.Index())
                {
                    var happened = Happening(calm, Play.Begin.AddMinutes(at), choice, which, at);
                    var step = Machine.Step(workflow, calm, happened);
                    // The crash comes before the commit: what was computed is lost, and the event is given again to what was stored.
                    Machine.Step(workflow, crashed, happened);
                    var again = Machine.Step(workflow, Reread(crashed), happened);
                    Assert.Equal(Play.Shown(step), Play.Shown(again));
                    Assert.All(step.Effects, effect => Assert.True(asked.Add(effect.Id), $"{effect.Id} was asked for twice."));
                    (calm, crashed) = (step.State, Reread(again.State));
                    // The crash comes after the commit: the answer is delivered again, and nothing happens.
                    if (happened is not (EffectDone or EffectFailed)) continue;
                    var redelivered = Machine.Step(workflow, crashed, happened);
                    Assert.NotNull(redelivered.Refusal);
                    Assert.Equal(crashed.ToJson().ToString(), redelivered.State.ToJson().ToString());
                }

                Assert.Equal(calm.ToJson().ToString(), crashed.ToJson().ToString());
            },
            everyTime: 400);

    [Fact]
    public void A_finished_run_asks_for_nothing_and_leaves_nothing_open() =>
        Gen.Select(RandomDefinition.Workflows, Happenings).Hold(
            (workflow, happenings) =>
            {
                var (open, held) = (new HashSet<EffectId>(), new HashSet<EffectId>());
                var step = Machine.Start(workflow, Play.Run, JsonValue.EmptyObject, Play.Begin);
                Follow(open, step);
                for (var at = 0; at < MostSteps && !step.State.IsFinished; at++)
                {
                    var (choice, which) = at < happenings.Length ? happenings[at] : (at % 60, Mixed(at));
                    var happened = Happening(step.State, Play.Begin.AddMinutes(at), choice, which, at);
                    // What is answered while the run is suspended is taken when it is resumed.
                    var answered = happened switch { EffectDone done => done.Id, EffectFailed failed => failed.Id, _ => default(EffectId?) };
                    var isHeld = step.State.Status == RunStatus.Suspended && happened is not Resumed;
                    step = Machine.Step(workflow, step.State, happened);
                    if (step.Refusal is null && answered is { } id && !(isHeld ? held.Add(id) : open.Remove(id))) Assert.Fail($"{id} was answered twice.");
                    Follow(open, step);
                    if (!isHeld) open.ExceptWith(held);
                    Assert.Subset(open, step.State.Waiting.Select(waiting => waiting.Effect).OfType<EffectId>().ToHashSet());
                }

                // Each effect that is answered was answered or taken back, and the run came to its end.
                Assert.True(step.State.IsFinished, $"The run goes on after {MostSteps} steps: {string.Join("; ", step.State.Waiting)}\n{workflow.Text}");
                Assert.Empty(open);
            },
            everyTime: 400);

    [Fact]
    public void Cancel_always_ends_a_run_and_takes_back_what_is_open() =>
        Gen.Select(RandomDefinition.Workflows, Happenings).Hold(
            (workflow, happenings) =>
            {
                var state = Machine.Start(workflow, Play.Run, JsonValue.EmptyObject, Play.Begin).State;
                foreach (var (at, (choice, which)) in happenings.Index()) state = Machine.Step(workflow, state, Happening(state, Play.Begin.AddMinutes(at), choice, which, at)).State;
                if (state.IsFinished) return;
                var cancelled = Machine.Step(workflow, state, new Cancelled(Play.Begin.AddDays(1)));
                Assert.Equal(RunStatus.Cancelled, cancelled.State.Status);
                Assert.Empty(cancelled.State.Waiting);
                Assert.Equal(state.Waiting.Select(waiting => waiting.Effect).OfType<EffectId>().Order(Comparer<EffectId>.Create((one, other) => one.Sequence.CompareTo(other.Sequence))), Targets(cancelled).OrderBy(id => id.Sequence));
                Assert.Equal("finished", Machine.Step(workflow, cancelled.State, new Cancelled(Play.Begin)).Refusal?.Rule);
            },
            everyTime: 400);

    static void Follow(HashSet<EffectId> open, Transition step)
    {
        foreach (var effect in step.Effects.Where(effect => effect.IsAnswered)) open.Add(effect.Id);
        foreach (var target in Targets(step)) Assert.True(open.Remove(target), $"{target} was taken back, but is not open.");
    }

    static IEnumerable<EffectId> Targets(Transition step) => step.Effects.Select(effect => effect switch
    {
        Effect.CancelTimer timer => timer.Target,
        Effect.CancelEffect call => call.Target,
        _ => default(EffectId?),
    }).OfType<EffectId>();

    static RunEvent Happening(RunState state, DateTimeOffset at, int choice, int which, int number)
    {
        var open = state.Waiting.Where(waiting => waiting.Effect is not null).ToArray();
        var cloudEvent = JsonValue.Of(("specversion", "1.0"), ("id", $"e{number}"), ("source", "/t"), ("type", which % 2 == 0 ? "a" : "b"), ("data", JsonValue.Of(("n", which % 4))));
        if (state.Status == RunStatus.Suspended && choice % 3 == 0) return new Resumed(at);
        return choice switch
        {
            < 40 when open.Length > 0 => new EffectDone(at, open[which % open.Length].Effect!.Value, JsonValue.Of(("n", which % 4))),
            < 45 when open.Length > 0 && open[which % open.Length].Kind == WaitingKind.Call => new EffectFailed(at, open[which % open.Length].Effect!.Value, new WorkflowError(WorkflowError.Communication, which % 2 == 0 ? 503 : 404, "Failed")),
            < 92 => new EventArrived(at, cloudEvent),
            < 94 => new EffectDone(at, new EffectId(Play.Run, which), JsonValue.Null),
            < 97 => new Suspended(at),
            _ => new Resumed(at),
        };
    }

    // Events of both kinds, in no pattern that a loop could fall in step with.
    static int Mixed(int number) => (int)(((uint)number * 2_654_435_761L >> 13) & 1023);

    static RunState Reread(RunState state) => RunState.FromJson(JsonValue.Parse(state.ToJson().ToString(), JsonLimits.Stored).Value).Value;
}
