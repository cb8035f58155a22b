using System.Collections.Concurrent;
using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Platform.Definitions;

/// <summary>What the check says of the mappings in force. The same texts always give the same report, so each is made once in a process: where one definition is published anew, the others are not checked again.</summary>
public static class MappingReports
{
    const int MostKept = 5_000;

    static readonly ConcurrentDictionary<string, MappingReport> Known = new(StringComparer.Ordinal);

    /// <summary>The reports of all mappings in their newest version, by name.</summary>
    public static ImmutableArray<MappingReport> Of(DefinitionSet definitions) =>
        [.. definitions.Mappings.OrderBy(pair => pair.Key, StringComparer.Ordinal).AsParallel().AsOrdered().Select(pair => Of(definitions, pair.Value))];

    /// <summary>The report of a mapping in its newest version; null if there is no such mapping.</summary>
    public static MappingReport? Of(DefinitionSet definitions, string name) => definitions.Mappings.TryGetValue(name, out var mapping) ? Of(definitions, mapping) : null;

    /// <summary>The reports of every version that may still apply, by name and in the order in which they apply; a version that had several code lists in its time is checked with each.</summary>
    public static ImmutableArray<MappingReport> OfVersions(DefinitionSet definitions) =>
        [.. definitions.MappingVersions.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.All.GroupBy(mapping => mapping.Version, StringComparer.Ordinal)).AsParallel().AsOrdered().Select(version => Together([.. version.Select(mapping => Of(definitions, mapping))]))];

    /// <summary>The reports of mappings that are not all of a set, by name; on all cores.</summary>
    public static ImmutableArray<MappingReport> Of(IEnumerable<MappingDefinition> mappings) =>
        [.. mappings.OrderBy(mapping => mapping.Name, StringComparer.Ordinal).AsParallel().AsOrdered().Select(MappingCheck.Run)];

    /// <summary>Why a text must not be published: errors, and losses that the mapping does not acknowledge. With a code list those are checked that are read by it; with a canonical record none, since each is written against a version that stays as it is.</summary>
    public static IEnumerable<Problem> Refuse(DefinitionSet definitions, VersionedText text) => definitions.MappingVersions.Values.SelectMany(versions => versions.All)
        .Where(mapping => text.Kind switch
        {
            VersionedText.Mapping => mapping.Name == text.Name && mapping.Version == text.Version,
            VersionedText.CodeList => mapping.CodeLists.Any(list => list.Name == text.Name && list.Version == text.Version),
            _ => false,
        })
        .SelectMany(mapping => Of(definitions, mapping).Blocking).Select(finding => new Problem(finding.Rule, finding.Message, finding.Path, Place: finding.Place)).Distinct();

    static MappingReport Of(DefinitionSet definitions, MappingDefinition mapping)
    {
        if (Known.Count > MostKept) Known.Clear();
        return Known.GetOrAdd(PartsOf(definitions, mapping), _ => MappingCheck.Run(mapping));
    }

    // All that its report depends on: where it stands, its text, and those of its canonical record and code lists.
    static string PartsOf(DefinitionSet definitions, MappingDefinition mapping)
    {
        var lists = mapping.CodeLists.Select(list => $"{list.Name}@{list.Version}").Order(StringComparer.Ordinal).Select(list => definitions.TextOf(VersionedText.CodeList, list));
        VersionedText[] parts = [definitions.TextOf(VersionedText.Mapping, mapping.Reference), definitions.TextOf(VersionedText.CanonicalRecord, mapping.CanonicalReference), .. lists];
        return string.Join('\n', parts.Select(text => text.Fingerprint).Prepend(mapping.File));
    }

    static MappingReport Together(ImmutableArray<MappingReport> periods) => periods is [var one] ? one : periods[^1] with
    {
        Findings = [.. periods.Reverse().SelectMany(period => period.Findings).DistinctBy(finding => (finding.Rule, finding.Way, finding.Path, finding.Message)).OrderBy(finding => finding.Place.Line).ThenBy(finding => finding.Place.Column)],
        Runs = periods.Sum(period => period.Runs),
    };
}
