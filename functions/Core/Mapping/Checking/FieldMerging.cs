using System.Collections.Immutable;
using Interop.Core.Json;
using NodaTime;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tells which values of a field become the same, and what that means.</summary>
sealed class FieldMerging(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    /// <param name="site">The place.</param>
    /// <param name="same">The values that tell the same.</param>
    public void Tell(FieldSite site, List<FieldAttempt> same)
    {
        var isMarking = (way == MappingDirection.In ? site.There : site.Here) is { Key: var key } && key.StartsWith("/marking/", StringComparison.Ordinal);
        var there = same.Where(one => !one.Value.IsNull).ToList();
        if (there.Count < same.Count && there.Count > 0) Absence(site, same.Find(one => one.Value.IsNull)!, there[0]);
        if (there.Count < 2) return;
        if (site.Converter == "date-time")
        {
            Times(site, there);
            return;
        }

        var rule = site.Converter switch
        {
            "code" => isMarking ? CheckRules.MarkingLowered : CheckRules.CodesShareMeaning,
            "date" or "time" when there.TrueForAll(one => SameValue.IsSpelled(one.Value, there[0].Value)) => CheckRules.Spelling,
            "date" or "time" or "unit" or "grid" => CheckRules.Precision,
            "number" when Numbers(there).Distinct().Skip(1).Any() => CheckRules.Precision,
            "boolean" when there.Select(one => SameValue.Word(one.Value)).Distinct(StringComparer.Ordinal).Skip(1).Any() => CheckRules.SameResult,
            "telephone" or "postcode" or "identifier" or "number" or "boolean" or "upper" or "lower" => CheckRules.Spelling,
            null when there.TrueForAll(one => one.Value.Kind == JsonKind.Array && one.Value.Count < 2) => CheckRules.Presence,
            _ => isMarking ? CheckRules.MarkingLowered : CheckRules.SameResult,
        };
        Add(rule, site, there);
    }

    // Spellings of one number are one number; what was rounded away is not.
    static IEnumerable<decimal> Numbers(List<FieldAttempt> there) => there.Select(one => SameValue.Number(one.Value)).OfType<decimal>();

    void Add(string rule, FieldSite site, List<FieldAttempt> there)
    {
        var values = there.Select(one => CheckMessages.Preview(one.Value)).ToList();
        var result = CheckMessages.Preview(site.There is { } target && JsonPointer.Find(there[0].Execution.Result, target.FirstPointer) is { } at ? at : there[0].Execution.Result);
        var list = SampleValues.ListOf(site.Fact, trial.Mapping.CodesByName);
        var named = list is null ? SampleValues.Listed(site.Here, there.Select(one => one.Value)) : Shared(site, list, there);
        var message = rule == CheckRules.MarkingLowered ? CheckMessages.Marking(site.Here.Path, values, result)
            : list is not null ? CheckMessages.SharedCodes(site.Here.Path, named.Select(code => $"\"{code}\""), result, list.Name)
            : rule == CheckRules.Spelling && site.Converter == "date-time" ? CheckMessages.OneInstant(site.Here.Path, values, result) : CheckMessages.Together(site.Here.Path, values, result);
        var shown = FindingList.Same([.. there.Select(one => one.Execution)]);
        findings.Add(rule, way, site.Here.Path, site.Fact.Syntax.Place, message, list is null ? shown : Reversed(shown), site.Fact.Syntax, list?.ReasonOf(way, named), list is null ? "" : site.Target, values: named);
    }

    // The codes that were seen to become one, and those of the same meaning that are too many to be tried.
    ImmutableArray<string> Shared(FieldSite site, CodeList list, List<FieldAttempt> there)
    {
        var codes = list.Meanings(way);
        var (seen, tried) = (Texts(there.Select(one => one.Value)), Texts(samples.Values(site.Fact, site.Here)));
        var meanings = seen.Select(code => codes.GetValueOrDefault(code)).ToHashSet(StringComparer.Ordinal);
        return [.. seen, .. codes.Where(pair => meanings.Contains(pair.Value) && !seen.Contains(pair.Key) && !tried.Contains(pair.Key) && site.Own is { Allowed: var allowed } && (allowed.IsEmpty || allowed.Any(value => Typed.TextOf(value) == pair.Key))).Select(pair => pair.Key)];
    }

    static HashSet<string> Texts(IEnumerable<JsonValue> values) => values.Select(SampleValues.Single).Select(Typed.TextOf).OfType<string>().ToHashSet(StringComparer.Ordinal);

    // What codes became, on the way back: it is refused, or says none of them, or one.
    Counterexample Reversed(Counterexample shown)
    {
        if (trial.Mapping.Direction != MappingDirection.Both || trial.IsSpent) return shown;
        var back = trial.Execute(way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, shown.Result);
        return shown with { Back = back.Result, Problems = [.. back.Problems] };
    }

    void Absence(FieldSite site, FieldAttempt absent, FieldAttempt present)
    {
        var standing = FieldProbe.DefaultsOf(site.Fact, facts, way).FirstOrDefault();
        var shown = FindingList.Same([absent.Execution, present.Execution]);
        if (site.Fact is { Syntax: FieldSyntax.Constant, Why: { } why })
            findings.Add(way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent, way, site.Here.Path, site.Fact.Syntax.Place, CheckMessages.StatedOrAbsent(site.Here.Path, CheckMessages.Preview(present.Value)), shown, site.Fact.Syntax, why);
        else if (standing is null) findings.Add(CheckRules.Presence, way, site.Here.Path, site.Fact.Syntax.Place, CheckMessages.EmptyIsAbsent(site.Here.Path), shown);
        else findings.Add(CheckRules.DefaultHidesAbsence, way, site.Here.Path, standing.Syntax.Place, CheckMessages.DefaultHides(site.Here.Path, CheckMessages.Preview(present.Value)), shown, standing.Syntax, standing.Syntax.Reason);
    }

    // Texts of one instant are spellings; instants an hour apart were told apart by the offset alone.
    void Times(FieldSite site, List<FieldAttempt> there)
    {
        var instants = there.GroupBy(one => SameValue.InstantOf(one.Value)).ToList();
        foreach (var spelled in instants.Where(group => group.Skip(1).Any()).Take(1)) Add(CheckRules.Spelling, site, [.. spelled]);
        if (instants.Count < 2) return;
        var distinct = instants.ConvertAll(group => group.First());
        var apart = distinct.Select(one => SameValue.InstantOf(one.Value)).OfType<Instant>().ToList();
        Add(apart.Count > 1 && apart.Max() - apart.Min() >= Duration.FromMinutes(30) ? CheckRules.Zone : CheckRules.Precision, site, distinct);
    }
}
