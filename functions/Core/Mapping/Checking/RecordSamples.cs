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
sealed class RecordSamples
{
    const int MaxRecords = 60;
    const int MaxItems = 12;
    const int MaxTogether = 27;
    const int MaxPacks = 6;
    const int MaxInner = 5;
    const int MaxTested = 6;
    const int MaxRepairs = 8;

    readonly Trial trial;
    readonly MappingDirection way;
    readonly SampleBase samples;
    readonly ImmutableArray<FieldFact> facts;
    readonly DecidingScope scope;
    readonly ImmutableArray<ImmutableArray<string>> reading;
    readonly ImmutableArray<ImmutableArray<string>> asking;

    public RecordSamples(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts)
    {
        (this.trial, this.way, this.samples, this.facts) = (trial, way, samples, facts);
        Deciders = Decider.Of(facts, way, samples.Shape);
        reading = [.. Reading().DistinctBy(keys => string.Join(' ', keys))];
        asking = [.. Asking().DistinctBy(keys => string.Join(' ', keys))];
        scope = DecidingScope.Of(Deciders, samples.Shape, facts.SelectMany(fact => fact[From].SelectMany(place => Referring(place.Resolved))).ToHashSet(StringComparer.Ordinal));
    }

    Side From => samples.From;

    /// <summary>What decides.</summary>
    public ImmutableArray<Decider> Deciders { get; }

    /// <summary>The documents, each valid and each once; one that has all where nothing decides.</summary>
    public ImmutableArray<SampleRecord> All => field.IsDefault ? field = [.. Made().DistinctBy(one => one.Document).Where(one => trial.IsValid(From, one.Document))] : field;

    /// <summary>The values that are tried at a place: those of the fields that read it, then those of its schema.</summary>
    public IEnumerable<JsonValue> Values(string key, Shape shape)
    {
        var read = samples.Reading.SelectMany(fact => fact[From].Where(place => place.Key == key && place.Resolved.Route.Steps is not [.., RouteStep.Holds]).SelectMany(place => samples.Values(fact, place).Take(MaxTested)));
        return (shape is ArrayShape list ? read.SelectMany(value => value.Kind == JsonKind.Array ? value.Items : [value]).Concat(Own(list.Item)) : read.Concat(Own(shape))).Where(value => !value.IsNull).Distinct();

        static IEnumerable<JsonValue> Own(Shape one) => one is ScalarShape scalar ? ShapeSamples.Values(scalar) : [];
    }

    /// <summary>A level of a factor: what stands there in a full document and in a lean one; null leaves what stands there.</summary>
    readonly record struct Level(JsonValue? Full, JsonValue? Lean)
    {
        public static Level Of(JsonValue value) => new(value, value);

        public JsonValue? In(bool isFull) => isFull ? Full : Lean;
    }

    static IEnumerable<string> Referring(Resolved resolved)
    {
        var key = resolved.Key.Split('/');
        var below = resolved.Route.Steps.Count(step => step is not RouteStep.Holds);
        return resolved.Route.Steps.Select((step, at) => (step, at)).Where(one => one.step is RouteStep.Where where && where.Conditions.Any(condition => condition.Reference is not null)).Select(one => string.Join('/', key[..^(below - one.at)]));
    }

