using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A document of a system, and what it becomes.</summary>
/// <param name="Document">The document.</param>
/// <param name="Record">What it becomes.</param>
/// <param name="IsExample">Whether its author gave it: what stands in it is changed where it stands.</param>
sealed record ProfileDocument(JsonValue Document, JsonValue Record, bool IsExample = false)
{
    /// <summary>By path what was found of it.</summary>
    public Dictionary<ProfilePath, ImmutableArray<PlaceChange>> Changes { get; } = new(ReferenceEqualityComparer.Instance);
}

/// <summary>Valid documents of a sender's system that its mapping takes: those that stand for all others, and what is made of them for one receiver.</summary>
sealed class SenderDocuments
{
    const int MaxGeneral = 12;
    const int MaxOthers = 5;
    const int MaxAimed = 16;
    const int MaxDecided = 4;
    const int MaxLean = 80;
    const int MaxTried = 12;
    const int MaxRepairs = 8;
    const int MaxEdits = 16;
    const int MaxExamples = 20;

    readonly Trial trial;
    readonly SampleBase samples;
    readonly ImmutableArray<ProfileDocument> general;
    readonly Dictionary<JsonValue, ProfileDocument?> known = [];

    public SenderDocuments(Trial trial, SampleBase samples, IEnumerable<JsonValue> examples)
    {
        (this.trial, this.samples) = (trial, samples);
        general = [.. General(), .. examples.Take(MaxExamples).Select(Translated).OfType<ProfileDocument>().Select(one => one with { IsExample = true })];
    }

    /// <summary>Documents for a receiver: one with all that is read, the same with other codes, and for each thing that the receiver asks one that meets it, as far as the system can.</summary>
    public ImmutableArray<ProfileDocument> For(Receiver to) =>
        general.IsEmpty ? [new ProfileDocument(samples.Full(), trial.Mapping.ToCanonical(samples.Full()).Value)] : [.. general.Concat(Aimed(to).Distinct().Select(Translated).OfType<ProfileDocument>()).DistinctBy(one => one.Document)];

    /// <summary>The document with each other value that the schema, or a list of codes, lists for a place.</summary>
    public IEnumerable<ProfileDocument> Decided(JsonValue document, string pointer)
    {
        if (JsonPointer.Find(document, pointer) is not { } now || samples.Shape.At(JsonPointer.Segments(pointer)!.Value) is not { } shape || (shape is ArrayShape list ? list.Item : shape) is not ScalarShape { Allowed.Length: <= MaxTried } item) return [];
        var key = SampleBase.KeyOf(pointer);
        var codes = samples.Reading.Where(fact => fact.Syntax is FieldSyntax.Copy && (fact.Source[0].Key == key || fact.Source[0].Key + "/*" == key)).SelectMany(fact => SampleValues.ListOf(fact, trial.Mapping.CodesByName)?.Codes ?? []);
        var listed = item.Allowed.Concat(codes.Where(code => code.Ways.HasFlag(MappingDirection.In)).Select(code => Typed.Text(code.Source, item.Types)).OfType<JsonValue>());
        return listed.Distinct().Select(value => shape is ArrayShape ? JsonValue.Of(value) : value).Where(value => value != now).Take(MaxTried).Select(value => Translated(JsonPointer.Replace(document, pointer, value))).OfType<ProfileDocument>();
    }

    /// <summary>A document without what a receiver does not need.</summary>
    public ProfileDocument Lean(ProfileDocument from, Func<JsonValue, bool> isTaken)
    {
        var (tried, lean) = (0, from);
        Take("");
        return lean;

        // From the last, so that positions stay; what is needed is looked into.
        void Take(string around)
        {
            foreach (var pointer in SampleEdit.Below(lean.Document, around).Reverse().ToList())
            {
                if (tried++ >= MaxLean) return;
                if (Translated(SampleEdit.Without(lean.Document, pointer)) is { } less && isTaken(less.Record)) lean = less;
                else Take(pointer);
            }
        }
    }

    /// <summary>The document without a place, or without the nearest around it that it may be without; as it was if nothing stands there.</summary>
    public JsonValue Lacking(JsonValue document, string pointer) =>
        JsonPointer.Find(document, pointer) is null ? document : SampleEdit.WithoutNearest(document, pointer, "", one => trial.IsValid(Side.Source, one)) ?? document;

