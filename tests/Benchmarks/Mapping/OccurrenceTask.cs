using System.Text;
using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Benchmarks.Mapping;

/// <summary>The work that all do: an occurrence with 3 people, 4 events, 6 code look-ups and 9 dates to the canonical record, and back.</summary>
static class OccurrenceTask
{
    public static byte[] Json { get; } = Read("occurrence.json");

    public static byte[] Xml { get; } = Read("occurrence.xml");

    /// <summary>The definition for one of the two forms of the system's format.</summary>
    public static MappingDefinition Definition(string format)
    {
        var codes = new[] { "statuses", "offences", "event-types" }.ToDictionary(name => name, name => CodeList.Load(Text($"{name}.codes.yaml"), $"{name}.codes.yaml").Value, StringComparer.Ordinal);
        var canonical = CanonicalRecords.First(new Dictionary<string, Schema>(StringComparer.Ordinal) { ["record"] = Schema("record.schema.yaml") });
        var root = SourceReader.Read(Text("mapping.yaml").Replace("FORMAT", format, StringComparison.Ordinal), "mapping.yaml").Value;
        var loaded = MappingDefinition.Load(root, new MappingContext(canonical, Schema("source.schema.yaml"), codes));
        return loaded.Succeeded ? loaded.Value : throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }

    /// <summary>The canonical record, as the interpreter makes it.</summary>
    public static byte[] Canonical(MappingDefinition definition)
    {
        var translated = definition.Interpret(JsonValue.Parse(Json).Value, MappingDirection.In);
        return translated.Succeeded ? translated.Value.ToUtf8() : throw new InvalidOperationException(string.Join('\n', translated.Problems));
    }

    /// <summary>Stops the run if a peer has not done the same work.</summary>
    public static void Check(string peer, ReadOnlySpan<byte> made, ReadOnlySpan<byte> wanted)
    {
        if (!made.SequenceEqual(wanted)) throw new InvalidOperationException($"{peer} made\n{Encoding.UTF8.GetString(made)}\nnot\n{Encoding.UTF8.GetString(wanted)}");
    }

    public static string Text(string file) => Resource($"mapping/{file}");

    /// <summary>The text of a file that is built in.</summary>
    public static string Resource(string name) => Encoding.UTF8.GetString(Bytes(name));

    static Schema Schema(string file) => Core.Schemas.Schema.Load(SourceReader.Read(Text(file), file).Value).Value;

    static byte[] Read(string file) => Bytes($"mapping/{file}");

    static byte[] Bytes(string name)
    {
        using var stream = typeof(OccurrenceTask).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
