using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place of a system's format that a mapping reads, and what the canonical record is with another value there.</summary>
/// <param name="Path">The path from the document's root.</param>
/// <param name="Value">The value in the sample.</param>
/// <param name="Changed">For each sample what the record becomes with other values there, and without any; empty where there is no other.</param>
sealed record ProfilePath(string Path, JsonValue Value, ImmutableArray<ImmutableArray<JsonValue>> Changed);

/// <summary>What one mapping gives: documents that have all it reads, what they become, and how each place shows in that. Made once for a mapping and used for every other it is put beside.</summary>
sealed class MappingProfile
{
    const int MaxSamples = 20;
    const int MaxOthers = 5;
    const int MaxAsked = 10;
    const int MaxChanged = 2;

    MappingProfile(MappingDefinition mapping, ImmutableArray<JsonValue> documents, ImmutableArray<JsonValue> records, ImmutableArray<ProfilePath> paths) =>
        (Mapping, Documents, Records, Paths) = (mapping, documents, records, paths);

    public MappingDefinition Mapping { get; }

    /// <summary>Documents of the system: one with all that is read, and the same with other codes that decide where things go.</summary>
    public ImmutableArray<JsonValue> Documents { get; }

    /// <summary>What each of the documents becomes.</summary>
    public ImmutableArray<JsonValue> Records { get; }

    /// <summary>The places that the mapping reads or ignores, in the order of the definition.</summary>
    public ImmutableArray<ProfilePath> Paths { get; }

    /// <summary>The profile of a mapping that goes in.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="receivers">Those that it is put beside: what they ask for is tried with each value.</param>
    public static MappingProfile Of(MappingDefinition mapping, IEnumerable<MappingDefinition> receivers)
    {
        var trial = new Trial(mapping);
        var facts = FieldFacts.Of(mapping);
        var samples = new SampleBase(trial, MappingDirection.In, facts, new FindingList(mapping.Syntax));
        var full = samples.Full();
        ImmutableArray<JsonValue> documents = [full, .. Alternatives(samples, full, facts, AskedBy(receivers)).Distinct().Where(document => document != full).Where(document => trial.IsValid(Side.Source, document)).Take(MaxSamples - 1)];
        var places = samples.Reading.Concat(facts.Where(fact => fact.Syntax is FieldSyntax.Ignore)).SelectMany(fact => fact.Source.Select(place => (fact, place))).DistinctBy(one => one.place.Path, StringComparer.Ordinal);
        var paths = places.Select(one => PathOf(one.fact, one.place, samples, documents)).OfType<ProfilePath>().ToImmutableArray();
        return new MappingProfile(mapping, documents, [.. documents.Select(document => mapping.ToCanonical(document).Value)], paths);
    }

    // The places of the canonical record that conditions of the receivers are about.
    static HashSet<string> AskedBy(IEnumerable<MappingDefinition> receivers) => receivers.SelectMany(receiver => FieldFacts.Of(receiver))
        .SelectMany(fact => fact.Canonical.SelectMany(place => place.Resolved.Conditions).Concat(fact.Tests.Where(test => test.Place.Side == Side.Canonical).Select(test => test.Place.Key)))
        .ToHashSet(StringComparer.Ordinal);

    // Codes decide who is a victim and who a suspect: each that somebody asks for is a document of its own, and of the others the first few.
    static IEnumerable<JsonValue> Alternatives(SampleBase samples, JsonValue full, ImmutableArray<FieldFact> facts, HashSet<string> asked)
    {
        foreach (var test in facts.SelectMany(fact => fact.Tests).Where(test => test is { Place.Side: Side.Source, Kind: ConditionKind.Is }).DistinctBy(test => (test.Place.Key, test.Values.FirstOrDefault())))
        {
            foreach (var value in test.Values.Take(MaxAsked))
            {
                var chosen = JsonPointer.Replace(full, test.Place.Key.Replace("/*", "/0", StringComparison.Ordinal), value);
                yield return samples.Reading.Where(fact => fact.Tests.Any(one => one.Place.Key == test.Place.Key && one.Values.Contains(value))).Aggregate(chosen, samples.Put);
            }
        }

        var coded = samples.Reading.Where(fact => fact.Syntax is FieldSyntax.Copy && fact.Canonical is [{ } there] && SampleValues.ItemOf(there) is { Allowed.Length: > 1 }).ToList();
        var deciding = coded.Where(fact => asked.Any(key => key == fact.Canonical[0].Key || key.StartsWith(fact.Canonical[0].Key + "/", StringComparison.Ordinal))).ToList();
        foreach (var document in deciding.SelectMany(fact => With(samples, full, fact).Take(MaxAsked))) yield return document;
        foreach (var document in coded.Except(deciding).SelectMany(fact => With(samples, full, fact)).Take(MaxOthers)) yield return document;
    }

    static IEnumerable<JsonValue> With(SampleBase samples, JsonValue full, FieldFact fact)
    {
        var pointer = fact.Source[0].Key.Replace("/*", "/0", StringComparison.Ordinal);
        return JsonPointer.Find(full, pointer) is { } now ? samples.Values(fact, fact.Source[0]).Where(value => value != now).Select(value => JsonPointer.Replace(full, pointer, value)) : [];
    }

    static ProfilePath? PathOf(FieldFact fact, FieldPlace place, SampleBase samples, ImmutableArray<JsonValue> documents)
    {
        var value = default(JsonValue?);
        var changed = documents.Select(document =>
        {
            if (samples.Placed(document, place, fact) is not var (with, pointer)) return ImmutableArray<JsonValue>.Empty;
            var now = JsonPointer.Find(document, pointer) ?? JsonValue.Null;
            value ??= now;
            return [.. samples.Values(fact, place).Concat(SampleValues.Variants(place.Resolved.Shape)).Where(one => one != now).Distinct().Take(MaxChanged - 1)
                .Select(other => JsonPointer.Replace(with, pointer, other)).Append(SampleEdit.Without(with, pointer))
                .Where(other => other != document).Select(other => samples.Mapping.ToCanonical(other).Value)];
        }).ToImmutableArray();
        return value is { } known ? new ProfilePath(place.Path, known, changed) : null;
    }
}
