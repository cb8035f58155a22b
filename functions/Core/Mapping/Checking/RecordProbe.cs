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
    readonly ImmutableArray<(FieldFact Fact, ImmutableArray<Demand> Demands)> askers = [.. facts.Where(fact => fact.Ways.HasFlag(way)).Select(fact => (fact, Demand.Of(fact, FieldFact.From(way)))).Where(one => !one.Item2.IsEmpty)];
    readonly Dictionary<string, Asked> asked = new(StringComparer.Ordinal);
    readonly HashSet<string> first = new(StringComparer.Ordinal);
    readonly HashSet<string> last = new(StringComparer.Ordinal);
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

        /// <summary>Whether it reads only if a list holds a value.</summary>
        public bool IsQuestion => Place.Resolved.Route.Steps is [.., RouteStep.Holds];

        /// <summary>Whether it always reads there: what a program makes of it is another matter.</summary>
        public bool IsUnconditional => Demands.IsEmpty && !ByPosition && Fact.Syntax switch
        {
            FieldSyntax.Copy or FieldSyntax.Parts or FieldSyntax.Combined => !IsQuestion,
            FieldSyntax.Each each => each.When.All(condition => condition.Side != Place.Side),
            _ => false,
        };
    }

    /// <summary>What reads at a place of a document, and what decides there.</summary>
    /// <param name="Readers">The fields that read there.</param>
    /// <param name="Demands">What they ask, and what those ask that ask there.</param>
    /// <param name="Decided">Where those read that ask there, if nothing else reads there.</param>
    /// <param name="ByPosition">Whether a position decides.</param>
    /// <param name="Always">Whether a field reads there always.</param>
    sealed record Asked(ImmutableArray<Reader> Readers, ImmutableArray<Demand> Demands, ImmutableArray<string> Decided, bool ByPosition, bool Always);

    public void Try()
    {
        started = trial.Runs;
        foreach (var record in records.All.OrderByDescending(record => record.IsFull))
        {
            if (IsSpent) break;
            foreach (var there in Passing(trial.Execute(way, record.Document)))
                if (!passed.Exists(one => one.There.Document == there.Document)) passed.Add((there, Lost(there)));
        }

        losses.Tell();
        runs = trial.Runs - started;
    }

    /// <summary>Sends back what arrived.</summary>
    public void Return()
    {
        started = trial.Runs - runs;
        foreach (var (there, lost) in records.Deciders.IsEmpty ? [] : passed)
        {
            if (IsSpent) break;
            new RecordReturn(trial, way, samples, facts, known, findings).Try(there, lost);
        }

        if (IsSpent) findings.Add(CheckRules.Unconfirmed, way, "", trial.Mapping.Syntax.FieldsPlace, CheckMessages.SpentRecords, null);
    }

    // The record, or if it is refused what is left of it, in two ways: of what excludes each other one is taken away or the other.
    IEnumerable<Execution> Passing(Execution there)
    {
        if (there.Succeeded) return [there];

        // What a program asks for no schema says: where one refuses, nothing follows from it.
        if (!there.Refused.Any(problem => problem.Rule == "compute")) Refused(there);
        return new[] { Mended(there, first, sites => sites), Mended(there, last, Enumerable.Reverse) }.OfType<Execution>();
    }

    // What is refused for something that a sample has by chance is tried without it: where the problem is, or where it was before, or the first place without which there are fewer.
    Execution? Mended(Execution there, HashSet<string> culprits, Func<IEnumerable<RecordSite>, IEnumerable<RecordSite>> order)
    {
        for (var step = 0; step < MaxRepairs && !there.Succeeded; step++)
        {
            var sites = order(RecordSite.Of(there.Document, samples.Shape)).OrderBy(site => records.Deciders.Any(decider => SampleBase.Meet(decider.Key, site.Key))).Take(MaxCauses).ToList();
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
        return !IsSpent && less != there.Document && trial.IsValid(From, less) && trial.Execute(way, less) is var now && now.Problems.Count() < there.Problems.Count() ? now : null;
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
    HashSet<string> Lost(Execution there)
    {
        var lost = new HashSet<string>(StringComparer.Ordinal);
        foreach (var site in RecordSite.Of(there.Document, samples.Shape))
        {
            if (lost.Any(above => above.Length < site.Pointer.Length && JsonPointer.Covers(above, site.Pointer))) continue;
            if (known.IsGone(site.Key, there.Document, site.Pointer) || IsLost(there, site)) lost.Add(site.Pointer);
        }

        return lost;
    }

    bool IsLost(Execution there, RecordSite site)
    {
        var here = AskedAt(site);
        if (here.Always || (here.Demands.IsEmpty && !here.ByPosition && !here.Readers.Any(reader => reader.IsQuestion))) return false;
        var situation = Situation(there.Document, site, here);
        if (tried.TryGetValue(situation, out var known)) return known;
        if (IsSpent) return false;
        return tried[situation] = site.Kind == RecordSiteKind.Value ? IsValueLost(there, site, here) : IsItemLost(there, site, here);
    }

    // All that can decide on what becomes of the place: in the same situation it is not tried again.
    static string Situation(JsonValue document, RecordSite site, Asked here)
    {
        var beside = here.Demands.Select(demand => demand.Key).Distinct(StringComparer.Ordinal).Select(key => Decider.Beside(document, key, site.Pointer).ToString());
        var there = here.Decided.Select(key => Decider.Beside(document, key, site.Pointer).IsNull ? "-" : "+");
        return string.Join('|', [site.Key, site.Kind == RecordSiteKind.Item ? "" : site.Value.ToString(), here.ByPosition ? site.Pointer : "", .. beside, .. there]);
    }

    Asked AskedAt(RecordSite site)
    {
        if (asked.TryGetValue(site.Key + site.Kind, out var found)) return found;
        var (isItem, list) = (site.Kind != RecordSiteKind.Value, site.Kind == RecordSiteKind.Value ? site.Key : site.Key[..^2]);
        var reading = readers.Where(reader => IsIn(reader.Place.Key, site.Key) && (reader.Fact.Syntax is not FieldSyntax.Each || (isItem && (reader.Place.Key == list || reader.Place.Key == site.Key)))).ToList();
        if (isItem) reading = [.. reading.Concat(readers.Where(reader => IsIn(site.Key, reader.Place.Key))).Distinct()];
        var asking = askers.Where(asker => asker.Demands.Any(demand => demand.Key == list || (isItem && IsIn(site.Key, demand.Key)))).ToList();
        var decided = reading.Exists(reader => !isItem && reader.Fact.Syntax is not FieldSyntax.Each) ? [] : asking.SelectMany(asker => asker.Fact[From]).Select(place => place.Key).Where(key => key != site.Key).Distinct(StringComparer.Ordinal);
        return asked[site.Key + site.Kind] = new Asked(
            [.. reading], [.. reading.SelectMany(reader => reader.Demands).Concat(asking.SelectMany(asker => asker.Demands)).DistinctBy(demand => demand.ToString())], [.. decided], reading.Exists(reader => reader.ByPosition), reading.Exists(reader => reader.IsUnconditional));
    }

    static bool IsIn(string around, string key) => JsonPointer.Covers(around, key);

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

        if (same is null) return false;
        losses.Value(site, here.Readers.IsEmpty ? [] : here.Demands, here.Decided, here.Readers.FirstOrDefault()?.Fact ?? askers.FirstOrDefault(asker => asker.Demands.Any(demand => demand.Key == site.Key)).Fact, there, same);
        return true;
    }

    static bool IsSpelling(JsonValue one, JsonValue other) => one == other || (one.StringOrNull is { } text && other.StringOrNull is { } spelled && Letters(text).Equals(Letters(spelled), StringComparison.OrdinalIgnoreCase));

    static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    // Null if there is no such document, or it is refused: what is refused is not lost in silence.
    Execution? Changed(Execution there, JsonValue document) => document != there.Document && trial.IsValid(From, document) && trial.Execute(way, document) is { Succeeded: true } now ? now : null;

    // An item that may not be taken away is one that is not read if one more of it makes no difference either.
    bool IsItemLost(Execution there, RecordSite site, Asked here)
    {
        var (list, isTold) = (site.Pointer[..site.Pointer.LastIndexOf('/')], known.IsOfItems(site.Key[..^2], there.Document, site.Pointer));
        var fact = here.Readers.FirstOrDefault(reader => reader.Fact.Syntax is FieldSyntax.Each)?.Fact ?? here.Readers.FirstOrDefault()?.Fact;
        var without = Changed(there, SampleEdit.Without(there.Document, site.Pointer));
        var twice = without?.Told == there.Told || (isTold && without is not null) || site.Kind == RecordSiteKind.ListedValue || JsonPointer.Find(there.Document, list) is not { } items ? null : Changed(there, JsonPointer.Replace(there.Document, list, items.Plus(site.Value)));
        if ((without ?? twice) is { } same && same.Told == there.Told)
        {
            if (site.Kind == RecordSiteKind.ListedValue && !here.Readers.IsEmpty && !here.Readers.Any(reader => reader.IsQuestion)) losses.Value(site, here.Demands, [], fact, there, same);
            else if (!isTold) losses.Item(site, here.Demands, here.Decided, fact, there, same);
            return true;
        }

        if (!isTold && twice is not null && twice.Told == there.Told) losses.Twice(site, fact, there, twice);
        return false;
    }
}
