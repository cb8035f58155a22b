using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;
using NodaTime;
using NodaTime.Text;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries the values of one field in one direction: which are refused, which become the same, which do not come back.</summary>
sealed class FieldProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    // How many values of a field that goes one way are sent back: none comes back by it.
    const int MaxOneWay = 3;

    // A value that stands for "the member is not there".
    static readonly JsonValue Absent = JsonValue.Null;

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
            var site = new Site(fact, place, fact[To].FirstOrDefault(), pointer);
            var usual = Usual(site, tried[0].Execution);
            Refusals(site, tried, usual);
            var passed = tried.Where(one => one.Execution.Problems.All(problem => usual.Contains((problem.Rule, problem.Path)))).ToList();
            foreach (var same in passed.GroupBy(one => one.Execution.Told).Where(group => group.Skip(1).Any())) Together(site, [.. same.Where(one => one.IsValid)]);
            if (trial.Mapping.Direction == MappingDirection.Both && fact.Syntax is FieldSyntax.Copy or FieldSyntax.Combined or FieldSyntax.Parts && usual.Count == 0) Back(site, fact.Ways == MappingDirection.Both ? passed : [.. passed.Take(MaxOneWay)]);
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
    static HashSet<(string, string)> Usual(Site site, Execution execution) =>
        [.. execution.Refused.Where(problem => !problem.Path.StartsWith(site.Pointer, StringComparison.Ordinal))
            .Concat(execution.Broken.Where(problem => site.There is null || !SampleBase.KeyOf(problem.Path).StartsWith(site.There.Key, StringComparison.Ordinal)))
            .Select(problem => (problem.Rule, problem.Path))];

    sealed record Site(FieldFact Fact, FieldPlace Here, FieldPlace? There, string Pointer)
    {
        public ScalarShape? Own => SampleValues.ItemOf(Here);

        public ScalarShape? Other => There is null ? null : SampleValues.ItemOf(There);

        public string? Converter => Fact.Syntax switch
        {
            FieldSyntax.Copy copy => copy.Converter?.Name,
            FieldSyntax.Parts parts => parts.Converter?.Name,
            FieldSyntax.Combined combined => combined.Kind.Name,
            _ => null,
        };

        public string Target => There?.Path ?? "";
    }

    /// <summary>A value that was tried. Whether the document is valid at all is asked only where something came of it.</summary>
    sealed class Attempt(JsonValue value, Execution execution, Trial trial, Side side)
    {
        bool? isValid;

        public JsonValue Value => value;

        public Execution Execution => execution;

        public bool IsValid => isValid ??= trial.IsValid(side, execution.Document);
    }

    List<Attempt> Tried(FieldFact fact, FieldPlace place, JsonValue document, string pointer)
    {
        var tried = new List<Attempt>();
        foreach (var value in samples.Values(fact, place).Concat(HiddenBy(fact)).Distinct())
        {
            if (!trial.IsSpent) tried.Add(new Attempt(value, trial.Execute(way, JsonPointer.Replace(document, pointer, value)), trial, From));
        }

        var without = samples.Absent(document, pointer);
        if (!trial.IsSpent && without != document) tried.Add(new Attempt(Absent, trial.Execute(way, without), trial, From));
        return tried;
    }

    // The value that becomes what a default writes.
    IEnumerable<JsonValue> HiddenBy(FieldFact fact)
    {
        foreach (var standing in DefaultsOf(fact))
        {
            var value = TypeCheck.Constant(((FieldSyntax.Default)standing.Syntax).Value, standing[To][0].Resolved, new ProblemList());
            if (value is not { } known) continue;
            var back = fact.Converter is null ? known : (way == MappingDirection.In ? fact.Converter.Out : fact.Converter.In)(known) is { Rule: null } converted ? converted.Value : JsonValue.Null;
            if (!back.IsNull) yield return back;
        }
    }

    IEnumerable<FieldFact> DefaultsOf(FieldFact fact) => facts.Where(other => other.Syntax is FieldSyntax.Default && other.Ways.HasFlag(way) && other[To] is [var target] && fact[To].Any(place => place.Key == target.Key && place.Path == target.Path));

    void Refusals(Site site, List<Attempt> tried, HashSet<(string, string)> usual)
    {
        foreach (var same in tried.SelectMany(one => Refused(site, one, usual)).GroupBy(found => found.Rule, StringComparer.Ordinal))
        {
            var (rule, problem, one) = same.First();
            var values = SampleValues.Listed(site.Here, rule == CheckRules.CodesMissing ? Missing(site) : same.Select(found => found.One.Value));
            findings.Add(rule, way, site.Here.Path, site.Fact.Syntax.Place, Said(rule, site, problem, values, one), FindingList.Refused(one.Execution, one.Execution.Problems, site.Pointer), site.Fact.Syntax, values: values);
        }
    }

    IEnumerable<(string Rule, Problem Problem, Attempt One)> Refused(Site site, Attempt one, HashSet<(string, string)> usual)
    {
        // What the result lacks because a value was refused is said by the refusal.
        var refused = one.Execution.Refused.Where(problem => !usual.Contains((problem.Rule, problem.Path))).Select(problem => (problem, false)).ToList();
        foreach (var (problem, ofTarget) in refused.Count > 0 ? refused : one.Execution.Broken.Where(problem => !usual.Contains((problem.Rule, problem.Path))).Select(problem => (problem, true)))
        {
            if (!one.IsValid) yield break;

            // What goes with an absent value is about other fields.
            if (one.Value.IsNull && ofTarget && site.There is { } there && !SampleBase.Meet(there.Key, SampleBase.KeyOf(problem.Path))) continue;
            yield return (Stated.RuleOf(problem, ofTarget, site.Fact, site.Here, one.Value), problem, one);
        }
    }

    // All codes of the schema that the list does not have, however many were tried.
    IEnumerable<JsonValue> Missing(Site site) => SampleValues.ListOf(site.Fact, trial.Mapping.CodesByName) is not { } list ? [] : site.Own!.Allowed.Where(value => Typed.TextOf(value) is { } code && !CodesOf(list).ContainsKey(code));

    IReadOnlyDictionary<string, string> CodesOf(CodeList list) => way == MappingDirection.In ? list.ToCanonical : list.ToSource;

    string Said(string rule, Site site, Problem problem, ImmutableArray<string> values, Attempt one) => rule switch
    {
        CheckRules.Length when problem.Rule == "max-length" && one.Value is { Kind: JsonKind.Array, Count: > 1 } && site.Other?.MaxLength is { } most && JsonPointer.Find(one.Execution.Result, problem.Path)?.StringOrNull is { } whole && !SampleValues.IsList(site.There!) =>
            CheckMessages.ManyTogether(site.Here.Path, one.Value.Count, whole.Length, most, site.Target),
        CheckRules.CodesMissing => CheckMessages.MissingCodes(site.Here.Path, Missing(site).Select(CheckMessages.Preview), SampleValues.ListOf(site.Fact, trial.Mapping.CodesByName)?.Name ?? ""),
        CheckRules.Length when problem.Rule == "max-length" && site is { Own.MaxLength: { } length, Other.MaxLength: { } limit } && length > limit => CheckMessages.LengthClash(site.Here.Path, length, limit, site.Target),
        CheckRules.Required => CheckMessages.OptionalToRequired(site.Here.Path, SampleBase.PathOf(problem.Path)),
        CheckRules.Values when !values.IsEmpty => CheckMessages.RefusedValues(site.Here.Path, values, problem.Message),
        _ => CheckMessages.Refusal(site.Here.Path, problem.Message),
    };

    void Together(Site site, List<Attempt> same)
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
            "date" or "time" when there.TrueForAll(one => IsSpelled(one.Value, there[0].Value)) => CheckRules.Spelling,
            "date" or "time" or "unit" or "grid" => CheckRules.Precision,
            "number" when Numbers(there).Distinct().Skip(1).Any() => CheckRules.Precision,
            "boolean" when there.Select(one => Word(one.Value)).Distinct(StringComparer.Ordinal).Skip(1).Any() => CheckRules.SameResult,
            "telephone" or "postcode" or "identifier" or "number" or "boolean" or "upper" or "lower" => CheckRules.Spelling,
            null when there.TrueForAll(one => one.Value.Kind == JsonKind.Array && one.Value.Count < 2) => CheckRules.Presence,
            _ => isMarking ? CheckRules.MarkingLowered : CheckRules.SameResult,
        };
        Add(rule, site, there);
    }

    // What says yes or no in other words is the same value; any other word may mean something else.
    static string Word(JsonValue value) => Typed.TextOf(value)?.Trim().ToUpperInvariant() switch
    {
        "Y" or "YES" or "T" or "TRUE" or "1" or "ON" => "yes",
        "N" or "NO" or "F" or "FALSE" or "0" or "OFF" => "no",
        var other => $"'{other}'",
    };

    // Spellings of one number are one number; what was rounded away is not.
    static IEnumerable<decimal> Numbers(List<Attempt> there) => there.Select(one => Number(one.Value)).OfType<decimal>();

    static decimal? Number(JsonValue value) =>
        decimal.TryParse(value.Kind == JsonKind.Number ? value.ToString() : value.StringOrNull, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : default(decimal?);

    void Add(string rule, Site site, List<Attempt> there)
    {
        var values = there.Select(one => CheckMessages.Preview(one.Value)).ToList();
        var result = CheckMessages.Preview(site.There is { } target && JsonPointer.Find(there[0].Execution.Result, target.FirstPointer) is { } at ? at : there[0].Execution.Result);
        var list = SampleValues.ListOf(site.Fact, trial.Mapping.CodesByName);
        var named = list is null ? SampleValues.Listed(site.Here, there.Select(one => one.Value)) : Shared(site, list, there);
        var message = rule == CheckRules.MarkingLowered ? CheckMessages.Marking(site.Here.Path, values, result)
            : list is not null ? CheckMessages.SharedCodes(site.Here.Path, named.Select(code => $"\"{code}\""), result, list.Name)
            : rule == CheckRules.Spelling && site.Converter == "date-time" ? CheckMessages.OneInstant(site.Here.Path, values, result) : CheckMessages.Together(site.Here.Path, values, result);
        var shown = FindingList.Same([.. there.Select(one => one.Execution)]);
        findings.Add(rule, way, site.Here.Path, site.Fact.Syntax.Place, message, list is null ? shown : Reversed(shown), site.Fact.Syntax, list?.ReasonOf(way, named), CheckRules.All[rule].Severity == FindingSeverity.Note || named.IsEmpty ? "" : result, values: named);
    }

    // The codes that were seen to become one, and those of the same meaning that are too many to be tried.
    ImmutableArray<string> Shared(Site site, CodeList list, List<Attempt> there)
    {
        var codes = CodesOf(list);
        var seen = there.Select(one => one.Value is { Kind: JsonKind.Array, Count: 1 } value ? value.Items[0] : one.Value).Select(Typed.TextOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var tried = samples.Values(site.Fact, site.Here).Select(Typed.TextOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var meanings = seen.Select(code => codes.GetValueOrDefault(code)).ToHashSet(StringComparer.Ordinal);
        return [.. seen, .. codes.Where(pair => meanings.Contains(pair.Value) && !seen.Contains(pair.Key) && !tried.Contains(pair.Key) && site.Own is { Allowed: var allowed } && (allowed.IsEmpty || allowed.Any(value => Typed.TextOf(value) == pair.Key))).Select(pair => pair.Key)];
    }

    // What codes became, on the way back: it is refused, or says none of them, or one.
    Counterexample Reversed(Counterexample shown)
    {
        if (trial.Mapping.Direction != MappingDirection.Both || trial.IsSpent) return shown;
        var back = trial.Execute(way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, shown.Result);
        return shown with { Back = back.Result, Problems = [.. back.Problems] };
    }

    void Absence(Site site, Attempt absent, Attempt present)
    {
        var standing = DefaultsOf(site.Fact).FirstOrDefault();
        var shown = FindingList.Same([absent.Execution, present.Execution]);
        if (site.Fact is { Syntax: FieldSyntax.Constant, Why: { } why })
            findings.Add(way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent, way, site.Here.Path, site.Fact.Syntax.Place, CheckMessages.StatedOrAbsent(site.Here.Path, CheckMessages.Preview(present.Value)), shown, site.Fact.Syntax, why);
        else if (standing is null) findings.Add(CheckRules.Presence, way, site.Here.Path, site.Fact.Syntax.Place, CheckMessages.EmptyIsAbsent(site.Here.Path), shown);
        else findings.Add(CheckRules.DefaultHidesAbsence, way, site.Here.Path, standing.Syntax.Place, CheckMessages.DefaultHides(site.Here.Path, CheckMessages.Preview(present.Value)), shown, standing.Syntax, standing.Syntax.Reason);
    }

    // Texts of one instant are spellings; instants an hour apart were told apart by the offset alone.
    void Times(Site site, List<Attempt> there)
    {
        var instants = there.GroupBy(one => InstantOf(one.Value)).ToList();
        foreach (var spelled in instants.Where(group => group.Skip(1).Any()).Take(1)) Add(CheckRules.Spelling, site, [.. spelled]);
        if (instants.Count < 2) return;
        var distinct = instants.ConvertAll(group => group.First());
        var apart = distinct.Select(one => InstantOf(one.Value)).OfType<Instant>().ToList();
        Add(apart.Count > 1 && apart.Max() - apart.Min() >= Duration.FromMinutes(30) ? CheckRules.Zone : CheckRules.Precision, site, distinct);
    }

    static Instant? InstantOf(JsonValue value) => value.StringOrNull is { } text && OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true, Value: var time } ? time.ToInstant() : null;

    void Back(Site site, List<Attempt> passed)
    {
        var sent = passed.Where(one => one.Execution.Succeeded && !one.Value.IsNull && !trial.IsSpent).ToList();
        foreach (var same in sent.Select(one => Back(site, one)).OfType<Return>().GroupBy(one => (one.Rule, one.Path)))
        {
            // That none comes back of those that arrive is about the place.
            var first = same.First();
            var values = first.Field is null || same.Count() == sent.Count ? [] : SampleValues.Listed(site.Here, same.Select(one => one.One.Value));
            findings.Add(first.Rule, way, first.Path, first.Place, first.Message, FindingList.Back(first.One.Execution, first.Now), first.Field, first.Why, values: values);
        }
    }

    sealed record Return(string Rule, string Path, Place Place, string Message, FieldSyntax? Field, string? Why, Attempt One, Execution Now);

    Return? Back(Site site, Attempt one)
    {
        var back = trial.Execute(way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, one.Execution.Result);
        var now = JsonPointer.Find(back.Result, site.Pointer) ?? JsonValue.Null;
        if ((back.Succeeded && now == one.Value) || (site.Fact.Ways == MappingDirection.Both && IsKnown(site)) || !one.IsValid) return null;
        if (!back.Succeeded)
        {
            var problem = back.Problems.First();
            var isHere = problem.Path.Length == 0 || IsAbout(site, SampleBase.KeyOf(problem.Path)) || site.Fact.Ways != MappingDirection.Both;
            var path = isHere ? site.Here.Path : SampleBase.PathOf(problem.Path);
            return new Return(
                CheckRules.NotBack, path, isHere ? site.Fact.Syntax.Place : trial.Mapping.Syntax.FieldsPlace, CheckMessages.BackRefused(path, problem.Message), isHere ? site.Fact.Syntax : null, isHere ? site.Fact.Why : null, one, back);
        }

        var rule = IsSpelling(site, one.Value, now) ? CheckRules.Spelling : one.Value.Kind == JsonKind.Array && one.Value.Count == 0 ? CheckRules.Presence
            : site.Converter is "unit" or "number" or "grid" && !now.IsNull ? CheckRules.Precision : CheckRules.NotBack;
        return new Return(rule, site.Here.Path, site.Fact.Syntax.Place, CheckMessages.NotBack(site.Here.Path, CheckMessages.Preview(one.Value), now.IsNull ? "nothing" : CheckMessages.Preview(now)), site.Fact.Syntax, site.Fact.Why, one, back);
    }

    static bool IsSpelling(Site site, JsonValue was, JsonValue now) => site.Converter switch
    {
        "telephone" or "postcode" or "identifier" or "boolean" or "upper" or "lower" => !now.IsNull,
        "date" or "time" => IsSpelled(was, now),
        "number" or "unit" => Number(was) is { } number && number == Number(now),
        "date-time" => InstantOf(now) is { } instant && instant == InstantOf(was),
        _ => false,
    };

    // The name of a month in capitals or not.
    static bool IsSpelled(JsonValue one, JsonValue other) => string.Equals(one.StringOrNull, other.StringOrNull, StringComparison.OrdinalIgnoreCase);

    static bool IsAbout(Site site, string key) => new[] { site.Here.Key, site.There?.Key }.OfType<string>().Any(own => JsonPointer.Covers(own, key));

    // What became one with another value cannot come back as it was: that is said already.
    bool IsKnown(Site site) => Knowing.Any(rule => findings.Has(rule, way, site.Here.Path));

    static readonly string[] Knowing = [CheckRules.CodesShareMeaning, CheckRules.Precision, CheckRules.Zone, CheckRules.SameResult, CheckRules.MarkingLowered, CheckRules.DefaultHidesAbsence];
}
