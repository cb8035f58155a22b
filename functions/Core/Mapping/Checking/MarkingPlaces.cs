using System.Collections.Frozen;
using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place where a system's format has its marking.</summary>
/// <param name="Place">The place.</param>
/// <param name="Fact">The field that reads it; null if none does.</param>
/// <param name="IsSensitive">Whether it says only if what is OFFICIAL is sensitive.</param>
sealed record MarkingPlace(FieldPlace Place, FieldFact? Fact, bool IsSensitive)
{
    public string Pointer => Place.FirstPointer;

    /// <summary>What a value means; null for words of the system's own.</summary>
    public Marking? Meant(JsonValue value) => IsSensitive ? value == JsonValue.True ? Marking.OfficialSensitive : value == JsonValue.False ? Marking.Official : null : value.StringOrNull is { } word ? MarkingPlaces.Meant(word) : null;

    /// <summary>The values that the schema, the code list or the policy know.</summary>
    public IEnumerable<JsonValue> Values(MappingDefinition mapping, SampleBase samples)
    {
        if (SampleValues.ItemOf(Place) is not { } shape) return [];
        if (!shape.Allowed.IsEmpty) return shape.Allowed;
        if (IsSensitive) return [JsonValue.True, JsonValue.False];
        var codes = Fact is not null && SampleValues.ListOf(Fact, mapping.CodesByName) is not null ? samples.Values(Fact, Place) : [];
        return MarkingPlaces.Words.Concat(codes).Distinct();
    }
}

/// <summary>Finds where a system's format has its marking: what fields make a canonical marking of, what is named so, and what may be one of the tiers.</summary>
static class MarkingPlaces
{
    const int MaxDepth = 16;

    static readonly FrozenDictionary<string, Marking> ByWord = new (string Word, string Marking)[]
    {
        ("OFFICIAL", "OFFICIAL"), ("OFFICIALSENSITIVE", "OFFICIAL-SENSITIVE"), ("SECRET", "SECRET"), ("TOPSECRET", "TOP SECRET"),
    }.ToFrozenDictionary(one => one.Word, one => Marking.Parse(one.Marking).Value, StringComparer.Ordinal);

    static readonly FrozenSet<string> Names = new[] { "MARKING", "PROTECTIVEMARKING", "SECURITYMARKING", "GSC", "SECURITYCLASSIFICATION" }.ToFrozenSet(StringComparer.Ordinal);

    static readonly FrozenSet<string> NamesWithin = new[] { "TIER", "TIERTEXT", "CLASSIFICATION", "LEVEL" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The tiers as they are written.</summary>
    public static ImmutableArray<JsonValue> Words { get; } = ["OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET"];

    /// <summary>The marking that a text names, in whatever spelling; null if it names none.</summary>
    public static Marking? Meant(string word) => ByWord.GetValueOrDefault(Letters(word));

    public static ImmutableArray<MarkingPlace> Of(MappingDefinition mapping, ImmutableArray<FieldFact> facts)
    {
        var found = new Dictionary<string, MarkingPlace>(StringComparer.Ordinal);
        foreach (var (path, isSensitive) in Named(mapping.SourceSchema.Shape, "", false, MaxDepth))
        {
            if (FieldFacts.PlaceOf(mapping, Side.Source, path) is { } place) found[place.Key] = new MarkingPlace(place, facts.FirstOrDefault(fact => fact.Source.Any(one => one.Key == place.Key)), isSensitive);
        }

        foreach (var fact in facts.Where(fact => fact.Canonical.Any(place => place.Key is "/marking/tier" or "/marking")))
            foreach (var place in fact.Source) found[place.Key] = new MarkingPlace(place, fact, IsSensitive: false);
        return [.. found.Values];
    }

    static IEnumerable<(string Path, bool IsSensitive)> Named(Shape shape, string path, bool within, int depthLeft)
    {
        if (depthLeft == 0) yield break;
        if (shape is ArrayShape list)
        {
            foreach (var one in Named(list.Item, path + "[0]", within, depthLeft - 1)) yield return one;
        }

        if (shape is not ObjectShape known) yield break;
        foreach (var member in known.Members)
        {
            var (name, here) = (Letters(member.Name[(member.Name.LastIndexOf(':') + 1)..]), MappingPathParser.Join(path, member.Name));
            var isNamed = Names.Contains(name);
            if (member.Shape is not ScalarShape scalar)
            {
                foreach (var one in Named(member.Shape, here, within || isNamed, depthLeft - 1)) yield return one;
            }
            else if (isNamed || (within && NamesWithin.Contains(name)) || scalar.Allowed.Any(value => value.StringOrNull is { } word && Meant(word) is { Tier: > Tier.Official }))
            {
                yield return (here, false);
            }
            else if (within && name is "SENSITIVE" or "SENSITIVEINDICATOR")
            {
                yield return (here, true);
            }
        }
    }

    static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetter)).ToUpperInvariant();
}