    /// <summary>For what a receiver asks and all these documents meet, one that does not.</summary>
    public IEnumerable<ProfileDocument> Otherwise(ImmutableArray<ProfileDocument> documents, ProfileDocument lean, Receiver to) =>
        to.Demands.SelectMany(demands => demands).Where(demand => demand.Kind is ConditionKind.Is or ConditionKind.Present).GroupBy(demand => (demand.Key, demand.Kind)).Select(same => same.First() with { Values = [.. same.SelectMany(demand => demand.Values).Distinct()] }).Take(MaxAimed).Where(demand => documents.All(one => IsThere(demand, one.Record)))
            .Select(demand => Unmet(lean.Document, demand).Take(MaxEdits).Concat(documents.SelectMany(one => Unmet(one.Document, demand)).Take(MaxEdits)).Prepend(lean.Document).Distinct().Select(Translated).OfType<ProfileDocument>().FirstOrDefault(one => !IsThere(demand, one.Record))).OfType<ProfileDocument>().Take(MaxDecided);

    static bool IsThere(Demand demand, JsonValue record) => demand.Kind == ConditionKind.Is ? demand.IsMet(record) : SampleEdit.Standing(record, demand.Key).Any();

    // Without what a field writes there, or with another value, and with the values that stand in a program that does.
    IEnumerable<JsonValue> Unmet(JsonValue document, Demand demand)
    {
        foreach (var (fact, place) in samples.Reading.Where(fact => fact.Canonical.Any(there => there.Key == demand.Key)).SelectMany(fact => fact.Source.Select(place => (fact, place))))
        {
            if (fact.Syntax is not FieldSyntax.Compute)
            {
                yield return SampleEdit.Standing(document, place.Key).Reverse().Aggregate(document, SampleEdit.Without);
                foreach (var other in Edits(document, fact, place).Take(MaxTried)) yield return other;
                continue;
            }

            foreach (var site in samples.Places.Sites(document).Where(site => site.Shape is ScalarShape && JsonPointer.Covers(place.Key, site.Key)).DistinctBy(site => site.Key))
                foreach (var value in ProgramSamples.Of([(FieldSyntax.Compute)fact.Syntax], (ScalarShape)site.Shape)) yield return SampleEdit.Standing(document, site.Key).Aggregate(document, (made, at) => JsonPointer.Replace(made, at, value));
        }
    }

    /// <summary>A document with what it becomes; null for one that is none, or is refused.</summary>
    public ProfileDocument? Translated(JsonValue document)
    {
        if (known.TryGetValue(document, out var made)) return made;
        return known[document] = trial.IsValid(Side.Source, document) && trial.Execute(MappingDirection.In, document) is { Succeeded: true, Result: var record } ? new ProfileDocument(document, record) : null;
    }

    ImmutableArray<ProfileDocument> General()
    {
        var full = samples.Full();
        var made = Alternatives(full).Prepend(samples.Root).Prepend(full).Distinct().Select(Translated).OfType<ProfileDocument>().Take(MaxGeneral).ToImmutableArray();

        // What excludes each other cannot all be in one document, so some others are taken that have nearly all.
        return made.IsEmpty || Translated(full) is null ? [.. made, .. SampleDocuments.All(samples).Append(samples.Root).Distinct().Select(Translated).OfType<ProfileDocument>().Take(MaxOthers)] : made;
    }

    // Codes decide where things go: each that the mapping itself asks for is a document of its own, and of the others the first few.
    IEnumerable<JsonValue> Alternatives(JsonValue full)
    {
        foreach (var document in Decided(full)) yield return document;
        foreach (var test in trial.Facts.SelectMany(fact => fact.Tests).Where(test => test is { Place.Side: Side.Source, Kind: ConditionKind.Is }).DistinctBy(test => (test.Place.Key, test.Values.FirstOrDefault())))
        {
            foreach (var value in test.Values.Take(MaxOthers))
            {
                var chosen = JsonPointer.Replace(full, test.Place.FirstPointer, value);
                yield return samples.Reading.Where(fact => fact.Tests.Any(one => one.Place.Key == test.Place.Key && one.Values.Contains(value))).Aggregate(chosen, samples.Put);
            }
        }

        var coded = samples.Reading.Where(fact => fact.Syntax is FieldSyntax.Copy && fact.Canonical is [{ } there] && SampleValues.ItemOf(there) is { Allowed.Length: > 1 });
        foreach (var document in coded.SelectMany(fact => Edits(full, fact, fact.Source[0]).Take(2)).Take(MaxOthers)) yield return document;
    }

