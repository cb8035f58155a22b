using Interop.Core.Json;

namespace Interop.Core.Workflows.Simulation;

/// <summary>An event in a script: the attributes that every CloudEvent has may be left out.</summary>
static class ScriptEvent
{
    /// <summary>The whole event.</summary>
    /// <param name="entry">The entry of the script.</param>
    /// <param name="number">Its 0-based place, which its id is made of.</param>
    public static JsonValue Of(JsonValue entry, int number) => entry.Kind != JsonKind.Object
        ? entry
        : entry.Members.Aggregate(JsonValue.Of(("specversion", "1.0"), ("id", $"event-{number + 1}"), ("source", "/simulation")), (so, member) => so.With(member.Key, member.Value));
}
