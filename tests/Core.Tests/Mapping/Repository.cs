using Interop.Core.Canonical;
using Interop.Core.Mapping;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using NodaTime;

namespace Interop.Core.Tests.Mapping;

/// <summary>The shipped definitions, read from the folder mappings/ of this repository.</summary>
static class Repository
{
    public static string Mappings { get; } = Find();

    public static IReadOnlyDictionary<string, Schema> Canonical { get; } = Directory.GetFiles(Path.Combine(Mappings, "canonical"), "*.schema.yaml")
        .ToDictionary(file => Path.GetFileName(file).Replace(".schema.yaml", "", StringComparison.Ordinal), SchemaAt, StringComparer.Ordinal);

    /// <summary>Every version of them.</summary>
    public static CanonicalRecords Records { get; } = CanonicalRecords.Of(Directory.GetFiles(Path.Combine(Mappings, "canonical"), "*.schema.yaml", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith("common.schema.yaml", StringComparison.Ordinal))
        .Select(file => CanonicalRecord.Load(Path.GetFileName(file).Replace(".schema.yaml", "", StringComparison.Ordinal), SourceReader.Read(File.ReadAllText(file), Short(file)).Value, Beside(file)).Value)
        .DistinctBy(record => record.Reference), new ProblemList());

    public static IReadOnlyDictionary<string, CodeList> CodeLists { get; } = CodeListVersions.Of(Directory.GetFiles(Path.Combine(Mappings, "codes"))
        .Select(file => (CodeList.Load(File.ReadAllText(file), Short(file)).Value, Short(file))), new ProblemList()).On(LocalDate.MaxIsoValue);

    public static IReadOnlyList<string> Maps { get; } = [.. Directory.GetDirectories(Path.Combine(Mappings, "maps")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static Outcome<MappingDefinition> Load(string map) => SourceReader.Read(TextOf(map), NameOf(map)).Then(root => Load(map, root));

    /// <summary>A mapping with another text than its file has.</summary>
    public static Outcome<MappingDefinition> Load(string map, SourceNode root) => MappingDefinition.Load(root, Context(map, root));

    /// <summary>What a mapping's file says.</summary>
    public static SourceNode Root(string map) => SourceReader.Read(TextOf(map), NameOf(map)).Value;

    public static MappingContext Context(string map, SourceNode root) => new(Records, SchemaAt(Path.Combine(Mappings, "maps", map, MappingDefinition.SchemaFileOf(root)!)), CodeLists);

    static string FileOf(string map) => Path.Combine(Mappings, "maps", map, "mapping.yaml");

    static string TextOf(string map) => File.ReadAllText(FileOf(map));

    static string NameOf(string map) => Short(FileOf(map));

    static Schema SchemaAt(string file) => Schema.Load(SourceReader.Read(File.ReadAllText(file), Short(file)).Value, Beside(file)).Value;

    static Func<string, SourceNode> Beside(string file) => name => SourceReader.Read(File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, name)), name).Value;

    static string Short(string file) => Path.GetRelativePath(Mappings, file).Replace('\\', '/');

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "mappings");
            if (Directory.Exists(Path.Combine(found, "canonical"))) return found;
        }

        throw new DirectoryNotFoundException($"No folder mappings above {AppContext.BaseDirectory}.");
    }
}
