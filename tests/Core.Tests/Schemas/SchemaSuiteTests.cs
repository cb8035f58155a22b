using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Tests.Schemas;

public sealed class SchemaSuiteTests
{
    static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Schemas", "Suite");

    const string OtherKeyword = "It uses a keyword that is not known here.";
    const string ThenAlone = "A \"then\" or \"else\" that means nothing is an author's slip and refused.";
    const string LongProperty = "The long names of Unicode properties are refused; \\p{L} is read.";
    const string ByAddress = "A reference is a path to a file or within it, not an address made of $id or $anchor.";
    const string PlainEmail = "Only addresses that GOV.UK Notify can deliver to are accepted: no quoted local part, no address literal.";

    // File: group[: case] -> why it is not run.
    static readonly Dictionary<string, string> LeftOut = new(StringComparer.Ordinal)
    {
        ["additionalProperties.json: additionalProperties with propertyNames"] = OtherKeyword,
        ["additionalProperties.json: dependentSchemas with additionalProperties"] = OtherKeyword,
        ["not.json: collect annotations inside a 'not', even if collection is disabled"] = OtherKeyword,
        ["ref.json: ref creates new scope when adjacent to keywords"] = OtherKeyword,
        ["enum.json: empty enum"] = "An enum that nothing fits is an author's slip and refused.",
        ["if-then-else.json: ignore then without if"] = ThenAlone,
        ["if-then-else.json: ignore else without if"] = ThenAlone,
        ["if-then-else.json: non-interference across combined schemas"] = ThenAlone,
        ["pattern.json: pattern with Unicode property escape requires unicode mode"] = LongProperty,
        ["patternProperties.json: patternProperties with Unicode property escape"] = LongProperty,
        ["ref.json: remote ref, containing refs itself"] = ByAddress,
        ["ref.json: Recursive references between schemas"] = ByAddress,
        ["ref.json: refs with relative uris and defs"] = ByAddress,
        ["ref.json: relative refs with absolute uris and defs"] = ByAddress,
        ["ref.json: $id must be resolved against nearest parent, not just immediate parent"] = ByAddress,
        ["ref.json: order of evaluation: $id and $ref"] = ByAddress,
        ["ref.json: order of evaluation: $id and $anchor and $ref"] = ByAddress,
        ["ref.json: order of evaluation: $id and $ref on nested schema"] = ByAddress,
        ["ref.json: simple URN base URI with $ref via the URN"] = ByAddress,
        ["ref.json: URN base URI with URN and JSON pointer ref"] = ByAddress,
        ["ref.json: URN base URI with URN and anchor ref"] = ByAddress,
        ["ref.json: URN ref with nested pointer ref"] = ByAddress,
        ["ref.json: ref to if"] = ByAddress,
        ["ref.json: ref to then"] = ByAddress,
        ["ref.json: ref to else"] = ByAddress,
        ["ref.json: ref with absolute-path-reference"] = ByAddress,
        ["format/email.json: validation of e-mail addresses: a quoted string with a space in the local part is valid"] = PlainEmail,
        ["format/email.json: validation of e-mail addresses: a quoted string with a double dot in the local part is valid"] = PlainEmail,
        ["format/email.json: validation of e-mail addresses: a quoted string with a @ in the local part is valid"] = PlainEmail,
        ["format/email.json: validation of e-mail addresses: an IPv4-address-literal after the @ is valid"] = PlainEmail,
        ["format/email.json: validation of e-mail addresses: an IPv6-address-literal after the @ is valid"] = PlainEmail,
        ["format/uri.json: validation of URIs: leading zero in an embedded IPv4 address is invalid"] = "An address in brackets is checked by its characters only.",
    };

    public static TheoryData<string> Files() => [.. FileNames()];

    static IEnumerable<string> FileNames() =>
        Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal);

    [Fact]
    public void LeftOut_EachEntry_NamesACaseOfTheSuite()
    {
        var there = FileNames().SelectMany(file => Groups(file).SelectMany(group => Names(file, group))).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(LeftOut.Keys.Except(there));
        Assert.DoesNotContain(LeftOut.Values, string.IsNullOrWhiteSpace);

        static IEnumerable<string> Names(string file, JsonValue group)
        {
            var name = $"{file}: {group["description"].AsString()}";
            return group["tests"].Items.Select(test => $"{name}: {test["description"].AsString()}").Prepend(name);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Suite_EachCase_AgreesWithTheVerdict(string file)
    {
        var failures = new List<string>();
        var run = 0;
        foreach (var group in Groups(file))
        {
            var name = $"{file}: {group["description"].AsString()}";
            if (LeftOut.ContainsKey(name)) continue;
            var schema = Schema.Load(SourceOf.Json(group["schema"]));
            if (!schema.Succeeded)
            {
                failures.Add($"{name}: {string.Join("; ", schema.Problems)}");
                continue;
            }

            foreach (var test in group["tests"].Items)
            {
                var testName = $"{name}: {test["description"].AsString()}";
                if (LeftOut.ContainsKey(testName)) continue;
                run++;
                var problems = schema.Value.Validate(test["data"]);
                if (problems.IsEmpty != test["valid"].AsBoolean()) failures.Add($"{testName}: {string.Join("; ", problems)}");
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.True(run > 0, $"{file} has no case left.");
    }

    static IReadOnlyList<JsonValue> Groups(string file) => JsonValue.Parse(File.ReadAllBytes(Path.Combine(Folder, file)), JsonLimits.Stored).Value.Items;
}
