using System.Buffers;
using System.Text;
using CsCheck;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;

namespace Interop.Core.Tests.Mapping.Compiled;

/// <summary>
/// The compiled form of every shipped mapping against the interpreter, over the examples and over examples that were changed: a value here, a member there, a byte. Where the compiled form answers,
/// its answer is the interpreter's, byte for byte, and the interpreter has no problem.
/// </summary>
public sealed class CompiledMappings
{
    /// <summary>What runs interpreted, with the reason, so that nothing falls back in silence. docs/mappings.md has the same list.</summary>
    static readonly Dictionary<string, string> Interpreted = new(StringComparer.Ordinal)
    {
        ["cps-case-file In"] = "anyOf",
        ["cps-case-file Out"] = "anyOf",
        ["online-contact-incident Out"] = "identity",
        ["patient-safety-adverse-event In"] = "contains",
        ["patient-safety-adverse-event Out"] = "contains",
        ["pnc-person In"] = "a condition of an item that is written",
        ["police-uk-street In"] = "if",
        ["police-uk-street Out"] = "if",
        ["property-exhibits In"] = "a condition that is written with its group",
    };

    public static TheoryData<string, MappingDirection> Ways()
    {
        var ways = new TheoryData<string, MappingDirection>();
        foreach (var map in Repository.Maps)
        {
            var definition = Repository.Load(map).Value;
            foreach (var way in new[] { MappingDirection.In, MappingDirection.Out }.Where(way => definition.Direction.HasFlag(way))) ways.Add(map, way);
        }

        return ways;
    }

    [Fact]
    public void Shipped_mappings_are_compiled_but_for_those_whose_reason_is_known()
    {
        var interpreted = Ways().Select(way => (Name: (string)way[0], Way: (MappingDirection)way[1])).Select(way => (Label: $"{way.Name} {way.Way}", Why: Repository.Load(way.Name).Value.NotCompiled(way.Way))).Where(way => !way.Why.IsEmpty).ToList();
        Assert.Equal(Interpreted.Keys.Order(StringComparer.Ordinal), interpreted.Select(way => way.Label));
        Assert.All(interpreted, way => Assert.Contains(way.Why, why => why.Contains(Interpreted[way.Label], StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_example_without_problems_is_translated_by_the_compiled_form(string map, MappingDirection way)
    {
        var definition = Repository.Load(map).Value;
        if (!definition.NotCompiled(way).IsEmpty) return;
        foreach (var document in Examples(definition, way))
        {
            var told = definition.Interpret(document, way);
            Assert.Equal(told.Succeeded ? told.Value.ToString() : null, Compiled(definition, document.ToUtf8(), way));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_changed_example_is_translated_the_same_or_left_to_the_interpreter(string map, MappingDirection way)
    {
        var definition = Repository.Load(map).Value;
        if (!definition.NotCompiled(way).IsEmpty) return;
        var examples = Examples(definition, way);
        if (examples.Count == 0) return;
        Documents.Changed(examples).Hold(bytes => AssertSame(definition, bytes, way), everyTime: 2_000);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Changed_bytes_are_translated_the_same_or_left_to_the_interpreter(string map, MappingDirection way)
    {
        var definition = Repository.Load(map).Value;
        if (!definition.NotCompiled(way).IsEmpty) return;
        var examples = Examples(definition, way);
        if (examples.Count == 0) return;
        Documents.ChangedBytes(examples).Hold(bytes => AssertSame(definition, bytes, way), everyTime: 2_000);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_document_drawn_from_the_schema_is_translated_the_same_or_left_to_the_interpreter(string map, MappingDirection way)
    {
        var definition = Repository.Load(map).Value;
        if (!definition.NotCompiled(way).IsEmpty) return;
        new Checking.ShapeDocuments(definition, way).Documents.Hold(document => AssertSame(definition, document.ToUtf8(), way), everyTime: 500);
    }

    internal static void AssertSame(MappingDefinition definition, byte[] bytes, MappingDirection way)
    {
        if (Compiled(definition, bytes, way) is not { } compiled) return;
        var read = JsonValue.Parse(bytes);
        Assert.True(read.Succeeded, $"{Encoding.UTF8.GetString(bytes)} is refused: {string.Join("; ", read.Succeeded ? [] : read.Problems)}");
        var told = definition.Interpret(read.Value, way);
        Assert.True(told.Succeeded, $"{read.Value}: {string.Join("; ", told.Problems)}");
        Assert.Equal(told.Value.ToString(), compiled);
    }

    internal static string? Compiled(MappingDefinition definition, byte[] bytes, MappingDirection way)
    {
        var output = new ArrayBufferWriter<byte>();
        return definition.TryTranslate(bytes, way, output) ? Encoding.UTF8.GetString(output.WrittenSpan) : null;
    }

    internal static IReadOnlyList<JsonValue> Examples(MappingDefinition definition, MappingDirection way)
    {
        var folder = Path.Combine(Repository.Mappings, "maps", definition.Name, "examples");
        var format = Format.All[definition.Format];
        var documents = way == MappingDirection.In
            ? Directory.GetFiles(folder, "*.source.*").Select(file => format.Read(File.ReadAllBytes(file), definition.SourceSchema.Shape))
            : Directory.GetFiles(folder, "*.canonical.json").Select(file => JsonValue.Parse(File.ReadAllBytes(file)));
        return [.. documents.Where(read => read.Succeeded).Select(read => read.Value)];
    }
}
