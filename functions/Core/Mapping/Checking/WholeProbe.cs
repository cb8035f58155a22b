using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries the fields together, in a document that has all of them: whether their order matters, and whether all comes back.</summary>
sealed class WholeProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    // What excludes each other cannot all be in one document, so some others are tried that have nearly all.
    const int MaxDocuments = 24;

    public void Try()
    {
        var full = samples.Full();
        if (!trial.IsSpent && trial.IsValid(samples.From, full) && MayDependOnOrder()) Order(trial.Execute(way, full));
        if (trial.Mapping.Direction != MappingDirection.Both) return;
        foreach (var document in SampleDocuments.All(samples).Distinct().Where(document => trial.IsValid(samples.From, document)).Take(MaxDocuments))
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
        var reverse = way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In;
        var back = trial.Execute(reverse, there.Result);
        foreach (var pointer in SampleEdit.Differences(trial.Told(reverse, there.Document), trial.Told(reverse, back.Result)))
        {
            var key = SampleBase.KeyOf(pointer);
            var near = Near(key);
            var fact = near.FirstOrDefault();
            var path = fact?[samples.From][0].Path is { Length: > 0 } known ? known : SampleBase.PathOf(pointer);
            if (findings.Knows(way, path) || near.Any(one => one[samples.From].Any(place => findings.Knows(way, place.Path)))) continue;
            var (was, now) = (JsonPointer.Find(there.Document, pointer) ?? JsonValue.Null, JsonPointer.Find(back.Result, pointer) ?? JsonValue.Null);
            findings.Add(
                now.IsNull && was.Kind is JsonKind.Object or JsonKind.Array && was.Count == 0 ? CheckRules.Presence : CheckRules.NotBack, way, path, fact?.Syntax.Place ?? trial.Mapping.Syntax.FieldsPlace, CheckMessages.NotBack(path, CheckMessages.Shown(was), CheckMessages.Shown(now)),
                FindingList.Back(there, back), fact?.Syntax, fact?.Ways == MappingDirection.Both ? null : fact?.Why ?? fact?.Syntax.Reason);
        }
    }

    // The fields that read there, or as near around it as any; else those that read below.
    List<FieldFact> Near(string key)
    {
        var around = facts.SelectMany(fact => fact[samples.From].Where(place => key == place.Key || key.StartsWith(place.Key + "/", StringComparison.Ordinal)).Select(place => (fact, place.Key.Length))).ToList();
        if (around.Count > 0) return [.. around.Where(one => one.Length == around.Max(other => other.Length)).Select(one => one.fact)];
        return [.. facts.Where(one => one[samples.From].Any(place => place.Key.StartsWith(key + "/", StringComparison.Ordinal)))];
    }
}
