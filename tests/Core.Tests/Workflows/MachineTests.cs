using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Core.Tests.Workflows;

/// <summary>Plays the cases of <c>Cases/*.yaml</c>: a definition, what happens, and what comes of it.</summary>
public sealed class MachineTests
{
    static readonly string[] Files = ["data-and-flow.yaml", "calls.yaml", "events.yaml", "errors.yaml", "time-and-forks.yaml", "life.yaml", "whole-language.yaml"];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var file in Files)
            foreach (var one in Yaml.Read(file).Items) cases.Add(file, one["case"].AsString());
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Plays(string file, string name)
    {
        var one = Yaml.Read(file).Items.First(item => item["case"].AsString() == name);
        var play = Play.Start(Play.Load(Yaml.Definition(one["workflow"].AsString()), one["everything"] == true ? Play.Everything : WorkflowHost.Platform), one["input"]);
        foreach (var step in one["script"].Items)
        {
            Perform(play, step);
            Assert.Equal(step["refused"].StringOrNull, play.Refusal?.Rule);
        }

        Check(play, one["then"]);
    }

    static void Perform(Play play, JsonValue step)
    {
        var (what, value) = step.Members.First();
        switch (what)
        {
            case "done": play.Done(value.AsString(), step["output"]); break;
            case "failed": play.Failed(value.AsString(), WorkflowError.FromJson(step["error"])); break;
            case "fire": play.Fire(value.AsString()); break;
            case "event": play.Arrive(value); break;
            case "answer": play.Step(new EffectDone(play.Now, EffectId.TryParse(value.AsString(), out var id) ? id : default, step["output"])); break;
            case "suspend": play.Step(new Suspended(play.Now)); break;
            case "resume": play.Step(new Resumed(play.Now)); break;
            case "cancel": play.Step(new Cancelled(play.Now)); break;
            case "start": play.Step(new Started(play.Now, value)); break;
            default: throw new InvalidOperationException($"Unknown step {what}.");
        }
    }

    static void Check(Play play, JsonValue then)
    {
        foreach (var (what, expected) in then.Members)
        {
            var actual = what switch
            {
                "status" => JsonValue.Of(play.State.Status.ToString().ToLowerInvariant()),
                "output" => play.State.Output,
                "context" => play.State.Context,
                "error" => Members(play.State.Error!.ToJson(), expected),
                "inbox" => play.State.Inbox.Length,
                "waiting" => JsonValue.Of(play.State.Waiting.Select(waiting => JsonValue.Of($"{waiting.Kind} {waiting.What}"))),
                "asked" => JsonValue.Of(play.Effects.Select(effect => JsonValue.Of(Shown(effect)))),
                "journal" => JsonValue.Of(play.Journal.Select(entry => JsonValue.Of(entry.KindName))),
                _ => throw new InvalidOperationException($"Unknown expectation {what}."),
            };
            Assert.Equal(expected.ToString(), (actual == expected ? expected : actual).ToString());
        }

        if (then["error"].IsNull) Assert.Null(play.State.Error);
    }

    static JsonValue Members(JsonValue value, JsonValue wanted) => JsonValue.Of(wanted.Members.Select(member => KeyValuePair.Create(member.Key, value[member.Key])));

    static string Shown(Effect effect) => effect switch
    {
        Effect.CallFunction call => $"{call.Name} {call.Arguments}{(call.ErrorIsCaught ? " caught" : "")}",
        Effect.CallHttp call => $"http {call.Arguments}{(call.ErrorIsCaught ? " caught" : "")}",
        Effect.CallOpenApi call => $"openapi {call.Arguments}{(call.ErrorIsCaught ? " caught" : "")}",
        Effect.StartRun run => $"run {run.Namespace}/{run.Name}:{run.Version} {run.Input}{(run.Awaits ? "" : " and goes on")}",
        Effect.Timer timer => $"timer {(timer.Due - Play.Begin).TotalSeconds:0.###}",
        Effect.Emit emit => $"emit {emit.CloudEvent}",
        Effect.CancelTimer cancel => $"cancel timer {cancel.Target.Sequence}",
        Effect.CancelEffect cancel => $"cancel call {cancel.Target.Sequence}",
        _ => throw new InvalidOperationException(effect.ToString()),
    };
}
