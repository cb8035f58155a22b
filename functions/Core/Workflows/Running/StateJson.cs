using Interop.Core.Json;

namespace Interop.Core.Workflows.Running;

/// <summary>A run's state as JSON and back.</summary>
static class StateJson
{
    public static JsonValue Write(RunState state) => JsonValue.Of(("id", state.Id.Value));

    public static Outcome<RunState> Read(JsonValue json) => new Problem("run-state", "Not built yet.");
}
