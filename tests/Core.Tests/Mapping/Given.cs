using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping;

/// <summary>Definitions for tests, over schemas in a shorthand: <c>{ a: text, when!: date-time, list: [{ kind: text }], sex: female|male }</c>; <c>!</c> marks what is required, <c>{ "*": text }</c> is an object with any members, <c>{ schema: ... }</c> is JSON Schema as it stands.</summary>
static class Given
{
    public static IReadOnlyDictionary<string, CodeList> CodeLists { get; } = new[]
    {
        """
        code-list: sex
        version: 1.0.0
        codes:
          - { source: "1", canonical: male }
          - { source: "2", canonical: female }
          - { source: "9", canonical: unknown }
          - { source: "0", canonical: unknown, one-way: in, reason: Not known is unknown. }
        """,
        """
        code-list: roles
        version: 1.0.0
        codes:
          - { source: V, canonical: victim }
          - { source: W, canonical: witness }
        """,
        """
        code-list: groups
        version: 1.0.0
        codes:
          - { source: A, canonical: a1 }
          - { source: A, canonical: a2, one-way: out }
          - { source: B, canonical: b1 }
          - { source: B, canonical: b2, one-way: out, reason: The second is a B. }
          - { source: B, canonical: b3, one-way: out, reason: The third is a B. }
        """,
        """
        code-list: markings
        version: 1.0.0
        codes:
          - { source: P, canonical: none }
          - { source: P, canonical: sens, one-way: out }
        """,
    }.Select(text => CodeList.Load(text, "codes.yaml").Value).ToDictionary(list => list.Name, StringComparer.Ordinal);

    public static IReadOnlyList<SourceMap> Cases(string file)
    {
        var path = Path.Combine(Repository.Mappings, "..", "tests", "Core.Tests", "Mapping", "Cases", file);
        return [.. ((SourceList)SourceReader.Read(File.ReadAllText(path), file).Value).Items.Cast<SourceMap>()];
    }

    public static TheoryData<string> Names(string file) => new(Cases(file).Select(one => ((SourceScalar)one["case"]!).Text));

    public static SourceMap Case(string file, string name) => Cases(file).Single(one => ((SourceScalar)one["case"]!).Text == name);

    /// <summary>A definition of these fields, with the rows of the code list <c>list</c> if there are any; it must load.</summary>
    public static MappingDefinition Fields(string direction, SourceNode fields, SourceNode source, SourceNode canonical, SourceNode? codes)
    {
        var text = Head(direction) + string.Join('\n', ((SourceScalar)fields).Text.Split('\n').Select(line => "  " + line));
        var loaded = Definition(text, source, canonical, Lists(codes));
        return loaded.Succeeded ? loaded.Value : throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }

    /// <summary>The code list <c>list</c> of these rows, beside the others; null if there are none.</summary>
    public static IReadOnlyDictionary<string, CodeList>? Lists(SourceNode? codes) =>
        codes is null ? null : new Dictionary<string, CodeList>(CodeLists, StringComparer.Ordinal) { ["list"] = CodeList.Load(JsonValue.Of(("code-list", "list"), ("version", "1.0.0"), ("codes", codes.ToJson())).ToString(), "list.yaml").Value };

    public static Outcome<MappingDefinition> Definition(string text, SourceNode source, SourceNode canonical, IReadOnlyDictionary<string, CodeList>? codeLists = null) =>
        SourceReader.Read(text, "mapping.yaml").Then(root => MappingDefinition.Load(
            root, new MappingContext(CanonicalRecords.First(new Dictionary<string, Schema>(StringComparer.Ordinal) { ["record"] = SchemaOf(canonical) }), SchemaOf(source), codeLists ?? CodeLists)));

    public static string Head(string direction) => $$"""
        mapping: test
        version: 1.0.0
        title: Test
        direction: {{direction}}
        source: { format: json, schema: source.schema.yaml }
        canonical: record
        fields:

        """;

    public static Schema SchemaOf(SourceNode shorthand)
    {
        var schema = Expand(shorthand);
        return Schema.Load(SourceReader.Read(schema.ToString(), "schema.json").Value).Value;
    }

    static JsonValue Expand(SourceNode node) => node switch
    {
        SourceList list => JsonValue.Of(("type", "array"), ("items", Expand(list.Items[0]))),
        SourceMap { Entries: [{ Name: "*", Value: var other }] } => JsonValue.Of(("type", "object"), ("additionalProperties", Expand(other))),
        SourceMap { Entries: [{ Name: "schema" }] } whole => whole.Entries[0].Value.ToJson(),
        SourceMap map => JsonValue.Of(
            ("type", "object"),
            ("properties", JsonValue.Of(map.Entries.Select(entry => KeyValuePair.Create(entry.Name.TrimEnd('!'), Expand(entry.Value))))),
            ("required", JsonValue.Of(map.Entries.Where(entry => entry.Name.EndsWith('!')).Select(entry => JsonValue.Of(entry.Name.TrimEnd('!')))))),
        SourceScalar { Text: "any" } => JsonValue.EmptyObject,
        SourceScalar { Text: "text" } => JsonValue.Of(("type", "string")),
        SourceScalar { Text: "number" or "integer" or "boolean" } type => JsonValue.Of(("type", type.Text)),
        SourceScalar { Text: "date" or "time" or "date-time" } format => JsonValue.Of(("type", "string"), ("format", format.Text)),
        SourceScalar values => JsonValue.Of(("type", "string"), ("enum", JsonValue.Of(values.Text.Split('|').Select(value => JsonValue.Of(value))))),
        _ => throw new InvalidOperationException(),
    };
}
