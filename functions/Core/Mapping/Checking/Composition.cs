using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Something of one system that another does not learn.</summary>
/// <param name="Path">The place in the sender's format.</param>
/// <param name="Value">A value that stood there.</param>
public sealed record NotLearnt(string Path, JsonValue Value);

/// <summary>Something of one system that another learns, but not always.</summary>
/// <param name="Path">The place in the sender's format.</param>
/// <param name="Values">Values there that arrive as the same; null stands for none there. The one that is refused, if one is.</param>
/// <param name="Document">A document of the sender with the first of them.</param>
/// <param name="Where">What stands elsewhere in the document where nothing of the place arrives, by path; empty if it is not that, or not that alone.</param>
/// <param name="Problem">Why the value is refused; null if it is not.</param>
/// <param name="IsNothing">Whether nothing of the place arrives in the document.</param>
public sealed record LearntInPart(string Path, ImmutableArray<JsonValue> Values, JsonValue Document, ImmutableArray<WhereLost> Where, Problem? Problem, bool IsNothing = false);

/// <summary>What stands elsewhere in a document in which a place is lost.</summary>
/// <param name="Path">The other place.</param>
/// <param name="Values">What stands there, in one document or another; null if nothing does. None: the path is that of a list, of which the place is in an item behind another.</param>
public sealed record WhereLost(string Path, ImmutableArray<JsonValue> Values);

/// <summary>A document of the sender that the receiver refuses although it takes others.</summary>
/// <param name="Document">The document.</param>
/// <param name="Problem">Why.</param>
public sealed record NotTaken(JsonValue Document, Problem Problem);

/// <summary>A value that came back different.</summary>
/// <param name="Path">The place in the sender's format.</param>
/// <param name="Sent">What was sent.</param>
/// <param name="Back">What came back; null for nothing.</param>
/// <param name="Document">The document in which it was sent.</param>
public sealed record CameBack(string Path, JsonValue Sent, JsonValue Back, JsonValue Document);

