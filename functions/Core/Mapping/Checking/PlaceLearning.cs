using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>How much of one place of the sender arrives, by documents that differ in that place alone.</summary>
/// <param name="Path">The place.</param>
/// <param name="IsLearnt">Whether in some document another value there, or none, tells the receiver something else.</param>
/// <param name="Parts">What does not arrive of a place that is learnt.</param>
sealed record PlaceLearning(ProfilePath Path, bool IsLearnt, ImmutableArray<LearntInPart> Parts)
{
    // Where a place is lost is said by what else differs, if that is little.
    const int MaxNamed = 2;
    const int MaxValues = 12;
    const int MaxLimited = 2;
    const int MaxKinds = 12;

    public bool IsWhole => IsLearnt && Parts.IsEmpty;

    public static PlaceLearning Of(PairTrial pair, ProfilePath path)
    {
        if (!path.Keys.IsEmpty && !pair.To.MayRead(path.Keys)) return new PlaceLearning(path, IsLearnt: false, []);
        var tried = pair.Documents.Concat(pair.Otherwise).SelectMany(document => pair.From.Changes(document, path)).Select(change => Compare(pair, change)).ToList();
        foreach (var document in pair.IsTaken ? Fewer(pair, path).TakeWhile(_ => !tried.Exists(one => one.Groups.Length > 1)) : []) tried.AddRange(pair.From.Changes(document, path).Select(change => Compare(pair, change)));
        if (!tried.Exists(one => one.Groups.Length > 1)) return new PlaceLearning(path, IsLearnt: false, []);

        // What the receiver limits is tried where something of the place arrives.
        var limited = tried.Where(one => one.Groups.Length > 1).Take(MaxLimited).Select(one => Compare(pair, pair.From.Limited(one.Change, path, pair.To))).ToList();
        tried.InsertRange(0, limited);
        var learnt = tried.Where(one => one.Groups.Length > 1).ToList();
        var (where, merged) = (Where(pair, path, learnt, [.. tried.Where(one => one.Groups is [{ Length: > 1 }])]), Merged(path, learnt));

        // Of values that arrive as the same nowhere more than whether one stands there arrives: that is said once.
        var isSaid = merged is not null && where is { Where.IsEmpty: true } && where.Values.All(merged.Values.Contains);
        return new PlaceLearning(path, IsLearnt: true, [.. new[] { isSaid ? null : where, merged, Refused(path, tried) }.OfType<LearntInPart>()]) { Limited = [.. limited.Select(one => one.Change)] };
    }

    // What does not arrive among others may arrive with little beside it, or in place of something else.
    static IEnumerable<ProfileDocument> Fewer(PairTrial pair, ProfilePath path)
    {
        yield return pair.Lean;
        foreach (var start in new[] { pair.Lean, pair.Best })
            if (pair.From.Documents.Instead(start, path, pair.To) is { } instead) yield return instead;
    }

    /// <summary>Whether the receiver learns how many items a list has. Of a list of which it learns nothing that is said of the items' places.</summary>
    public static PlaceLearning OfList(PairTrial pair, ProfilePath list)
    {
        if (!pair.IsTaken || !pair.To.MayRead(list.Keys)) return new PlaceLearning(list, IsLearnt: false, []);
        var told = pair.Documents.SelectMany(document => pair.From.WithoutItems(document, list)).Where(one => one.Change.Executions.Length > 1 && Compare(pair, one.Change) is { Groups.Length: > 1 } or { Refused: not null });
        var tried = told.DistinctBy(one => JsonPointer.Find(one.Change.Executions[0].Document, one.Item)).Take(MaxKinds).Select(one => pair.From.WithMore(one.Change, one.Item, list, pair.To)).ToList();

        // Too few and too many are refused for reasons of their own.
        var (fewer, more) = (tried.ConvertAll(change => Compare(pair, change)), tried.ConvertAll(change => Compare(pair, change with { Executions = change.Executions.RemoveAt(1) })));
        return new PlaceLearning(list, tried.Count > 0, [.. new[] { Merged(list, fewer), Refused(list, fewer), Refused(list, more) }.OfType<LearntInPart>().DistinctBy(part => part.Document)]) { Limited = [.. more.Select(one => one.Change)] };
    }

