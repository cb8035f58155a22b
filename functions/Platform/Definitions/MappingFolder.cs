using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Canonical;
using Interop.Core.Mapping;
using Interop.Core.Schemas;

namespace Interop.Platform.Definitions;

/// <summary>The mappings and code lists of a definitions folder, as far as they load. A version that is not the newest stands in a folder or file of its own: <c>maps/name@1.0.0/</c>, <c>codes/name@1.0.0.yaml</c>.</summary>
/// <param name="Mappings">By the name of the folder.</param>
/// <param name="Texts">What must not change once it was published.</param>
public sealed record MappingFolder(ImmutableDictionary<string, MappingVersions> Mappings, ImmutableArray<VersionedText> Texts)
{
    const string File = "/mapping.yaml";

    /// <summary>The canonical records that they are written against.</summary>
    public required CanonicalRecords Canonical { get; init; }

    /// <summary>Definitions that have problems, with what they are about: the check shows what is wrong with them by documents.</summary>
    public ImmutableArray<(Core.Sources.SourceNode Root, MappingContext Context)> Unloaded { get; init; } = [];

    /// <summary>Of each mapping what applies last.</summary>
    public ImmutableDictionary<string, MappingDefinition> Newest => Mappings.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Newest, StringComparer.Ordinal);

    /// <summary>Loads what loads; every problem of the files is added with its place.</summary>
    public static MappingFolder Load(ImmutableSortedDictionary<string, string> files, ProblemList problems)
    {
        var sources = new SourceFiles(files, problems);
        return Load(files, sources, CanonicalFolder.Load(files, sources, problems).Records, problems);
    }

    internal static MappingFolder Load(ImmutableSortedDictionary<string, string> files, SourceFiles sources, CanonicalRecords canonical, ProblemList problems)
    {
        var texts = ImmutableArray.CreateBuilder<VersionedText>();
        var codes = CodeLists(files, texts, problems);
        var mappings = ImmutableDictionary.CreateBuilder<string, MappingVersions>(StringComparer.Ordinal);
        var unloaded = ImmutableArray.CreateBuilder<(Core.Sources.SourceNode, MappingContext)>();
        sources.Prepare("maps/", File, ".schema.yaml");
        foreach (var (name, loaded, own, outcome) in Loaded(files, sources, texts, canonical, codes))
        {
            problems.AddRange(own.ToImmutable());
            if (loaded.Count > 0 && problems.Take(outcome!) is { } mapping) mappings[name] = mapping;
            else unloaded.AddRange(loaded.Select(file => (file.Root, new MappingContext(canonical, file.Source, codes.Newest) { Unloaded = codes.Unloaded })));
        }

        return new MappingFolder(mappings.ToImmutable(), texts.ToImmutable()) { Canonical = canonical, Unloaded = unloaded.ToImmutable() };
    }

    // Files are opened one after the other, since several may name one; then each mapping is checked and compiled by itself, on all cores.
    static IEnumerable<(string Name, List<MappingFile> Files, ProblemList Problems, Outcome<MappingVersions>? Outcome)> Loaded(
        ImmutableSortedDictionary<string, string> files, SourceFiles sources, ImmutableArray<VersionedText>.Builder texts, CanonicalRecords canonical, CodeListVersions codes)
    {
        var opened = new List<(string Name, List<MappingFile> Files, ProblemList Problems)>();
        foreach (var versions in sources.Below("maps/", File).GroupBy(file => FolderOf(file.Path).Split('@')[0], StringComparer.Ordinal))
        {
            var problems = new ProblemList();
            opened.Add((versions.Key["maps/".Length..], [.. versions.Select(file => Version(file.Path, file.Root, files, sources, texts, problems)).OfType<MappingFile>()], problems));
        }

        return opened.AsParallel().AsOrdered().Select(one => (one.Name, one.Files, one.Problems, one.Files.Count == 0 ? null : MappingVersions.Load(one.Files, canonical, codes)));
    }

    static CodeListVersions CodeLists(ImmutableSortedDictionary<string, string> files, ImmutableArray<VersionedText>.Builder texts, ProblemList problems)
    {
        var (lists, unloaded) = (new List<(CodeList, string)>(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (path, text) in files.Where(file => file.Key.StartsWith("codes/", StringComparison.Ordinal)))
        {
            var (name, read) = CodeList.Read(text, path);
            if (problems.Take(read) is not { } list)
            {
                unloaded.TryAdd(name, path);
                continue;
            }

            lists.Add((list, path));
            texts.Add(new VersionedText(VersionedText.CodeList, list.Name, list.Version, VersionedText.Plain(text)));
        }

        return CodeListVersions.Of(lists, problems, unloaded);
    }

    static MappingFile? Version(
        string path, Core.Sources.SourceNode root, ImmutableSortedDictionary<string, string> files, SourceFiles sources, ImmutableArray<VersionedText>.Builder texts, ProblemList problems)
    {
        var folder = FolderOf(path);
        var schemaFile = $"{folder}/{MappingDefinition.SchemaFileOf(root) ?? "source.schema.yaml"}";
        if (sources.Read(schemaFile, problems) is not { } schemaSource) return null;
        var parts = new SortedSet<string>(StringComparer.Ordinal);
        if (problems.Take(Schema.Load(schemaSource, reference => sources.Beside(schemaFile, reference, problems, parts))) is not { } schema) return null;
        var fields = (root as Core.Sources.SourceMap)?.Entries.ToLookup(entry => entry.Name, entry => (entry.Value as Core.Sources.SourceScalar)?.Text ?? "", StringComparer.Ordinal);
        var (name, version) = (fields?["mapping"].FirstOrDefault() ?? "", fields?["version"].FirstOrDefault() ?? "");
        if (folder.Contains('@', StringComparison.Ordinal) && folder != $"maps/{name}@{version}")
            problems.Add(root.Place, "version", $"The folder is {folder["maps/".Length..]}, and the definition in it is {name}@{version}. Give both one name and version.", value: $"{name}@{version}");
        texts.Add(new VersionedText(VersionedText.Mapping, name, version, VersionedText.Together(files, path, parts.Prepend(schemaFile))));
        return new MappingFile(root, schema);
    }

    static string FolderOf(string path) => path[..^File.Length];
}
