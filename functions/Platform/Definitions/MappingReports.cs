using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Interop.Core;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Platform.Definitions;

/// <summary>What the check says of the mappings in force. A definition always gives the same report, so each is made once in a process.</summary>
public static class MappingReports
{
    const int MostKept = 5_000;
    static readonly string[] Folders = ["canonical/", "codes/", "maps/"];

    static readonly ConcurrentDictionary<(string Fingerprint, string Mapping), MappingReport> Known = new();

    /// <summary>The reports of all mappings, by name.</summary>
    public static ImmutableArray<MappingReport> Of(DefinitionSet definitions)
    {
        if (Known.Count > MostKept) Known.Clear();
        return [.. definitions.Mappings.OrderBy(pair => pair.Key, StringComparer.Ordinal).AsParallel().AsOrdered().Select(pair => Known.GetOrAdd((definitions.MappingsFingerprint, pair.Key), _ => MappingCheck.Run(pair.Value)))];
    }

    /// <summary>The reports of mappings that are not all of a set, by name; on all cores.</summary>
    public static ImmutableArray<MappingReport> Of(IEnumerable<MappingDefinition> mappings) =>
        [.. mappings.OrderBy(mapping => mapping.Name, StringComparer.Ordinal).AsParallel().AsOrdered().Select(MappingCheck.Run)];

    /// <summary>Why the text of a mapping must not be published: errors, and losses that it does not acknowledge.</summary>
    public static IEnumerable<Problem> Refuse(DefinitionSet definitions, VersionedText text) => text.Kind != "mapping" ? [] : Of(definitions)
        .Where(report => report.Mapping == text.Name && report.Version == text.Version)
        .SelectMany(report => report.Blocking.Select(finding => new Problem(finding.Rule, finding.Message, finding.Path, Place: finding.Place)));

    internal static string FingerprintOf(ImmutableSortedDictionary<string, string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, text) in files.Where(file => Folders.Any(folder => file.Key.StartsWith(folder, StringComparison.Ordinal))))
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\n{text.Length}\n{text}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
