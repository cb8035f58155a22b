using System.Buffers;
using System.Text;
using CsCheck;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;

namespace Interop.Core.Tests.Mapping.Compiled;

/// <summary>Documents in the system's own format: what the compiled form reads from bytes is what the format's reader and the interpreter make of them.</summary>
public sealed class CompiledXml
{
    static readonly string[] Pieces =
    [
        "<!-- a -->", "<!-- a -- b -->", "<![CDATA[a < b]]>", "<![CDATA[]]>", "]]>", "&lt;", "&#65;", "&#x1F600;", "&#0;", "&nope;", "&", "\r\n", "\t", " ", "<?pi a?>", "<!DOCTYPE a>", "<a>", "</a>", "<a/>", "/>", ">", "\"", "'", "=", " xmlns=\"\"", " xmlns:p=\"urn:p\"", "p:",
        " xsi:nil=\"true\"", " xml:space=\"preserve\"", "é", "😀", "\uFFFE", "\u0001", "x", " a=\"b\"", "\\", "\u007f",
    ];

    public static TheoryData<string> Maps => new(Repository.Maps.Where(map => Repository.Load(map).Value is { Format: "xml" } definition && definition.Direction.HasFlag(MappingDirection.In)));

    [Theory]
    [MemberData(nameof(Maps))]
    public void An_example_is_read_from_its_bytes(string map)
    {
        var definition = Repository.Load(map).Value;
        if (!definition.NotCompiled(MappingDirection.In).IsEmpty) return;
        foreach (var bytes in Examples(map)) Assert.Equal(Told(definition, bytes), Compiled(definition, bytes));
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void Changed_bytes_are_read_the_same_or_left_to_the_reader(string map)
    {
        var definition = Repository.Load(map).Value;
        if (!definition.NotCompiled(MappingDirection.In).IsEmpty) return;
        var examples = Examples(map);
        Gen.Select(Gen.Int[0, examples.Count - 1], Gen.Select(Gen.UInt, Gen.Int[0, 5], Gen.Int[0, Pieces.Length - 1]).Array[1, 3]).Hold((at, changes) =>
        {
            var bytes = changes.Aggregate(examples[at], (document, change) => Change(document, change.Item1, change.Item2, Pieces[change.Item3]));
            if (Compiled(definition, bytes) is { } compiled) Assert.Equal(Told(definition, bytes), compiled);
        }, everyTime: 4_000);
    }

    public static TheoryData<string> WrittenMaps => new(Repository.Maps.Where(map => Repository.Load(map).Value is { Format: "xml" } definition && definition.Direction.HasFlag(MappingDirection.Out)));

    [Theory]
    [MemberData(nameof(WrittenMaps))]
    public void A_record_is_written_as_the_format_writes_what_the_interpreter_made(string map)
    {
        var definition = Repository.Load(map).Value;
        if (!definition.NotCompiled(MappingDirection.Out).IsEmpty) return;
        var examples = CompiledMappings.Examples(definition, MappingDirection.Out);
        Assert.All(examples, example => Assert.Equal(definition.Interpret(example, MappingDirection.Out).Succeeded, Sent(definition, example.ToUtf8()) is not null));
        Documents.Changed(examples).Hold(bytes =>
        {
            if (Sent(definition, bytes) is not { } sent) return;
            var told = definition.Interpret(JsonValue.Parse(bytes).Value, MappingDirection.Out);
            Assert.True(told.Succeeded, string.Join("; ", told.Problems));
            Assert.Equal(Encoding.UTF8.GetString(Format.All["xml"].Write(told.Value, definition.SourceSchema.Shape).Value), sent);
        }, everyTime: 4_000);
    }

    static string? Sent(MappingDefinition definition, byte[] record)
    {
        var output = new ArrayBufferWriter<byte>();
        return definition.TrySend(record, output) ? Encoding.UTF8.GetString(output.WrittenSpan) : null;
    }

    // Half of the changes stand where text stands, so that most documents are still XML.
    static byte[] Change(byte[] bytes, uint place, int kind, string piece)
    {
        var at = (int)(place % (uint)bytes.Length);
        if (kind < 3) at += Math.Max(0, bytes.AsSpan(at).IndexOf((byte)(kind == 0 ? '<' : '>'))) + (kind == 0 ? 0 : 1);
        at = Math.Min(at, bytes.Length);
        return kind == 5 ? [.. bytes[..at], .. bytes[Math.Min(at + 1, bytes.Length)..]] : [.. bytes[..at], .. Encoding.UTF8.GetBytes(piece), .. bytes[at..]];
    }

    static List<byte[]> Examples(string map) => [.. Directory.GetFiles(Path.Combine(Repository.Mappings, "maps", map, "examples"), "*.source.xml").Select(File.ReadAllBytes)];

    static string? Compiled(MappingDefinition definition, byte[] bytes)
    {
        var output = new ArrayBufferWriter<byte>();
        return definition.TryReceive(bytes, output) ? Encoding.UTF8.GetString(output.WrittenSpan) : null;
    }

    static string? Told(MappingDefinition definition, byte[] bytes)
    {
        var decoded = Format.All["xml"].Read(bytes, definition.SourceSchema.Shape);
        if (!decoded.Succeeded) return null;
        var told = definition.Interpret(decoded.Value, MappingDirection.In);
        return told.Succeeded ? told.Value.ToString() : null;
    }
}
