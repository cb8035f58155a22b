using Interop.Core.Canonical;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping;

/// <summary>Mappings against versions of a canonical record: what one means never depends on what is published later, and what its version does not know is told.</summary>
public sealed class RecordVersionTests
{
    static readonly CanonicalRecords Records = CanonicalRecords.Of(
        [
            Record("1.0.0", "{ a: { type: string }, kind: { enum: [x] } }"),
            Record("1.1.0", "{ a: { type: string }, kind: { enum: [x, y] }, b: { type: string } }"),
        ], new ProblemList());

    static readonly string[] Fields = ["{ source: a, canonical: a }", "{ source: kind, canonical: kind }"];

    [Theory]
    [InlineData("record", "record@1.0.0", "record@1.1.0")]
    [InlineData("record@1.0.0", "record@1.0.0", "record@1.1.0")]
    [InlineData("record@1.1.0", "record@1.1.0", null)]
    public void A_mapping_is_written_against_the_version_that_it_names_or_the_first(string canonical, string version, string? newer)
    {
        var mapping = Load(canonical, Fields).Value;
        Assert.Equal(("record", version, newer), (mapping.Canonical, mapping.CanonicalReference, mapping.NewerCanonical));
    }

    [Theory]
    [InlineData("record@1.2.0", "unknown-schema", "There are: 1.0.0, 1.1.0")]
    [InlineData("record@", "unknown-schema", "has no version \"\"")]
    [InlineData("\"@\"", "unknown-schema", "There is no canonical record \"\".")]
    [InlineData("\"\"", "unknown-schema", "There is no canonical record \"\".")]
    [InlineData("recrod", "unknown-schema", "Did you mean \"record\"?")]
    [InlineData("record", "unknown-path", "The newer record@1.1.0 has it: write canonical: record@1.1.0.")]
    public void What_is_not_there_is_told_with_the_version_that_has_it(string canonical, string rule, string says)
    {
        var problem = Load(canonical, [.. Fields, "{ source: b, canonical: b }"]).Problems[0];
        Assert.Equal((rule, "mapping.yaml"), (problem.Rule, problem.Place?.File));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_no_version_has_is_not_looked_for_in_a_newer() =>
        Assert.DoesNotContain("newer", Load("record", [.. Fields, "{ source: b, canonical: c }"]).Problems[0].Message, StringComparison.Ordinal);

    [Fact]
    public void What_came_with_a_newer_version_is_left_out_or_refused_with_the_remedy()
    {
        var mapping = Load("record", Fields).Value;
        var narrowed = mapping.Narrow(JsonValue.Of(("a", "A"), ("kind", "x"), ("b", "B")));
        Assert.Equal("/b", Assert.Single(narrowed.LeftOut));
        Assert.Equal("""{"a":"A","kind":"x"}""", mapping.Translate(narrowed.Record, MappingDirection.Out).Value.ToString());

        // A code cannot be left out; and whoever does not narrow is told of the member.
        foreach (var (record, path) in new[] { (JsonValue.Of(("kind", "y")), "/kind"), (JsonValue.Of(("b", "B")), "/b") })
        {
            var problem = Assert.Single(mapping.Translate(record, MappingDirection.Out).Problems);
            Assert.Equal(("newer-record", path), (problem.Rule, problem.Path));
            Assert.EndsWith("That is so in record@1.0.0, against which test@1.0.0 is written; record@1.1.0 allows it. Write the next version of the mapping against record@1.1.0.", problem.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["additional-property", "enum"], mapping.Translate(JsonValue.Of(("kind", "z"), ("c", "C")), MappingDirection.Out).Problems.Select(problem => problem.Rule));
    }

    [Fact]
    public void A_receiver_of_an_older_version_does_not_learn_what_came_with_the_newer()
    {
        var sender = Load("record@1.1.0", [.. Fields, "{ source: b, canonical: b }"]).Value;
        var composed = Composition.Of(sender, Load("record", Fields).Value);
        Assert.Equal(("loses", "b"), (composed.Verdict, Assert.Single(composed.Lost).Path));
        Assert.StartsWith("test@1.0.0 to test@1.0.0, through the canonical record@1.1.0, which is sent as record@1.0.0: loses", PairText.Lines(composed).First(), StringComparison.Ordinal);
        var refused = Assert.Single(composed.InPart);
        Assert.Equal(("kind", "newer-record", JsonValue.Of("y")), (refused.Path, refused.Problem?.Rule, refused.Values[0]));
        Assert.Equal("full", Composition.Of(Load("record", Fields).Value, sender).Verdict);
        Assert.Equal("full", Composition.Of(sender, sender).Verdict);
    }

    [Fact]
    public void A_diff_says_against_which_version_each_is_written()
    {
        var changes = MappingDiff.Of(Load("record", Fields).Value, Load("record@1.1.0", [.. Fields, "{ source: b, canonical: b }"]).Value).Select(change => change.Sentence).ToList();
        Assert.Contains("It was written against record@1.0.0, and now is written against record@1.1.0.", changes);
        Assert.Contains("\"b\" is newly known, from \"b\".", changes);
        Assert.DoesNotContain(changes, sentence => sentence.Contains("refused is now translated", StringComparison.Ordinal) && sentence.Contains("/b ", StringComparison.Ordinal));
        Assert.Equal(
            ["In the canonical record \"kind\" may also be \"y\".", "In the canonical record \"b\" is new: String."],
            RecordDiff.Of(Records.Versions("record")[0], Records.Versions("record")[1]).Select(change => change.Sentence));
    }

    /// <summary>Each shipped mapping does with each of its examples what it did, whatever is added to every record in every place.</summary>
    [Fact]
    public void A_newer_version_of_every_record_changes_nothing_of_a_mapping()
    {
        var problems = new ProblemList();
        var widened = CanonicalRecords.Of(Repository.Records.Names.SelectMany(name => Repository.Records.Versions(name).Append(Widened(name))), problems);
        Assert.True(problems.IsEmpty, string.Join('\n', problems.ToImmutable()));
        foreach (var map in Repository.Maps)
        {
            var context = Repository.Context(map, Repository.Root(map));
            var (before, after) = (Repository.Load(map).Value, MappingDefinition.Load(Repository.Root(map), context with { Canonical = widened }).Value);
            Assert.Equal(before.CanonicalReference, after.CanonicalReference);
            Assert.NotNull(after.NewerCanonical);
            foreach (var file in Directory.GetFiles(Path.Combine(Repository.Mappings, "maps", map, "examples")).Order(StringComparer.Ordinal)) AssertSame(before, after, file);
        }
    }

    [Theory]
    [InlineData("notify-delivery-receipt")]
    [InlineData("rms-status-event")]
    public void The_check_of_a_mapping_says_the_same_whatever_is_added(string map)
    {
        var widened = CanonicalRecords.Of(Repository.Records.Names.SelectMany(name => Repository.Records.Versions(name).Append(Widened(name))), new ProblemList());
        var after = MappingDefinition.Load(Repository.Root(map), Repository.Context(map, Repository.Root(map)) with { Canonical = widened }).Value;
        Assert.Equal(ReportJson.Of(MappingCheck.Run(Repository.Load(map).Value)), ReportJson.Of(MappingCheck.Run(after)));
    }

    static void AssertSame(MappingDefinition before, MappingDefinition after, string file)
    {
        if (file.Contains(".problems.", StringComparison.Ordinal)) return;
        var isRecord = file.EndsWith(".canonical.json", StringComparison.Ordinal);
        var way = isRecord ? MappingDirection.Out : MappingDirection.In;
        if (!before.Direction.HasFlag(way)) return;
        var read = Format.All[isRecord ? "json" : before.Format].Read(File.ReadAllBytes(file), isRecord ? before.CanonicalSchema.Shape : before.SourceSchema.Shape);
        if (!read.Succeeded) return;
        var document = isRecord ? after.Narrow(read.Value).Record : read.Value;
        Assert.Equal(read.Value, document);
        var (was, now) = (before.Translate(document, way), after.Translate(document, way));
        Assert.Equal((was.Value, string.Join('\n', was.Problems)), (now.Value, string.Join('\n', now.Problems)));
    }

    // A member more in every object, and a code more in every list of them.
    static CanonicalRecord Widened(string name)
    {
        var newest = Repository.Records.Versions(name)[^1];
        var folder = Path.Combine(Repository.Mappings, Path.GetDirectoryName(newest.Place.File)!);
        SourceNode Node(string file) => SourceReader.Read(Widened(SourceReader.Read(File.ReadAllText(Path.Combine(folder, file)), file).Value.ToJson(), newest).ToString(), file).Value;
        return CanonicalRecord.Load(name, Node($"{name}.schema.yaml"), Node).Value;
    }

    static JsonValue Widened(JsonValue schema, CanonicalRecord newest)
    {
        if (schema.Kind == JsonKind.Array) return JsonValue.Of(schema.Items.Select(item => Widened(item, newest)));
        if (schema.Kind != JsonKind.Object) return schema;
        var widened = JsonValue.Of(schema.Members.Select(member => KeyValuePair.Create(member.Key, member.Key == "version" && member.Value.StringOrNull == newest.Version.ToString() ? (newest.Version with { Minor = newest.Version.Minor + 1 }).ToString() : Widened(member.Value, newest))));
        if (widened["properties"].Kind == JsonKind.Object && widened["additionalProperties"] == JsonValue.False) widened = widened.With("properties", widened["properties"].With("addedLater", JsonValue.Of(("type", "string"))));
        return widened["enum"].Kind == JsonKind.Array ? widened.With("enum", widened["enum"].Plus("added-later")) : widened;
    }

    static Outcome<MappingDefinition> Load(string canonical, string[] fields) =>
        SourceReader.Read(Given.Head("both").Replace("canonical: record", $"canonical: {canonical}", StringComparison.Ordinal) + string.Concat(fields.Select(field => $"  - {field}\n")), "mapping.yaml").Then(root => MappingDefinition.Load(
            root, new MappingContext(Records, Given.SchemaOf(SourceReader.Read($"{{ a: text, kind: {(canonical == "record@1.1.0" ? "x|y" : "x")}{(fields.Length > 2 ? ", b: text" : "")} }}", "source.yaml").Value), Given.CodeLists)));

    static CanonicalRecord Record(string version, string properties) =>
        CanonicalRecord.Load("record", SourceReader.Read($"version: {version}\ntype: object\nadditionalProperties: false\nproperties: {properties}\n", "record.schema.yaml").Value, _ => null).Value;
}
