using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>
/// Tries whole records in which all that decides varies together: each value, and each item of a list, changed alone must show in what arrives, under every condition; and all must come back.
/// What is lost in one combination only, no field by itself shows.
/// </summary>
sealed class RecordProbe(Trial trial, MappingDirection way, SampleBase samples, RecordSamples records, ImmutableArray<FieldFact> facts, KnownLosses known, FindingList findings)
{
    // The most translations of one direction.
    const int MaxRuns = 2_800;

    const int MaxOthers = 8;

    readonly ConditionalLosses losses = new(trial.Mapping, way, samples.Shape, known, findings);
    readonly RecordReaders readers = new(facts, way);
    readonly RunBudget budget = new(trial, MaxRuns);
    readonly Dictionary<JsonValue, bool> tried = [];
    readonly List<Arrival> passed = [];

    /// <param name="There">A record that arrived.</param>
    /// <param name="Lost">Its places of which nothing arrives.</param>
    /// <param name="Items">The items of its lists that arrive, where what they are may decide.</param>
    sealed record Arrival(Execution There, List<string> Lost, List<RecordSite> Items);

    public void Try()
    {
        var refusals = new RecordRefusals(trial, way, samples, records, readers.All, known, budget, findings);
        foreach (var record in records.All.OrderByDescending(record => record.IsFull).TakeWhile(_ => !budget.IsSpent))
        {
            foreach (var there in refusals.Passing(trial.Execute(way, record.Document)))
                if (!passed.Exists(one => one.There.Document == there.Document)) passed.Add(Arrived(there));
        }

        foreach (var there in new StructureSamples(trial, way, samples, records, readers).All.TakeWhile(_ => !budget.IsSpent).Select(document => trial.Execute(way, document)))
        {
            if (there.Succeeded) passed.Add(Arrived(there));
            else refusals.Tell(there);
        }

        losses.Tell();
        var order = new RecordOrder(trial, way, samples, readers, budget, findings);
        foreach (var one in passed) order.Try(one.There, one.Items);
        budget.Pause();
    }

    /// <summary>Sends back what arrived.</summary>
    public void Return()
    {
        budget.Resume();
        var back = new RecordReturn(trial, way, samples, facts, known, findings);
        foreach (var one in trial.Mapping.Direction != MappingDirection.Both ? [] : passed.TakeWhile(_ => !budget.IsSpent)) back.Try(one.There, one.Lost);
        if (budget.IsSpent) findings.Add(CheckRules.Unconfirmed, way, "", trial.Mapping.Syntax.FieldsPlace, CheckMessages.SpentRecords, null);
    }

    // Looks for the places of which nothing arrives, whether that is told already or not.
    Arrival Arrived(Execution there)
    {
        var (lost, items) = (new List<string>(), new List<RecordSite>());
        var last = "-";
        foreach (var site in samples.Places.Sites(there.Document))
        {
            // What stands in another place comes directly after it.
            if (JsonPointer.Covers(last, site.Pointer)) continue;
            if (known.IsGone(site.Key, there.Document, site.Pointer) || IsLost(there, site)) lost.Add(last = site.Pointer);
            else if (site.Kind == RecordSiteKind.Item && readers.At(site).IsConditional) items.Add(site);
        }

        return new Arrival(there, lost, items);
    }

    bool IsLost(Execution there, RecordSite site)
    {
        var here = readers.At(site);
        if (!here.IsConditional) return false;
        var situation = here.Situation(there.Document, site);
        if (tried.TryGetValue(situation, out var isLost)) return isLost;
        if (budget.IsSpent) return false;
        return tried[situation] = site.Kind == RecordSiteKind.Value ? IsValueLost(there, site, here) : IsItemLost(there, site, here);
    }

    bool IsValueLost(Execution there, RecordSite site, AskedPlace here)
    {
        Execution? same = null;
        foreach (var other in records.Values(site.Key, site.Shape).Where(value => !IsSpelling(site.Value, value)).Take(MaxOthers))
        {
            if (budget.IsSpent || Passed(JsonPointer.Replace(there.Document, site.Pointer, other)) is not { } now) continue;
            if (now.Told != there.Told)
            {
                if (!here.Readers.IsEmpty) return false;
                continue;
            }

            same ??= now;
            if (here.Readers.IsEmpty) break;
        }

        if (same is null) return false;
        losses.Value(site, here, readers.FieldOf(site, here), there, same);
        return true;
    }

    static bool IsSpelling(JsonValue one, JsonValue other) => one == other || (one.StringOrNull is { } text && other.StringOrNull is { } spelled && IsSpelling(text, spelled));

    // Whether both have the same letters and digits, in capitals or not.
    static bool IsSpelling(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        while (true)
        {
            while (one is [var sign, ..] && !char.IsLetterOrDigit(sign)) one = one[1..];
            while (other is [var sign, ..] && !char.IsLetterOrDigit(sign)) other = other[1..];
            if (one.IsEmpty || other.IsEmpty) return one.IsEmpty && other.IsEmpty;
            if (!one[..1].Equals(other[..1], StringComparison.OrdinalIgnoreCase)) return false;
            one = one[1..];
            other = other[1..];
        }
    }

    // Null if there is no such document, or it is refused: what is refused is not lost in silence.
    Execution? Passed(JsonValue document) => trial.IsValid(samples.From, document) && trial.Execute(way, document) is { Succeeded: true } now ? now : null;

    // An item that may not be taken away is one of those that are told if one more of it makes no difference.
    bool IsItemLost(Execution there, RecordSite site, AskedPlace here)
    {
        var (list, isTold) = (site.Pointer[..site.Pointer.LastIndexOf('/')], known.IsOfItems(site.Key, there.Document, site.Pointer));
        var fact = here.Readers.FirstOrDefault(reader => reader.Fact.Syntax is FieldSyntax.Each)?.Fact ?? here.Readers.FirstOrDefault()?.Fact;
        var without = Passed(SampleEdit.Without(there.Document, site.Pointer));
        if (without is not null && without.Told == there.Told)
        {
            if (site.Kind == RecordSiteKind.ListedValue && !here.Readers.IsEmpty && !here.Readers.Any(reader => reader.IsQuestion)) losses.Value(site, here, fact, there, without);
            else losses.Item(site, here, fact, there, without);
            return true;
        }

        if ((isTold && without is not null) || site.Kind == RecordSiteKind.ListedValue || JsonPointer.Find(there.Document, list) is not { } items) return false;
        var twice = Passed(JsonPointer.Replace(there.Document, list, items.Plus(site.Value)));
        if (twice is null || twice.Told != there.Told) return false;
        if (!isTold && without is not null) losses.Twice(site, fact, there, twice);
        return isTold;
    }
}
