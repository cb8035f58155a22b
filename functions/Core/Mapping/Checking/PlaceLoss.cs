using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Says where a place is lost that arrives elsewhere: by what else differs, if that is little.</summary>
/// <param name="pair">The pair.</param>
/// <param name="path">The place.</param>
sealed class PlaceLoss(PairTrial pair, ProfilePath path)
{
    const int MaxNamed = 2;
    const int MaxValues = 12;
    const int MaxApart = 6;
    const int MaxHeld = 4;

    /// <summary>Where it is lost; null if it is so nowhere.</summary>
    /// <param name="learnt">Where it arrives.</param>
    /// <param name="lost">Where it does not.</param>
    public LearntInPart? Of(List<PlaceComparison> learnt, ImmutableArray<PlaceComparison> lost)
    {
        if (lost.IsEmpty) return null;
        var nearest = lost.Select(one => (Lost: one, Nearest: learnt.Select(other => (Learnt: other, Pointers: Apart(one, other))).MinBy(other => other.Pointers.Length))).OrderBy(one => one.Nearest.Pointers.Length).ToList();
        var (best, (other, all)) = nearest[0];
        var pointers = Held(best, learnt, Enough(best, other, all));
        var alike = nearest.Where(one => one.Nearest.Pointers.SequenceEqual(pointers, StringComparer.Ordinal)).Select(one => one.Lost).Prepend(best).Distinct().Take(pointers.Length == 1 ? MaxValues : 1).ToList();
        var others = pointers.Length == 1 ? Others(best, pointers[0]) : [];
        var where = pointers.Length is > 0 and <= MaxNamed
            ? pointers.Select(pointer => new WhereLost(SampleBase.PathOf(pointer), [.. alike.Select(one => JsonPointer.Find(one.Document, pointer) ?? JsonValue.Null).Concat(others).Distinct().Take(MaxValues).OrderBy(value => value.IsNull)])).ToImmutableArray() : [];
        if (where.IsEmpty || where.Any(one => one.Values.Any(IsOfParts))) where = InItem(best);
        var group = best.Groups[0];
        return new LearntInPart(path.Path, [best.Change.ValueIn(group[0]), best.Change.ValueIn(group[1])], group[0].Document, where, null, IsNothing: true);
    }

    // What has parts does not say which of them decides.
    static bool IsOfParts(JsonValue value) => value.Kind == JsonKind.Object || (value.Kind == JsonKind.Array && value.Items.Any(IsOfParts));

    // Where one value decides, the others that may stand there are tried in the same document.
    IEnumerable<JsonValue> Others(PlaceComparison lost, string pointer) => pair.From.Documents.Decided(lost.Document, pointer)
        .Where(one => pair.Compared(one, path).Any(same => same.Change.Pointer == lost.Change.Pointer && same.IsLost)).Select(one => JsonPointer.Find(one.Document, pointer)!.Value);

    // Of what differs, the first that makes the difference alone.
    ImmutableArray<string> Enough(PlaceComparison lost, PlaceComparison learnt, ImmutableArray<string> apart) => apart.Length is <= 1 or > MaxApart ? apart
        : apart.FirstOrDefault(pointer => pair.Compared(new PlaceIn(As(lost.Document, learnt.Document, pointer), lost.Change.Pointer), path).IsLearnt) is { } alone ? [alone] : apart;

    // What would be said, held to where the place arrives: if it still does there with the same, what differs besides is named too.
    ImmutableArray<string> Held(PlaceComparison lost, List<PlaceComparison> learnt, ImmutableArray<string> pointers)
    {
        if (pointers.Length is 0 or > MaxNamed) return pointers;
        foreach (var one in learnt.Where(one => one.Change.Pointer == lost.Change.Pointer).Take(MaxHeld))
        {
            var same = pair.Compared(new PlaceIn(pointers.Aggregate(one.Document, (document, pointer) => As(document, lost.Document, pointer)), one.Change.Pointer), path);
            if (same.IsLearnt) pointers = [.. pointers, .. Apart(lost, same)];
        }

        return pointers;
    }

    // A document with what stands at a place of another, or nothing.
    static JsonValue As(JsonValue document, JsonValue other, string pointer) => JsonPointer.Find(other, pointer) is { } value ? SampleEdit.Put(document, pointer, value) : SampleEdit.Without(document, pointer);

    static ImmutableArray<string> Apart(PlaceComparison lost, PlaceComparison learnt) => [.. SampleEdit.Differences(lost.Document, learnt.Document, MaxApart + 2).Where(pointer => pointer != lost.Change.Pointer && pointer != learnt.Change.Pointer)];

    // Where it arrives in another item of the same document, by what differs between the two, if their order does not matter; that it is a later one, if nothing does.
    ImmutableArray<WhereLost> InItem(PlaceComparison lost)
    {
        foreach (var own in new PlaceIn(lost.Document, lost.Change.Pointer).Items())
        {
            for (var other = 0; other < own.At; other++)
            {
                var earlier = new PlaceIn(lost.Document, own.PointerIn(other));
                if (!pair.Compared(earlier, path).IsLearnt) continue;
                var apart = SampleEdit.Differences(own.Item, own.Items[other], MaxNamed + 2).Where(pointer => pointer != own.Rest).ToList();
                if (apart.Count == 0) return [new WhereLost(SampleBase.PathOf(own.List), [])];
                if (apart.Count <= MaxNamed && pair.Compared(earlier with { Document = JsonPointer.Replace(lost.Document, own.List, Turned(own.Items, other, own.At)) }, path).IsLost)
                    return [.. apart.Select(pointer => new WhereLost(SampleBase.PathOf(own.List + pointer), [JsonPointer.Find(own.Item, pointer) ?? JsonValue.Null]))];
            }
        }

        return [];
    }

    static JsonValue Turned(JsonValue list, int one, int other)
    {
        var items = list.Items.ToArray();
        (items[one], items[other]) = (items[other], items[one]);
        return JsonValue.Of(items);
    }
}
