using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries the fields together, in a document that has all of them: whether their order matters, and whether all comes back.</summary>
sealed class WholeProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, KnownLosses known, FindingList findings)
{
    // What excludes each other cannot all be in one document, so some others are tried that have nearly all: without each place, and then with another value there.
    const int MaxLacking = 96;
    const int MaxDocuments = 24;

    public void Try()
    {
        var full = samples.Full();
        if (!trial.IsSpent && trial.IsValid(samples.From, full) && MayDependOnOrder()) Order(trial.Execute(way, full));
        if (trial.Mapping.Direction != MappingDirection.Both) return;
        var lacking = samples.Reading.SelectMany(fact => fact[samples.From]).Select(place => place.FirstPointer).Distinct(StringComparer.Ordinal).Select(pointer => samples.Absent(full, pointer)).Take(MaxLacking);
        foreach (var document in lacking.Concat(SampleDocuments.All(samples).Take(MaxDocuments)).Distinct().Where(document => trial.IsValid(samples.From, document)))
        {
            if (!trial.IsSpent && trial.Execute(way, document) is { Succeeded: true } passed) Back(passed);
        }
    }

    // Fields meet where one makes items of a list and another chooses among them.
    bool MayDependOnOrder() => facts.Where(fact => fact.Ways.HasFlag(way)).SelectMany(fact => fact[FieldFact.To(way)].SelectMany(place => Makes(fact, place)))
        .GroupBy(one => one.List, StringComparer.Ordinal).Any(list => list.Select(one => one.How).Distinct(StringComparer.Ordinal).Skip(1).Any() && list.Any(one => one.IsGroup));

    static IEnumerable<(string List, string How, bool IsGroup)> Makes(FieldFact fact, FieldPlace place)
    {
        var steps = place.Resolved.Route.Steps;
        var key = place.Key.Split('/');
        var isGroup = fact.Syntax is FieldSyntax.Each;
        if (isGroup && place.Resolved.Route.Many && steps is not [.., RouteStep.Where]) yield return (place.Key, "each", true);
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at] is RouteStep.Index or RouteStep.Where)
                yield return (string.Join('/', key[..^(steps.Count(step => step is not RouteStep.Holds) - at)]), isGroup && at == steps.Length - 1 ? $"each {place.Path}" : "one", isGroup && at == steps.Length - 1);
        }
    }

    void Order(Execution there)
    {
        var other = trial.Execute(way, there.Document, trial.Reversed);
        var differences = SampleEdit.Differences(Sorted(there.Told), Sorted(other.Told));
        if (differences.IsEmpty && there.Refused.Length == other.Refused.Length) return;
        var path = differences.IsEmpty ? "" : SampleBase.PathOf(differences[0]);
        findings.Add(CheckRules.OrderDependent, way, path, trial.Mapping.Syntax.FieldsPlace, CheckMessages.Order(path), new Counterexample([there.Document], there.Result, other.Result, [.. other.Problems], [""]));
    }

    // The order of a list's items is not what is asked here.
    static JsonValue Sorted(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => JsonValue.Of(value.Members.Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonKind.Array => JsonValue.Of(value.Items.Select(Sorted).OrderBy(item => item.ToString(), StringComparer.Ordinal)),
        _ => value,
    };

    void Back(Execution there)
    {
        var lost = new List<string>();
        foreach (var site in samples.Places.Sites(there.Document))
        {
            var isTold = known.MayBeGone(site.Key, there.Document, site.Pointer) || (site.Kind != RecordSiteKind.Value && known.IsOfItems(site.Key, there.Document, site.Pointer));

            // What is lost under one condition may arrive here.
            if (isTold && trial.Execute(way, SampleEdit.Without(there.Document, site.Pointer)).Told == there.Told) lost.Add(site.Pointer);
        }

        new RecordReturn(trial, way, samples, facts, known, findings).Try(there, lost);
    }
}
