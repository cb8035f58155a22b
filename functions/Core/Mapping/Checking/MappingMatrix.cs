using System.Collections.Immutable;

namespace Interop.Core.Mapping.Checking;

/// <summary>One pair of the matrix.</summary>
/// <param name="From">The sender's mapping.</param>
/// <param name="To">The receiver's mapping.</param>
/// <param name="Paths">How many places the sender's mapping reads.</param>
/// <param name="Lost">How many of them the receiver does not learn.</param>
/// <param name="Missing">What the receiver requires and the sender cannot give, as paths.</param>
public sealed record MatrixPair(string From, string To, int Paths, int Lost, ImmutableArray<string> Missing)
{
    /// <summary>In a word: <c>full</c>, <c>loses n</c>, <c>nothing</c> or <c>impossible</c>.</summary>
    public string Verdict => !Missing.IsEmpty ? "impossible" : Lost == 0 ? "full" : Lost == Paths ? "nothing" : $"loses {Lost}";
}

/// <summary>Every mapping that goes in beside every one that goes out of the same canonical record, in the order of their names.</summary>
public static class MappingMatrix
{
    /// <summary>The pairs. What is known of a mapping is found once, so the work grows with the number of pairs.</summary>
    public static ImmutableArray<MatrixPair> Of(IEnumerable<MappingDefinition> mappings)
    {
        var all = mappings.OrderBy(mapping => mapping.Name, StringComparer.Ordinal).ToList();
        var profiles = all.Where(mapping => mapping.Direction.HasFlag(MappingDirection.In)).Select(mapping => MappingProfile.Of(mapping, all.Where(to => to.Direction.HasFlag(MappingDirection.Out) && to.Canonical == mapping.Canonical))).ToList();
        var receivers = all.Where(mapping => mapping.Direction.HasFlag(MappingDirection.Out)).Select(mapping => new Trial(mapping)).ToList();
        return [.. profiles.SelectMany(from => receivers.Where(to => to.Mapping.Canonical == from.Mapping.Canonical && to.Mapping != from.Mapping).Select(to => Pair(from, to)))];
    }

    static MatrixPair Pair(MappingProfile from, Trial to)
    {
        var (lost, missing) = Composition.Count(from, to);
        return new MatrixPair(from.Mapping.Name, to.Mapping.Name, from.Paths.Length, lost, [.. missing.Select(problem => SampleBase.PathOf(problem.Path))]);
    }
}
