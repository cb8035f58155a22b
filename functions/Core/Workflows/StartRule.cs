using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows;

/// <summary>Which events start a run of a workflow, and which of them belong to one and the same run.</summary>
public sealed class StartRule
{
    readonly ImmutableArray<EventFilter> filters;

    internal StartRule(ImmutableArray<EventFilter> filters) => this.filters = filters;

    /// <summary>Whether this event (a CloudEvent in JSON format) starts a run, or belongs to the one that such an event started.</summary>
    public bool Starts(JsonValue cloudEvent) => FilterFor(cloudEvent) is not null;

    /// <summary>
    /// The text that is equal for two events exactly when they start one run: the values of all correlations, in the order of their names.
    /// Without correlations, the event's source and id: every event starts its own. Stable over releases: it is a key in the store.
    /// </summary>
    public string CorrelationKey(JsonValue cloudEvent)
    {
        var correlations = Correlations(cloudEvent);
        return (correlations.IsEmpty ? JsonValue.Of(cloudEvent["source"], cloudEvent["id"]) : JsonValue.Of(correlations.Values)).ToString();
    }

    /// <summary>The correlations that the start of a run sets for its listens.</summary>
    internal ImmutableSortedDictionary<string, JsonValue> Correlations(JsonValue cloudEvent)
    {
        var found = ImmutableSortedDictionary.Create<string, JsonValue>(StringComparer.Ordinal);
        foreach (var correlation in FilterFor(cloudEvent)?.Correlations ?? [])
        {
            var value = correlation.From.Evaluate(cloudEvent, _ => JsonValue.Null);
            found = found.SetItem(correlation.Name, value.Succeeded ? value.Value : JsonValue.Null);
        }

        return found;
    }

    // An event without the value to correlate by starts nothing: it would otherwise share one run with all others of its kind.
    EventFilter? FilterFor(JsonValue cloudEvent) => filters.FirstOrDefault(filter =>
        filter.Fits(cloudEvent, _ => JsonValue.Null)
        && filter.Correlations.All(correlation => correlation.From.Evaluate(cloudEvent, _ => JsonValue.Null) is { Succeeded: true, Value.IsNull: false }));
}
