using Interop.Core.Jq;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What is kept from one sample to the next changes nothing of what is said of each.</summary>
public sealed class TrialTests
{
    const string Text = """
        type: object
        properties:
          name: { type: string, maxLength: 4 }
          age: { type: integer }
          mother: { $ref: "#" }
          sisters: { type: array, items: { $ref: "#" } }
        required: [name]
        additionalProperties: false
        """;

    [Theory]
    [InlineData("online-contact-incident", MappingDirection.In)]
    [InlineData("rms-incident", MappingDirection.In)]
    [InlineData("rms-incident", MappingDirection.Out)]
    [InlineData("cps-case-file", MappingDirection.Out)]
    [InlineData("eligibility-check", MappingDirection.Out)]
    public void A_document_among_others_becomes_what_it_becomes_alone(string map, MappingDirection way)
    {
        var definition = Repository.Load(map).Value;
        var trial = new Trial(definition);
        var (from, to) = way == MappingDirection.In ? (definition.SourceSchema, definition.CanonicalSchema) : (definition.CanonicalSchema, definition.SourceSchema);
        new ShapeDocuments(definition, way).Documents.Hold(
            document =>
            {
                var (among, alone) = (trial.Execute(way, document), way == MappingDirection.In ? definition.ToCanonical(document) : definition.ToSource(document));
                Assert.Equal(alone.Value.ToString(), among.Result.ToString());
                Assert.Equal(alone.Problems.AsEnumerable(), among.Refused);
                Assert.Equal(to.Validate(alone.Value).AsEnumerable(), among.Broken);
                Assert.Equal(from.Validate(document).IsEmpty, trial.IsValid(FieldFact.From(way), document));
            },
            everyTime: 200);
    }

    [Fact]
    public void What_is_alike_in_two_results_is_one_object()
    {
        var definition = Repository.Load("rms-incident").Value;
        var trial = new Trial(definition);
        var tried = SampleDocuments.Of(definition, MappingDirection.In).Select(document => trial.Execute(MappingDirection.In, document)).Where(execution => execution.Succeeded).ToList();
        foreach (var (one, other) in tried.Zip(tried.Skip(1)).Where(pair => pair.First.Result != pair.Second.Result))
            Assert.Contains(one.Result.Members, member => member.Value.Kind is JsonKind.Array or JsonKind.Object && member.Value.Is(other.Result[member.Key]));
    }

    [Fact]
    public void A_part_that_was_valid_once_is_not_looked_into_again_and_what_differs_is()
    {
        var (schema, known) = (Schema.Load(SourceReader.Read(Text, "schema.yaml").Value).Value, new ValidParts());
        var value = JsonValue.Parse("""{"name": "Ann", "age": 9, "mother": {"name": "Eve", "age": 40, "sisters": []}, "sisters": [{"name": "Una", "age": 3, "sisters": []}]}""").Value;
        foreach (var (pointer, other) in new (string, JsonValue)[] { ("", value), ("/mother/name", "Evelyn"), ("/sisters/0/age", 4), ("/sisters/0/age", "4"), ("/mother/name", "Eva"), ("/sisters/0/x", 1), ("/mother", JsonValue.EmptyObject) })
        {
            var changed = JsonPointer.Replace(value, pointer, other);
            Assert.Equal(schema.Validate(changed).AsEnumerable(), schema.Validate(changed, known));
            Assert.Equal(schema.Validate(changed).AsEnumerable(), schema.Validate(changed, known));
        }
    }

