using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries lists to whose items other places refer: an item that nothing refers to, and a reference to no item.</summary>
sealed class ReferenceProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    Side From => FieldFact.From(way);

    public void Try()
    {
        var choices = facts.Where(fact => fact.Reads(way) && fact.Syntax is not FieldSyntax.Ignore).SelectMany(fact => fact[From].SelectMany(place => ListProbe.Choices(fact, place)));
        foreach (var choice in choices.Where(choice => choice.Step is RouteStep.Where where && where.Conditions.Any(condition => condition.Reference is not null)).DistinctBy(choice => choice.Path)) Try(choice);
    }

    void Try(ListProbe.Choice choice)
    {
        if (samples.With(choice.Place, choice.Fact) is not var (document, _)) return;
        var sample = new SampleDocument(document, samples.Shape);
        if (sample.Reach(choice.List) is not { Shape: ArrayShape list } spot || JsonPointer.Find(document, spot.Pointer) is not { Kind: JsonKind.Array, Count: > 0 } items) return;
        foreach (var condition in ((RouteStep.Where)choice.Step).Conditions.Where(condition => condition.Reference is not null).Take(1))
        {
            var sites = samples.Places.Sites(document).Where(site => site.Kind == RecordSiteKind.Value && !site.Value.IsNull).ToList();
            var referring = items.Items.Select(item => (item, id: condition.Path.Aggregate(item, (here, name) => here[name])))
                .SelectMany(one => sites.Where(site => site.Value == one.id && !SampleBase.IsAt(spot.Pointer, site.Pointer)).Select(site => (one.item, site))).FirstOrDefault();
            if (referring.site.Place is null) continue;
            Unreferred(choice, condition, list, document, spot.Pointer, referring.item, sites);
            Dangling(choice, document, spot.Pointer, items, referring.item, referring.site);
        }
    }

    // One more item like that which is referred to, under another name.
    void Unreferred(ListProbe.Choice choice, RouteCondition condition, ArrayShape list, JsonValue document, string pointer, JsonValue item, List<RecordSite> sites)
    {
        if (list.Item.At(condition.Path) is not ScalarShape named) return;
        var other = ShapeSamples.Values(named).FirstOrDefault(value => !sites.Exists(site => site.Value == value));
        var with = other.IsNull ? document : JsonPointer.Replace(document, pointer, JsonPointer.Find(document, pointer)!.Value.Plus(SampleEdit.With(item, condition.Path, other)));
        if (with == document || Same(document, with) is not { } shown) return;
        var literals = ((RouteStep.Where)choice.Step).Conditions.Where(one => one.Literal is not null).Select(one => $"{string.Join('.', one.Path)}={Typed.TextOf(one.Literal!.Value)}").ToList();
        var path = literals.Count == 0 ? choice.ListPath : $"{choice.ListPath}[{string.Join(',', literals)}]";
        findings.Add(CheckRules.ItemsDropped, way, path, choice.Fact.Syntax.Place, CheckMessages.Unreferred(path), shown, choice.Fact.Syntax, condition: LossCondition.UnlessReferred);
    }

    // The item is gone, and what referred to it stays.
    void Dangling(ListProbe.Choice choice, JsonValue document, string pointer, JsonValue items, JsonValue item, RecordSite site)
    {
        var without = JsonPointer.Replace(document, pointer, JsonValue.Of(items.Items.Where(one => one != item)));
        if (Same(SampleEdit.Without(without, site.Pointer), without) is { } shown)
            findings.Add(way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent, way, site.Path, choice.Fact.Syntax.Place, CheckMessages.Dangling(site.Path, choice.ListPath), shown, choice.Fact.Syntax, condition: LossCondition.UnlessRefers(choice.ListPath));
    }

    Counterexample? Same(JsonValue one, JsonValue other)
    {
        if (trial.IsSpent || one == other || !trial.IsValid(From, one) || !trial.IsValid(From, other)) return null;
        var (was, now) = (trial.Execute(way, one), trial.Execute(way, other));
        return was.Told == now.Told && was.Problems.Count() == now.Problems.Count() ? FindingList.Same([was, now]) : null;
    }
}
