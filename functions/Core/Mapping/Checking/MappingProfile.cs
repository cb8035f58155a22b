using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place of a system's format that a mapping reads, and what the canonical record is with another value there.</summary>
/// <param name="Path">The path from the document's root.</param>
/// <param name="Value">The value in the sample.</param>
/// <param name="Changed">For each sample what the record becomes with another value there; null where there is no other.</param>
sealed record ProfilePath(string Path, JsonValue Value, ImmutableArray<JsonValue?> Changed);

/// <summary>What one mapping gives: documents that have all it reads, what they become, and how each place shows in that. Made once for a mapping and used for every other it is put beside.</summary>
sealed class MappingProfile
{
    const int MaxSamples = 6;

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
    public static MappingProfile Of(MappingDefinition mapping)
    {
        var trial = new Trial(mapping);
        var facts = FieldFacts.Of(mapping);
        var samples = new SampleBase(trial, MappingDirection.In, facts, new FindingList(mapping.Syntax));
        var full = samples.Full();
        ImmutableArray<JsonValue> documents = [full, .. Alternatives(samples, full).Where(document => trial.IsValid(Side.Source, document)).Take(MaxSamples - 1)];
        var places = samples.Reading.Concat(facts.Where(fact => fact.Syntax is FieldSyntax.Ignore)).SelectMany(fact => fact.Source.Select(place => (fact, place))).DistinctBy(one => one.place.Path, StringComparer.Ordinal);
        var paths = places.Select(one => PathOf(one.fact, one.place, samples, documents)).OfType<ProfilePath>().ToImmutableArray();
        return new MappingProfile(mapping, documents, [.. documents.Select(document => mapping.ToCanonical(document).Value)], paths);
    }

    // Codes decide who is a victim and who a suspect: each of the first few is a document of its own.
    static IEnumerable<JsonValue> Alternatives(SampleBase samples, JsonValue full)
    {
        foreach (var fact in samples.Reading.Where(fact => fact.Syntax is FieldSyntax.Copy && fact.Canonical is [{ } there] && SampleValues.ItemOf(there) is { Allowed.Length: > 1 }))
        {
            var pointer = fact.Source[0].Key.Replace("/*", "/0", StringComparison.Ordinal);
            if (JsonPointer.Find(full, pointer) is not { } now) continue;
            foreach (var value in samples.Values(fact, fact.Source[0]).Where(value => value != now).Take(MaxSamples)) yield return JsonPointer.Replace(full, pointer, value);
        }
    }

    static ProfilePath? PathOf(FieldFact fact, FieldPlace place, SampleBase samples, ImmutableArray<JsonValue> documents)
    {
        var value = default(JsonValue?);
        var changed = documents.Select(document =>
        {
            if (samples.Placed(document, place, fact) is not var (with, pointer)) return default(JsonValue?);
            var now = JsonPointer.Find(document, pointer) ?? JsonValue.Null;
            value ??= now;
            var other = samples.Values(fact, place).Concat(SampleValues.Variants(place.Resolved.Shape)).FirstOrDefault(one => one != now);
            var document2 = other.IsNull ? SampleEdit.Without(with, pointer) : JsonPointer.Replace(with, pointer, other);
            return document2 == document ? default(JsonValue?) : samples.Mapping.ToCanonical(document2).Value;
        }).ToImmutableArray();
        return value is { } known ? new ProfilePath(place.Path, known, changed) : null;
    }
}
