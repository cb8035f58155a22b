using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;

namespace Interop.Platform.Definitions;

/// <summary>The examples beside a mapping in a definitions folder: documents of its system.</summary>
public static class ExampleDocuments
{
    const int MostFiles = 100;
    const int MostBytes = 1 << 20;

    /// <summary>Those that can be decoded, in the order of their names; of more than 100 the first.</summary>
    public static IEnumerable<JsonValue> Of(string folder, MappingDefinition mapping)
    {
        var examples = Path.Combine(folder, "maps", mapping.Name, "examples");
        if (!Directory.Exists(examples)) return [];
        return Directory.EnumerateFiles(examples, $"*.source.{mapping.Format}").Order(StringComparer.Ordinal).Take(MostFiles).Where(file => new FileInfo(file).Length <= MostBytes)
            .Select(file => Format.All[mapping.Format].Read(File.ReadAllBytes(file), mapping.SourceSchema.Shape)).Where(read => read.Succeeded).Select(read => read.Value);
    }
}
