using Interop.Core.Schemas;

namespace Interop.Core.Tests.Schemas;

public sealed class ShapeTests
{
    const string Text = """
        type: object
        additionalProperties: false
        required: [id, people]
        properties:
          id: { $ref: '#/$defs/id', maxLength: 8 }
          people: { type: array, minItems: 1, items: { $ref: '#/$defs/person' } }
          note: { type: [string, 'null'], title: A note, description: Free text, xml: { name: Note, namespace: 'urn:x', prefix: x } }
          either: { oneOf: [ { type: object, properties: { a: { type: string } }, required: [a] }, { type: object, properties: { b: { type: integer } } } ] }
          when: { anyOf: [ { type: string, format: date }, { type: string, format: date-time } ] }
          code: { enum: [1, 2, x] }
          size: { type: integer, minimum: 1, maximum: 9 }
          whatever: {}
          never: false
          pair: { type: array, prefixItems: [ { type: string } ] }
          open: { type: object, additionalProperties: { type: boolean } }
        $defs:
          id: { type: string, pattern: '^[A-Z]', maxLength: 20, minLength: 2 }
          person:
            allOf:
              - { type: object, required: [name], properties: { name: { type: string } } }
              - { properties: { friends: { type: array, items: { $ref: '#/$defs/person' } } } }
        """;

    static readonly Shape Root = Schema.Load(SourceOf.Yaml(Text)).Value.Shape;

    [Theory]
    [InlineData("", "object{id! people! note either when code size whatever never pair open}")]
    [InlineData("id", "String 2..8 ^[A-Z]")]
    [InlineData("people", "list 1..")]
    [InlineData("people/*", "object{name! friends ...}")]
    [InlineData("people/0/friends/*/friends/3/name", "String ..")]
    [InlineData("note", "Null, String ..")]
    [InlineData("either", "object{a b ...}")]
    [InlineData("either/b", "Integer ..")]
    [InlineData("when", "String ..")]
    [InlineData("code", "Integer, String .. =1,2,x")]
    [InlineData("size", "Integer .. 1-9")]
    [InlineData("whatever", "any")]
    [InlineData("never", "None ..")]
    [InlineData("pair/0", "any")]
    [InlineData("open/flag", "Boolean ..")]
    [InlineData("unknown", null)]
    [InlineData("people/name", null)]
    [InlineData("id/x", null)]
    public void At_Path_GivesWhatTheSchemaSays(string path, string? expected) =>
        Assert.Equal(expected, Root.At(path.Length == 0 ? [] : path.Split('/')) is { } shape ? Show(shape) : null);

    [Fact]
    public void At_Note_KnowsItsAnnotations()
    {
        var note = Root.At("note")!;
        Assert.Equal(("A note", "Free text", true, 7), (note.Title, note.Description, note.Nullable, note.Place.Line));
        Assert.Equal(new XmlHint("Note", Attribute: false, Wrapped: false, "urn:x", "x"), note.Xml);
    }

    static string Show(Shape shape) => shape switch
    {
        ObjectShape known => $"object{{{string.Join(' ', known.Members.Select(member => member.Name + (member.Required ? "!" : "")))}{(known.Closed ? "" : " ...")}}}",
        ArrayShape list => $"list {list.MinItems}..{list.MaxItems}",
        ScalarShape scalar => $"{scalar.Types} {scalar.MinLength}..{scalar.MaxLength} {string.Join(' ', scalar.Patterns)}{(scalar.Allowed.IsEmpty ? "" : "=" + string.Join(',', scalar.Allowed.Select(value => value.StringOrNull ?? value.ToString())))}{(scalar.Minimum is null ? "" : $"{scalar.Minimum}-{scalar.Maximum}")}".TrimEnd(),
        _ => "any",
    };
}
