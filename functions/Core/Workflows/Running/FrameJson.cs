using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;
using static Interop.Core.Workflows.Running.StateJson;

namespace Interop.Core.Workflows.Running;

/// <summary>Frames as JSON and back.</summary>
static class FrameJson
{
    public static JsonValue Write(Frame frame) => Members(
        ("task", frame.Task),
        ("startedAt", Turn.Rfc3339(frame.StartedAt)),
        ("input", frame.Input),
        ("rawInput", frame.RawInput == frame.Input ? JsonValue.Null : JsonValue.Of(frame.RawInput)),
        ("timeout", Timer(frame.Timeout)),
        ("work", Write(frame.Work)));

    // The raw input stands in an array, so that a null of its own is told apart from "the same as the input".
    public static Frame Read(JsonValue json) => new(
        json["task"].AsString(),
        json["rawInput"].IsNull ? json["input"] : json["rawInput"][0],
        json["input"],
        Time(json["startedAt"]),
        Timer(json["timeout"]),
        Work(json["work"]));

    static JsonValue Write(Work work) => work switch
    {
        Broken broken => JsonValue.Of(("broken", broken.IsCause)),
        Calling calling => JsonValue.Of(("calling", calling.Effect), ("function", calling.Function)),
        Sleeping sleeping => JsonValue.Of(("sleeping", Timer(sleeping.Timer))),
        Listed listed => JsonValue.Of(("listed", List(listed))),
        Looping looping => JsonValue.Of(("looping", List(looping.Body)), ("items", looping.Items), ("at", looping.At)),
        Forking forking => JsonValue.Of(("forking", JsonValue.Of(forking.Branches.Select(branch => branch.Child is { } child ? Members(("child", Write(child))) : Members(("output", branch.Output)))))),
        Trying trying => Members(("trying", List(trying.Body)), ("failures", trying.Failures), ("firstFailure", trying.FirstFailure is { } first ? Turn.Rfc3339(first) : JsonValue.Null), ("limit", Timer(trying.Limit))),
        Retrying retrying => JsonValue.Of(("retrying", Timer(retrying.Timer)), ("failures", retrying.Failures), ("firstFailure", Turn.Rfc3339(retrying.FirstFailure))),
        Catching catching => JsonValue.Of(("catching", List(catching.Body)), ("error", catching.Error.ToJson())),
        Listening listening => Members(
            ("listening", listening.Types),
            ("taken", JsonValue.Of(listening.Taken)),
            ("met", JsonValue.Of(listening.Met.Select(met => JsonValue.Of(met)))),
            ("correlations", JsonValue.Of(listening.Correlations)),
            ("iteration", listening.Iteration is { } round ? Members(("at", round.At), ("output", round.Output), ("item", round.Item), ("body", round.Body is { } body ? List(body) : JsonValue.Null)) : JsonValue.Null)),
        Extending extending => Members(("extending", List(extending.Body)), ("at", extending.At), ("after", extending.IsAfter), ("output", extending.Output), ("then", FlowText(extending.Flow))),
        InFunction function => JsonValue.Of(("function", Write(function.Child))),
        _ => throw new InvalidOperationException($"Unknown work {work.GetType()}."),
    };

    // The first member names the kind.
    static Work Work(JsonValue json) => json.Members.First().Key switch
    {
        "broken" => new Broken(json["broken"].AsBoolean()),
        "calling" => new Calling(Whole(json["calling"]), json["function"].AsString()),
        "sleeping" => new Sleeping(Timer(json["sleeping"])!),
        "listed" => List(json["listed"]),
        "looping" => new Looping(json["items"], (int)Whole(json["at"]), List(json["looping"])),
        "forking" => new Forking([.. json["forking"].Items.Select(branch => new Branch(branch.TryGet("child", out var child) ? Read(child) : null, branch["output"]))]),
        "trying" => new Trying((int)Whole(json["failures"]), json["firstFailure"].IsNull ? null : Time(json["firstFailure"]), Timer(json["limit"]), List(json["trying"])),
        "retrying" => new Retrying((int)Whole(json["failures"]), Time(json["firstFailure"]), Timer(json["retrying"])!),
        "catching" => new Catching(WorkflowError.FromJson(json["error"]), List(json["catching"])),
        "listening" => Listening(json),
        "extending" => new Extending((int)Whole(json["at"]), json["after"].AsBoolean(), json["output"], json["then"].StringOrNull is { } then ? Flow.Of(then) : null, List(json["extending"])),
        "function" => new InFunction(Read(json["function"])),
        var kind => throw new FormatException($"Unknown work {kind}."),
    };

    static Listening Listening(JsonValue json)
    {
        var round = json["iteration"];
        return new Listening(
            json["listening"].AsString(),
            [.. json["taken"].Items],
            [.. json["met"].Items.Select(met => (int)Whole(met))],
            json["correlations"].Members.ToImmutableSortedDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal),
            round.IsNull ? null : new Iteration((int)Whole(round["at"]), round["output"], round["item"], round["body"].IsNull ? null : List(round["body"])));
    }

    static JsonValue FlowText(Flow? flow) => flow is null ? JsonValue.Null : flow.Kind == FlowKind.To ? flow.Target : flow.Kind.ToString().ToLowerInvariant();

    static JsonValue List(Listed listed) => JsonValue.Of(("at", listed.At), ("child", Write(listed.Child)));

    static Listed List(JsonValue json) => new((int)Whole(json["at"]), Read(json["child"]));

    static JsonValue Timer(PendingTimer? timer) => timer is null ? JsonValue.Null : JsonValue.Of(("effect", timer.Effect), ("due", Turn.Rfc3339(timer.Due)));

    static PendingTimer? Timer(JsonValue json) => json.IsNull ? null : new PendingTimer(Whole(json["effect"]), Time(json["due"]));
}
