using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Mapping;
using Interop.Core.Schemas;

namespace Interop.Platform.Definitions;

/// <summary>What must not change once it was published: a definition's text under its name and version.</summary>
/// <param name="Kind">Such as <c>mapping</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Text">All of it, line ends as on any machine.</param>
public sealed record VersionedText(string Kind, string Name, string Version, string Text);

/// <summary>The mappings and code lists of a definitions folder, as far as they load. A version that is not the newest stands in a folder or file of its own: <c>maps/name@1.0.0/</c>, <c>codes/name@1.0.0.yaml</c>.</summary>
/// <param name="Mappings">By the name of the folder.</param>
/// <param name="Texts">What must not change once it was published.</param>
public sealed record MappingFolder(ImmutableDictionary<string, MappingVersions> Mappings, ImmutableArray<VersionedText> Texts)
{
    const string File = "/mapping.yaml";

    /// <summary>Definitions that have problems, with what they are about: the check shows what is wrong with them by documents.</summary>
    public ImmutableArray<(Core.Sources.SourceNode Root, MappingContext Context)> Unloaded { get; init; } = [];

    /// <summary>Of each mapping what applies last.</summary>
    public ImmutableDictionary<string, MappingDefinition> Newest => Mappings.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.Newest, StringComparer.Ordinal);

    /// <summary>Loads what loads; every problem of the files is added with its place.</summary>
    public static MappingFolder Load(ImmutableSortedDictionary<string, string> files, ProblemList problems)
    {
        var sources = new SourceFiles(files, problems);
        return Load(files, sources, Canonical(sources, problems), problems);
    }

    internal static ImmutableDictionary<string, Schema> Canonical(SourceFiles sources, ProblemList problems) => sources.Below("canonical/", ".schema.yaml")
        .Where(file => !file.Path.EndsWith("common.schema.yaml", StringComparison.Ordinal))
        .Select(file => (file.Name, Schema: problems.Take(Schema.Load(file.Root, reference => sources.Beside(file.Path, reference)))))
        .Where(pair => pair.Schema is not null)
        .ToImmutableDictionary(pair => pair.Name, pair => pair.Schema!, StringComparer.Ordinal);

    internal static MappingFolder Load(ImmutableSortedDictionary<string, string> files, SourceFiles sources, ImmutableDictionary<string, Schema> canonical, ProblemList problems)
    {
        var texts = ImmutableArray.CreateBuilder<VersionedText>();
        if (CodeLists(files, texts, problems) is not { } codes) return new MappingFolder(ImmutableDictionary<string, MappingVersions>.Empty, []);
        var mappings = ImmutableDictionary.CreateBuilder<string, MappingVersions>(StringComparer.Ordinal);
        var unloaded = ImmutableArray.CreateBuilder<(Core.Sources.SourceNode, MappingContext)>();
        sources.Prepare("maps/", File, ".schema.yaml");
        foreach (var (name, loaded, own, outcome) in Loaded(files, sources, texts, canonical, codes))
        {
            problems.AddRange(own.ToImmutable());
            if (loaded.Count > 0 && problems.Take(outcome!) is { } mapping) mappings[name] = mapping;
            else unloaded.AddRange(loaded.Select(file => (file.Root, new MappingContext(canonical, file.Source, codes.Newest))));
        }

        return new MappingFolder(mappings.ToImmutable(), texts.ToImmutable()) { Unloaded = unloaded.ToImmutable() };
    }

    // Files are opened one after the other, since several may name one; then each mapping is checked and compiled by itself, on all cores.
    static IEnumerable<(string Name, List<MappingFile> Files, ProblemList Problems, Outcome<MappingVersions>? Outcome)> Loaded(
        ImmutableSortedDictionary<string, string> files, SourceFiles sources, ImmutableArray<VersionedText>.Builder texts, ImmutableDictionary<string, Schema> canonical, CodeListVersions codes)
    {
        var opened = new List<(string Name, List<MappingFile> Files, ProblemList Problems)>();
        foreach (var versions in sources.Below("maps/", File).GroupBy(file => FolderOf(file.Path).Split('@')[0], StringComparer.Ordinal))
        {
            var problems = new ProblemList();
            opened.Add((versions.Key["maps/".Length..], [.. versions.Select(file => Version(file.Path, file.Root, files, sources, texts, problems)).OfType<MappingFile>()], problems));
        }

        return opened.AsParallel().AsOrdered().Select(one => (one.Name, one.Files, one.Problems, one.Files.Count == 0 ? null : MappingVersions.Load(one.Files, canonical, codes)));
    }

    static CodeListVersions? CodeLists(ImmutableSortedDictionary<string, string> files, ImmutableArray<VersionedText>.Builder texts, ProblemList problems)
    {
        var lists = new List<(CodeList, string)>();
        foreach (var (path, text) in files.Where(file => file.Key.StartsWith("codes/", StringComparison.Ordinal)))
        {
            if (problems.Take(CodeList.Load(text, path)) is not { } list) continue;
            lists.Add((list, path));
            texts.Add(new VersionedText("code list", list.Name, list.Version, Plain(text)));
        }

        return problems.Take(CodeListVersions.Of(lists));
    }

    static MappingFile? Version(
        string path, Core.Sources.SourceNode root, ImmutableSortedDictionary<string, string> files, SourceFiles sources, ImmutableArray<VersionedText>.Builder texts, ProblemList problems)
    {
        var folder = FolderOf(path);
        var schemaFile = $"{folder}/{MappingDefinition.SchemaFileOf(root) ?? "source.schema.yaml"}";
        if (sources.Read(schemaFile, problems) is not { } schemaSource) return null;
        if (problems.Take(Schema.Load(schemaSource, reference => sources.Beside(schemaFile, reference, problems))) is not { } schema) return null;
        var fields = (root as Core.Sources.SourceMap)?.Entries.ToLookup(entry => entry.Name, entry => (entry.Value as Core.Sources.SourceScalar)?.Text ?? "", StringComparer.Ordinal);
        var (name, version) = (fields?["mapping"].FirstOrDefault() ?? "", fields?["version"].FirstOrDefault() ?? "");
        if (folder.Contains('@', StringComparison.Ordinal) && folder != $"maps/{name}@{version}")
            problems.Add(root.Place, "version", $"The folder is {folder["maps/".Length..]}, and the definition in it is {name}@{version}. Give both one name and version.", value: $"{name}@{version}");
        texts.Add(new VersionedText("mapping", name, version, Plain($"{files[path]}\n---\n{files[schemaFile]}")));
        return new MappingFile(root, schema);
    }

    static string FolderOf(string path) => path[..^File.Length];

    static string Plain(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);
}
