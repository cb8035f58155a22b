using Interop.Core.Json;
using Interop.Core.Workflows;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Runs;

/// <summary>The row that promises an effect: due at once, or when a timer says so.</summary>
static class Outbox
{
    public const string Timer = "timer";
    public const string Emit = "emit";
    public const string Cancel = "cancel";
    public const string Call = "call";
    public const string CallHttp = "call-http";
    public const string CallOpenApi = "call-openapi";
    public const string StartRun = "start-run";

    public static Change.Insert Row(Effect effect, DateTimeOffset now)
    {
        var record = Record(effect, now);
        return new Change.Insert(RunKeys.Effect(record.Id), RowBody.Of(record), record.Due ?? now);
    }

    static EffectRecord Record(Effect effect, DateTimeOffset now)
    {
        EffectRecord Of(string kind, string name, JsonValue arguments) => new(effect.Id.ToString(), kind, name, effect.Task, arguments, EffectStatus.Pending, now);
        return effect switch
        {
            Effect.CallFunction call => Of(Call, call.Name, call.Arguments) with { ErrorIsCaught = call.ErrorIsCaught },
            Effect.CallHttp call => Of(CallHttp, "http", call.Arguments) with { ErrorIsCaught = call.ErrorIsCaught },
            Effect.CallOpenApi call => Of(CallOpenApi, "openapi", call.Arguments) with { ErrorIsCaught = call.ErrorIsCaught },
            Effect.StartRun run => Of(StartRun, run.Name, JsonValue.Of(("version", run.Version), ("input", run.Input), ("awaits", run.Awaits))),
            Effect.Timer timer => Of(Timer, "", JsonValue.Null) with { Due = timer.Due },
            Effect.Emit emit => Of(Emit, "", emit.CloudEvent),
            Effect.CancelTimer cancel => Of(Cancel, cancel.Target.ToString(), JsonValue.Null),
            Effect.CancelEffect cancel => Of(Cancel, cancel.Target.ToString(), JsonValue.Null),
            _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "An effect of this kind is not known."),
        };
    }
}
