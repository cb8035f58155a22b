using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Mapping.Checking;

/// <summary>Sends every marking through the whole definition, whatever its fields do with it: what arrives must be as high, or the message must be refused.</summary>
sealed class MarkingProbe(Trial trial, MappingDirection way, SampleBase samples, RecordSamples records, ImmutableArray<FieldFact> facts, FindingList findings)
{
    const int MaxDocuments = 40;
    const string TierPath = "marking.tier";
    const string SensitivePath = "marking.sensitive";

    static readonly ImmutableArray<Marking> Tiers = [Marking.Official, .. new[] { "SECRET", "TOP SECRET" }.Select(text => Marking.Parse(text).Value)];

    readonly ImmutableArray<MarkingPlace> places = MarkingPlaces.Of(trial.Mapping, facts);

    public void Try()
    {
        if (way == MappingDirection.Out) Sent();
        else foreach (var place in places) Received(place);
    }

    /// <summary>A marking that was tried; null is one whose words are the system's own.</summary>
    sealed record Attempt(Marking? Meant, string Word, Execution Execution);

    void Sent()
    {
        if (FieldFacts.PlaceOf(trial.Mapping, Side.Canonical, TierPath) is not { } tier) return;
        // A form that knows nothing of markings carries what is OFFICIAL, sensitive or not; that it does not say so is what "not-sent" is about.
        var saysMore = facts.Any(fact => fact.Reads(way) && fact.Syntax is not FieldSyntax.Constant && fact.Canonical.Any(place => place.Key == "/marking" || place.Key.StartsWith("/marking/", StringComparison.Ordinal)));
        var sensitive = saysMore ? FieldFacts.PlaceOf(trial.Mapping, Side.Canonical, SensitivePath) : null;
        foreach (var start in (MayDepend ? records.All.Select(one => one.Document).Concat(SampleDocuments.All(samples)).Prepend(samples.Root) : [samples.Root, samples.Full()]).Distinct().Take(MaxDocuments))
        {
            if (trial.IsSpent || findings.Has(CheckRules.MarkingLowered, way, TierPath)) return;
            var tried = Tiers.Select(marking => (marking, With(Plain(start), tier, marking.ToJson()["tier"])))
                .Append((Marking.OfficialSensitive, sensitive is null ? null : With(With(start, tier, "OFFICIAL"), sensitive, JsonValue.True)))
                .Select(one => (one.Item1, one.Item2 is { } document && trial.IsValid(Side.Canonical, document) ? trial.Execute(way, document) : null))
                .Where(one => one.Item2 is not null).Select(one => new Attempt(one.Item1, one.Item1.ToString(), one.Item2!)).ToList();
            Judge(TierPath, facts.FirstOrDefault(fact => fact.Canonical.Any(place => place.Key == tier.Key)), tried, Arrived);
        }
    }

    // Where fields alone and no program decide on the marking, each by itself and always, nothing else in the record changes what becomes of it.
    bool MayDepend => facts.Any(fact => fact.Ways.HasFlag(way) && (fact.Syntax is FieldSyntax.Compute || (!(fact.Tests.IsEmpty && fact.Canonical.All(place => place.Groups.IsEmpty)) && IsOfMarking(fact))));

    bool IsOfMarking(FieldFact fact) => fact.Canonical.Concat(fact.Tests.Select(test => test.Place)).Any(place => place.Key == "/marking" || place.Key.StartsWith("/marking/", StringComparison.Ordinal)) || fact.Source.Any(here => places.Any(place => place.Place.Key == here.Key));

    static JsonValue Plain(JsonValue record) => SampleEdit.Without(record, "/marking/sensitive");

    JsonValue? With(JsonValue? document, FieldPlace place, JsonValue value) => document is { } known && samples.Placed(known, place, null) is var (with, pointer) ? JsonPointer.Replace(with, pointer, value) : null;

    // By the way back, or by the words that stand where the system has its marking; those tell the tier, and what is sensitive may stand elsewhere.
    Marking? Arrived(Execution execution)
    {
        if (trial.Mapping.Direction == MappingDirection.Both && places.Length > 0 && !trial.IsSpent && trial.Execute(MappingDirection.In, execution.Result) is { Refused.IsEmpty: true } back) return In(back);
        return places.Where(place => !place.IsSensitive).Select(place => JsonPointer.Find(execution.Result, place.Pointer) is { StringOrNull: { } word } ? MarkingPlaces.Meant(word) : null).OfType<Marking>().FirstOrDefault()?.Join(Marking.OfficialSensitive);
    }

    static Marking? In(Execution execution) => Marking.Parse(execution.Result["marking"]) is { Succeeded: true } parsed ? parsed.Value : null;

    void Received(MarkingPlace place)
    {
        var starts = MayDepend ? records.All.Select(record => samples.Placed(record.Document, place.Place, null)) : [];
        foreach (var start in starts.Prepend(samples.With(place.Place, place.Fact)).Take(MaxDocuments))
            if (start is var (document, pointer)) Received(place, document, pointer);
    }

    void Received(MarkingPlace place, JsonValue document, string pointer)
    {
        var tried = place.Values(trial.Mapping, samples).Select(value => (Value: value, Document: JsonPointer.Replace(document, pointer, value)))
            .Where(one => trial.IsValid(Side.Source, one.Document)).TakeWhile(_ => !trial.IsSpent)
            .Select(one => new Attempt(place.Meant(one.Value), CheckMessages.Preview(one.Value), trial.Execute(way, one.Document))).ToList();
        Judge(place.Place.Path, place.Fact, tried, In);
    }

    // What is wrong with the document whatever its marking says nothing here.
    void Judge(string path, FieldFact? fact, List<Attempt> tried, Func<Execution, Marking?> arrived)
    {
        if (tried.Count == 0) return;
        var usual = tried.MinBy(one => one.Execution.Problems.Count())!.Execution.Problems.Select(problem => (problem.Rule, problem.Path)).ToHashSet();
        var passed = tried.Where(one => one.Execution.Problems.All(problem => usual.Contains((problem.Rule, problem.Path)))).ToList();
        var place = fact?.Syntax.Place ?? trial.Mapping.Syntax.FieldsPlace;
        foreach (var same in passed.GroupBy(one => one.Execution.Told).Select(group => group.DistinctBy(one => one.Meant is null ? one.Word : one.Meant.ToString(), StringComparer.Ordinal).ToList()).Where(group => group.Count > 1))
            findings.Add(CheckRules.MarkingLowered, way, path, place, CheckMessages.Marking(path, same.Select(one => one.Word), "so the higher is lowered"), FindingList.Same([.. same.Select(one => one.Execution)]), fact?.Syntax);
        foreach (var one in passed.Where(one => one.Execution.Succeeded && one.Meant is not null))
        {
            if (arrived(one.Execution) is { } there && !one.Meant!.IsAtMost(there))
                findings.Add(CheckRules.MarkingLowered, way, path, place, CheckMessages.Lowered(path, one.Word, there.ToString()), FindingList.Refused(one.Execution, [], []), fact?.Syntax);
        }
    }
}