/// <summary>What one system's documents become in another's format, through the canonical record; all of it executed.</summary>
/// <param name="From">The mapping in.</param>
/// <param name="To">The mapping out.</param>
/// <param name="Document">A document of the sender; one that the receiver takes, if any was found.</param>
/// <param name="Arrives">What arrives of it.</param>
/// <param name="Paths">How many places the sender's mapping reads or ignores, and lists of which not every number of items arrives.</param>
/// <param name="Lost">What the receiver never learns; of a receiver that takes nothing, what it would not learn either if it did.</param>
/// <param name="InPart">What the receiver learns only of some documents or values.</param>
/// <param name="Missing">What the receiver requires and the sender cannot give; empty if it takes any document that was tried.</param>
/// <param name="Refused">Why the receiver takes none of the documents that were tried, where it is for other reasons.</param>
/// <param name="NotTaken">Documents that it refuses although it takes others, one for each reason that <paramref name="InPart"/> does not say.</param>
/// <param name="Returned">What came of the way back.</param>
public sealed record Composition(
    MappingDefinition From, MappingDefinition To, JsonValue Document, JsonValue Arrives, int Paths, ImmutableArray<NotLearnt> Lost, ImmutableArray<LearntInPart> InPart, ImmutableArray<Problem> Missing, ImmutableArray<Problem> Refused,
    ImmutableArray<NotTaken> NotTaken, Returned? Returned)
{
    /// <summary>The places of the sender that the receiver learns, in whole or in part.</summary>
    public ImmutableArray<string> Learnt { get; init; } = [];

    /// <summary>How many places lose something: those of which nothing arrives, and those that arrive in part.</summary>
    public int Losing => Lost.Length + InPart.DistinctBy(part => part.Path).Count();

    /// <summary>In a word: <c>full</c>, <c>loses</c>, <c>nothing</c>, <c>refused</c> or <c>impossible</c>.</summary>
    public string Verdict => VerdictOf(Paths, Losing, Lost.Length, Missing, Refused, NotTaken.Length);

    /// <summary>Valid documents of the sender that its own mapping refuses, one for each reason: of these nothing is said here.</summary>
    public ImmutableArray<NotTaken> Unsent { get; init; } = [];

    /// <summary>Whether the receiver takes a document of the sender.</summary>
    public bool IsPossible => Missing.IsEmpty && Refused.IsEmpty;

    internal static string VerdictOf(int paths, int losing, int lost, IReadOnlyCollection<object> missing, IReadOnlyCollection<object> refused, int notTaken) =>
        missing.Count > 0 ? "impossible" : refused.Count > 0 ? "refused" : losing == 0 && notTaken == 0 ? "full" : lost == paths ? "nothing" : "loses";

    /// <summary>Composes two mappings that share a canonical record: the first must go in, the second out.</summary>
    /// <param name="from">The mapping in.</param>
    /// <param name="to">The mapping out.</param>
    /// <param name="examples">Documents of the sender's system that are tried beside those that are made.</param>
    public static Composition Of(MappingDefinition from, MappingDefinition to, IEnumerable<JsonValue>? examples = null) => Of(MappingProfile.Of(from, examples), Receiver.Of(to));

    internal static Composition Of(MappingProfile profile, Receiver receiver)
    {
        var pair = PairTrial.Of(profile, receiver);
        var (places, lists) = Learnings(pair);
        var parts = places.Concat(lists).SelectMany(place => place.Parts).ToImmutableArray();
        return new Composition(
            profile.Mapping, receiver.Mapping, pair.Best.Document, pair.Arrival.Result, places.Length + lists.Length,
            [.. places.Where(place => !place.IsLearnt).Select(place => new NotLearnt(place.Path.Path, JsonPointer.Find(pair.Best.Document, place.Path.Place.FirstPointer) ?? JsonValue.Null))], parts,
            pair.Missing, pair.Refused, Unsaid(pair, parts), Returned.Of(pair, places.Concat(lists).SelectMany(place => place.Limited)))
        {
            Learnt = [.. places.Where(place => place.IsLearnt).Select(place => place.Path.Path)],
            Unsent = profile.Unsent,
        };
    }

    /// <summary>The same for the matrix: how many lose something and how many all, and of what is impossible or refused that alone.</summary>
    internal static MatrixPair InShort(MappingProfile from, Receiver to)
    {
        var pair = PairTrial.Of(from, to);
        var (places, lists) = pair.IsTaken ? Learnings(pair) : ([], []);
        return new MatrixPair(
            from.Mapping.Name, to.Mapping.Name, from.Paths.Length + lists.Length, places.Count(place => !place.IsWhole) + lists.Length, places.Count(place => !place.IsLearnt), [.. pair.Missing.Select(problem => SampleBase.PathOf(problem.Path))],
            [.. pair.Refused.Select(problem => problem.ToString())], Unsaid(pair, places.Concat(lists).SelectMany(place => place.Parts)).Length);
    }

    // The places of the sender, and its lists of which something is lost.
    static (ImmutableArray<PlaceLearning> Places, ImmutableArray<PlaceLearning> Lists) Learnings(PairTrial pair) =>
        ([.. pair.From.Paths.Select(path => PlaceLearning.Of(pair, path))], [.. pair.From.Lists.Select(list => PlaceLearning.OfList(pair, list)).Where(list => !list.Parts.IsEmpty)]);

    static ImmutableArray<NotTaken> Unsaid(PairTrial pair, IEnumerable<LearntInPart> parts)
    {
        var said = parts.Select(part => part.Problem).OfType<Problem>().Select(problem => (problem.Rule, SampleBase.KeyOf(problem.Path))).ToHashSet();
        return [.. pair.NotTaken.Where(one => !said.Contains((one.Problem.Rule, SampleBase.KeyOf(one.Problem.Path))))];
    }
}
