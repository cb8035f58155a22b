using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries the values of one field in one direction: which are refused, which become the same, which do not come back.</summary>
sealed class FieldProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    // How many values of a field that goes one way are sent back: none comes back by it.
    const int MaxOneWay = 3;

    // A value that stands for "the member is not there".
    static readonly JsonValue Absent = JsonValue.Null;

    readonly FieldRefusals refusals = new(trial, way, findings);
    readonly FieldMerging merging = new(trial, way, samples, facts, findings);
    readonly FieldReturn returns = new(trial, way, findings);

    Side From => FieldFact.From(way);

    Side To => FieldFact.To(way);

    public void Try(FieldFact fact)
    {
        foreach (var place in fact[From])
        {
            if (Start(fact, place) is not var (document, pointer))
            {
                findings.Add(CheckRules.Unconfirmed, way, place.Path, fact.Syntax.Place, CheckMessages.Untried(place.Path), null);
                continue;
            }

            if (fact.Syntax is FieldSyntax.Combined) document = samples.Put(document, fact);
            var tried = Tried(fact, place, document, pointer);
            if (tried.Count == 0) continue;
            var site = new FieldSite(fact, place, fact[To].FirstOrDefault(), pointer);
            var usual = Usual(site, tried[0].Execution);
            refusals.Tell(site, tried, usual);
            var passed = tried.Where(one => one.Execution.Problems.All(problem => usual.Contains((problem.Rule, problem.Path)))).ToList();
            foreach (var same in passed.GroupBy(one => one.Execution.Told).Where(group => group.Skip(1).Any())) merging.Tell(site, [.. same.Where(one => one.IsValid)]);
            if (trial.Mapping.Direction == MappingDirection.Both && fact.Syntax is FieldSyntax.Copy or FieldSyntax.Combined or FieldSyntax.Parts && usual.Count == 0) returns.Tell(site, fact.Ways == MappingDirection.Both ? passed : [.. passed.Take(MaxOneWay)]);
        }
    }

    // The least document in which the field counts; if that does not translate, one that has all else, if it does.
    (JsonValue Document, string Pointer)? Start(FieldFact fact, FieldPlace place)
    {
        if (samples.With(place, fact) is not var (document, pointer)) return null;
        if (trial.IsSpent || samples.Values(fact, place) is not [var value, ..] || trial.Execute(way, JsonPointer.Replace(document, pointer, value)).Succeeded) return (document, pointer);
        return samples.Placed(samples.Full(), place, fact) is var (full, at) && trial.Execute(way, JsonPointer.Replace(full, at, value)).Succeeded ? (full, at) : (document, pointer);
    }

    // What is wrong with the document whatever stands at the place.
    static HashSet<(string, string)> Usual(FieldSite site, Execution execution) =>
        [.. execution.Refused.Where(problem => !problem.Path.StartsWith(site.Pointer, StringComparison.Ordinal))
            .Concat(execution.Broken.Where(problem => site.There is null || !SampleBase.KeyOf(problem.Path).StartsWith(site.There.Key, StringComparison.Ordinal)))
            .Select(problem => (problem.Rule, problem.Path))];

    List<FieldAttempt> Tried(FieldFact fact, FieldPlace place, JsonValue document, string pointer)
    {
        var tried = new List<FieldAttempt>();
        foreach (var value in samples.Values(fact, place).Concat(HiddenBy(fact)).Distinct())
        {
            if (!trial.IsSpent) tried.Add(new FieldAttempt(value, trial.Execute(way, JsonPointer.Replace(document, pointer, value)), trial, From));
        }

        var without = samples.Absent(document, pointer);
        if (!trial.IsSpent && without != document) tried.Add(new FieldAttempt(Absent, trial.Execute(way, without), trial, From));
        return tried;
    }

    // The value that becomes what a default writes.
    IEnumerable<JsonValue> HiddenBy(FieldFact fact)
    {
        foreach (var standing in DefaultsOf(fact, facts, way))
        {
            var value = TypeCheck.Constant(((FieldSyntax.Default)standing.Syntax).Value, standing[To][0].Resolved, new ProblemList());
            if (value is not { } known) continue;
            var back = fact.Converter is null ? known : (way == MappingDirection.In ? fact.Converter.Out : fact.Converter.In)(known) is { Rule: null } converted ? converted.Value : JsonValue.Null;
            if (!back.IsNull) yield return back;
        }
    }

    /// <summary>The defaults that stand where a field writes nothing.</summary>
    public static IEnumerable<FieldFact> DefaultsOf(FieldFact fact, ImmutableArray<FieldFact> facts, MappingDirection way) =>
        facts.Where(other => other.Syntax is FieldSyntax.Default && other.Ways.HasFlag(way) && other[FieldFact.To(way)] is [var target] && fact[FieldFact.To(way)].Any(place => place.Key == target.Key && place.Path == target.Path));
}
