using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A whole document in which the places that decide have stated values.</summary>
/// <param name="Document">The document.</param>
/// <param name="IsFull">Whether it has all that is read, or only what must be there.</param>
sealed record SampleRecord(JsonValue Document, bool IsFull);

/// <summary>
/// Whole documents in which all that decides varies together: every two of the places that a condition, a discriminator or a group asks, with each value that is asked for, one that nothing asks for, and none.
/// Lists whose items decide have several of them.
/// </summary>
sealed class RecordSamples(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts)
{
    const int MaxRecords = 60;
    const int MaxRepairs = 8;
    const int MaxValues = 6;

    readonly Dictionary<(string Key, Shape Shape), ImmutableArray<JsonValue>> values = [];
    readonly ILookup<string, (FieldFact Fact, FieldPlace Place)> readers = samples.Reading.SelectMany(fact => fact[samples.From].Select(place => (Fact: fact, Place: place)))
        .Where(one => one.Place.Resolved.Route.Steps is not [.., RouteStep.Holds]).ToLookup(one => one.Place.Key, StringComparer.Ordinal);

    Side From => samples.From;

    /// <summary>What decides.</summary>
    public ImmutableArray<Decider> Deciders { get; } = Decider.Of(facts, way, samples.Shape);

    /// <summary>What a program refuses is tried with the numbers of the items.</summary>
    public RecordCounts Counts { get; } = new(trial, way, samples.Places, facts);

    /// <summary>The documents, each valid and each once; one that has all where nothing decides.</summary>
    public ImmutableArray<SampleRecord> All => field.IsDefault ? field = [.. Made().DistinctBy(one => one.Document).Where(one => trial.IsValid(From, one.Document))] : field;

    /// <summary>The values that are tried at a place: those of the fields that read it, then those of its schema.</summary>
    public ImmutableArray<JsonValue> Values(string key, Shape shape) => values.TryGetValue((key, shape), out var known) ? known : values[(key, shape)] = [.. Tried(key, shape)];

    /// <summary>The first of them, or the least of the shape: the others are not made for it.</summary>
    public JsonValue Usual(string key, Shape shape) => Tried(key, shape).Cast<JsonValue?>().FirstOrDefault() ?? ShapeSamples.Least(shape);

    IEnumerable<JsonValue> Tried(string key, Shape shape)
    {
        var read = readers[key].SelectMany(one => samples.Values(one.Fact, one.Place).Take(MaxValues));
        return (shape is ArrayShape list ? read.SelectMany(value => value.Kind == JsonKind.Array ? value.Items : [value]).Concat(Own(list.Item)) : read.Concat(Own(shape))).Where(value => !value.IsNull).Distinct();

        static IEnumerable<JsonValue> Own(Shape one) => one is ScalarShape scalar ? ShapeSamples.Values(scalar) : [];
    }

    IEnumerable<SampleRecord> Made()
    {
        var full = Completed(Apart(samples.Reading.Aggregate(samples.Full(), Added) is var all && trial.IsValid(From, all) ? all : samples.Full()));
        yield return new SampleRecord(full, IsFull: true);
        if (Deciders.IsEmpty) yield break;
        var rows = new RecordRows(way, samples, facts, Deciders);
        var factors = new List<RecordFactor>();
        foreach (var factor in new RecordFactors(trial, way, rows, Counts, Values).Of(DecidingScope.Of(Deciders, samples.Shape, Referring()), full, full, ""))
        {
            var alone = factor.Levels.Select(level => (Level: level, Document: Repaired(RecordFactor.With(full, [factor with { Levels = [level] }], [0], isFull: true, samples.WithoutBeside)))).ToList();
            foreach (var (_, document) in alone) yield return new SampleRecord(document, IsFull: true);
            var enough = alone.Where(one => IsEnough(one.Document)).Select(one => one.Level).ToImmutableArray();
            if (!enough.IsEmpty) factors.Add(factor with { Levels = enough });
        }

        foreach (var row in rows.OfDocument(factors, MaxRecords))
        {
            var isFull = row[0] == 0;
            yield return new SampleRecord(Repaired(RecordFactor.With(isFull ? full : samples.Root, factors, row.AsSpan(1), isFull, samples.WithoutBeside)), isFull);
        }
    }

    // Whether the other side has all that it requires: a level without which it has not is tried alone, or every record that has it would be refused.
    bool IsEnough(JsonValue document) => trial.IsValid(From, document) && trial.Execute(way, document) is var execution && (execution.Succeeded || !execution.Refused.IsEmpty);

