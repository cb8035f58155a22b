using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Interop.Core.Mapping.Checking;

/// <summary>Where a finding is: its place, what its path asks, and on what it depends besides.</summary>
sealed record ToldPlace(string Key, ImmutableArray<Demand> Asked, string Condition);

/// <summary>The places of what is told by some rules in a direction, and which of them are about a key.</summary>
/// <param name="findings">What was found so far.</param>
/// <param name="way">The direction.</param>
/// <param name="rules">The rules.</param>
/// <param name="placeOf">The place of a finding's path.</param>
/// <param name="isAbout">Whether what is told of one key is about another.</param>
sealed class ToldPlaces(FindingList findings, MappingDirection way, FrozenSet<string> rules, Func<string, ToldPlace?> placeOf, Func<string, string, bool> isAbout)
{
    readonly List<ToldPlace> all = [];
    readonly Dictionary<string, List<ToldPlace>> byKey = new(StringComparer.Ordinal);
    int upTo;

    /// <summary>What is told about a key.</summary>
    public List<ToldPlace> Of(string key)
    {
        if (upTo < findings.Count) Learn();
        return byKey.TryGetValue(key, out var about) ? about : byKey[key] = About(key);
    }

    List<ToldPlace> About(string key) => all.FindAll(told => isAbout(told.Key, key));

    // What was found since it was asked last comes to what was known then.
    void Learn()
    {
        foreach (var finding in findings.From(upTo).Where(finding => finding.Way == way && rules.Contains(finding.Rule)))
            if (placeOf(finding.Path) is { } place && place with { Condition = finding.Condition } is var told && !all.Contains(told)) all.Add(told);
        upTo = findings.Count;
        byKey.Clear();
    }
}
