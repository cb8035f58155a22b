using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries fields that write one target under conditions, two at a time: whether what arrives tells which of them it was.</summary>
sealed class AlternativesProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    const int MaxPairs = 24;
    const int MaxValues = 4;

    Side From => FieldFact.From(way);

    public void Try()
    {
        var copies = facts.Where(fact => fact is { Syntax: FieldSyntax.Copy } && fact.Ways.HasFlag(way));
        foreach (var same in copies.GroupBy(fact => fact[FieldFact.To(way)][0].Path, StringComparer.Ordinal).Select(group => group.ToList()).Where(group => group.Count > 1))
        {
            var pairs = same.SelectMany((one, at) => same.Skip(at + 1).Select(other => (one, other))).Where(pair => pair.one[From][0].Path != pair.other[From][0].Path);
            foreach (var (one, other) in pairs.Take(MaxPairs)) Pair(same[0][FieldFact.To(way)][0].Path, one, other);
        }
    }

    void Pair(string target, FieldFact one, FieldFact other)
    {
        var before = Executions(one);
        foreach (var now in Executions(other))
        {
            if (before.Find(was => was.Told == now.Told && was.Document != now.Document) is not { } was) continue;
            var (path, first) = (other[From][0].Path, one[From][0].Path);
            findings.Add(CheckRules.SameResult, way, path, other.Syntax.Place, CheckMessages.Alternatives(first, path, target), FindingList.Same([was, now]), other.Syntax, other.Syntax.Reason);
            return;
        }
    }

    List<Execution> Executions(FieldFact fact)
    {
        if (samples.With(fact[From][0], fact) is not var (document, pointer)) return [];
        return [.. samples.Values(fact, fact[From][0]).Take(MaxValues).Select(value => JsonPointer.Replace(document, pointer, value)).Where(one => !trial.IsSpent && trial.IsValid(From, one))
            .Select(one => trial.Execute(way, one)).Where(one => one.Succeeded)];
    }
}
