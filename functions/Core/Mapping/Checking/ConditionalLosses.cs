using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Collects what is lost under some conditions, so that each place is told once, with the conditions under which it was seen.</summary>
sealed class ConditionalLosses(MappingDefinition mapping, MappingDirection way, FindingList findings)
{
    const int MaxSeen = 4;

    readonly OrderedDictionary<(string Rule, string Path), Loss> losses = [];

    sealed record Loss(FieldFact? Fact, Counterexample Shown, List<string> Seen);

    /// <summary>A value of which nothing arrives.</summary>
    public void Value(RecordSite site, ImmutableArray<Demand> asked, ImmutableArray<string> decided, FieldFact? fact, Execution there, Execution same) => Add(
        way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent, site,
        asked.IsEmpty ? ConditionText.OfValue([site.Value, .. JsonPointer.Find(same.Document, site.Pointer) is { IsNull: false } other ? [other] : ImmutableArray<JsonValue>.Empty], there.Document, site.Pointer, [], decided) : ConditionText.Of(there.Document, site.Pointer, Others(asked, site.Key)), fact, there, same, asked);

    /// <summary>An item of which nothing arrives.</summary>
    public void Item(RecordSite site, ImmutableArray<Demand> asked, ImmutableArray<string> decided, FieldFact? fact, Execution there, Execution without) => Add(
        CheckRules.ItemsDropped, site,
        site.Kind == RecordSiteKind.ListedValue ? ConditionText.OfValue([site.Value], there.Document, site.Pointer, asked.Where(demand => demand.Key != site.Key[..^2]), []) : ConditionText.Of(there.Document, site.Pointer, asked, decided), fact, there, without, asked);

    /// <summary>An item of which one more makes no difference.</summary>
    public void Twice(RecordSite site, FieldFact? fact, Execution there, Execution twice) => Add(CheckRules.FirstOfSeveral, site, "", fact, there, twice, []);

    // That it is asked for itself says nothing where something else is asked too.
    static ImmutableArray<Demand> Others(ImmutableArray<Demand> asked, string key) => asked.RemoveAll(demand => demand.Key == key) is { IsEmpty: false } others ? others : asked;

    void Add(string rule, RecordSite site, string seen, FieldFact? fact, Execution there, Execution same, ImmutableArray<Demand> asked)
    {
        if (!losses.TryGetValue((rule, site.Path), out var loss)) losses[(rule, site.Path)] = loss = new Loss(fact, Deciding(FindingList.Same([there, same]), site, asked), []);
        if (loss.Seen.Count < MaxSeen && !loss.Seen.Contains(seen, StringComparer.Ordinal)) loss.Seen.Add(seen);
    }

    // What decides is shown with what is lost.
    static Counterexample Deciding(Counterexample shown, RecordSite site, ImmutableArray<Demand> asked) =>
        shown with { Pointers = [.. shown.Pointers.Concat(asked.Select(demand => Decider.PointerBeside(demand.Key, site.Pointer))).Distinct(StringComparer.Ordinal)] };

    /// <summary>Adds the findings.</summary>
    public void Tell()
    {
        foreach (var ((rule, path), loss) in losses)
        {
            var message = rule switch
            {
                CheckRules.ItemsDropped => CheckMessages.ItemLost(path, loss.Seen),
                CheckRules.FirstOfSeveral => CheckMessages.OnlyOne(path),
                _ => CheckMessages.LostWhere(path, loss.Seen),
            };
            findings.Add(rule, way, path, loss.Fact?.Syntax.Place ?? mapping.Syntax.FieldsPlace, message, loss.Shown, loss.Fact?.Syntax);
        }
    }
}