    IEnumerable<SampleRecord> Made()
    {
        var full = Apart(samples.Reading.Aggregate(samples.Full(), Added) is var all && trial.IsValid(From, all) ? all : samples.Full());
        yield return new SampleRecord(full, IsFull: true);
        if (Deciders.IsEmpty) yield break;
        var factors = Factors(scope, full, full, "").ToList();
        foreach (var row in Rows(factors.Prepend(new Factor("", "", [default, default])).ToList(), MaxRecords))
        {
            var isFull = row[0] == 0;
            yield return new SampleRecord(Repaired(With(isFull ? full : samples.Root, factors, row.AsSpan(1), isFull)), isFull);
        }
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

    /// <summary>What varies.</summary>
    /// <param name="Pointer">Where it stands, from the document or the item.</param>
    /// <param name="Key">Its place; a list's is that of its items.</param>
    /// <param name="Levels">What may stand there.</param>
    sealed record Factor(string Pointer, string Key, ImmutableArray<Level> Levels)
    {
        public bool Has(string decider) => Key == decider || (Key.EndsWith("/*", StringComparison.Ordinal) && decider.StartsWith(Key + "/", StringComparison.Ordinal));
    }

    // Beside all pairs, what decides about one place together: in a full document all that is asked by the fields that read there, in a lean one all that the fields ask and read that ask there.
    List<int[]> Rows(List<Factor> factors, int most)
    {
        var counts = factors.ConvertAll(factor => factor.Levels.Length);
        var isWhole = factors[0].Key.Length == 0;
        var full = reading.SelectMany(keys => Wanted(keys, isWhole ? [(0, 0)] : []));
        return PairCover.Rows(counts, isWhole ? full.Concat(asking.SelectMany(keys => Wanted(keys, [(0, 1)]))) : full, most);

        IEnumerable<(int, int)[]> Wanted(ImmutableArray<string> keys, (int, int)[] first)
        {
            var places = Enumerable.Range(0, factors.Count).Where(at => keys.Any(factors[at].Has)).ToArray();
            return places.Length < 2 || places.Aggregate(1L, (product, at) => product * counts[at]) > MaxTogether ? [] : PairCover.All(counts, places).Select(levels => ((int, int)[])[.. first, .. levels]);
        }
    }

    // For each place what the fields that read there ask, and the place itself where another field asks it.
    IEnumerable<ImmutableArray<string>> Reading() => samples.Reading.SelectMany(fact => fact[From].Select(place => (place.Key, Asked: Demand.Of(fact, From).Select(demand => demand.Key)))).GroupBy(one => one.Key, StringComparer.Ordinal)
        .Select(same => Deciding(same.SelectMany(one => one.Asked).Append(same.Key)));

    // For each place that is asked what the fields ask that ask it, and where they read.
    IEnumerable<ImmutableArray<string>> Asking() => Deciders.Select(decider => Deciding(facts.Where(fact => fact.Ways.HasFlag(way)).Select(fact => (Asked: Demand.Of(fact, From).Select(demand => demand.Key), Read: fact[From].Select(place => place.Key)))
        .Where(one => one.Asked.Contains(decider.Key, StringComparer.Ordinal)).SelectMany(one => one.Asked.Concat(one.Read))));

    ImmutableArray<string> Deciding(IEnumerable<string> keys) => [.. keys.Where(key => Deciders.Any(decider => decider.Key == key)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>What varies in a document or an item.</summary>
    /// <param name="here">The document or the item.</param>
    /// <param name="value">What stands there, with all that is read.</param>
    /// <param name="document">The document in which lists are tried.</param>
    /// <param name="pointer">Where it stands in that; null where items are not tried.</param>
    IEnumerable<Factor> Factors(DecidingScope here, JsonValue value, JsonValue document, string? pointer)
    {
        foreach (var (at, decider) in here.Own) yield return new Factor(at, decider.Key, [.. Levels(decider)]);
        foreach (var (at, list, item) in here.Lists)
        {
            var variants = Variants(item, list, JsonPointer.Find(value, at) ?? JsonValue.EmptyArray);
            if (variants.IsEmpty) continue;
            var packs = pointer is null ? [variants, .. variants.Take(MaxInner).Select(one => ImmutableArray.Create(one))] : Packs(variants, document, pointer + at, list);
            yield return new Factor(at, item.Key, [.. packs.Select(pack => new Level(JsonValue.Of(pack.Select(one => one.Full!.Value)), JsonValue.Of(pack.Select(one => one.Lean!.Value)))).Append(Level.Of(JsonValue.Null))]);
        }
    }

    IEnumerable<Level> Levels(Decider decider)
    {
        var other = Values(decider.Key, decider.Shape).FirstOrDefault(value => !decider.Tested.Contains(value));
        var asked = decider.Tested.Take(MaxTested).ToList();
        switch (decider.Shape)
        {
            case ScalarShape:
                foreach (var value in asked) yield return Level.Of(value);
                if (!other.IsNull) yield return Level.Of(other);
                break;
            case ArrayShape { Item: ScalarShape } list when asked.Count > 0:
                foreach (var value in asked) yield return Level.Of(JsonValue.Of(value));
                if (!other.IsNull) yield return Level.Of(JsonValue.Of(other));
                if (list.MaxItems == 1) break;
                if (asked.Count > 1) yield return Level.Of(JsonValue.Of(asked[0], asked[1]));
                if (asked.Count > 2) yield return Level.Of(JsonValue.Of(asked));
                if (!other.IsNull) yield return Level.Of(JsonValue.Of(asked[^1], other));
                break;
            default:
                yield return default;
                break;
        }

        yield return Level.Of(JsonValue.Null);
    }

    // Items of every two levels of what decides in them, each made from those of the list's items that are most like it, with all that the others have.
    ImmutableArray<Level> Variants(DecidingScope item, ArrayShape list, JsonValue items)
    {
        var whole = items.Items.Aggregate(JsonValue.Null, Joined);
        if (whole.IsNull) whole = ShapeSamples.Least(list.Item);
        if (whole.Kind != JsonKind.Object) return [];
        var factors = Factors(item, whole, JsonValue.Null, null).ToList();
        return [.. Rows(factors, MaxItems).Select(Variant).DistinctBy(level => level.Full)];

        Level Variant(int[] row)
        {
            var like = items.Items.OrderByDescending(one => Enumerable.Range(0, row.Length).Count(at => factors[at].Levels[row[at]].Full is { } wanted && (JsonPointer.Find(one, factors[at].Pointer) ?? JsonValue.Null) == wanted)).Aggregate(JsonValue.Null, Joined);
            if (like.IsNull) like = whole;
            return new Level(With(like, factors, row, isFull: true), With(Needed(like, list.Item), factors, row, isFull: false));
        }
    }

    // Each item goes into the first list in which the document still translates; one that never does stands alone.
    List<ImmutableArray<Level>> Packs(ImmutableArray<Level> items, JsonValue document, string pointer, ArrayShape list)
    {
        var packs = new List<ImmutableArray<Level>>();
        foreach (var item in items)
        {
            var at = packs.FindIndex(pack => pack.Length < (list.MaxItems ?? MaxItems) && Translates(pack.Add(item)));
            if (at >= 0) packs[at] = packs[at].Add(item);
            else if (packs.Count < MaxPacks) packs.Add([item]);
        }

        return packs;

        bool Translates(ImmutableArray<Level> pack) => SampleEdit.Put(document, pointer, JsonValue.Of(pack.Select(one => one.Full!.Value))) is var with && trial.IsValid(From, with) && trial.Execute(way, with).Succeeded;
    }

    static JsonValue With(JsonValue start, List<Factor> factors, ReadOnlySpan<int> row, bool isFull)
    {
        var (made, absent) = (start, new List<string>());
        for (var at = 0; at < factors.Count; at++)
        {
            if (factors[at].Levels[row[at]].In(isFull) is not { } value) continue;
            if (value.IsNull) absent.Add(factors[at].Pointer);
            else made = SampleEdit.Put(made, factors[at].Pointer, value);
        }

        return absent.Aggregate(made, SampleEdit.Without);
    }

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

    // What the schema says of several members together is kept: what is missing is added, what may not be there is taken away, at last all that is not read under these conditions.
    JsonValue Repaired(JsonValue document)
    {
        for (var step = 0; step < MaxRepairs; step++)
        {
            if (trial.IsValid(From, document)) return document;
            var wrong = trial.SchemaOf(From).Validate(document)[0];
            var better = wrong.Rule is "required" or "dependent-required" && JsonPointer.Segments(wrong.Path) is { } path && samples.Shape.At(path) is { } shape ? SampleEdit.Put(document, wrong.Path, Values(SampleBase.KeyOf(wrong.Path), shape).FirstOrDefault(ShapeSamples.Least(shape)))
                : wrong.Path.Length > 0 ? SampleEdit.Without(document, wrong.Path) : Idle(document);
            if (better == document) break;
            document = better;
        }

        return Idle(document);
    }

    JsonValue Idle(JsonValue document) => facts.Where(fact => fact.Reads(way) && !fact.Tests.IsEmpty).SelectMany(fact => fact[From].Where(place => !Demand.Of(fact, From).All(demand => demand.HoldsBeside(document, place.FirstPointer))))
        .Where(place => !Deciders.Any(decider => SampleBase.Meet(decider.Key, place.Key))).Select(place => place.FirstPointer).ToList().Aggregate(document, SampleEdit.Without);
}
