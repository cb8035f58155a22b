using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows;

/// <summary>Which events start a run of a workflow, and which of them belong to one and the same run.</summary>
public sealed class StartRule
{
    /// <summary>The most events that begin a run together: of those that come until something, later ones are left out.</summary>
    public const int MostEvents = 50;

    const int Nobody = -1;

    static readonly ImmutableSortedDictionary<string, JsonValue> Nothing = ImmutableSortedDictionary.Create<string, JsonValue>(StringComparer.Ordinal);

    readonly Consumption to;

    internal StartRule(Consumption to) => this.to = to;

    internal Consumption To => to;

    /// <summary>Whether a run begins with several events: with all of some, or with what comes until something happens.</summary>
    public bool Gathers => to.Kind == ConsumptionKind.All || to.TakesMany;

    /// <summary>Whether the events of one run are known by correlations; else by what they are about.</summary>
    public bool IsCorrelated => to.Filters.Any(filter => !filter.Correlations.IsEmpty);

    /// <summary>The types of the events that begin a run, as the author wrote them.</summary>
    internal string TypesShown => to.UntilEvents.IsEmpty ? to.TypesShown : $"{to.TypesShown}, until {string.Join(", ", to.UntilEvents.Select(filter => filter.TypeShown))}";

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

    /// <summary>The same for events that begin a run together: without correlations, those about one subject do. Stable over releases, too.</summary>
    public string GatheringKey(JsonValue cloudEvent, string subject)
    {
        var correlations = Correlations(cloudEvent);
        return (correlations.IsEmpty ? JsonValue.Of(("subject", subject)) : JsonValue.Of(correlations.Values)).ToString();
    }

    /// <summary>The events gathered so far and one more; the same ones if it is among them, or if nothing waits for it.</summary>
    public ImmutableArray<JsonValue> With(ImmutableArray<JsonValue> gathered, JsonValue cloudEvent)
    {
        if (gathered.Any(known => known["id"] == cloudEvent["id"] && known["source"] == cloudEvent["source"])) return gathered;
        return Takes(gathered, cloudEvent) ? gathered.Add(cloudEvent) : gathered;
    }

    /// <summary>
    /// The input of the run that these events begin: all of them in the order of the definition, or those that came until something happened, in the order they came.
    /// Null while something is missing.
    /// </summary>
    public JsonValue? Input(ImmutableArray<JsonValue> gathered)
    {
        if (to.Kind == ConsumptionKind.All)
        {
            var places = Places(to.Filters, gathered);
            return places.Contains(Nobody) ? (JsonValue?)null : JsonValue.Of(places.Select(at => gathered[at]).ToArray());
        }

        var taken = JsonValue.Of(gathered.Where(one => !IsEnd(one)).ToArray());
        var ended = to.Until is { } until
            ? until.Evaluate(taken, _ => JsonValue.Null) is { Succeeded: true, Value: var value } && value == JsonValue.True
            : Places(to.UntilEvents, gathered) is var ends && (to.UntilAll ? !ends.Contains(Nobody) : ends.Any(at => at != Nobody));
        return ended ? taken : (JsonValue?)null;
    }

    /// <summary>The correlations that the start of a run sets for its listens.</summary>
    internal ImmutableSortedDictionary<string, JsonValue> Correlations(JsonValue cloudEvent) => FilterFor(cloudEvent) is { } filter ? Correlations(filter, cloudEvent) : Nothing;

    // What ends a gathering counts only when there is something to end.
    bool Takes(ImmutableArray<JsonValue> gathered, JsonValue cloudEvent)
    {
        if (to.Kind == ConsumptionKind.All) return Grows(to.Filters, gathered, cloudEvent);
        if (IsEnd(cloudEvent)) return !gathered.IsEmpty && Grows(to.UntilEvents, gathered, cloudEvent);
        return gathered.Count(one => !IsEnd(one)) < MostEvents && to.Filters.Any(filter => Fits(filter, cloudEvent));
    }

    bool IsEnd(JsonValue cloudEvent) => to.UntilEvents.Any(filter => Fits(filter, cloudEvent));

    bool Grows(ImmutableArray<EventFilter> filters, ImmutableArray<JsonValue> gathered, JsonValue cloudEvent) =>
        Places(filters, gathered.Add(cloudEvent)).Count(at => at != Nobody) > Places(filters, gathered).Count(at => at != Nobody);

    // Which event stands in which place. An event that fits several moves on for one that fits fewer, so all have come as soon as they can each have a place.
    int[] Places(ImmutableArray<EventFilter> filters, ImmutableArray<JsonValue> gathered)
    {
        var places = Enumerable.Repeat(Nobody, filters.Length).ToArray();
        var fitting = gathered.Select(one => Enumerable.Range(0, filters.Length).Where(place => Fits(filters[place], one)).ToArray()).ToArray();
        for (var at = 0; at < gathered.Length; at++) Seat(at, new bool[places.Length]);
        return places;

        bool Seat(int at, bool[] seen)
        {
            foreach (var place in fitting[at].OrderBy(place => places[place] != Nobody).ToArray())
            {
                if (seen[place]) continue;
                seen[place] = true;
                if (places[place] != Nobody && !Seat(places[place], seen)) continue;
                places[place] = at;
                return true;
            }

            return false;
        }
    }

    // By another filter an event might have other correlations, and belong elsewhere.
    bool Fits(EventFilter filter, JsonValue cloudEvent) => IsFor(filter, cloudEvent) && Correlations(filter, cloudEvent).SequenceEqual(Correlations(cloudEvent));

    EventFilter? FilterFor(JsonValue cloudEvent) => to.Filters.Concat(to.UntilEvents).FirstOrDefault(filter => IsFor(filter, cloudEvent));

    // An event without the value to correlate by starts nothing: it would otherwise share one run with all others of its kind.
    static bool IsFor(EventFilter filter, JsonValue cloudEvent) =>
        filter.Fits(cloudEvent, _ => JsonValue.Null)
        && filter.Correlations.All(correlation => correlation.From.Evaluate(cloudEvent, _ => JsonValue.Null) is { Succeeded: true, Value.IsNull: false });

    static ImmutableSortedDictionary<string, JsonValue> Correlations(EventFilter filter, JsonValue cloudEvent) => filter.Correlations.Aggregate(
        Nothing, (found, correlation) => found.SetItem(correlation.Name, correlation.From.Evaluate(cloudEvent, _ => JsonValue.Null) is { Succeeded: true, Value: var value } ? value : JsonValue.Null));
}
