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
/// <param name="Document">A document of the sender; one that the receiver takes, if any was found.</param>
/// <param name="Arrives">What arrives of it.</param>
/// <param name="Paths">How many places the sender's mapping reads or ignores.</param>
/// <param name="Lost">What the receiver does not learn; of a receiver that takes nothing, what it would not learn either if it did.</param>
/// <param name="Missing">What the receiver requires and the sender cannot give; empty if it takes any document that was tried.</param>
/// <param name="Refused">Why the receiver takes none of the documents that were tried, where it is for other reasons.</param>
/// <param name="Different">What comes back different; null if the mappings do not both go back.</param>
/// <param name="NotBack">Why what arrived is refused on the way back.</param>
public sealed record Composition(
    MappingDefinition From, MappingDefinition To, JsonValue Document, JsonValue Arrives, int Paths, ImmutableArray<NotLearnt> Lost, ImmutableArray<Problem> Missing, ImmutableArray<Problem> Refused,
    ImmutableArray<CameBack>? Different, ImmutableArray<Problem> NotBack)
{
    /// <summary>The places of the sender that the receiver learns.</summary>
    public ImmutableArray<string> Learnt { get; init; } = [];

    const int MostDifferent = 1_000;

    /// <summary>In a word: <c>full</c>, <c>loses</c>, <c>nothing</c>, <c>refused</c> or <c>impossible</c>.</summary>
    public string Verdict => VerdictOf(Paths, Lost.Length, Missing, Refused);

    /// <summary>Whether the receiver takes a document of the sender.</summary>
    public bool IsPossible => Missing.IsEmpty && Refused.IsEmpty;

    internal static string VerdictOf(int paths, int lost, ImmutableArray<Problem> missing, ImmutableArray<Problem> refused) =>
        !missing.IsEmpty ? "impossible" : !refused.IsEmpty ? "refused" : lost == 0 ? "full" : lost == paths ? "nothing" : "loses";

    /// <summary>Composes two mappings that share a canonical record: the first must go in, the second out.</summary>
    /// <param name="from">The mapping in.</param>
    /// <param name="to">The mapping out.</param>
    /// <param name="examples">Documents of the sender's system that are tried beside those that are made.</param>
    public static Composition Of(MappingDefinition from, MappingDefinition to, IEnumerable<JsonValue>? examples = null) => Of(MappingProfile.Of(from, examples), Receiver.Of(to));

    internal static Composition Of(MappingProfile profile, Receiver receiver)
    {
        var (from, to) = (profile.Mapping, receiver.Mapping);
        var pair = Pair.Of(profile, receiver);
        var unlearnt = pair.Lost(profile, receiver).ToHashSet();
        var lost = profile.Paths.Where(unlearnt.Contains).Select(path => new NotLearnt(path.Path, JsonPointer.Find(pair.Best.Document, path.Place.FirstPointer) ?? JsonValue.Null));
        var (different, notBack) = Back(from, to, pair.Best.Document, pair.Arrival);
        return new Composition(from, to, pair.Best.Document, pair.Arrival.Result, profile.Paths.Length, [.. lost], pair.Missing, pair.Refused, different, notBack) { Learnt = [.. profile.Paths.Where(path => !unlearnt.Contains(path)).Select(path => path.Path)] };
    }

    /// <summary>The same for the matrix: how many are lost, and of what is impossible or refused that alone.</summary>
    internal static (int Lost, ImmutableArray<Problem> Missing, ImmutableArray<Problem> Refused) Count(MappingProfile from, Receiver to)
    {
        var pair = Pair.Of(from, to);
        return (pair.IsTaken ? pair.Lost(from, to).Count() : 0, pair.Missing, pair.Refused);
    }

    static (ImmutableArray<CameBack>? Different, ImmutableArray<Problem> NotBack) Back(MappingDefinition from, MappingDefinition to, JsonValue document, Execution arrival)
    {
        if (from.Direction != MappingDirection.Both || to.Direction != MappingDirection.Both || !arrival.Succeeded) return (null, []);
        var read = to.Interpret(arrival.Result, MappingDirection.In);
        if (!read.Succeeded) return (null, read.Problems);
        var back = from.Interpret(read.Value, MappingDirection.Out);
        if (!back.Succeeded) return (null, back.Problems);
        return ([.. SampleEdit.Differences(document, back.Value, MostDifferent).Select(pointer => new CameBack(SampleBase.PathOf(pointer), JsonPointer.Find(document, pointer) ?? JsonValue.Null, JsonPointer.Find(back.Value, pointer) ?? JsonValue.Null))], []);
    }

    /// <summary>What was executed of a pair.</summary>
    /// <param name="Documents">Those that the receiver takes; if it takes none, all that were tried.</param>
    /// <param name="Best">The first that it takes, or refuses for the fewest reasons.</param>
    /// <param name="Arrival">What that becomes.</param>
    /// <param name="Missing">What it requires and never gets.</param>
    /// <param name="Refused">Why it takes none, where it is not that.</param>
    sealed record Pair(ImmutableArray<ProfileDocument> Documents, ProfileDocument Best, Execution Arrival, ImmutableArray<Problem> Missing, ImmutableArray<Problem> Refused)
    {
        const int Enough = 4;

        public bool IsTaken => Arrival.Succeeded;

        public static Pair Of(MappingProfile from, Receiver to)
        {
            var tried = from.DocumentsFor(to).Select(one => (Document: one, Arrival: to.Execute(one.Record))).ToList();
            if (tried.Count(one => one.Arrival.Succeeded) < Enough)
            {
                var mended = tried.Where(one => !one.Arrival.Succeeded).OrderBy(one => one.Arrival.Problems.Count()).Take(Enough).Select(one => from.Mended(one.Document, to)).ToList();
                tried.AddRange(mended.DistinctBy(one => one.Document).Select(one => (one, to.Execute(one.Record))));
            }

            var taken = tried.Where(one => one.Arrival.Succeeded).DistinctBy(one => one.Document.Document).ToList();
            if (taken is [var (first, arrival), ..]) return new Pair([.. taken.Select(one => one.Document)], first, arrival, [], []);
            var best = tried.OrderBy(one => MissingOf(one.Arrival).IsEmpty).ThenBy(one => one.Arrival.Problems.Count()).First();
            var missing = MissingOf(best.Arrival);
            return new Pair([.. tried.Select(one => one.Document)], best.Document, best.Arrival, missing, missing.IsEmpty ? to.Problems(best.Document.Record) : []);
        }

        // What is missing because a value was refused is no sign that it cannot be given.
        static ImmutableArray<Problem> MissingOf(Execution arrival) => arrival.Refused.IsEmpty ? [.. arrival.Broken.Where(problem => problem.Rule is "required" or "min-items" or "any-of" or "contains" or "min-properties")] : [];

        public IEnumerable<ProfilePath> Lost(MappingProfile from, Receiver to)
        {
            var arrivals = new Dictionary<JsonValue, Execution>();
            return from.Paths.Where(path => (!path.Keys.IsEmpty && !to.MayRead(path.Keys)) || !Documents.Any(document => IsLearnt(from.Changes(document, path))));

            bool IsLearnt(ImmutableArray<JsonValue> changes)
            {
                if (changes is not [var first, .. var others] || others.IsEmpty) return false;
                if (!arrivals.TryGetValue(first, out var before)) arrivals[first] = before = to.Execute(first);
                return (before.Succeeded || !IsTaken) && others.Any(other => to.Learns(before, other));
            }
        }
    }
}