    // Whatever decides where things go, with a value that nothing asks for and with none; then the least document.
    IEnumerable<JsonValue> Decided(JsonValue full)
    {
        foreach (var tests in trial.Facts.SelectMany(fact => fact.Tests).Where(test => test.Place.Side == Side.Source).GroupBy(test => test.Place.Key, StringComparer.Ordinal).Take(MaxOthers))
        {
            var pointer = tests.First().Place.FirstPointer;
            if (JsonPointer.Find(full, pointer) is null) continue;
            var asked = tests.SelectMany(test => test.Values).ToHashSet();
            foreach (var other in SampleValues.Variants(tests.First().Place.Resolved.Shape).Where(value => !asked.Contains(value)).Take(1)) yield return JsonPointer.Replace(full, pointer, other);
            yield return SampleEdit.Without(full, pointer);
        }
    }

    // Everything that a field asks, and of what the others ask all that agrees with it.
    IEnumerable<JsonValue> Aimed(Receiver to)
    {
        foreach (var asked in to.Demands.Take(MaxAimed).DefaultIfEmpty([]))
        {
            var wanted = to.Always.Concat(asked).ToList();
            foreach (var more in to.Demands.Where(more => more.All(demand => wanted.TrueForAll(demand.Agrees)))) wanted.AddRange(more);
            yield return wanted.DistinctBy(demand => demand.ToString()).Aggregate(samples.Full(), Met);
        }
    }

    // The document as the demand wants it, if the system can say that.
    JsonValue Met(JsonValue document, Demand demand)
    {
        var writers = samples.Reading.Where(fact => fact.Canonical.Any(place => place.Key == demand.Key || (demand.Kind == ConditionKind.Absent && place.Key.StartsWith(demand.Key + "/", StringComparison.Ordinal)))).ToList();
        if (demand.Kind == ConditionKind.Present || writers.Count == 0) return document;
        if (demand.Kind == ConditionKind.Absent)
            return writers.SelectMany(fact => fact.Source).Aggregate(document, (rest, place) => SampleEdit.Without(rest, place.FirstPointer) is var less && trial.IsValid(Side.Source, less) ? less : rest);
        if (demand.IsMet(trial.Mapping.ToCanonical(document).Value)) return document;
        return writers.SelectMany(fact => fact.Source.SelectMany(place => Edits(document, fact, place))).FirstOrDefault(one => demand.IsMet(trial.Execute(MappingDirection.In, one).Result), document);
    }

    // The document with other values at a place.
    IEnumerable<JsonValue> Edits(JsonValue document, FieldFact fact, FieldPlace place) => samples.Placed(document, place, fact) is var (with, pointer)
        ? samples.Values(fact, place).Concat(SampleValues.Variants(place.Resolved.Shape)).Distinct().Select(value => JsonPointer.Replace(with, pointer, value)).Where(one => one != document) : [];

    /// <summary>The document changed, as little as is found, so that a receiver takes it, or refuses it for fewer reasons.</summary>
    public ProfileDocument Mended(ProfileDocument from, Receiver to)
    {
        var problems = to.Problems(from.Record);
        for (var step = 0; step < MaxRepairs && !problems.IsEmpty; step++)
        {
            var better = problems.SelectMany(problem => Around(from.Document, SampleBase.KeyOf(problem.Path)).Take(MaxEdits)).Distinct().Take(MaxEdits * 3).Select(Translated).OfType<ProfileDocument>()
                .Select(one => (Document: one, Problems: to.Problems(one.Record))).FirstOrDefault(one => one.Problems.Length < problems.Length);
            if (better.Document is null) return from;
            (from, problems) = better;
        }

        return from;
    }

    // The document with another value, or none, in what a place of the record comes from; then in what stands beside it, which may be why it is asked for.
    IEnumerable<JsonValue> Around(JsonValue document, string key)
    {
        var beside = key.LastIndexOf('/') is > 0 and var at ? key[..at] : key;
        var near = samples.Reading.Where(fact => fact.Canonical.Any(place => SampleBase.Meet(place.Key, key))).ToList();
        return key.Length == 0 ? [] : near.Concat(samples.Reading.Where(fact => fact.Canonical.Any(place => SampleBase.Meet(place.Key, beside)))).Distinct()
            .SelectMany(fact => fact.Source.SelectMany(place => Edits(document, fact, place).Take(near.Contains(fact) ? MaxOthers : 1).Append(SampleEdit.Without(document, place.FirstPointer))));
    }
}