    /// <summary>The documents in which what the receiver limits was tried.</summary>
    public ImmutableArray<PlaceChange> Limited { get; init; } = [];

    /// <summary>What the changes of one place in one document become: those that tell the same are together.</summary>
    sealed record Comparison(PlaceChange Change, ImmutableArray<ImmutableArray<Execution>> Groups, (Execution Execution, Problem Problem)? Refused)
    {
        public JsonValue Document => Change.Executions[0].Document;
    }

    // What is refused is not learnt. Of a receiver that takes nothing, what it refuses for no other reasons than before counts.
    static Comparison Compare(PairTrial pair, PlaceChange change)
    {
        if (change.Executions.IsEmpty) return new Comparison(change, [], null);
        var arrived = change.Executions.Select(one => (Sent: one, Arrival: pair.Arrive(one.Result))).ToList();
        var usual = pair.IsTaken ? [] : arrived[0].Arrival.Problems.Select(problem => (problem.Rule, problem.Path)).ToHashSet();
        var taken = arrived.Where(one => one.Arrival.Problems.All(problem => usual.Contains((problem.Rule, problem.Path)))).ToList();
        var refused = pair.IsTaken && taken.Count > 0 ? arrived.Find(one => !one.Arrival.Succeeded) : default;
        return new Comparison(change, [.. taken.GroupBy(one => one.Arrival.Told).Select(group => group.Select(one => one.Sent).ToImmutableArray())], refused.Sent is null ? null : (refused.Sent, refused.Arrival.Problems.First()));
    }

    static LearntInPart? Where(PairTrial pair, ProfilePath path, List<Comparison> learnt, ImmutableArray<Comparison> lost)
    {
        if (lost.IsEmpty) return null;
        var nearest = lost.Select(one => (Lost: one, Pointers: learnt.Select(other => Apart(one, other)).MinBy(pointers => pointers.Length))).OrderBy(one => one.Pointers.Length).ToList();
        var (best, pointers) = nearest[0];
        var alike = nearest.Where(one => one.Pointers.SequenceEqual(pointers, StringComparer.Ordinal)).Take(pointers.Length == 1 ? MaxValues : 1).ToList();
        var others = pointers.Length == 1 ? Others(pair, path, best, pointers[0]) : [];
        var where = pointers.Length is > 0 and <= MaxNamed
            ? pointers.Select(pointer => new WhereLost(SampleBase.PathOf(pointer), [.. alike.Select(one => JsonPointer.Find(one.Lost.Document, pointer) ?? JsonValue.Null).Concat(others).Distinct().Take(MaxValues).OrderBy(value => value.IsNull)])) : [];
        var group = best.Groups[0];
        return new LearntInPart(path.Path, [best.Change.ValueIn(group[0]), best.Change.ValueIn(group[1])], group[0].Document, [.. where], null, IsNothing: true);
    }

    // Where one value decides, the others that may stand there are tried in the same document.
    static IEnumerable<JsonValue> Others(PairTrial pair, ProfilePath path, Comparison lost, string pointer) => pair.From.Documents.Decided(lost.Document, pointer)
        .Where(one => pair.From.Changes(one, path).Where(change => change.Pointer == lost.Change.Pointer).Select(change => Compare(pair, change)).Any(change => change.Groups is [{ Length: > 1 }])).Select(one => JsonPointer.Find(one.Document, pointer)!.Value);

    static ImmutableArray<string> Apart(Comparison lost, Comparison learnt) => [.. SampleEdit.Differences(lost.Document, learnt.Document, MaxNamed + 2).Where(pointer => pointer != lost.Change.Pointer && pointer != learnt.Change.Pointer)];

    // Two spellings that the sender's own mapping makes one are one value; two of its codes are not.
    static LearntInPart? Merged(ProfilePath path, List<Comparison> learnt)
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

    static LearntInPart? Refused(ProfilePath path, List<Comparison> tried) => tried.Find(one => one.Refused is not null) is { Refused: var (execution, problem) } one
        ? new LearntInPart(path.Path, [one.Change.ValueIn(execution)], execution.Document, [], problem) : null;
}
