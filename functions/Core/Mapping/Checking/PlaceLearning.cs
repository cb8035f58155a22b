using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>How much of one place of the sender arrives, by documents that differ in that place alone.</summary>
/// <param name="Path">The place.</param>
/// <param name="IsLearnt">Whether in some document another value there, or none, tells the receiver something else.</param>
/// <param name="Parts">What does not arrive of a place that is learnt.</param>
sealed record PlaceLearning(ProfilePath Path, bool IsLearnt, ImmutableArray<LearntInPart> Parts)
{
    const int MaxLimited = 2;
    const int MaxKinds = 12;

    public bool IsWhole => IsLearnt && Parts.IsEmpty;

    public static PlaceLearning Of(PairTrial pair, ProfilePath path)
    {
        if (!path.Keys.IsEmpty && !pair.To.MayRead(path.Keys)) return new PlaceLearning(path, IsLearnt: false, []);
        var tried = pair.Documents.Concat(pair.Otherwise).SelectMany(document => pair.Compared(document, path)).ToList();
        if (pair.IsTaken && Searched(pair, path, tried) is { } found) tried.Add(found);
        if (!tried.Exists(one => one.IsLearnt)) return new PlaceLearning(path, IsLearnt: false, []);

        // What the receiver limits is tried where something of the place arrives.
        var limited = tried.Where(one => one.IsLearnt).Take(MaxLimited).Select(one => PlaceComparison.Of(pair, pair.From.Limited(one.Change, path, pair.To))).ToList();
        tried.InsertRange(0, limited);
        var learnt = tried.Where(one => one.IsLearnt).ToList();
        var (where, merged) = (new PlaceLoss(pair, path).Of(learnt, [.. tried.Where(one => one.IsLost)]), Merged(path, learnt));

        // Of values that arrive as the same nowhere more than whether one stands there arrives: that is said once.
        var isSaid = merged is not null && where is { Where.IsEmpty: true } && where.Values.All(merged.Values.Contains);
        return new PlaceLearning(path, IsLearnt: true, [.. new[] { isSaid ? null : where, merged, Refused(path, tried) }.OfType<LearntInPart>()]) { Limited = [.. limited.Select(one => one.Change)] };
    }

    // What is learnt in none of the documents, or lost in none, is looked for once more.
    static PlaceComparison? Searched(PairTrial pair, ProfilePath path, List<PlaceComparison> tried)
    {
        var isLearnt = tried.Exists(one => one.IsLearnt);
        if (isLearnt && tried.Exists(one => one.IsLost)) return null;
        return new PlaceSearch(pair, path).Compared().FirstOrDefault(one => isLearnt ? one.IsLost : one.IsLearnt);
    }

    /// <summary>Whether the receiver learns how many items a list has. Of a list of which it learns nothing that is said of the items' places.</summary>
    public static PlaceLearning OfList(PairTrial pair, ProfilePath list)
    {
        if (!pair.IsTaken || !pair.To.MayRead(list.Keys)) return new PlaceLearning(list, IsLearnt: false, []);
        var told = pair.Documents.SelectMany(document => pair.From.WithoutItems(document, list)).Where(one => one.Change.Executions.Length > 1 && PlaceComparison.Of(pair, one.Change) is { Groups.Length: > 1 } or { Refused: not null });
        var tried = told.DistinctBy(one => JsonPointer.Find(one.Change.Executions[0].Document, one.Item)).Take(MaxKinds).Select(one => pair.From.WithMore(one.Change, one.Item, list, pair.To)).ToList();

        // Too few and too many are refused for reasons of their own.
        var (fewer, more) = (tried.ConvertAll(change => PlaceComparison.Of(pair, change)), tried.ConvertAll(change => PlaceComparison.Of(pair, change with { Executions = change.Executions.RemoveAt(1) })));
        return new PlaceLearning(list, tried.Count > 0, [.. new[] { Merged(list, fewer), Refused(list, fewer), Refused(list, more) }.OfType<LearntInPart>().DistinctBy(part => part.Document)]) { Limited = [.. more.Select(one => one.Change)] };
    }

    /// <summary>The documents in which what the receiver limits was tried.</summary>
    public ImmutableArray<PlaceChange> Limited { get; init; } = [];

    // Two spellings that the sender's own mapping makes one are one value; two of its codes are not.
    static LearntInPart? Merged(ProfilePath path, List<PlaceComparison> learnt)
    {
        foreach (var one in learnt)
        {
            foreach (var group in one.Groups.Where(group => group.Length > 1))
            {
                var apart = group.DistinctBy(execution => IsCode(path, one.Change.ValueIn(execution)) ? execution.Document : execution.Told).ToImmutableArray();
                if (apart.Length > 1) return new LearntInPart(path.Path, [.. apart.Select(one.Change.ValueIn)], apart[0].Document, [], null);
            }
        }

        return null;
    }

    static bool IsCode(ProfilePath path, JsonValue value) => SampleValues.ItemOf(path.Place)?.Allowed.Contains(value) ?? false;

    static LearntInPart? Refused(ProfilePath path, List<PlaceComparison> tried) => tried.Find(one => one.Refused is not null) is { Refused: var (execution, problem) } one
        ? new LearntInPart(path.Path, [one.Change.ValueIn(execution)], execution.Document, [], problem) : null;
}
