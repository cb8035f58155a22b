using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Looks for a document that shows something else of a place than those that stand for all others: what decides whether the place arrives varies, in a document with much in it and in one with little, with an item alone and with another before it.</summary>
/// <param name="pair">The pair.</param>
/// <param name="path">The place.</param>
sealed class PlaceSearch(PairTrial pair, ProfilePath path)
{
    const int MaxRows = 48;
    const int MaxExamples = 2;

    readonly ImmutableArray<PairDecider> deciders = pair.Deciders.Of(path);

    /// <summary>What the changes of the place become, each in another document that the receiver takes; made as they are asked for.</summary>
    public IEnumerable<PlaceComparison> Compared() => Starts().SelectMany(Varied).Where(one => IsTaken(one.Document)).Select(one => pair.Compared(one, path));

    IEnumerable<PlaceIn> Starts()
    {
        // Where much is in a document, where the author of an example put it, where little is.
        foreach (var document in pair.Documents.Where(one => one.IsExample && MappingProfile.Has(one.Document, path)).Take(MaxExamples).Prepend(pair.Best).Append(pair.Lean).DistinctBy(one => one.Document))
        {
            foreach (var alone in pair.From.Standing(document.Document, path))
            {
                yield return alone;
                foreach (var doubled in Doubled(alone).Where(IsThere)) yield return doubled;
            }
        }
    }

    // Each item that the place is in once more, behind the others, with the place in that, then in the one before it.
    static IEnumerable<PlaceIn> Doubled(PlaceIn alone)
    {
        foreach (var one in alone.Items().Where(one => one.Item.Kind == JsonKind.Object))
        {
            var doubled = alone with { Document = JsonPointer.Replace(alone.Document, one.List, JsonValue.Of(one.Items.Items.Append(one.Item))) };
            yield return doubled with { Pointer = one.PointerIn(one.Items.Count) };
            yield return doubled;
        }
    }

    // As it is, then all levels together, or every two if that is too many.
    IEnumerable<PlaceIn> Varied(PlaceIn start)
    {
        yield return start;
        var factors = deciders.Select(decider => (decider.Key, Levels: Levels(start, decider))).Where(factor => factor.Levels.Length > 1).ToList();
        var counts = factors.ConvertAll(factor => factor.Levels.Length);
        var together = counts.Aggregate(1L, (product, count) => product * count) <= MaxRows ? PairCover.All(counts, Enumerable.Range(0, counts.Count).ToArray()) : [];
        foreach (var row in PairCover.Rows(counts, together, MaxRows))
        {
            var made = start with { Document = row.Select((level, at) => (factors[at].Key, Level: factors[at].Levels[level])).Aggregate(start.Document, (document, one) => With(document, one.Key, start.Pointer, one.Level)) };
            if (IsThere(made)) yield return made;
        }
    }

    // What stands there, nothing, and other values: each with which alone the sender's mapping and the receiver take the document. All are nothing in one of the first rows.
    ImmutableArray<JsonValue?> Levels(PlaceIn start, PairDecider decider) =>
        [null, .. decider.Values.Prepend(JsonValue.Null).Where(value => With(start.Document, decider.Key, start.Pointer, value) is var made && made != start.Document && IsThere(start with { Document = made }) && IsTaken(made)).Select(value => (JsonValue?)value)];

    bool IsThere(PlaceIn one) => JsonPointer.Find(one.Document, one.Pointer) is not null && MappingProfile.IsChosen(one, path);

    bool IsTaken(JsonValue document) => pair.From.Documents.Translated(document) is { } made && pair.Arrive(made.Record).Succeeded;

    // In the items that the place is in; null leaves what stands there.
    JsonValue With(JsonValue document, string key, string pointer, JsonValue? level)
    {
        if (level is not { } value) return document;
        var at = PlaceBeside.Pointer(key, pointer);
        var standing = SampleEdit.Standing(document, key).Where(one => JsonPointer.Covers(at, one)).ToList();
        if (value.IsNull) return standing.AsEnumerable().Reverse().Aggregate(document, pair.From.Documents.Lacking);
        return standing.Count > 0 ? standing.Aggregate(document, (made, one) => JsonPointer.Replace(made, one, value)) : SampleBase.KeyOf(at) == key ? SampleEdit.Put(document, at, value) : document;
    }
}
