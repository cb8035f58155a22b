using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Collects what is lost under some conditions, so that each place is told once for each that the definition makes.</summary>
sealed class ConditionalLosses(MappingDefinition mapping, MappingDirection way, Shape shape, KnownLosses known, FindingList findings)
{
    readonly OrderedDictionary<(string Rule, string Path, string Condition), (FieldFact? Fact, Counterexample Shown)> losses = [];

    /// <summary>A value of which nothing arrives.</summary>
    public void Value(RecordSite site, AskedPlace here, FieldFact? fact, Execution there, Execution same)
    {
        var rule = way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent;
        var condition = here.Readers.IsEmpty ? OfDecider(site, here, there, same) : Explained(here.Readers, there, site);
        if (site.Kind == RecordSiteKind.ListedValue && known.IsOfItems(site.Key, there.Document, site.Pointer, condition)) return;
        if (condition.Length > 0 ? !known.IsGone(site.Key, there.Document, site.Pointer, condition) : !findings.Has(rule, way, site.Path)) Add(rule, site, site.Path, condition.Length > 0 || here.Readers.IsEmpty ? condition : Seen(here.Demands, there, site), fact, there, same, here.Demands);
    }

    /// <summary>An item of which nothing arrives: one of a kind that nothing asks for, or of one that is asked for, which lacks what is asked besides.</summary>
    public void Item(RecordSite site, AskedPlace here, FieldFact? fact, Execution there, Execution without)
    {
        var (list, readers) = (site.Key[..^2], Inner(here.Readers));
        var isListed = site.Kind == RecordSiteKind.ListedValue;
        var ofKind = isListed ? [] : readers.Where(reader => IsOfKind(reader) && !IsOutside(reader)).ToList();
        if (ofKind.Count > 0 && ofKind.TrueForAll(reader => reader.MayFail(there.Document, site)) && here.Readers.FirstOrDefault(reader => reader.Fact.Syntax is FieldSyntax.Each && IsOfKind(reader)) is { } group)
        {
            Told(group.Place.Path, LossCondition.Besides(ofKind, list, shape), group.Fact);
            return;
        }

        var condition = isListed || ofKind.Count > 0 || readers.All(IsOutside) ? "" : LossCondition.OfKind(readers, list, shape);
        Told(site.Path, condition.Length > 0 ? condition : readers.IsEmpty ? OfDecider(site, here, there, without) : Explained(readers, there, site), fact);

        bool IsOfKind(RecordReader reader) => LossCondition.Kind(reader, list).Any() && LossCondition.Kind(reader, list).All(demand => demand.HoldsBeside(there.Document, site.Pointer));

        // What is asked of what the list stands in.
        bool IsOutside(RecordReader reader) => reader.Demands.Any(demand => !JsonPointer.Covers(site.Key, demand.Key) && !demand.IsOfOthers(site.Pointer) && !demand.HoldsBeside(there.Document, site.Pointer));

        void Told(string path, string condition, FieldFact? of)
        {
            if (condition.Length == 0 ? known.IsOfItems(site.Key, there.Document, site.Pointer) : known.IsOfItems(site.Key, there.Document, site.Pointer, condition)) return;
            Add(CheckRules.ItemsDropped, site, path, condition.Length > 0 ? condition : Seen(here.Demands, there, site), of, there, without, here.Demands);
        }
    }

    /// <summary>An item of which one more makes no difference.</summary>
    public void Twice(RecordSite site, FieldFact? fact, Execution there, Execution twice) => Add(CheckRules.FirstOfSeveral, site, site.Path, "", fact, there, twice, []);

    // A group reads what its fields read; what it asks, they do.
    static ImmutableArray<RecordReader> Inner(ImmutableArray<RecordReader> readers) => readers.RemoveAll(reader => reader.Fact.Syntax is FieldSyntax.Each && readers.Any(inner => inner != reader && inner.Place.Groups.Any(group => group.Key == reader.Place.Key)));

    // What the fields ask that read there, if that is why.
    string Explained(ImmutableArray<RecordReader> readers, Execution there, RecordSite site) => readers.All(reader => reader.MayFail(there.Document, site)) ? LossCondition.Unless(readers, site.Key, site.Kind, shape) : "";

    // Of a place that is only asked: another value than those that are asked for is like any other, none says anything where nothing is there on which it decides, and those that are asked for together are one. What is asked is there says no value.
    string OfDecider(RecordSite site, AskedPlace here, Execution there, Execution same)
    {
        var own = site.Kind == RecordSiteKind.ListedValue ? site.Key[..^2] : site.Key;
        var asking = here.Demands.Where(demand => demand.Key == own && demand.Kind is ConditionKind.Is or ConditionKind.Not).ToList();
        var asked = asking.SelectMany(demand => demand.Values).Distinct().ToList();
        if (asked.Count > 0 && !asked.Contains(site.Value)) return LossCondition.Unless(asked);
        var decided = here.Decided.RemoveAll(key => JsonPointer.Covers(key, site.Key));
        if (asked.Count == 0 || decided.IsEmpty) return "";
        if (decided.Any(key => PlaceBeside.Value(there.Document, key, site.Pointer) is { IsNull: true } or { Kind: JsonKind.Array, Count: 0 })) return LossCondition.UnlessThere(decided);
        var instead = JsonPointer.Find(same.Document, site.Pointer) ?? JsonValue.Null;
        return asking.Find(demand => demand.Values.Contains(site.Value) && demand.Values.Contains(instead)) is { } together ? LossCondition.Where(together.Values) : Seen(here.Demands, there, site);
    }

    // Why it is so no field says; what was seen beside it.
    static string Seen(ImmutableArray<Demand> asked, Execution there, RecordSite site) => ConditionText.Of(there.Document, site.Pointer, asked.RemoveAll(demand => demand.Key == site.Key) is { IsEmpty: false } others ? others : asked).TrimStart();

    void Add(string rule, RecordSite site, string path, string condition, FieldFact? fact, Execution there, Execution same, ImmutableArray<Demand> asked) =>
        losses.TryAdd((rule, path, condition), (fact, Deciding(FindingList.Same([there, same]), site, asked)));

    // What decides is shown with what is lost.
    static Counterexample Deciding(Counterexample shown, RecordSite site, ImmutableArray<Demand> asked) =>
        shown with { Pointers = [.. shown.Pointers.Concat(asked.Select(demand => PlaceBeside.Pointer(demand.Key, site.Pointer))).Distinct(StringComparer.Ordinal)] };

    /// <summary>Adds the findings.</summary>
    public void Tell()
    {
        foreach (var ((rule, path, condition), loss) in losses)
        {
            var message = rule switch
            {
                CheckRules.ItemsDropped => CheckMessages.ItemLost(path, condition),
                CheckRules.FirstOfSeveral => CheckMessages.OnlyOne(path),
                _ => CheckMessages.LostWhere(path, condition),
            };
            findings.Add(rule, way, path, loss.Fact?.Syntax.Place ?? mapping.Syntax.FieldsPlace, message, loss.Shown, loss.Fact?.Syntax, condition: condition);
        }
    }
}
