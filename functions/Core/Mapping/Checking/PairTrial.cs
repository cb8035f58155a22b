using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What was executed of a pair of mappings.</summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Documents">Those that the receiver takes; if it takes none, all that were tried.</param>
/// <param name="Best">The first that it takes, or refuses for the fewest reasons.</param>
/// <param name="Arrival">What that becomes.</param>
/// <param name="Missing">What it requires and never gets.</param>
/// <param name="Refused">Why it takes none, where it is not that.</param>
/// <param name="NotTaken">Documents of the sender that it refuses although it takes others, with why.</param>
sealed record PairTrial(MappingProfile From, Receiver To, ImmutableArray<ProfileDocument> Documents, ProfileDocument Best, Execution Arrival, ImmutableArray<Problem> Missing, ImmutableArray<Problem> Refused, ImmutableArray<NotTaken> NotTaken)
{
    const int Enough = 4;

    readonly Dictionary<JsonValue, Execution> arrivals = [];
    ProfileDocument? lean;
    ImmutableArray<ProfileDocument> otherwise;

    public bool IsTaken => Arrival.Succeeded;

    /// <summary>What decides whether a place arrives.</summary>
    public PairDeciders Deciders => field ??= From.DecidersFor(To);

    /// <summary>The best document with as little in it as the receiver takes: a place of which nothing arrives among others may arrive there.</summary>
    public ProfileDocument Lean => lean ??= From.Documents.Lean(Best, record => Arrive(record).Succeeded);

    /// <summary>Documents in which something does not hold that the receiver asks and that holds in all others.</summary>
    public ImmutableArray<ProfileDocument> Otherwise => otherwise.IsDefault ? otherwise = IsTaken ? [.. From.Documents.Otherwise(Documents, Lean, To).Where(one => Arrive(one.Record).Succeeded)] : [] : otherwise;

    public static PairTrial Of(MappingProfile from, Receiver to)
    {
        var tried = from.Documents.For(to).Select(one => (Document: one, Arrival: to.Execute(one.Record))).ToList();
        if (tried.Count(one => one.Arrival.Succeeded) < Enough)
        {
            var mended = tried.Where(one => !one.Arrival.Succeeded).OrderBy(one => one.Arrival.Problems.Count()).Take(Enough).Select(one => from.Documents.Mended(one.Document, to)).ToList();
            tried.AddRange(mended.DistinctBy(one => one.Document).Select(one => (one, to.Execute(one.Record))));
        }

        var taken = tried.Where(one => one.Arrival.Succeeded).DistinctBy(one => one.Document.Document).ToList();
        var refused = tried.Where(one => !one.Arrival.Succeeded);
        if (taken is [var (first, arrival), ..])
            return new PairTrial(from, to, [.. taken.Select(one => one.Document)], first, arrival, [], [], [.. refused.SelectMany(one => to.Problems(one.Document.Record).Select(problem => new NotTaken(one.Document.Document, problem))).DistinctBy(one => (one.Problem.Rule, SampleBase.KeyOf(one.Problem.Path)))]);
        var best = tried.OrderBy(one => MissingOf(one.Arrival).IsEmpty).ThenBy(one => one.Arrival.Problems.Count()).First();
        var missing = MissingOf(best.Arrival);
        return new PairTrial(from, to, [.. tried.Select(one => one.Document)], best.Document, best.Arrival, missing, missing.IsEmpty ? to.Problems(best.Document.Record) : [], []);
    }

    // What is missing because a value was refused is no sign that it cannot be given.
    static ImmutableArray<Problem> MissingOf(Execution arrival) => arrival.Refused.IsEmpty ? [.. arrival.Broken.Where(problem => problem.Rule is "required" or "min-items" or "any-of" or "contains" or "min-properties")] : [];

    /// <summary>What the changes of a place in a document become, of which the sender's profile knows them.</summary>
    public IEnumerable<PlaceComparison> Compared(ProfileDocument document, ProfilePath path) => From.Changes(document, path).Select(change => Compared(change, path));

    /// <summary>What the changes of a place become where it stands.</summary>
    public PlaceComparison Compared(PlaceIn one, ProfilePath path) => Compared(From.ChangeAt(one, path), path);

    // With the values that stand in programs of the receiver that may compare the place with them.
    PlaceComparison Compared(PlaceChange change, ProfilePath path) => PlaceComparison.Of(this, path.Fact.Canonical.Any(there => To.Limits.IsAsked(there.Key)) ? From.Limited(change, path, To) : change);

    /// <summary>What a record becomes at the receiver's; each is executed once.</summary>
    public Execution Arrive(JsonValue record) => arrivals.TryGetValue(record, out var known) ? known : arrivals[record] = To.Execute(record);
}
