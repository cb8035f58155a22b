using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Tests.Schemas;

public sealed class SchemaTests
{
    // A place where everything is broken at once: each problem must be there, not only the first.
    const string Person = """
        type: object
        additionalProperties: false
        required: [name, roles]
        dependentRequired: { sms: [consent] }
        properties:
          name: { type: string, minLength: 2, maxLength: 4 }
          roles: { type: array, minItems: 1, maxItems: 2, uniqueItems: true, items: { enum: [victim, witness] } }
          born: { type: string, format: date }
          sms: { type: string, pattern: '^\+44\d{10}$' }
          consent: { const: true }
          height: { type: [number, 'null'], minimum: 40, exclusiveMaximum: 272, multipleOf: 0.5 }
          age: { type: integer }
          tags: { type: object, patternProperties: { '^x-': { type: string } }, additionalProperties: { type: number } }
          known: { type: object, minProperties: 1, maxProperties: 2 }
          lead: { type: array, contains: { const: lead }, maxContains: 1 }
          contact:
            oneOf:
              - { type: object, required: [email], properties: { email: { type: string, format: email } } }
              - { type: object, required: [post] }
        """;

    static readonly Schema PersonSchema = Schema.Load(SourceOf.Yaml(Person)).Value;

    [Theory]
    [InlineData("""{"name": "Anna", "roles": ["victim"]}""", "")]
    [InlineData("""{}""", "required /name, required /roles")]
    [InlineData("""[]""", "type ")]
    [InlineData("""{"name": 1, "roles": {}, "age": 1.5}""", "type /name, type /roles, type /age")]
    [InlineData("""{"name": "A", "roles": []}""", "min-length /name, min-items /roles")]
    [InlineData("""{"name": "Annabel", "roles": ["victim", "witness", "victim"]}""", "max-length /name, max-items /roles, unique-items /roles/2")]
    [InlineData("""{"name": "😀😀😀😀", "roles": ["victm"]}""", "enum /roles/0")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "born": "2026-02-31"}""", "format /born")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "sms": "+447700900123\n"}""", "pattern /sms, dependent-required /consent")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "sms": "+447700900123", "consent": false}""", "const /consent")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "height": 12.3}""", "minimum /height, multiple-of /height")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "height": 272}""", "exclusive-maximum /height")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "height": null, "age": 2.0}""", "")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "nmae": 1, "a/b~": 2}""", "additional-property /nmae, additional-property /a~1b~0")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "tags": {"x-a": 1, "b": "c", "d": 1}}""", "type /tags/x-a, type /tags/b")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "known": {}}""", "min-properties /known")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "known": {"a": 1, "b": null}}""", "")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "known": {"a": 1, "b": 2, "c": 3}}""", "max-properties /known")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "known": [1, 2, 3]}""", "type /known")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "lead": ["lead", "other", "other"]}""", "")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "lead": ["other"]}""", "contains /lead")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "lead": ["lead", "other", "lead"]}""", "max-contains /lead")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "contact": {"email": "a@b@example.org"}}""", "one-of /contact")]
    [InlineData("""{"name": "Anna", "roles": ["victim"], "contact": {"email": "a@example.org", "post": 1}}""", "one-of /contact")]
    public void Validate_EveryBreach_IsReportedWithItsPlace(string value, string expected)
    {
        var found = PersonSchema.Validate(JsonValue.Parse(value).Value).Select(problem => $"{problem.Rule} {problem.Path}");
        Assert.Equal(Words(expected), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"roles": ["victm"]}""", "enum", "The value must be one of victim, witness. Did you mean \"victim\"?", "victm")]
    [InlineData("""{"nmae": 1}""", "additional-property", "\"nmae\" is not known here. Did you mean \"name\"?", "1")]
    [InlineData("""{"name": 7}""", "type", "Here belongs a text, but a whole number stands here.", "7")]
    [InlineData("""{"born": "05/03/2026"}""", "format", "The text is no valid date. Write a date that exists as year, month, day: 2026-03-05.", "05/03/2026")]
    [InlineData("""{"known": {"a": 1, "b": 2, "c": 3}}""", "max-properties", "The object has 3 members; at most 2 are allowed.", null)]
    [InlineData("""{"contact": {"email": "x"}}""", "one-of", "The value has none of the 2 forms allowed here. The nearest fails at /contact/email: The text is no valid email. Write one address, such as name@example.org.", null)]
    public void Validate_Breach_IsToldWithTheRemedyAndTheValueApart(string value, string rule, string message, string? shown)
    {
        var problem = Assert.Single(PersonSchema.Validate(JsonValue.Parse(value).Value), problem => problem.Rule == rule);
        Assert.Equal(message, problem.Message);
        Assert.Equal(shown, problem.Value);
    }

    [Theory]
    [InlineData("typ: string", "unknown-keyword 1:1 Did you mean \"type\"?")]
    [InlineData("{ type: strng, enum: [], foo: 1 }", "unknown-value 1:9 Did you mean \"string\"?, too-few 1:22 one value, unknown-keyword 1:26 foo")]
    [InlineData("{ type: object, properties: { a: { maxLength: -1 }, b: 7 } }", "type 1:47 whole number, type 1:56 a number stands here")]
    [InlineData("{ pattern: '(?=a)b' }", "pattern 1:12 lookarounds")]
    [InlineData("{ pattern: '(a' }", "pattern 1:12 cannot be used")]
    [InlineData("{ format: postcode }", "unknown-format 1:11 postcode")]
    [InlineData("{ $ref: '#/$defs/a' }", "reference 1:9 leads nowhere")]
    [InlineData("{ $ref: 'b.yaml#/$defs/a' }", "reference 1:9 no file b.yaml")]
    [InlineData("{ $ref: 'https://example.org/b' }", "reference 1:9 relative path")]
    [InlineData("{ $ref: '#' }", "reference-loop 1:1 itself")]
    [InlineData("{ anyOf: [ { $ref: '#/$defs/a' } ], $defs: { a: { not: { $ref: '#' } } } }", "reference-loop 1:1 itself")]
    [InlineData("{ then: { type: string } }", "unused 1:3 if")]
    [InlineData("{ multipleOf: 0 }", "range 1:15 greater than 0")]
    [InlineData("{ $schema: 'http://json-schema.org/draft-07/schema#' }", "dialect 1:12 2020-12")]
    [InlineData("{ xml: { nam: x, name: 'a b', attribute: true, wrapped: true } }", "unknown-field 1:10 name, xml 1:8 XML name, xml 1:8 wrapped")]
    [InlineData("[]", "type 1:1 a list stands here")]
    public void Load_EveryMistake_IsReportedWithItsPlace(string text, string expected)
    {
        var problems = Schema.Load(SourceOf.Yaml(text)).Problems;
        var wanted = expected.Split(", ").Select(each => each.Split(' ', 3)).ToArray();
        Assert.Equal(wanted.Length, problems.Length);
        Assert.All(wanted, each => Assert.Contains(
            problems, problem => problem.Rule == each[0] && $"{problem.Place!.Line}:{problem.Place.Column}" == each[1] && problem.Message.Contains(each[2], StringComparison.Ordinal)));
    }

    [Fact]
    public void Load_ReferencesAcrossFolders_AreRelativeToTheFileTheyStandIn()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["../canonical/common.yaml"] = "$defs: { when: { $ref: './times.yaml#/$defs/when' }, tree: { type: array, items: { $ref: '#/$defs/tree' } } }",
            ["../canonical/times.yaml"] = "$defs: { when: { type: string, format: date-time } }",
        };
        var asked = new List<string>();
        var root = "{ properties: { at: { $ref: '../canonical/common.yaml#/$defs/when' }, tree: { $ref: '../canonical/common.yaml#/$defs/tree' } } }";

        var schema = Schema.Load(SourceOf.Yaml(root), name =>
        {
            asked.Add(name);
            return files.TryGetValue(name, out var text) ? SourceOf.Yaml(text, name) : null;
        }).Value;

        Assert.Equal(["../canonical/common.yaml", "../canonical/times.yaml"], asked);
        Assert.Empty(schema.Validate(JsonValue.Parse("""{"at": "2026-03-05T14:30:00Z", "tree": [[], [[]]]}""").Value));
        var problems = schema.Validate(JsonValue.Parse("""{"at": "soon", "tree": [[], [[1]]]}""").Value);
        Assert.Equal(["format /at", "type /tree/1/0/0"], problems.Select(problem => $"{problem.Rule} {problem.Path}"));
    }

    [Fact]
    public void Validate_AlternativesThatMultiply_EndInAProblem()
    {
        var schema = Schema.Load(SourceOf.Yaml("{ anyOf: [ { properties: { a: { $ref: '#' } }, required: [b] }, { properties: { a: { $ref: '#' } }, required: [c] } ] }")).Value;
        var value = Enumerable.Range(0, 60).Aggregate(JsonValue.EmptyObject, (inner, _) => JsonValue.Of(("a", inner)));
        Assert.Contains(schema.Validate(value), problem => problem.Rule is "too-complex" or "any-of");
    }

    [Fact]
    public void Validate_ManyDifferentItems_AreComparedInOnePass()
    {
        var schema = Schema.Load(SourceOf.Yaml("{ uniqueItems: true }")).Value;
        var items = Enumerable.Range(0, 100_000).Select(number => JsonValue.Of(JsonValue.Of((double)number)));
        Assert.Empty(schema.Validate(JsonValue.Of(items)));
    }

    [Fact]
    public void Validate_AThousandProblemsAndMore_AreCountedNotKept()
    {
        var schema = Schema.Load(SourceOf.Yaml("{ items: { type: string } }")).Value;
        var problems = schema.Validate(JsonValue.Of(Enumerable.Repeat(JsonValue.True, 5_000)));
        Assert.Equal(ProblemList.Limit + 1, problems.Length);
        Assert.StartsWith((5_000 - ProblemList.Limit).ToString(CultureInfo.InvariantCulture), problems[^1].Message, StringComparison.Ordinal);
    }

    static IEnumerable<string> Words(string list) => list.Length == 0 ? [] : list.Split(", ").Order(StringComparer.Ordinal);
}
