using System.Collections.Immutable;

namespace Interop.Core.Mapping.Checking;

/// <summary>Which levels stand in one document: all pairs, and what decides about one place together.</summary>
sealed class RecordRows(MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, ImmutableArray<Decider> deciders)
{
    const int MaxTogether = 27;

    readonly ImmutableHashSet<string> keys = [.. deciders.Select(decider => decider.Key)];

    Side From => samples.From;

    // For each place what the fields that read there ask, and the place itself where another field asks it.
    ImmutableArray<ImmutableArray<string>> Reading => field.IsDefault ? field = Distinct(samples.Reading.SelectMany(fact => fact[From].Select(place => (place.Key, Asked: Asked(fact)))).GroupBy(one => one.Key, StringComparer.Ordinal)
        .Select(same => same.SelectMany(one => one.Asked).Append(same.Key))) : field;

    // For each place that is asked what the fields ask that ask it, and where they read.
    ImmutableArray<ImmutableArray<string>> Asking => field.IsDefault ? field = Distinct(deciders.Select(decider => facts.Where(fact => fact.Ways.HasFlag(way) && Asked(fact).Contains(decider.Key, StringComparer.Ordinal))
        .SelectMany(fact => Asked(fact).Concat(fact[From].Select(place => place.Key))))) : field;

    IEnumerable<string> Asked(FieldFact fact) => Demand.Of(fact, From).Select(demand => demand.Key);

    ImmutableArray<ImmutableArray<string>> Distinct(IEnumerable<IEnumerable<string>> sets) =>
        [.. sets.Select(set => set.Where(keys.Contains).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray()).DistinctBy(set => string.Join(' ', set), StringComparer.Ordinal)];

    /// <summary>The rows of an item.</summary>
    public List<int[]> OfItem(List<RecordFactor> factors, int most) => PairCover.Rows(factors.ConvertAll(factor => factor.Levels.Length), Reading.SelectMany(set => Wanted(factors, set)), most);

    /// <summary>The rows of a document, of which the first level says whether it is full (0) or lean: what the fields that read a place ask stands together in a full one, what the fields ask and read that ask a place in a lean one.</summary>
    public List<int[]> OfDocument(List<RecordFactor> factors, int most)
    {
        var wanted = Reading.SelectMany(set => Wanted(factors, set).Select(levels => InRow(levels, 0))).Concat(Asking.SelectMany(set => Wanted(factors, set).Select(levels => InRow(levels, 1))));
        return PairCover.Rows([2, .. factors.Select(factor => factor.Levels.Length)], wanted, most);
    }

    static (int, int)[] InRow((int Factor, int Level)[] levels, int isLean) => [(0, isLean), .. levels.Select(one => (one.Factor + 1, one.Level))];

    static IEnumerable<(int Factor, int Level)[]> Wanted(List<RecordFactor> factors, ImmutableArray<string> set)
    {
        var counts = factors.ConvertAll(factor => factor.Levels.Length);
        var places = Enumerable.Range(0, factors.Count).Where(at => set.Any(factors[at].Has)).ToArray();
        return places.Length < 2 || places.Aggregate(1L, (product, at) => product * counts[at]) > MaxTogether ? [] : PairCover.All(counts, places);
    }
}
