using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Something of one system that another does not learn.</summary>
/// <param name="Path">The place in the sender's format.</param>
/// <param name="Value">A value that stood there.</param>
public sealed record NotLearnt(string Path, JsonValue Value);

/// <summary>A value that came back different.</summary>
/// <param name="Path">The place in the sender's format.</param>
/// <param name="Sent">What was sent.</param>
/// <param name="Back">What came back; null for nothing.</param>
public sealed record CameBack(string Path, JsonValue Sent, JsonValue Back);

/// <summary>What one system's documents become in another's format, through the canonical record; all of it executed.</summary>
/// <param name="From">The mapping in.</param>
/// <param name="To">The mapping out.</param>
/// <param name="Document">A document of the sender.</param>
/// <param name="Arrives">What arrives of it.</param>
/// <param name="Paths">How many places the sender's mapping reads.</param>
/// <param name="Lost">What the receiver does not learn.</param>
/// <param name="Missing">What the receiver requires and the sender cannot give.</param>
/// <param name="Refused">What the receiver's mapping refuses of the sample for other reasons.</param>
/// <param name="Different">What comes back different; null if the mappings do not both go back.</param>
public sealed record Composition(
    MappingDefinition From, MappingDefinition To, JsonValue Document, JsonValue Arrives, int Paths, ImmutableArray<NotLearnt> Lost, ImmutableArray<Problem> Missing, ImmutableArray<Problem> Refused,
    ImmutableArray<CameBack>? Different)
{
    /// <summary>Whether the receiver's format can be filled from the sender's.</summary>
    public bool IsPossible => Missing.IsEmpty;

    /// <summary>Whether nothing that was tried arrives.</summary>
    public bool IsNothing => IsPossible && Paths > 0 && Lost.Length == Paths;

    /// <summary>Whether nothing is lost.</summary>
    public bool IsFull => IsPossible && Lost.IsEmpty;

    /// <summary>Composes two mappings that share a canonical record: the first must go in, the second out.</summary>
    public static Composition Of(MappingDefinition from, MappingDefinition to) => Of(MappingProfile.Of(from, [to]), to, new Trial(to));

    internal static Composition Of(MappingProfile from, MappingDefinition to, Trial trial)
    {
        var arrivals = Arrivals(from, trial);
        var best = Enumerable.Range(0, arrivals.Length).OrderBy(at => MissingOf(arrivals[at]).Length).ThenBy(at => arrivals[at].Refused.Length).First();
        return new Composition(
            from.Mapping, to, from.Documents[best], arrivals[best].Result, from.Paths.Length, NotLearntBy(from, trial, arrivals), MissingOf(arrivals[best]), arrivals[best].Refused,
            Back(from.Mapping, to, from.Documents[best], arrivals[best]));
    }

    /// <summary>How much the receiver does not learn, and what it misses; of what is impossible the first is not asked.</summary>
    internal static (int Lost, ImmutableArray<Problem> Missing) Count(MappingProfile from, Trial trial)
    {
        var arrivals = Arrivals(from, trial);
        var missing = arrivals.Select(MissingOf).MinBy(found => found.Length);
        return missing.IsEmpty ? (NotLearntBy(from, trial, arrivals).Length, missing) : (0, missing);
    }

    static ImmutableArray<Execution> Arrivals(MappingProfile from, Trial trial) => [.. from.Records.Select(record => trial.Execute(MappingDirection.Out, record))];

    static ImmutableArray<NotLearnt> NotLearntBy(MappingProfile from, Trial trial, ImmutableArray<Execution> arrivals) =>
        [.. from.Paths.Where(path => !IsLearnt(path, from, trial, arrivals)).Select(path => new NotLearnt(path.Path, path.Value))];

    static bool IsLearnt(ProfilePath path, MappingProfile from, Trial trial, ImmutableArray<Execution> arrivals)
    {
        for (var at = 0; at < arrivals.Length; at++)
        {
            if (path.Changed[at].Any(changed => changed != from.Records[at] && IsTold(changed, trial, arrivals[at]))) return true;
        }

        return false;
    }

    // What is refused instead is not learnt.
    static bool IsTold(JsonValue changed, Trial trial, Execution before)
    {
        var now = trial.Mapping.ToSource(changed);
        return now.Problems.All(problem => before.Refused.Any(known => known.Rule == problem.Rule && known.Path == problem.Path)) && trial.Told(MappingDirection.Out, now.Value) != before.Told;
    }

    // What is missing because a value was refused is no sign that it cannot be given.
    static ImmutableArray<Problem> MissingOf(Execution arrival) => arrival.Refused.IsEmpty ? [.. arrival.Broken.Where(problem => problem.Rule is "required" or "min-items")] : [];

    static ImmutableArray<CameBack>? Back(MappingDefinition from, MappingDefinition to, JsonValue document, Execution arrival)
    {
        if (from.Direction != MappingDirection.Both || to.Direction != MappingDirection.Both) return null;
        var back = from.ToSource(to.ToCanonical(arrival.Result).Value).Value;
        return [.. SampleEdit.Differences(document, back).Select(pointer =>
            new CameBack(SampleBase.PathOf(pointer), JsonPointer.Find(document, pointer) ?? JsonValue.Null, JsonPointer.Find(back, pointer) ?? JsonValue.Null))];
    }
}
