using Interop.Core.Json;

namespace Interop.Core.Workflows;

/// <summary>Which events start a run of a workflow, and which of them belong to one and the same run.</summary>
public sealed class StartRule
{
    internal StartRule()
    {
    }

    /// <summary>Whether this event starts a run, or belongs to the one it started.</summary>
    public bool Starts(JsonValue cloudEvent) => false;

    /// <summary>
    /// The text that is equal for two events exactly when they start one run: the values of all correlations, in the order of their names.
    /// Without correlations, the event's source and id: every event starts its own.
    /// </summary>
    public string CorrelationKey(JsonValue cloudEvent) => "";
}
