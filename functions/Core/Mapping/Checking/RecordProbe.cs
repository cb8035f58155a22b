using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>
/// Tries whole records in which all that decides varies together: each value, and each item of a list, changed alone must show in what arrives, under every condition; and all must come back.
/// What is lost in one combination only, no field by itself shows.
/// </summary>
sealed class RecordProbe(Trial trial, MappingDirection way, SampleBase samples, RecordSamples records, ImmutableArray<FieldFact> facts, FindingList findings)
{
    /// <summary>The most translations of one direction.</summary>
    public const int MaxRuns = 1_500;

    const int MaxOthers = 8;
    const int MaxRepairs = 6;
    const int MaxCauses = 60;

    readonly KnownLosses known = new(trial.Mapping, way, facts, findings);
    readonly ConditionalLosses losses = new(trial.Mapping, way, findings);
    readonly Dictionary<string, bool> tried = new(StringComparer.Ordinal);
    readonly ImmutableArray<Reader> readers = [.. facts.Where(fact => fact.Reads(way) && fact.Syntax is not FieldSyntax.Ignore).SelectMany(fact => fact[FieldFact.From(way)].Select(place => Reader.Of(fact, place)))];
    readonly Dictionary<string, Asked> asked = new(StringComparer.Ordinal);
    readonly List<(Execution There, HashSet<string> Lost)> passed = [];
    int started;
    int runs;

    Side From => samples.From;

    bool IsSpent => trial.IsSpent || trial.Runs - started >= MaxRuns;

    /// <summary>A field that reads a place, with what it asks before it does.</summary>
    sealed record Reader(FieldFact Fact, FieldPlace Place, ImmutableArray<Demand> Demands, bool ByPosition)
    {
        public static Reader Of(FieldFact fact, FieldPlace place) => new(
            fact, place, Demand.Of(fact, place.Side), place.Groups.Append(place.Resolved).Any(resolved => resolved.Route.Steps.Any(step => step is RouteStep.Index or RouteStep.Where { Pick: not null })));

        /// <summary>Whether it always reads there: what a program makes of it is another matter.</summary>
        public bool IsUnconditional => Demands.IsEmpty && !ByPosition && Fact.Syntax switch
        {
            FieldSyntax.Copy or FieldSyntax.Parts or FieldSyntax.Combined => Place.Resolved.Route.Steps is not [.., RouteStep.Holds],
            FieldSyntax.Each each => each.When.All(condition => condition.Side != Place.Side),
            _ => false,
        };
    }

    /// <summary>What reads at a place of a document, and what decides there.</summary>
    sealed record Asked(ImmutableArray<Reader> Readers, ImmutableArray<Demand> Demands, bool ByPosition, bool Always);

    public void Try()
    {
        started = trial.Runs;
        foreach (var record in records.All.OrderByDescending(record => record.IsFull))
        {
            if (IsSpent) break;
            if (Passing(trial.Execute(way, record.Document)) is { } there) passed.Add((there, Lost(there, record.IsFull)));
        }

        losses.Tell();
        runs = trial.Runs - started;
    }

    /// <summary>Sends back what arrived.</summary>
    public void Return()
    {
        started = trial.Runs - runs;
        foreach (var (there, lost) in passed)
        {
            if (IsSpent) break;
            new RecordReturn(trial, way, samples, facts, known, findings).Try(there, lost);
        }

        if (IsSpent) findings.Add(CheckRules.Unconfirmed, way, "", trial.Mapping.Syntax.FieldsPlace, CheckMessages.SpentRecords, null);
    }

    Execution? Passing(Execution there)
    {
        if (there.Succeeded) return there;

        // What a program asks for no schema says: where one refuses, nothing follows from it.
        if (!there.Refused.Any(problem => problem.Rule == "compute")) Refused(there);
        return Mended(there);
    }

    // What is refused for a value that a sample has by chance is tried without it.
    Execution? Mended(Execution there)
    {
        for (var step = 0; step < MaxRepairs && !IsSpent && there.Refused is [var problem, ..]; step++)
        {
            var less = SampleEdit.Without(there.Document, problem.Path);
            if (problem.Path.Length == 0 || less == there.Document || !trial.IsValid(From, less)) return null;
            there = trial.Execute(way, less);
            if (there.Succeeded) return there;
        }

        return null;
    }

