using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Workflows.Running;

/// <summary>A run's state as JSON and back. What is null or empty is not written.</summary>
static class StateJson
{
    public static JsonValue Write(RunState state) => Members(
        ("id", state.Id.Value),
        ("workflow", state.Workflow),
        ("status", state.Status.ToString()),
        ("startedAt", state.Status == RunStatus.Pending ? JsonValue.Null : Turn.Rfc3339(state.StartedAt)),
        ("input", state.Input),
        ("context", state.Context),
        ("output", state.Output),
        ("error", state.Error?.ToJson() ?? JsonValue.Null),
        ("effects", state.Effects),
        ("entries", state.Entries),
        ("inbox", state.Inbox.IsEmpty ? JsonValue.Null : JsonValue.Of(state.Inbox)),
        ("held", state.Held.IsEmpty ? JsonValue.Null : JsonValue.Of(state.Held.Select(Held))),
        ("root", state.Root is null ? JsonValue.Null : FrameJson.Write(state.Root)),
        ("failedAt", state.FailedAt is null ? JsonValue.Null : FrameJson.Write(state.FailedAt)));

    public static Outcome<RunState> Read(JsonValue json)
    {
        try
        {
            var status = Enum.TryParse<RunStatus>(json["status"].AsString(), out var known) && Enum.IsDefined(known) ? known : throw new FormatException($"Unknown status {json["status"]}.");
            var root = json["root"].IsNull ? null : FrameJson.Read(json["root"]);
            if ((root is null) == (status is RunStatus.Waiting or RunStatus.Suspended)) throw new FormatException("A run that goes on has frames, and no other has.");
            return new RunState(new RunId(json["id"].AsString()), json["workflow"].AsString())
            {
                Status = status,
                StartedAt = json["startedAt"].IsNull ? default : Time(json["startedAt"]),
                Input = json["input"],
                Context = json["context"],
                Output = json["output"],
                Error = json["error"].IsNull ? null : WorkflowError.FromJson(json["error"]),
                Effects = Whole(json["effects"]),
                Entries = Whole(json["entries"]),
                Inbox = [.. json["inbox"].Items],
                Held = [.. json["held"].Items.Select(Held)],
                Root = root,
                FailedAt = json["failedAt"].IsNull ? null : FrameJson.Read(json["failedAt"]),
            };
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            return new Problem("run-state", $"This is no state of a run: {wrong.Message}");
        }
    }

    /// <summary>An object of the members that are not null.</summary>
    public static JsonValue Members(params (string Name, JsonValue Value)[] members) => JsonValue.Of(members.Where(member => !member.Value.IsNull).ToArray());

    public static DateTimeOffset Time(JsonValue value) => DateTimeOffset.Parse(value.AsString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    public static long Whole(JsonValue value) => checked((long)value.AsNumber());

    static JsonValue Held(RunEvent held) => held switch
    {
        EffectDone done => Members(("at", Turn.Rfc3339(done.At)), ("effect", done.Id.ToString()), ("output", done.Output)),
        EffectFailed failed => Members(("at", Turn.Rfc3339(failed.At)), ("effect", failed.Id.ToString()), ("error", failed.Error.ToJson())),
        EventArrived arrived => Members(("at", Turn.Rfc3339(arrived.At)), ("event", arrived.CloudEvent)),
        _ => throw new InvalidOperationException($"{held.GetType().Name} is not held."),
    };

    static RunEvent Held(JsonValue json)
    {
        var at = Time(json["at"]);
        if (json.TryGet("event", out var cloudEvent)) return new EventArrived(at, cloudEvent);
        if (!EffectId.TryParse(json["effect"].AsString(), out var id)) throw new FormatException($"{json["effect"]} is no effect id.");
        return json.TryGet("error", out var error) ? new EffectFailed(at, id, WorkflowError.FromJson(error)) : new EffectDone(at, id, json["output"]);
    }
}
