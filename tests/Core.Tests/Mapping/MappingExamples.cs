using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;

namespace Interop.Core.Tests.Mapping;

/// <summary>Every shipped mapping, run over its examples: see "Examples are tests" in docs/mappings.md.</summary>
public sealed class MappingExamples
{
    public static TheoryData<string> Maps => new(Repository.Maps);

    public static TheoryData<string, string, MappingDirection> Cases()
    {
        var cases = new TheoryData<string, string, MappingDirection>();
        foreach (var map in Repository.Maps)
        {
            var ways = Repository.Load(map) is { Succeeded: true } loaded ? loaded.Value.Direction : MappingDirection.None;
            foreach (var (name, files) in Examples(map))
            {
                var (hasSource, hasSent) = (Has(files, ".source."), Has(files, ".sent."));
                if (ways.HasFlag(MappingDirection.In) && hasSource) cases.Add(map, name, MappingDirection.In);
                if (ways.HasFlag(MappingDirection.Out) && Has(files, ".canonical.") && ((hasSource || hasSent) != Has(files, ".problems."))) cases.Add(map, name, MappingDirection.Out);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_shipped_mapping_has_no_problem_and_an_example(string map)
    {
        var loaded = Repository.Load(map);
        Assert.True(loaded.Succeeded, string.Join("\n", loaded.Problems));
        Assert.Equal(map, loaded.Value.Name);
        Assert.NotEmpty(Examples(map));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_example_becomes_what_stands_beside_it(string map, string example, MappingDirection direction)
    {
        var definition = Repository.Load(map).Value;
        var (from, to) = direction == MappingDirection.In ? (Source(definition, example), Json(definition, example, "canonical")) : (Json(definition, example, "canonical"), Source(definition, example));
        var result = definition.Translate(from!.Value, direction);

        if (Json(definition, example, "problems") is { } problems)
        {
            Assert.Equal(Lines(problems), Lines(result.Problems, problems));
            return;
        }

        Assert.True(result.Succeeded, string.Join("\n", result.Problems));
        Assert.Equal(to!.Value.ToIndentedString(), (direction == MappingDirection.In ? result.Value : Sent(definition, result.Value)).ToIndentedString());
    }

    // What goes out is compared as its reader has it, since formats tell an empty list from an absent one or do not.
    static JsonValue Sent(MappingDefinition definition, JsonValue document)
    {
        var (format, shape) = (Format.All[definition.Format], definition.SourceSchema.Shape);
        var bytes = format.Write(document, shape);
        Assert.True(bytes.Succeeded, string.Join("\n", bytes.Problems));
        return format.Read(bytes.Value, shape).Value;
    }

    static IEnumerable<(string Name, string[] Files)> Examples(string map) =>
        Directory.GetFiles(Folder(map)).Select(file => Path.GetFileName(file)).GroupBy(file => file.Split('.')[0], StringComparer.Ordinal).Select(files => (files.Key, files.ToArray()));

    static bool Has(string[] files, string kind) => files.Any(file => file.Contains(kind, StringComparison.Ordinal));

    static JsonValue? Source(MappingDefinition definition, string example)
    {
        var file = new[] { "source", "sent" }.Select(kind => Path.Combine(Folder(definition.Name), $"{example}.{kind}.{definition.Format}")).FirstOrDefault(File.Exists);
        return file is null ? default(JsonValue?) : Format.All[definition.Format].Read(File.ReadAllBytes(file), definition.SourceSchema.Shape).Value;
    }

    static JsonValue? Json(MappingDefinition definition, string example, string kind)
    {
        // A null of a conditional expression would become the JSON null, which is no absent file.
        var file = Path.Combine(Folder(definition.Name), $"{example}.{kind}.json");
        return File.Exists(file) ? JsonValue.Parse(File.ReadAllBytes(file)).Value : default(JsonValue?);
    }

    static IEnumerable<string> Lines(JsonValue expected) =>
        expected.Items.Select(one => $"{one["path"].AsString()} {one["rule"].AsString()} {one["value"].StringOrNull}".Trim()).Order(StringComparer.Ordinal);

    // A value is compared where the example states it.
    static IEnumerable<string> Lines(IEnumerable<Problem> found, JsonValue expected) => found
        .Select(problem => $"{problem.Path} {problem.Rule} {(expected.Items.Any(one => one["path"] == problem.Path && one.TryGet("value", out _)) ? problem.Value : "")}".Trim())
        .Order(StringComparer.Ordinal);

    static string Folder(string map) => Path.Combine(Repository.Mappings, "maps", map, "examples");
}