    [Fact]
    public void Of_an_object_all_is_told_that_the_last_valid_one_had_not_or_had_besides()
    {
        const string text = """
            type: object
            properties: { a: { type: string }, b: { type: integer, maximum: 9007199254740992 }, c: {}, d: { maxLength: 2 }, e: {} }
            required: [a, b]
            dependentRequired: { d: [e] }
            additionalProperties: false
            """;
        var schema = Schema.Load(SourceReader.Read(text, "schema.yaml").Value).Value;
        var values = new[]
        {
            """{"a": "A", "b": 9007199254740992, "c": 1, "d": "D", "e": 1}""", """{"a": "A", "b": 9007199254740993, "c": 1, "d": "D", "e": 1}""", """{"a": "A", "b": 1, "c": 1, "d": "D"}""", """{"a": "A", "c": 1, "d": "D", "e": 1}""",
            """{"e": 1, "d": "D", "c": 1, "b": 1, "a": 2}""", """{"a": "A", "b": 1, "c": 1, "d": "DDD", "e": 1}""", """{"a": "A", "b": 1, "c": 1, "x": 1}""", """{"a": "A", "b": 1, "c": 1, "d": "D", "e": 1, "f": 1}""", """{"a": "A", "b": 1, "c": 1, "e": 1}""",
        }.Select(json => JsonValue.Parse(json).Value).ToList();
        foreach (var (first, second) in values.SelectMany(first => values.Select(second => (first, second))))
        {
            var known = new ValidParts();
            schema.Validate(first, known);
            Assert.Equal(schema.Validate(second).AsEnumerable(), schema.Validate(second, known));
        }
    }

    [Fact]
    public void What_stands_beside_a_place_stands_where_its_pointer_leads()
    {
        var document = JsonValue.Parse("""{"a": [{"b": 1, "c": [{"d": 2}, {"d": 3}]}, {"b": 4, "c": []}], "e": {"f~g": 5}}""").Value;
        string[] keys = ["", "/a", "/a/*", "/a/*/b", "/a/*/c", "/a/*/c/*", "/a/*/c/*/d", "/e", "/e/f~0g", "/e/h", "/i/*/j"];
        string[] pointers = ["", "/a", "/a/0", "/a/1", "/a/1/b", "/a/0/c/1", "/a/0/c/1/d", "/e/f~0g", "/a/2"];
        foreach (var (key, pointer) in keys.SelectMany(key => pointers.Select(pointer => (key, pointer))))
            Assert.Equal(JsonPointer.Find(document, PlaceBeside.Pointer(key, pointer)) ?? JsonValue.Null, PlaceBeside.Value(document, key, pointer));
    }

    [Fact]
    public void What_was_written_at_once_takes_more_beside_it_and_is_then_not_noted_as_it_was()
    {
        var (shape, draft, known) = (Schema.Load(SourceReader.Read(Text, "schema.yaml").Value).Value.Shape, new Draft(), new KnownItem());
        var whole = JsonValue.Parse("""{"name": "Ann", "mother": {"name": "Eve"}, "sisters": [{"name": "Una"}]}""").Value;
        draft.Put(whole);
        Assert.True(draft.ToJson(shape).Is(whole));

        draft.Becomes = known;
        draft.Member("mother").Member("age").Set(40);
        draft.Member("sisters").Items[0].Member("age").Set(3);
        Assert.Equal(JsonValue.Parse("""{"name": "Ann", "mother": {"name": "Eve", "age": 40}, "sisters": [{"name": "Una", "age": 3}]}""").Value, draft.ToJson(shape));
        Assert.True(known.Value.IsNull);

        draft.Becomes = known;
        Assert.Equal(draft.ToJson(shape), known.Value);
    }

    [Fact]
    public void What_is_kept_is_bounded()
    {
        var (conversions, outputs) = (new KnownConversions(), new KnownOutputs());
        Func<JsonValue, Converted> twice = value => value.AsString() + value.AsString();
        for (var number = 0; number <= KnownConversions.MaxKept; number++) Assert.Equal($"{number}{number}", conversions.Convert(twice, $"{number}").Value.AsString());
        Assert.InRange(conversions.Count, 1, KnownConversions.MaxKept);

        var program = JqProgram.Compile(".a", []).Value;
        for (var number = 0; number <= KnownOutputs.MaxKept; number++)
        {
            JsonValue item = JsonValue.Of(("a", number));
            Assert.Equal(number, outputs.Of(program, item.OwnMembers!, item).Value.AsNumber());
        }

        Assert.InRange(outputs.Count, 1, KnownOutputs.MaxKept);
    }
}