    // A refusal that no field by itself shows; what is wrong besides with a document of which one is told shows in another.
    void Refused(Execution there)
    {
        if (there.Problems.Any(known.IsRefused)) return;
        foreach (var problem in there.Refused.IsEmpty ? there.Broken : there.Refused)
        {
            var (fact, path) = problem.Path.Length == 0 ? Cause(there) : there.Refused.IsEmpty ? Writer(problem) : Reading(there, problem);
            if (known.Refuses(path)) continue;
            var rule = problem.Rule switch { "several" => CheckRules.Several, "required" or "dependent-required" when there.Refused.IsEmpty => CheckRules.Required, _ => CheckRules.Values };
            var where = ConditionText.Of(there.Document, problem.Path, fact is null ? [] : Demand.Of(fact, From));
            findings.Add(rule, way, path, fact?.Syntax.Place ?? trial.Mapping.Syntax.FieldsPlace, CheckMessages.RefusedWhere(path, where, problem.Message), FindingList.Refused(there, there.Problems, problem.Path), fact?.Syntax);
        }
    }

    (FieldFact? Fact, string Path) Reading(Execution there, Problem problem)
    {
        var key = SampleBase.KeyOf(problem.Path);
        var reader = readers.Where(one => SampleBase.Meet(one.Place.Key, key)).OrderByDescending(one => one.Demands.All(demand => demand.HoldsBeside(there.Document, problem.Path))).ThenByDescending(one => one.Place.Key.Length).FirstOrDefault();
        return (reader?.Fact, reader?.Place.Path ?? SampleBase.PathOf(problem.Path));
    }

    (FieldFact? Fact, string Path) Writer(Problem problem)
    {
        var key = SampleBase.KeyOf(problem.Path);
        var writer = readers.SelectMany(one => one.Fact[FieldFact.To(way)].Where(place => SampleBase.Meet(place.Key, key)).Select(place => (one, place.Key))).OrderByDescending(one => one.Key == key ? int.MaxValue : one.Key.Length).FirstOrDefault().one;
        return (writer?.Fact, writer?.Place.Path ?? SampleBase.PathOf(problem.Path));
    }

    // What is wrong with the whole is told of the first place without which it is not.
    (FieldFact? Fact, string Path) Cause(Execution there)
    {
        var cause = RecordSite.Of(there.Document, samples.Shape).Take(MaxCauses).FirstOrDefault(site => !IsSpent && Changed(there, SampleEdit.Without(there.Document, site.Pointer)) is not null);
        return cause is null ? (null, "") : (readers.FirstOrDefault(reader => IsIn(reader.Place.Key, cause.Key))?.Fact, cause.Path);
    }

    // The places of a document of which nothing arrives there, whether that is told already or not.
    HashSet<string> Lost(Execution there, bool isFull)
    {
        var lost = new HashSet<string>(StringComparer.Ordinal);
        foreach (var site in RecordSite.Of(there.Document, samples.Shape))
        {
            if (lost.Any(above => site.Pointer.StartsWith(above + "/", StringComparison.Ordinal))) continue;
            if (known.IsGone(site.Key, there.Document, site.Pointer) || IsLost(there, site, isFull)) lost.Add(site.Pointer);
        }

        return lost;
    }

    bool IsLost(Execution there, RecordSite site, bool isFull)
    {
        var here = AskedAt(site);
        if (here.Always || (here.Readers.IsEmpty && here.Demands.IsEmpty)) return false;
        var situation = $"{site.Key}|{site.Kind}|{(site.Kind == RecordSiteKind.Item ? "" : site.Value.ToString())}|{(here.ByPosition ? site.Pointer : "")}|{string.Join('|', here.Demands.Select(demand => Decider.Beside(there.Document, demand.Key, site.Pointer).ToString()).Distinct(StringComparer.Ordinal))}";
        if (tried.TryGetValue(situation, out var known)) return known;
        if (IsSpent || (here.Readers.IsEmpty && site.Kind == RecordSiteKind.Value && !isFull)) return false;
        return tried[situation] = site.Kind == RecordSiteKind.Value ? IsValueLost(there, site, here) : IsItemLost(there, site, here);
    }

