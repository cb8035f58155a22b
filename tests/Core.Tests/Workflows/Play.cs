using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>A run played by hand. Between any two steps the state goes through its JSON, as if the host had crashed there, and the laws of the machine are checked.</summary>
sealed class Play
{
    public static readonly DateTimeOffset Begin = new(2026, 3, 30, 17, 0, 0, TimeSpan.Zero);

    public static readonly RunId Run = new("therunthatallcasesplayhere");

    readonly Workflow workflow;
    readonly HashSet<EffectId> asked = [];
    int events;

    Play(Workflow workflow, RunState state) => (this.workflow, State) = (workflow, state);

    public RunState State { get; private set; }

    public DateTimeOffset Now { get; set; } = Begin;

    public List<Effect> Effects { get; } = [];

    public List<JournalEntry> Journal { get; } = [];

    public Problem? Refusal { get; private set; }

    /// <summary>A host that offers all there is, and has a catalog of one function.</summary>
    public static WorkflowHost Everything { get; } = WorkflowHost.Everything with { Catalog = ImmutableDictionary<string, string>.Empty.Add("double:1.0.0", "set: { n: '${ .n * 2 }' }") };

    public static Workflow Load(string text, WorkflowHost? host = null) => Workflow.Load(text, "case.yaml", host ?? WorkflowHost.Platform).Value;

    public static Play Start(Workflow workflow, JsonValue input)
    {
        var play = new Play(workflow, Machine.Create(workflow, Run));
        play.Step(new Started(Begin, input));
        return play;
    }

    public Play Step(RunEvent happened)
    {
        var before = State.ToJson();
        var transition = Machine.Step(workflow, State, happened);
        Assert.Equal(Shown(transition), Shown(Machine.Step(workflow, Reread(State), happened)));
        Refusal = transition.Refusal;
        if (Refusal is not null)
        {
            Assert.Equal(before.ToString(), transition.State.ToJson().ToString());
            Assert.Empty(transition.Effects);
            Assert.Empty(transition.Journal);
        }

        foreach (var effect in transition.Effects) Assert.True(asked.Add(effect.Id), $"The effect {effect.Id} was asked for twice.");
        Assert.Equal(Enumerable.Range(1, transition.Journal.Length).Select(at => State.Entries + at), transition.Journal.Select(entry => entry.Sequence));
        State = Reread(transition.State);
        Effects.AddRange(transition.Effects);
        Journal.AddRange(transition.Journal);
        if (!State.IsFinished) return this;
        Assert.Empty(State.Waiting);
        Assert.DoesNotContain(transition.Effects, effect => effect.IsAnswered);
        return this;
    }

    public Play Done(string what, JsonValue output) => Step(new EffectDone(Now, Pending(what, WaitingKind.Call), output));

    public Play Failed(string what, WorkflowError error) => Step(new EffectFailed(Now, Pending(what, WaitingKind.Call), error));

    /// <summary>The timer of a task fires; time goes on to when it is due.</summary>
    public Play Fire(string task)
    {
        var timer = State.Waiting.First(waiting => waiting.Kind is WaitingKind.Timer or WaitingKind.Retry or WaitingKind.Timeout && waiting.Task.EndsWith("/" + task, StringComparison.Ordinal));
        Now = DateTimeOffset.Parse(timer.What);
        return Step(new EffectDone(Now, timer.Effect!.Value, JsonValue.Null));
    }

    public Play Arrive(JsonValue cloudEvent)
    {
        events++;
        var filled = JsonValue.Of(("specversion", "1.0"), ("id", $"event-{events}"), ("source", "/tests"));
        return Step(new EventArrived(Now, cloudEvent.Members.Aggregate(filled, (so, member) => so.With(member.Key, member.Value))));
    }

    public Effect Asked(EffectId id) => Effects.Single(effect => effect.Id == id);

    public EffectId Pending(string what, WaitingKind kind) => (State.Waiting.FirstOrDefault(waiting =>
        waiting.Kind == kind && (waiting.What == what || waiting.Task.EndsWith("/" + what, StringComparison.Ordinal)))
        ?? throw new InvalidOperationException($"The run does not wait for {what}, but for: {string.Join("; ", State.Waiting)}. {State.Error}")).Effect!.Value;

    public static string Shown(Transition transition) => JsonValue.Of(
        ("state", transition.State.ToJson()),
        ("effects", JsonValue.Of(transition.Effects.Select(effect => JsonValue.Of(effect.ToString())))),
        ("journal", JsonValue.Of(transition.Journal.Select(entry => JsonValue.Of(entry.ToString())))),
        ("refusal", transition.Refusal?.Rule)).ToString();

    static RunState Reread(RunState state) => RunState.FromJson(JsonValue.Parse(state.ToJson().ToString(), JsonLimits.Stored).Value).Value;
}
