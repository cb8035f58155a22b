using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What came of sending back what had arrived, for mappings that both go back.</summary>
/// <param name="Tried">How many documents were sent and sent back.</param>
/// <param name="Different">What came back different, each place once.</param>
/// <param name="Refused">What arrived and is refused on the way back, each reason once.</param>
public sealed record Returned(int Tried, ImmutableArray<CameBack> Different, ImmutableArray<NotTaken> Refused)
{
    const int MaxDocuments = 800;
    const int MaxDifferent = 1_000;

    /// <summary>Null if one of the mappings does not go both ways, or nothing arrived.</summary>
    internal static Returned? Of(PairTrial pair, IEnumerable<PlaceChange> limited)
    {
        var (from, to) = (pair.From.Mapping, pair.To.Mapping);
        if (from.Direction != MappingDirection.Both || to.Direction != MappingDirection.Both || !pair.IsTaken) return null;
        var (tried, different, refused) = (0, new Dictionary<string, CameBack>(StringComparer.Ordinal), new Dictionary<(string, string), NotTaken>());
        var changed = limited.Concat(pair.Documents.SelectMany(document => pair.From.Paths.SelectMany(path => pair.From.Changes(document, path)))).SelectMany(change => change.Executions).Select(one => (one.Document, Record: one.Result));
        foreach (var (document, record) in pair.Documents.Select(one => (one.Document, one.Record)).Concat(changed).DistinctBy(one => one.Document).Take(MaxDocuments))
        {
            if (pair.Arrive(record) is not { Succeeded: true } arrival) continue;
            tried++;
            var back = Back(from, to, arrival.Result);
            foreach (var problem in back.Problems) refused.TryAdd((problem.Rule, SampleBase.KeyOf(problem.Path)), new NotTaken(document, problem));
            foreach (var pointer in back.Succeeded ? SampleEdit.Differences(document, back.Value, MaxDifferent) : [])
                different.TryAdd(SampleBase.PathOf(pointer), new CameBack(SampleBase.PathOf(pointer), JsonPointer.Find(document, pointer) ?? JsonValue.Null, JsonPointer.Find(back.Value, pointer) ?? JsonValue.Null, document));
        }

        return new Returned(tried, [.. different.Values], [.. refused.Values]);
    }

    static MappingResult Back(MappingDefinition from, MappingDefinition to, JsonValue arrived)
    {
        var read = to.Interpret(arrived, MappingDirection.In);
        return read.Succeeded ? from.Interpret(from.Narrow(read.Value).Record, MappingDirection.Out) : read;
    }
}