    Asked AskedAt(RecordSite site)
    {
        if (asked.TryGetValue(site.Key + site.Kind, out var found)) return found;
        var (isItem, list) = (site.Kind != RecordSiteKind.Value, site.Kind == RecordSiteKind.Value ? site.Key : site.Key[..^2]);
        var reading = readers.Where(reader => IsIn(reader.Place.Key, site.Key) && (reader.Fact.Syntax is not FieldSyntax.Each || (isItem && (reader.Place.Key == list || reader.Place.Key == site.Key)))).ToList();
        if (isItem) reading = [.. reading.Concat(readers.Where(reader => IsIn(site.Key, reader.Place.Key))).Distinct()];
        var deciding = readers.Where(reader => reader.Demands.Any(demand => demand.Key == list || (isItem && IsIn(site.Key, demand.Key))));
        return asked[site.Key + site.Kind] = new Asked([.. reading], [.. reading.Concat(deciding).SelectMany(reader => reader.Demands).DistinctBy(demand => demand.ToString())], reading.Exists(reader => reader.ByPosition), reading.Exists(reader => reader.IsUnconditional));
    }

    static bool IsIn(string around, string key) => key == around || key.StartsWith(around + "/", StringComparison.Ordinal);

    bool IsValueLost(Execution there, RecordSite site, Asked here)
    {
        Execution? same = null;
        foreach (var other in records.Values(site.Key, site.Shape).Where(value => !IsSpelling(site.Value, value)).Take(MaxOthers))
        {
            if (IsSpent || Changed(there, JsonPointer.Replace(there.Document, site.Pointer, other)) is not { } now) continue;
            if (now.Told != there.Told)
            {
                if (!here.Readers.IsEmpty) return false;
                continue;
            }

            same ??= now;
            if (here.Readers.IsEmpty) break;
        }

        // A value that has one form only, or other spellings, is carried all the same if it makes a difference whether it is there.
        if (same is null || (!here.Readers.IsEmpty && Changed(there, SampleEdit.Without(there.Document, site.Pointer)) is { } without && without.Told != there.Told)) return false;
        losses.Value(site, here.Readers.IsEmpty ? [] : here.Demands, here.Readers.FirstOrDefault()?.Fact ?? facts.FirstOrDefault(fact => Demand.Of(fact, From).Any(demand => demand.Key == site.Key)), there, same);
        return true;
    }

    static bool IsSpelling(JsonValue one, JsonValue other) => one == other || (one.StringOrNull is { } text && other.StringOrNull is { } spelled && Letters(text).Equals(Letters(spelled), StringComparison.OrdinalIgnoreCase));

    static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    // Null if there is no such document, or it is refused: what is refused is not lost in silence.
    Execution? Changed(Execution there, JsonValue document) => document != there.Document && trial.IsValid(From, document) && trial.Execute(way, document) is { Succeeded: true } now ? now : null;

    bool IsItemLost(Execution there, RecordSite site, Asked here)
    {
        var list = site.Pointer[..site.Pointer.LastIndexOf('/')];
        var fact = here.Readers.FirstOrDefault(reader => reader.Fact.Syntax is FieldSyntax.Each)?.Fact ?? here.Readers.FirstOrDefault()?.Fact;
        if (Changed(there, SampleEdit.Without(there.Document, site.Pointer)) is { } without && without.Told == there.Told)
        {
            if (site.Kind == RecordSiteKind.ListedValue && !here.Readers.IsEmpty && here.Readers.All(reader => reader.Place.Resolved.Route.Steps is not [.., RouteStep.Holds])) losses.Value(site, here.Demands, fact, there, without);
            else if (!known.IsOfItems(site.Key[..^2], there.Document, site.Pointer)) losses.Item(site, here.Demands, fact, there, without);
            return true;
        }

        if (site.Kind == RecordSiteKind.Item && !known.IsOfItems(site.Key[..^2], there.Document, site.Pointer) && JsonPointer.Find(there.Document, list) is { } items && Changed(there, JsonPointer.Replace(there.Document, list, items.Plus(site.Value))) is { } twice && twice.Told == there.Told)
            losses.Twice(site, fact, there, twice);
        return false;
    }
}