    // What the other side lacks is added beside what stands there already.
    JsonValue Completed(JsonValue document)
    {
        var tried = new HashSet<FieldFact>(ReferenceEqualityComparer.Instance);
        for (var step = 0; step < MaxRepairs && trial.Execute(way, document) is { Succeeded: false, Refused.IsEmpty: true, Broken: var lacking }; step++)
        {
            var keys = lacking.Select(problem => SampleBase.KeyOf(problem.Path)).ToList();
            if (samples.Reading.FirstOrDefault(fact => !fact[From].IsEmpty && fact[FieldFact.To(way)].Any(place => keys.Exists(key => JsonPointer.Covers(key, place.Key))) && tried.Add(fact)) is not { } fact) break;
            document = fact[From].Aggregate(document, (with, place) => Beside(with, fact, place));
        }

        return document;
    }

    JsonValue Beside(JsonValue document, FieldFact fact, FieldPlace place)
    {
        var sample = new SampleDocument(document, samples.Shape, keepsItems: true);
        return sample.Reach(place) is not { } spot ? document : samples.Values(fact, place).Select(value => JsonPointer.Replace(sample.ToJson(), spot.Pointer, value)).FirstOrDefault(one => trial.IsValid(From, one), document);
    }

    // What is read only under a condition is there too, whether the condition holds or not.
    JsonValue Added(JsonValue document, FieldFact fact)
    {
        foreach (var place in fact[From].Where(place => !place.Key.Contains("/*", StringComparison.Ordinal) && JsonPointer.Find(document, place.Key) is null))
        {
            if (samples.Placed(document, place, null) is not var (with, pointer)) continue;
            if (samples.Values(fact, place).Select(value => JsonPointer.Replace(with, pointer, value)).FirstOrDefault(one => trial.IsValid(From, one)) is { IsNull: false } valid) document = valid;
        }

        return document;
    }

    // What becomes the same under different conditions has different values, or nothing would show which of them arrived.
    JsonValue Apart(JsonValue document)
    {
        foreach (var same in samples.Reading.Where(fact => fact.Syntax is FieldSyntax.Copy && !fact.Tests.IsEmpty && !fact[From][0].Key.Contains("/*", StringComparison.Ordinal)).GroupBy(fact => fact[FieldFact.To(way)][0].Key, StringComparer.Ordinal))
        {
            var used = new HashSet<JsonValue>();
            foreach (var (fact, place) in same.Select(fact => (fact, fact[From][0])).DistinctBy(one => one.Item2.Key))
            {
                var free = samples.Values(fact, place).Where(value => !used.Contains(value)).Select(value => (value, With: JsonPointer.Replace(document, place.Key, value))).FirstOrDefault(one => trial.IsValid(From, one.With));
                if (free.With.IsNull) continue;
                used.Add(free.value);
                document = free.With;
            }
        }

        return document;
    }

    // Lists whose items others refer to: they stay as they are.
    HashSet<string> Referring() => facts.SelectMany(fact => fact[From]).SelectMany(place => Referring(place.Resolved)).ToHashSet(StringComparer.Ordinal);

    static IEnumerable<string> Referring(Resolved resolved)
    {
        var key = resolved.Key.Split('/');
        var below = resolved.Route.Steps.Count(step => step is not RouteStep.Holds);
        return resolved.Route.Steps.Select((step, at) => (step, at)).Where(one => one.step is RouteStep.Where where && where.Conditions.Any(condition => condition.Reference is not null)).Select(one => string.Join('/', key[..^(below - one.at)]));
    }

    // What the schema says of several members together is kept: what is missing is added, what may not be there is taken away, at last all that is not read under these conditions.
    JsonValue Repaired(JsonValue document)
    {
        for (var step = 0; step < MaxRepairs; step++)
        {
            if (trial.IsValid(From, document)) return document;
            var wrong = trial.Validate(From, document)[0];
            var better = wrong.Rule is "required" or "dependent-required" && JsonPointer.Segments(wrong.Path) is { } path && samples.Shape.At(path) is { } shape ? SampleEdit.Put(document, wrong.Path, Usual(SampleBase.KeyOf(wrong.Path), shape))
                : wrong.Path.Length > 0 ? SampleEdit.Without(document, wrong.Path) : Idle(document);
            if (better == document) break;
            document = better;
        }

        return Idle(document);
    }

    JsonValue Idle(JsonValue document) => facts.Where(fact => fact.Reads(way) && !fact.Tests.IsEmpty).SelectMany(fact => fact[From].Where(place => !Demand.Of(fact, From).All(demand => demand.HoldsBeside(document, place.FirstPointer))))
        .Where(place => !Deciders.Any(decider => SampleBase.Meet(decider.Key, place.Key))).Select(place => place.FirstPointer).ToList().Aggregate(document, SampleEdit.Without);
}
