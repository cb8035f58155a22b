using CsCheck;
using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>
/// What holds for every run, whatever happens in whatever order. <see cref="Play"/> checks at each step: the state read back from its JSON steps to the same,
/// no effect id twice, a refusal changes nothing, a finished run waits for nothing and asks for nothing.
/// </summary>
public sealed class MachineLaws
{
    const int MostSteps = 60;

    static readonly Workflow[] Definitions =
    [
        .. new[] { "data-and-flow.yaml", "calls.yaml", "events.yaml", "errors.yaml", "time-and-forks.yaml", "life.yaml", "whole-language.yaml" }
            .SelectMany(file => Yaml.Read(file).Items)
            .Select(one => Play.Load(Yaml.Definition(one["workflow"].AsString()), Play.Everything)),
        Play.Load(File.ReadAllText(Path.Combine(Mapping.Repository.Mappings, "workflows", "victim-journey.yaml"))),
    ];

    static readonly Gen<JsonValue> Data = Gen.OneOf(
        Gen.Const(JsonValue.Null),
        Gen.Int[-2, 50].Select(number => JsonValue.Of(number)),
        OneOf("one", "stop", "delivered", "failed", "").Select(text => JsonValue.Of(text)),
        Gen.Select(Gen.Int[0, 4], OneOf("court-result", "file-sent", "officer-assigned", "charged"), OneOf("delivered", "failed", "sending"), (n, kind, state) =>
            JsonValue.Of(("n", n), ("order", 7), ("kind", kind), ("state", state), ("notification", $"therunthatallcasesplayhere.{n}"), ("temperature", n * 20), ("colours", JsonValue.Of("a", "b")), ("references", JsonValue.EmptyArray))));

    static readonly Gen<JsonValue> Events = Gen.Select(
        OneOf("a", "b", "bed", "stop", "temperature", "humidity", "vital.t", "case.updated", "contact.changed", "incident.attended", "update.receipt"),
        OneOf("one", "two"),
        Gen.Int[0, 20],
        Data,
        (type, subject, id, data) => JsonValue.Of(("specversion", "1.0"), ("type", type), ("source", "/wards/1"), ("id", $"e{id}"), ("subject", subject), ("time", "2026-03-30T18:00:00Z"), ("data", data)));

    // What happens is chosen by a number against what the run waits for then, so that most of it fits.
    static readonly Gen<(int Choice, int Which, JsonValue Data, JsonValue Event)[]> Happenings = Gen.Select(Gen.Int[0, 99], Gen.Int[0, 1_000], Data, Events).Array[0, MostSteps];

    [Fact]
    public void The_laws_hold_whatever_happens() =>
        Gen.Select(Gen.Int[0, Definitions.Length - 1], Gen.OneOf(Data, Events.Select(started => JsonValue.Of(started))), Happenings).Hold(
            (definition, input, happenings) =>
            {
                var play = Play.Start(Definitions[definition], input);
                foreach (var (choice, which, data, cloudEvent) in happenings) play.Step(Happening(play, choice, which, data, cloudEvent));
            },
            everyTime: 200);

    [Fact]
    public void Steps_are_the_same_at_every_replay() =>
        Gen.Select(Gen.Int[0, Definitions.Length - 1], Data, Happenings).Hold(
            (definition, input, happenings) =>
            {
                var first = Play.Start(Definitions[definition], input);
                var history = new List<RunEvent>();
                foreach (var (choice, which, data, cloudEvent) in happenings)
                {
                    history.Add(Happening(first, choice, which, data, cloudEvent));
                    first.Step(history[^1]);
                }

                var second = Play.Start(Definitions[definition], input);
                foreach (var happened in history) second.Step(happened);
                Assert.Equal(first.State.ToJson().ToString(), second.State.ToJson().ToString());
                Assert.Equal(first.Effects.Select(effect => effect.ToString()), second.Effects.Select(effect => effect.ToString()));
            },
            everyTime: 100);

    [Fact]
    public void The_state_does_not_grow_with_the_steps_done()
    {
        var play = Play.Start(
            Play.Load(Yaml.Definition("""
                do:
                  - follow:
                      listen: { to: { any: [ { with: { type: a } } ], until: 'false' } }
                      foreach:
                        do:
                          - ask: { try: [ { get: { call: lookup, with: { record: x } } } ], catch: { retry: { delay: PT1S } } }
                          - pause: { wait: PT1S }
                """)),
            JsonValue.EmptyObject);
        var sizes = new List<int>();
        for (var round = 0; round < 200; round++)
        {
            play.Arrive(JsonValue.Of(("type", "a"), ("data", round)));
            play.Failed("lookup", new WorkflowError(WorkflowError.Communication, 503, "Busy")).Fire("ask").Done("lookup", JsonValue.EmptyObject).Fire("pause");
            sizes.Add(play.State.ToJson().ToString().Length);
        }

        Assert.InRange(sizes[^1] - sizes[9], 0, 10);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":"r","workflow":"w","status":"Waiting","effects":0,"entries":0}""")]
    [InlineData("""{"id":"r","workflow":"w","status":"Nowhere","effects":0,"entries":0}""")]
    [InlineData("""{"id":"r","workflow":"w","status":"Waiting","startedAt":"2026-03-30T17:00:00Z","effects":1e99,"entries":0,"root":{"task":"","startedAt":"x","work":{"calling":1}}}""")]
    public void What_is_no_state_is_refused(string text) => Assert.Equal("run-state", RunState.FromJson(JsonValue.Parse(text).Value).Problems.Single().Rule);

    [Fact]
    public void A_run_does_not_go_on_with_another_definition()
    {
        var calls = Play.Load(Yaml.Definition("do: [ { get: { call: lookup, with: { record: x } } } ]"));
        var waits = Play.Load(Yaml.Definition("do: [ { get: { wait: PT1S } } ]"));
        var begun = Machine.Start(calls, Play.Run, JsonValue.Null, Play.Begin).State;
        Assert.Equal("other-version", Machine.Step(waits, begun, new Cancelled(Play.Begin)).Refusal?.Rule);
    }

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    static RunEvent Happening(Play play, int choice, int which, JsonValue data, JsonValue cloudEvent)
    {
        var open = play.State.Waiting.Where(waiting => waiting.Effect is not null).ToArray();
        var effect = open.Length > 0 ? open[which % open.Length].Effect!.Value : new EffectId(play.State.Id, which);
        return choice switch
        {
            < 40 => new EffectDone(play.Now, effect, data),
            < 50 => new EffectFailed(play.Now, effect, new WorkflowError(WorkflowError.Communication, 400 + which % 130, "Failed", null)),
            < 88 => new EventArrived(play.Now, cloudEvent),
            < 91 => new EventArrived(play.Now, data),
            < 93 => new EffectDone(play.Now, new EffectId(play.State.Id, which), data),
            < 96 => new Suspended(play.Now),
            < 99 => new Resumed(play.Now),
            _ => new Cancelled(play.Now),
        };
    }
}
