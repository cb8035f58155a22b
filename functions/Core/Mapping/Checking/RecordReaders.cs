using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A field that reads a place, with what it asks before it does.</summary>
sealed record RecordReader(FieldFact Fact, FieldPlace Place, ImmutableArray<Demand> Demands, bool ByPosition)
{
    public static RecordReader Of(FieldFact fact, FieldPlace place) => new(
        fact, place, Demand.Of(fact, place.Side), place.Groups.Append(place.Resolved).Any(resolved => resolved.Route.Steps.Any(step => step is RouteStep.Index or RouteStep.Where { Pick: not null })));

    /// <summary>Whether it reads only if a list holds a value.</summary>
    public bool IsQuestion => Place.Resolved.Route.Steps is [.., RouteStep.Holds];

    /// <summary>Whether it reads outside the items it is about, and so only where there are items.</summary>
    public bool IsBorrowed => Place.Resolved.Route.Up != 0 && !Place.Groups.IsEmpty && Fact.Syntax is (FieldSyntax.Copy or FieldSyntax.Parts or FieldSyntax.Combined);

    /// <summary>Whether it chooses items by what refers to them.</summary>
    bool IsReferring => Place.Groups.Append(Place.Resolved).Any(resolved => resolved.Route.Steps.Any(step => step is RouteStep.Where where && where.Conditions.Any(condition => condition.Reference is not null)));

    /// <summary>Whether something that it asks does not hold where a place stands, or may not: what is asked of any item of another list, of the one at a position, or of what refers to it.</summary>
    public bool MayFail(JsonValue document, RecordSite site)
    {
        var list = site.Kind == RecordSiteKind.ListedValue ? site.Key[..^2] : null;
        return ByPosition || IsReferring || Demands.Any(demand => demand.Key == list ? demand.Values.Contains(site.Value) != (demand.Kind == ConditionKind.Is) : !demand.HoldsBeside(document, site.Pointer) || demand.IsOfOthers(site.Pointer))
            || (IsQuestion && ((RouteStep.Holds)Place.Resolved.Route.Steps[^1]).Value != site.Value)
            || (IsBorrowed && Place.Groups.Any(group => PlaceBeside.Value(document, group.Key, site.Pointer) is { IsNull: true } or { Kind: JsonKind.Array, Count: 0 }));
    }

    /// <summary>Whether it always reads there: what a program makes of it is another matter.</summary>
    public bool IsUnconditional => Demands.IsEmpty && !ByPosition && !IsBorrowed && Fact.Syntax switch
    {
        FieldSyntax.Copy or FieldSyntax.Parts or FieldSyntax.Combined => !IsQuestion,
        FieldSyntax.Each each => each.When.All(condition => condition.Side != Place.Side),
        _ => false,
    };
}

/// <summary>What reads at a place of a document, and what decides there.</summary>
/// <param name="Readers">The fields that read there.</param>
/// <param name="Demands">What they ask, and what those ask that ask there.</param>
/// <param name="Decided">Where those read that ask there, if nothing else reads there.</param>
/// <param name="Lists">Lists of which they ask for any item.</param>
/// <param name="ByPosition">Whether a position decides.</param>
/// <param name="Always">Whether a field reads there always.</param>
sealed record AskedPlace(ImmutableArray<RecordReader> Readers, ImmutableArray<Demand> Demands, ImmutableArray<string> Decided, ImmutableArray<string> Lists, bool ByPosition, bool Always)
{
    /// <summary>Whether it may be that nothing of the place arrives.</summary>
    public bool IsConditional { get; } = !Always && (!Demands.IsEmpty || ByPosition || Readers.Any(reader => reader.IsQuestion || reader.IsBorrowed));

    ImmutableArray<string> Beside => field.IsDefault ? field = [.. Demands.Select(demand => demand.Key).Concat(Lists).Distinct(StringComparer.Ordinal)] : field;

    ImmutableArray<string> Around => field.IsDefault ? field = [.. Readers.Where(reader => reader.IsBorrowed).SelectMany(reader => reader.Place.Groups).Select(group => group.Key)] : field;

