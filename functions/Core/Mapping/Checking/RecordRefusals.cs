using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What becomes of whole records that are refused: what no field by itself shows is told, and what is left without it is tried.</summary>
sealed class RecordRefusals(Trial trial, MappingDirection way, SampleBase samples, RecordSamples records, ImmutableArray<RecordReader> readers, KnownLosses known, RunBudget budget, FindingList findings)
{
    const int MaxRepairs = 6;
    const int MaxCauses = 60;

    readonly HashSet<string> first = new(StringComparer.Ordinal);
    readonly HashSet<string> last = new(StringComparer.Ordinal);

    Side From => samples.From;

    /// <summary>The record, or if it is refused what is left of it, in two ways: of what excludes each other one is taken away or the other.</summary>
    public IEnumerable<Execution> Passing(Execution there)
    {
        if (there.Succeeded) return [there];

        Tell(there);
        return new[] { Completed(there), budget.IsSpent ? null : records.Counts.Counted(there) is { Succeeded: true } counted ? counted : null, Mended(there, first, sites => sites), Mended(there, last, Enumerable.Reverse) }.OfType<Execution>();
    }

    // What only lacks something is tried with that beside it.
    Execution? Completed(Execution there)
    {
        if (budget.IsSpent || !there.Refused.IsEmpty) return null;
        var more = samples.Complete(there.Document);
        return trial.IsValid(From, more) && trial.Execute(way, more) is { Succeeded: true } completed ? completed : null;
    }

    // What is refused for something that a sample has by chance is tried without it: where the problem is, or where it was before, or the first place without which there are fewer.
    Execution? Mended(Execution there, HashSet<string> culprits, Func<IEnumerable<RecordSite>, IEnumerable<RecordSite>> order)
    {
        for (var step = 0; step < MaxRepairs && !there.Succeeded; step++)
        {
            var sites = order(samples.Places.Sites(there.Document)).OrderBy(site => records.Deciders.Any(decider => SampleBase.Meet(decider.Key, site.Key))).Take(MaxCauses).ToList();
            var places = there.Refused.Take(1).Select(problem => problem.Path).Where(path => path.Length > 0).Concat(sites.Where(site => culprits.Contains(site.Key)).Select(site => site.Pointer)).Concat(sites.Select(site => site.Pointer)).Distinct(StringComparer.Ordinal);
            if (places.Select(place => (place, Less: Fewer(there, place))).FirstOrDefault(one => one.Less is not null) is not (var culprit, { } less)) return null;
            culprits.Add(SampleBase.KeyOf(culprit));
            there = less;
        }

        return there.Succeeded ? there : null;
    }

    Execution? Fewer(Execution there, string place)
    {
        var less = SampleEdit.Without(there.Document, place);
        return !budget.IsSpent && less != there.Document && trial.IsValid(From, less) && trial.Execute(way, less) is var now && now.Problems.Count() < there.Problems.Count() ? now : null;
    }

    // A refusal that no field by itself shows; what is wrong besides with a document of which one is told shows in another.
    public void Tell(Execution there)
    {
        if (there.Problems.Any(known.IsRefused)) return;
        if (there.Refused.FirstOrDefault(problem => problem.Rule == "compute") is { } computed)
        {
            Asked(there, computed);
            return;
        }

        foreach (var problem in there.Refused.IsEmpty ? there.Broken : there.Refused)
        {
            var (fact, path) = problem.Path.Length == 0 ? Cause(there) : there.Refused.IsEmpty ? Writer(problem) : Reading(there, problem);
            if (known.Refuses(path)) continue;
            var rule = problem.Rule switch { "several" or "max-items" => CheckRules.Several, "required" or "dependent-required" when there.Refused.IsEmpty => CheckRules.Required, "type" when there.Refused.IsEmpty && JsonPointer.Find(there.Result, problem.Path) is null or { IsNull: true } => CheckRules.Required, _ => CheckRules.Values };
            var where = ConditionText.Of(there.Document, problem.Path, fact is null ? [] : Demand.Of(fact, From));
            findings.Add(rule, way, path, fact?.Syntax.Place ?? trial.Mapping.Syntax.FieldsPlace, CheckMessages.RefusedWhere(path, where, problem.Message), FindingList.Refused(there, there.Problems, problem.Path), fact?.Syntax);
        }
    }

    // What a program asks for no schema says, and nothing else follows from it: told once, if no value that one reads is told to be refused.
    void Asked(Execution there, Problem problem)
    {
        var programs = readers.Where(reader => reader.Fact.Syntax is FieldSyntax.Compute).ToList();
        if (programs is not [var first, ..] || programs.Exists(reader => known.Refuses(reader.Place.Path))) return;
        findings.Add(CheckRules.Values, way, first.Place.Path, first.Fact.Syntax.Place, CheckMessages.Refusal(first.Place.Path, problem.Message), FindingList.Refused(there, there.Problems, ""), first.Fact.Syntax);
    }

    (FieldFact? Fact, string Path) Reading(Execution there, Problem problem)
    {
        var key = SampleBase.KeyOf(problem.Path);
        var reader = readers.Where(one => SampleBase.Meet(one.Place.Key, key)).OrderByDescending(one => one.Place.Key == key || one.Place.Key + "/*" == key).ThenByDescending(one => one.Demands.All(demand => demand.HoldsBeside(there.Document, problem.Path))).ThenByDescending(one => one.Place.Key.Length).FirstOrDefault();
        return (reader?.Fact, reader?.Place.Path ?? SampleBase.PathOf(problem.Path));
    }

    (FieldFact? Fact, string Path) Writer(Problem problem)
    {
        var key = SampleBase.KeyOf(problem.Path);
        var writer = readers.SelectMany(one => one.Fact[FieldFact.To(way)].Where(place => SampleBase.Meet(place.Key, key)).Select(place => (one, place.Key))).OrderByDescending(one => problem.Rule == "max-items" && one.one.Fact.Syntax is FieldSyntax.Each).ThenByDescending(one => one.Key == key ? int.MaxValue : one.Key.Length).FirstOrDefault().one;
        return (writer?.Fact, writer?.Place.Path ?? SampleBase.PathOf(problem.Path));
    }

    // What is wrong with the whole is told of the first place without which it is not.
    (FieldFact? Fact, string Path) Cause(Execution there)
    {
        var cause = samples.Places.Sites(there.Document).Take(MaxCauses).Where(site => Fewer(there, site.Pointer) is { Succeeded: true }).Cast<RecordSite?>().FirstOrDefault();
        return cause is not { } found ? (null, "") : (readers.FirstOrDefault(reader => JsonPointer.Covers(reader.Place.Key, found.Key))?.Fact, found.Path);
    }
}
