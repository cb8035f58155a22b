using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What the changes of one place in one document become at a receiver: those that tell the same are together.</summary>
/// <param name="Change">The changes.</param>
/// <param name="Groups">Those that the receiver takes.</param>
/// <param name="Refused">The first that it refuses although it takes others, and why.</param>
sealed record PlaceComparison(PlaceChange Change, ImmutableArray<ImmutableArray<Execution>> Groups, (Execution Execution, Problem Problem)? Refused)
{
    public JsonValue Document => Change.Executions[0].Document;

    /// <summary>Whether one value tells something else than another, or than none.</summary>
    public bool IsLearnt => Groups.Length > 1;

    /// <summary>Whether all tell the same.</summary>
    public bool IsLost => Groups is [{ Length: > 1 }];

    /// <summary>What is refused is not learnt. Of a receiver that takes nothing, what it refuses for no other reasons than before counts.</summary>
    public static PlaceComparison Of(PairTrial pair, PlaceChange change)
    {
        if (change.Executions.IsEmpty) return new PlaceComparison(change, [], null);
        var arrived = change.Executions.Select(one => (Sent: one, Arrival: pair.Arrive(one.Result))).ToList();
        var usual = pair.IsTaken ? [] : arrived[0].Arrival.Problems.Select(problem => (problem.Rule, problem.Path)).ToHashSet();
        var taken = arrived.Where(one => one.Arrival.Problems.All(problem => usual.Contains((problem.Rule, problem.Path)))).ToList();
        var refused = pair.IsTaken && taken.Count > 0 ? arrived.Find(one => !one.Arrival.Succeeded) : default;
        return new PlaceComparison(change, [.. taken.GroupBy(one => one.Arrival.Told).Select(group => group.Select(one => one.Sent).ToImmutableArray())], refused.Sent is null ? null : (refused.Sent, refused.Arrival.Problems.First()));
    }
}