    /// <summary>All that can decide on what becomes of a place, as one value: in the same situation it need not be tried again.</summary>
    public JsonValue Situation(JsonValue document, RecordSite site)
    {
        var all = new JsonValue[4 + Beside.Length + Decided.Length + Around.Length];
        (all[0], all[1], all[2], all[3]) = (site.Key, (double)site.Kind, site.Kind == RecordSiteKind.Item ? JsonValue.Null : site.Value, ByPosition ? site.Pointer : JsonValue.Null);
        var at = 4;
        foreach (var key in Beside) all[at++] = PlaceBeside.Value(document, key, site.Pointer);
        foreach (var key in Decided) all[at++] = PlaceBeside.Value(document, key, site.Pointer).IsNull;
        foreach (var key in Around) all[at++] = PlaceBeside.Value(document, key, site.Pointer) is { IsNull: true } or { Kind: JsonKind.Array, Count: 0 };
        return JsonValue.Of(all);
    }
}

/// <summary>Which fields read at the places of a document, and what they ask.</summary>
sealed class RecordReaders(ImmutableArray<FieldFact> facts, MappingDirection way)
{
    readonly ImmutableArray<(FieldFact Fact, ImmutableArray<Demand> Demands)> askers = [.. facts.Where(fact => fact.Ways.HasFlag(way)).Select(fact => (fact, Demand.Of(fact, FieldFact.From(way)))).Where(one => !one.Item2.IsEmpty)];
    readonly Dictionary<(string Key, RecordSiteKind Kind), AskedPlace> asked = [];

    /// <summary>All that read, in the order of the definition.</summary>
    public ImmutableArray<RecordReader> All { get; } = [.. facts.Where(fact => fact.Reads(way) && fact.Syntax is not FieldSyntax.Ignore).SelectMany(fact => fact[FieldFact.From(way)].Select(place => RecordReader.Of(fact, place)))];

    /// <summary>The field that a loss at a place is told of: that which reads there, or the first that asks there.</summary>
    public FieldFact? FieldOf(RecordSite site, AskedPlace here) => here.Readers.FirstOrDefault()?.Fact ?? askers.FirstOrDefault(asker => asker.Demands.Any(demand => demand.Key == site.Key)).Fact;

    /// <summary>What reads and decides at a place.</summary>
    public AskedPlace At(RecordSite site) => At(site.Key, site.Kind);

    /// <summary>What reads and decides at a place, wherever it stands.</summary>
    public AskedPlace At(string key, RecordSiteKind kind) => asked.TryGetValue((key, kind), out var found) ? found : asked[(key, kind)] = Made(key, kind);

    AskedPlace Made(string key, RecordSiteKind kind)
    {
        var (isItem, list) = (kind != RecordSiteKind.Value, kind == RecordSiteKind.Value ? key : key[..^2]);
        var reading = All.Where(reader => JsonPointer.Covers(reader.Place.Key, key) && (reader.Fact.Syntax is not FieldSyntax.Each || (isItem && (reader.Place.Key == list || reader.Place.Key == key)))).ToList();
        if (isItem) reading = [.. reading.Concat(All.Where(reader => JsonPointer.Covers(key, reader.Place.Key))).Distinct()];
        var asking = askers.Where(asker => asker.Demands.Any(demand => demand.Key == list || (isItem && JsonPointer.Covers(key, demand.Key)))).ToList();
        var isRead = reading.Exists(reader => !isItem && reader.Fact.Syntax is not FieldSyntax.Each);
        var decided = isRead ? [] : asking.SelectMany(asker => asker.Fact[FieldFact.From(way)]).Select(place => place.Key).Where(other => other != key).Distinct(StringComparer.Ordinal);
        var demands = reading.SelectMany(reader => reader.Demands).Concat(asking.SelectMany(asker => asker.Demands)).DistinctBy(demand => demand.ToString());
        return new AskedPlace([.. reading], [.. demands], [.. decided], [.. reading.Select(reader => reader.Fact).Concat(asking.Select(asker => asker.Fact)).SelectMany(ListsOf).Distinct(StringComparer.Ordinal)], reading.Exists(reader => reader.ByPosition), reading.Exists(reader => reader.IsUnconditional));
    }

    // What a condition asks of a list's items is asked of whichever it is, not of the one in which a place stands.
    IEnumerable<string> ListsOf(FieldFact fact) => fact.Tests.Where(test => test.Place.Side == FieldFact.From(way) && test.Place.Resolved.Route.Steps.Any(step => step is RouteStep.Where or RouteStep.Index)).Select(test => test.Place.Key[..test.Place.Key.LastIndexOf("/*", StringComparison.Ordinal)]);
}
