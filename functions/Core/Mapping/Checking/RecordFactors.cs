using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>What varies in a document, and what in the items of its lists: for each place that decides each value that is asked for, one that nothing asks for, and none; for each list whose items decide several lists of them.</summary>
/// <param name="trial">Executes the lists that are tried.</param>
/// <param name="way">The direction.</param>
/// <param name="rows">Which levels stand in one item.</param>
/// <param name="counts">What a program refuses for the number of a list's items is tried with that.</param>
/// <param name="values">The values that are tried at a place.</param>
sealed class RecordFactors(Trial trial, MappingDirection way, RecordRows rows, RecordCounts counts, Func<string, Shape, ImmutableArray<JsonValue>> values)
{
    const int MaxItems = 12;
    const int MaxPacks = 6;
    const int MaxInner = 5;
    const int MaxTested = 6;

    /// <summary>What varies in a document or an item.</summary>
    /// <param name="here">The document or the item.</param>
    /// <param name="value">What stands there, with all that is read.</param>
    /// <param name="document">The document in which lists are tried.</param>
    /// <param name="pointer">Where it stands in that; null where items are not tried.</param>
    public IEnumerable<RecordFactor> Of(DecidingScope here, JsonValue value, JsonValue document, string? pointer)
    {
        foreach (var (at, decider) in here.Own) yield return new RecordFactor(at, decider.Key, [.. Levels(decider)]);
        foreach (var (at, list, item) in here.Lists)
        {
            var variants = Variants(item, list, JsonPointer.Find(value, at) ?? JsonValue.EmptyArray);
            if (variants.IsEmpty) continue;
            var packs = pointer is null ? [variants, .. variants.Take(MaxInner).Select(one => ImmutableArray.Create(one))] : Packs(variants, document, pointer + at, list);
            yield return new RecordFactor(at, item.Key, [.. packs.Select(pack => new RecordLevel(JsonValue.Of(pack.Select(one => one.Full!.Value)), JsonValue.Of(pack.Select(one => one.Lean!.Value)))).Append(RecordLevel.Of(JsonValue.Null))]);
        }
    }

    IEnumerable<RecordLevel> Levels(Decider decider)
    {
        var other = values(decider.Key, decider.Shape).FirstOrDefault(value => !decider.Tested.Contains(value));
        var asked = decider.Tested.Take(MaxTested).ToList();
        switch (decider.Shape)
        {
            case ScalarShape:
                foreach (var value in asked) yield return RecordLevel.Of(value);
                if (!other.IsNull) yield return RecordLevel.Of(other);
                break;
            case ArrayShape { Item: ScalarShape } list when asked.Count > 0:
                foreach (var value in asked) yield return RecordLevel.Of(JsonValue.Of(value));
                if (!other.IsNull) yield return RecordLevel.Of(JsonValue.Of(other));
                if (list.MaxItems == 1) break;
                if (asked.Count > 1) yield return RecordLevel.Of(JsonValue.Of(asked[0], asked[1]));
                if (asked.Count > 2) yield return RecordLevel.Of(JsonValue.Of(asked));
                if (!other.IsNull) yield return RecordLevel.Of(JsonValue.Of(asked[^1], other));
                break;
            default:
                yield return default;
                break;
        }

        yield return RecordLevel.Of(JsonValue.Null);
    }

    // Items of every two levels of what decides in them, each made from those of the list's items that are most like it, with all that the others have.
    ImmutableArray<RecordLevel> Variants(DecidingScope item, ArrayShape list, JsonValue items)
    {
        var whole = items.Items.Aggregate(JsonValue.Null, Joined);
        if (whole.IsNull) whole = ShapeSamples.Least(list.Item);
        if (whole.Kind != JsonKind.Object) return [];
        var factors = Of(item, whole, JsonValue.Null, null).ToList();
        return [.. rows.OfItem(factors, MaxItems).Select(Variant).DistinctBy(level => level.Full)];

        RecordLevel Variant(int[] row)
        {
            var like = items.Items.OrderByDescending(one => Enumerable.Range(0, row.Length).Count(at => factors[at].Levels[row[at]].Full is { } wanted && (JsonPointer.Find(one, factors[at].Pointer) ?? JsonValue.Null) == wanted)).Aggregate(JsonValue.Null, Joined);
            if (like.IsNull) like = whole;
            return new RecordLevel(RecordFactor.With(like, factors, row, isFull: true), RecordFactor.With(Needed(like, list.Item), factors, row, isFull: false));
        }
    }

    // Each item goes into the first list to which it brings no problem that the list had not without it; one that always does stands alone.
    List<ImmutableArray<RecordLevel>> Packs(ImmutableArray<RecordLevel> items, JsonValue document, string pointer, ArrayShape list)
    {
        var packs = new List<ImmutableArray<RecordLevel>>();
        foreach (var item in items)
        {
            var at = packs.FindIndex(pack => pack.Length < (list.MaxItems ?? MaxItems) && Tried(pack.Add(item)) is { } with && (with.Succeeded || Tried(pack) is { } without && !with.Problems.Select(Known).Except(without.Problems.Select(Known)).Any()));
            if (at >= 0) packs[at] = packs[at].Add(item);
            else if (packs.Count < MaxPacks) packs.Add([item]);
        }

        return packs;

        Execution? Tried(ImmutableArray<RecordLevel> pack) => SampleEdit.Put(document, pointer, JsonValue.Of(pack.Select(one => one.Full!.Value))) is var with && trial.IsValid(FieldFact.From(way), with) && trial.Execute(way, with) is var tried ? counts.Counted(tried) ?? tried : null;
    }

    static (string, string) Known(Problem problem) => (problem.Rule, SampleBase.KeyOf(problem.Path));

    static JsonValue Joined(JsonValue one, JsonValue other) => (one.Kind, other.Kind) switch
    {
        (JsonKind.Object, JsonKind.Object) => other.Members.Aggregate(one, (joined, member) => joined.With(member.Key, Joined(joined[member.Key], member.Value))),
        (JsonKind.Array, JsonKind.Array) when one.Count == 0 => other,
        _ => one.IsNull ? other : one,
    };

    // Only what the schema requires.
    static JsonValue Needed(JsonValue value, Shape? shape) => (shape, value.Kind) switch
    {
        (ObjectShape known, JsonKind.Object) => JsonValue.Of(value.Members.Where(member => known.Member(member.Key)?.Required == true).Select(member => KeyValuePair.Create(member.Key, Needed(member.Value, known.Member(member.Key)!.Shape)))),
        (ArrayShape list, JsonKind.Array) => JsonValue.Of(value.Items.Take(list.MinItems ?? 0).Select(item => Needed(item, list.Item))),
        _ => value,
    };
}
