using Interop.Core.Mapping;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping;

/// <summary>mappings/mapping.schema.json is for editors; it must take what the loader takes, and know every converter.</summary>
public sealed class EditorSchemaTests
{
    static readonly string Text = File.ReadAllText(Path.Combine(Repository.Mappings, "mapping.schema.json"));
    static readonly Schema Editor = Schema.Load(SourceReader.Read(Text, "mapping.schema.json").Value).Value;

    public static TheoryData<string> Maps => new(Repository.Maps);

    public static TheoryData<string> Fields => Given.Names("fields.yaml");

    [Theory]
    [MemberData(nameof(Maps))]
    public void A_shipped_mapping_is_valid_and_tells_editors_its_schema(string map)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Mappings, "maps", map, "mapping.yaml"));
        Valid(text);
        Assert.Contains("# yaml-language-server: $schema=../../mapping.schema.json\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_definition_that_loads_is_valid(string name) =>
        Valid(Given.Head("both") + string.Join('\n', ((SourceScalar)Given.Case("fields.yaml", name)["fields"]!).Text.Split('\n').Select(line => "  " + line)));

    [Theory]
    [InlineData("  - { source: a }")]
    [InlineData("  - { source: a, canonical: b, converter: x }")]
    [InlineData("  - { ignore: a }")]
    [InlineData("  - { default: a, canonical: b }")]
    [InlineData("  - { constant: a, canonical: b, source: c }")]
    [InlineData("  - { source: a, canonical: b, only: in }")]
    [InlineData("  - { source: a, canonical: b, loss: '' }")]
    [InlineData("  - { source: a, canonical: b, when: { source: c } }")]
    [InlineData("  - { source: a, canonical: b, when: { is: c } }")]
    [InlineData("  - { when: { source: a, is: b, present: true }, fields: [] }")]
    [InlineData("  - { fields: [] }")]
    [InlineData("  - { source: a, canonical: b, unit: { source: mph } }")]
    [InlineData("  - { source: a, canonical: b, unit: { source: mph, canonical: parsec } }")]
    [InlineData("  - { source: a, canonical: b, number: { decimal: ';' } }")]
    [InlineData("  - { source: a, canonical: b, text: { limit: 0 } }")]
    [InlineData("  - { source: a, canonical: b, boolean: { true: [Y] } }")]
    [InlineData("  - { source: a, canonical: b, boolean: { true: [Y], absent: false } }")]
    [InlineData("  - { name: family given, source: a }")]
    [InlineData("  - { name: family given, source: a, canonical: { surname: b, given: c } }")]
    [InlineData("  - { grid: { figures: 5 }, source: a, canonical: { easting: b, northing: c } }")]
    [InlineData("  - { identity: uuid, source: a }")]
    [InlineData("  - { identity: guid, source: a, of: b }")]
    [InlineData("losses: [ { rule: many-to-one, path: a } ]")]
    public void A_definition_of_another_form_is_not(string field) =>
        Assert.NotEmpty(Editor.Validate(SourceReader.Read(Given.Head("both") + field, "test.yaml").Value.ToJson()));

    [Theory]
    [InlineData("[high, 3, true]", true)]
    [InlineData("high", true)]
    [InlineData("[]", false)]
    [InlineData("~", false)]
    [InlineData("[high, ~]", false)]
    public void Values_of_a_loss_are_taken_as_the_loader_takes_them(string values, bool taken)
    {
        var text = $"{Given.Head("both")}  - {{ source: a, canonical: a }}\nlosses:\n  - {{ rule: values, path: a, values: {values}, reason: It is refused. }}";
        var record = SourceReader.Read("{ a: text }", "record.yaml").Value;
        Assert.Equal((taken, taken), (Editor.Validate(SourceReader.Read(text, "test.yaml").Value.ToJson()).IsEmpty, Given.Definition(text, record, record).Succeeded));
    }

    [Theory]
    [InlineData("not-back", "gone", true)]
    [InlineData("not-back", "[added, changed, refused]", true)]
    [InlineData("not-back", "lost", false)]
    [InlineData("not-back", "[gone, lost]", false)]
    [InlineData("not-back", "[]", false)]
    [InlineData("not-back", "~", false)]
    [InlineData("not-sent", "gone", false)]
    public void How_something_does_not_come_back_is_taken_as_the_loader_takes_it(string rule, string how, bool taken)
    {
        var text = $"{Given.Head("both")}  - {{ source: a, canonical: a }}\nlosses:\n  - {{ rule: {rule}, path: a, how: {how}, reason: It is another. }}";
        var record = SourceReader.Read("{ a: text }", "record.yaml").Value;
        Assert.Equal((taken, taken), (Editor.Validate(SourceReader.Read(text, "test.yaml").Value.ToJson()).IsEmpty, Given.Definition(text, record, record).Succeeded));
    }

    [Theory]
    [InlineData("record", true)]
    [InlineData("record@1.1.0", true)]
    [InlineData("record@1.1", false)]
    [InlineData("record@", false)]
    [InlineData("@1.1.0", false)]
    public void A_record_is_named_alone_or_with_its_whole_version(string canonical, bool isValid)
    {
        var text = Given.Head("both").Replace("canonical: record", $"canonical: \"{canonical}\"", StringComparison.Ordinal) + "  - { source: a, canonical: b }";
        Assert.Equal(isValid, Editor.Validate(SourceReader.Read(text, "test.yaml").Value.ToJson()).IsEmpty);
    }

    [Fact]
    public void It_knows_every_converter() => Assert.All(ConverterTable.All.Keys, name => Assert.Contains($"\"{name}\": {{", Text, StringComparison.Ordinal));

    static void Valid(string text) => Assert.Empty(Editor.Validate(SourceReader.Read(text, "test.yaml").Value.ToJson()));
}
