using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place of the sender that decides whether another arrives.</summary>
/// <param name="Key">The place, with <c>*</c> for every item of a list.</param>
/// <param name="Values">What may stand there: what is asked for, then others.</param>
sealed record PairDecider(string Key, ImmutableArray<JsonValue> Values);

/// <summary>What decides in a pair of mappings whether a place of the sender arrives: what the fields of either side ask, and read besides, that read the place, what it becomes, or write what those write; said in the sender's own places.</summary>
/// <param name="samples">The sender's fields, and values for them.</param>
/// <param name="to">The receiver.</param>
sealed class PairDeciders(SampleBase samples, Receiver to)
{
    // Those that stand nearest to the place.
    const int MaxDeciders = 16;
    const int MaxCodes = 4;

    /// <summary>The deciders, none of which is the place itself or what its own path asks.</summary>
    public ImmutableArray<PairDecider> Of(ProfilePath path)
    {
        var key = path.Place.Key;
        var chosen = Demand.Around(path.Fact, path.Place).Select(demand => demand.Key).Concat(Referred(path.Place)).ToHashSet(StringComparer.Ordinal);
        var reading = samples.Reading.Where(fact => fact.MayRead(Side.Source, key)).ToList();
        var writing = to.Writing([.. reading.SelectMany(fact => fact.Canonical).Select(place => place.Key).Distinct(StringComparer.Ordinal)]);
        var saying = samples.Reading.Where(fact => fact.Canonical.Any(place => writing.Any(one => one.MayRead(Side.Canonical, place.Key))));
        var asked = new Asked([.. writing.SelectMany(fact => Demand.Of(fact, Side.Canonical))], writing);
        return
        [
            .. reading.Concat(saying).Distinct().SelectMany(fact => Places(fact, asked)).Where(one => !SampleBase.Meet(one.Key, key) && !chosen.Contains(one.Key)).GroupBy(one => one.Key, StringComparer.Ordinal)
                .Select(same => new PairDecider(same.Key, [.. same.SelectMany(one => one.Values).Distinct()])).OrderByDescending(decider => Shared(decider.Key, key)).Take(MaxDeciders),
        ];
    }

    // What a field asks, what its paths refer to, and where it reads.
    IEnumerable<PairDecider> Places(FieldFact fact, Asked asked)
    {
        foreach (var demand in Demand.Of(fact, Side.Source))
            if (samples.Shape.At(JsonPointer.Segments(demand.Key)!.Value) is { } shape) yield return new PairDecider(demand.Key, Standing(shape, demand.Values.Concat(Others(shape, demand.Values, 1))));
        foreach (var referred in fact.Source.SelectMany(Referred)) yield return new PairDecider(referred, []);
        var places = fact.Syntax is FieldSyntax.Compute { Reads.IsEmpty: true } ? samples.Reading.SelectMany(other => other.Source.Select(place => (Fact: other, Place: place))).Where(one => fact.MayRead(Side.Source, one.Place.Key)) : fact.Source.Select(place => (Fact: fact, Place: place));
        foreach (var (one, place) in places)
        {
            var read = one.Canonical.SelectMany(asked.Of).Select(value => Decider.Read(one.Converter, value, MappingDirection.In)).Where(value => !value.IsNull);
            var values = read.Concat(Written([fact], Side.Source, place)).Distinct().ToList();
            var others = samples.Values(one, place).SelectMany(value => value.Kind == JsonKind.Array ? value.Items : [value]).Where(value => !values.Contains(value)).Take(one.Converter is null ? 2 : MaxCodes);
            yield return new PairDecider(place.Key, Standing(place.Resolved.Shape, values.Concat(others)));
        }
    }

    /// <param name="Demands">What the fields of the receiver ask.</param>
    /// <param name="Writing">Those fields: programs compare with what stands in them.</param>
    sealed record Asked(ImmutableArray<Demand> Demands, ImmutableArray<FieldFact> Writing)
    {
        public IEnumerable<JsonValue> Of(FieldPlace place) => Demands.Where(demand => demand.Key == place.Key).SelectMany(demand => demand.Values).Concat(Written(Writing, Side.Canonical, place));
    }

    // What stands in the programs that may read a place.
    static IEnumerable<JsonValue> Written(ImmutableArray<FieldFact> facts, Side side, FieldPlace place) => SampleValues.ItemOf(place) is { } item
        ? ProgramSamples.Of(facts, side, place.Key, item).Take(MaxCodes) : [];

    static IEnumerable<string> Referred(FieldPlace place) => place.Groups.Append(place.Resolved).SelectMany(resolved => resolved.Conditions);

    static IEnumerable<JsonValue> Others(Shape shape, ImmutableArray<JsonValue> known, int most) =>
        (shape is ArrayShape list ? list.Item : shape) is ScalarShape scalar ? ShapeSamples.Values(scalar).Where(value => !known.Contains(value)).Take(most) : [];

    static ImmutableArray<JsonValue> Standing(Shape shape, IEnumerable<JsonValue> values) => shape switch
    {
        ScalarShape => [.. values.Distinct()],
        ArrayShape { Item: ScalarShape } => [.. values.Distinct().Select(value => JsonValue.Of(value))],
        _ => [],
    };

    static int Shared(string one, string other) => one.Split('/').Zip(other.Split('/')).TakeWhile(pair => pair.First == pair.Second).Count();
}
