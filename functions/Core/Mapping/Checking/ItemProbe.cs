using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries items of which a list says what they are, such as a person's roles: one more value that no field asks for, two that different fields ask for, and these in either order.</summary>
sealed class ItemProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    const int MaxValues = 12;
    const int MaxPairs = 12;

    Side From => FieldFact.From(way);

    /// <summary>A value that a path asks for in a list of an item.</summary>
    sealed record Asked(FieldFact Fact, FieldPlace Place, string ListKey, string ListPath, RouteCondition Condition, JsonValue Value)
    {
        public string Path => ListPath + string.Concat(Condition.Path.Select(name => $".{name}"));
    }

    public void Try()
    {
        var asked = facts.Where(fact => fact.Reads(way) && fact.Syntax is not FieldSyntax.Ignore).SelectMany(fact => fact[From].SelectMany(place => Of(fact, place)));
        foreach (var member in asked.GroupBy(one => (one.ListKey, Member: string.Join('.', one.Condition.Path))))
        {
            var values = member.DistinctBy(one => one.Value).ToList();
            More(values[0], [.. values.Select(one => one.Value)]);
            foreach (var (one, other) in values.SelectMany((one, at) => values.Skip(at + 1).Select(other => (one, other))).Take(MaxPairs)) Both(one, other);
        }
    }

    static IEnumerable<Asked> Of(FieldFact fact, FieldPlace place)
    {
        var (steps, key, path) = (place.Resolved.Route.Steps, place.Key.Split('/'), place.Start);
        var below = steps.Count(step => step is not RouteStep.Holds);
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at] is RouteStep.Member member) path = MappingPathParser.Join(path, member.Name);
            if (steps[at] is not RouteStep.Where where) continue;
            foreach (var condition in where.Conditions.Where(condition => condition is { InList: true, Literal: not null }))
                yield return new Asked(fact, place, string.Join('/', key[..^(below - at)]), path, condition, condition.Literal!.Value);
            yield break;
        }
    }

    // The item with another value besides.
    void More(Asked one, ImmutableArray<JsonValue> known)
    {
        if (Item(one) is not var (document, pointer) || Shape(one) is not { } shape) return;
        var there = trial.Execute(way, document);
        var lost = ShapeSamples.Values(shape).Where(value => !known.Contains(value)).Take(shape.Allowed.IsEmpty ? 1 : MaxValues)
            .Select(value => (Value: value, Document: With(document, pointer, one, [one.Value, value]))).Where(more => !trial.IsSpent && trial.IsValid(From, more.Document))
            .Select(more => (more.Value, Execution: trial.Execute(way, more.Document))).Where(more => more.Execution.Told == there.Told && more.Execution.Problems.Count() == there.Problems.Count()).ToList();
        if (lost.Count > 0) findings.Add(CheckRules.ItemsDropped, way, one.Path, one.Fact.Syntax.Place, CheckMessages.OneMore(one.Path, lost.Select(more => CheckMessages.Preview(more.Value)), CheckMessages.Preview(one.Value)), FindingList.Same([there, lost[0].Execution]), condition: LossCondition.Unless(known.AsEnumerable()));
    }

    // One item with both values, in either order; and whether it is still one when it comes back.
    void Both(Asked one, Asked other)
    {
        if (Item(one) is not var (document, pointer)) return;
        var both = With(document, pointer, one, [one.Value, other.Value]);
        var turned = With(document, pointer, one, [other.Value, one.Value]);
        var values = pointer + string.Concat(one.Condition.Path.Select(RouteStep.Member.SegmentOf));
        if (trial.IsSpent || !trial.IsValid(From, both) || trial.Execute(way, both) is not { Succeeded: true } there) return;
        if (trial.IsValid(From, turned) && trial.Execute(way, turned) is var then && then.Told == there.Told) findings.Add(CheckRules.ItemOrder, way, one.Path, one.Fact.Syntax.Place, CheckMessages.ValueOrder(one.Path, CheckMessages.Preview(one.Value), CheckMessages.Preview(other.Value)), FindingList.Turned(there, then, $"{values}/0", $"{values}/1"));
        if (trial.Mapping.Direction != MappingDirection.Both) return;
        var list = pointer[..pointer.LastIndexOf('/')];
        var back = trial.Execute(way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, there.Result);
        if (JsonPointer.Find(both, list) is { } were && JsonPointer.Find(back.Result, list) is { Kind: JsonKind.Array } are && are.Count > were.Count)
            foreach (var how in HowBacks.Of(were, are)) findings.Add(CheckRules.NotBack, way, one.ListPath, one.Fact.Syntax.Place, CheckMessages.BackAsSeveral(one.ListPath, CheckMessages.Preview(one.Value), CheckMessages.Preview(other.Value)), FindingList.Back(there, back), one.Fact.Syntax, how: how);
    }

    (JsonValue Document, string Pointer)? Item(Asked one)
    {
        if (samples.With(one.Place, one.Fact) is not var (document, pointer)) return null;
        var segments = pointer.Split('/');
        var item = string.Join('/', segments[..Math.Min(segments.Length, one.ListKey.Split('/').Length + 1)]);
        return trial.IsValid(From, document) && JsonPointer.Find(document, item) is { Kind: JsonKind.Object } ? (document, item) : null;
    }

    ScalarShape? Shape(Asked one) => samples.Shape.At([.. one.ListKey.Split('/').Skip(1), "*", .. one.Condition.Path]) is ArrayShape { Item: ScalarShape item } ? item : null;

    static JsonValue With(JsonValue document, string pointer, Asked one, JsonValue[] values) =>
        JsonPointer.Find(document, pointer) is { } item ? JsonPointer.Replace(document, pointer, SampleEdit.With(item, one.Condition.Path, JsonValue.Of(values))) : document;
}
