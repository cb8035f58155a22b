using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tells which values of a field do not come back as they were.</summary>
sealed class FieldReturn(Trial trial, MappingDirection way, FindingList findings)
{
    // Of so many values it is said what became of each.
    const int MaxTold = 8;

    public void Tell(FieldSite site, List<FieldAttempt> passed)
    {
        var sent = passed.Where(one => one.Execution.Succeeded && !one.Value.IsNull && !trial.IsSpent).ToList();
        foreach (var same in sent.Select(one => Back(site, one)).OfType<Return>().GroupBy(one => (one.Rule, one.Path)))
        {
            // That none comes back of those that arrive is about the place.
            var isOfPlace = same.Count() == sent.Count;
            foreach (var alike in same.SelectMany(one => one.How.DefaultIfEmpty(), (one, how) => (one, how)).GroupBy(one => one.how, one => one.one)) Tell(site, alike.Key, [.. alike], isOfPlace);
        }
    }

    void Tell(FieldSite site, HowBack? how, List<Return> alike, bool isOfPlace)
    {
        var first = alike[0];
        var values = first.Field is null || isOfPlace ? [] : SampleValues.Listed(site.Here, alike.Select(one => one.One.Value));
        var message = values.IsEmpty ? first.Message : string.Join(' ', alike.Select(one => one.Message).Distinct(StringComparer.Ordinal).Take(MaxTold));

        // That a field goes one way is why nothing comes back, and no reason for something else.
        findings.Add(first.Rule, way, first.Path, first.Place, message, FindingList.Back(first.One.Execution, first.Now), first.Field, how is null or HowBack.Gone ? first.Why : null, values: values, how: how);
    }

    sealed record Return(string Rule, string Path, Place Place, string Message, FieldSyntax? Field, string? Why, FieldAttempt One, Execution Now, ImmutableArray<HowBack?> How);

    Return? Back(FieldSite site, FieldAttempt one)
    {
        var back = trial.Execute(way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, one.Execution.Result);
        var now = JsonPointer.Find(back.Result, site.Pointer) ?? JsonValue.Null;
        if ((back.Succeeded && (now == one.Value || IsElsewhere(site, one, back))) || (site.Fact.Ways == MappingDirection.Both && IsKnown(site)) || !one.IsValid) return null;
        if (!back.Succeeded)
        {
            var problem = back.Problems.First();
            var isHere = problem.Path.Length == 0 || IsAbout(site, SampleBase.KeyOf(problem.Path)) || site.Fact.Ways != MappingDirection.Both;
            var path = isHere ? site.Here.Path : SampleBase.PathOf(problem.Path);
            return new Return(
                CheckRules.NotBack, path, isHere ? site.Fact.Syntax.Place : trial.Mapping.Syntax.FieldsPlace, CheckMessages.BackRefused(path, problem.Message, CheckMessages.Preview(one.Value)), isHere ? site.Fact.Syntax : null, isHere ? site.Fact.Why : null, one, back, [HowBack.Refused]);
        }

        var rule = IsSpelling(site, one.Value, now) ? CheckRules.Spelling : one.Value.Kind == JsonKind.Array && one.Value.Count == 0 ? CheckRules.Presence
            : site.Converter is "unit" or "number" or "grid" && !now.IsNull ? CheckRules.Precision : CheckRules.NotBack;
        return new Return(rule, site.Here.Path, site.Fact.Syntax.Place, CheckMessages.NotBack(site.Here.Path, CheckMessages.Preview(one.Value), now.IsNull ? "nothing" : CheckMessages.Preview(now)), site.Fact.Syntax, site.Fact.Why, one, back, rule == CheckRules.NotBack ? [.. HowBacks.Of(one.Value, now)] : []);
    }

    // The order of a list's items means nothing: it may stand in another of the kind that the field reads, if as many have it as had.
    static bool IsElsewhere(FieldSite site, FieldAttempt one, Execution back)
    {
        var key = SampleBase.KeyOf(site.Pointer);
        var asked = site.Here.Groups.Append(site.Here.Resolved).SelectMany(Demand.Chosen).ToList();
        return key.Contains("/*", StringComparison.Ordinal) && Having(one.Execution.Document) is > 0 and var had && had <= Having(back.Result);

        int Having(JsonValue document) => SampleEdit.Standing(document, key).Count(at => JsonPointer.Find(document, at) == one.Value && asked.TrueForAll(demand => demand.HoldsBeside(document, at)));
    }

    static bool IsSpelling(FieldSite site, JsonValue was, JsonValue now) => site.Converter switch
    {
        "telephone" or "postcode" or "identifier" or "boolean" or "upper" or "lower" => !now.IsNull,
        "date" or "time" => SameValue.IsSpelled(was, now),
        "number" or "unit" => SameValue.Number(was) is { } number && number == SameValue.Number(now),
        "date-time" => SameValue.InstantOf(now) is { } instant && instant == SameValue.InstantOf(was),
        _ => false,
    };

    static bool IsAbout(FieldSite site, string key) => new[] { site.Here.Key, site.There?.Key }.OfType<string>().Any(own => JsonPointer.Covers(own, key));

    // What became one with another value cannot come back as it was: that is said already.
    bool IsKnown(FieldSite site) => Knowing.Any(rule => findings.Has(rule, way, site.Here.Path));

    static readonly string[] Knowing = [CheckRules.CodesShareMeaning, CheckRules.Precision, CheckRules.Zone, CheckRules.SameResult, CheckRules.MarkingLowered, CheckRules.DefaultHidesAbsence];
}
