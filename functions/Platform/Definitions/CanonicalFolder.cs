using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Canonical;

namespace Interop.Platform.Definitions;

/// <summary>The canonical records of a definitions folder. <c>canonical/</c> and each folder below it is a set of its own: what a schema refers to stands beside it, so that what a version says never depends on another set.</summary>
/// <param name="Records">As far as they load.</param>
/// <param name="Texts">What must not change once it was published: each record's schema with all that it refers to.</param>
public sealed record CanonicalFolder(CanonicalRecords Records, ImmutableArray<VersionedText> Texts)
{
    const string Ending = ".schema.yaml";
    const string Parts = "common";

    /// <summary>Every version of every record; what one folder has as another has it is one version.</summary>
    internal static CanonicalFolder Load(ImmutableSortedDictionary<string, string> files, SourceFiles sources, ProblemList problems)
    {
        var records = new List<CanonicalRecord>();
        var unloaded = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var texts = new Dictionary<string, (VersionedText Text, string File)>(StringComparer.Ordinal);
        foreach (var (path, name, root) in sources.Below("canonical/", Ending).Where(file => file.Name != Parts))
        {
            var parts = new SortedSet<string>(StringComparer.Ordinal);
            if (problems.Take(CanonicalRecord.Load(name, root, reference => reference.Contains('/', StringComparison.Ordinal) ? null : sources.Beside(path, reference, opened: parts))) is not { } record)
            {
                unloaded.TryAdd(name, path);
                continue;
            }

            var text = new VersionedText(VersionedText.CanonicalRecord, name, record.Version.ToString(), VersionedText.Together(files, path, parts));
            if (texts.TryGetValue(record.Reference, out var known))
            {
                if (known.Text != text) problems.Add(record.Place, "version", Differs(record.Reference, known.File, path, parts), value: record.Reference);
                continue;
            }

            texts.Add(record.Reference, (text, path));
            records.Add(record);
        }

        return new CanonicalFolder(CanonicalRecords.Of(records, problems, unloaded.ToImmutable()), [.. texts.Values.Select(one => one.Text)]);
    }

    static string Differs(string reference, string known, string path, IEnumerable<string> parts) =>
        $"{reference} stands in {known} too, and the two are not the same ({string.Join(", ", parts.Prepend(path).Select(file => file[(file.LastIndexOf('/') + 1)..]))} are what it is made of). Raise the version of the one that was changed.";
}
