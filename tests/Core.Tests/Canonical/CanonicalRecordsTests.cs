using Interop.Core.Canonical;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using Interop.Core.Tests.Mapping;

namespace Interop.Core.Tests.Canonical;

/// <summary>records.yaml, narrowed.yaml: which versions of a record may stand beside each other, and what an older one knows of a record of a newer.</summary>
public sealed class CanonicalRecordsTests
{
    const string Records = "../../Canonical/records.yaml";
    const string Narrowed = "../../Canonical/narrowed.yaml";

    public static TheoryData<string> Pairs => Given.Names(Records);

    public static TheoryData<string> Documents => Given.Names(Narrowed);

    // A keyword that checks and is not compared would let a newer version refuse what the older takes.
    [Fact]
    public void Every_keyword_annotates_or_is_compared_between_versions()
    {
        string[] annotate = ["$schema", "$id", "version", "$comment", "$defs", "title", "description", "examples", "default", "xml", "csv", "fixed-width", "column", "record"];
        string[] compared = ["$ref", "allOf", "type", "enum", "const", "pattern", "format", "minLength", "maxLength", "minimum", "maximum", "properties", "required", "additionalProperties", "dependentRequired", "items", "minItems", "maxItems", "uniqueItems"];
        Assert.Equal(Keywords.Names, annotate.Concat(compared).Concat(Keywords.WithoutFact).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_newer_version_only_adds(string name)
    {
        var given = Given.Case(Records, name);
        var versions = given["versions"]?.ToJson().Items.Select(one => one.AsString()).ToArray() ?? ["1.0.0", "1.1.0"];
        var problems = new ProblemList();
        CanonicalRecords.Of([Version(given, "older", versions[0]), Version(given, "newer", versions[1])], problems);

        var wanted = given["problems"]!.ToJson().Items.Select(one => one.AsString()).ToList();
        Assert.Equal(wanted.Count, problems.Count);
        foreach (var (part, problem) in wanted.Zip(problems.ToImmutable()))
        {
            Assert.Equal(((given["rule"] as SourceScalar)?.Text ?? "incompatible", "newer.yaml"), (problem.Rule, problem.Place?.File));
            Assert.Contains(part, problem.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_record_goes_without_what_came_with_newer_versions(string name)
    {
        var given = Given.Case(Narrowed, name);
        var records = CanonicalRecords.Of([Version(given, "older", "1.0.0"), Version(given, "newer", "1.1.0")], new ProblemList());
        var record = given["record"]!.ToJson();
        var narrowed = records.Narrow(record, CanonicalReference.Of("thing"));
        Assert.Equal(given["narrowed"]!.ToJson(), narrowed.Record);
        Assert.Equal(given["left-out"]!.ToJson().Items.Select(one => one.AsString()), narrowed.LeftOut);
        Assert.Equal((record, 0), records.Narrow(record, CanonicalReference.Of("thing@1.1.0")) is var own ? (own.Record, own.LeftOut.Length) : default);
    }

    [Theory]
    [InlineData("thing", "thing@1.0.0", null)]
    [InlineData("thing@1.1.0", "thing@1.1.0", null)]
    [InlineData("thing@1.1", null, "The canonical record \"thing\" has no version \"1.1\". There are: 1.0.0, 1.1.0. Name one of them, as thing@1.1.0")]
    [InlineData("thin", null, "There is no canonical record \"thin\". Did you mean \"thing\"?")]
    public void A_name_without_a_version_is_the_first(string text, string? found, string? says)
    {
        var records = CanonicalRecords.Of([Of("1.0.0"), Of("1.1.0")], new ProblemList());
        Assert.Equal(found, records.Find(CanonicalReference.Of(text))?.Reference);
        if (says is not null) Assert.StartsWith(says, records.Missing(CanonicalReference.Of(text)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title: Thing", "required", "states no version")]
    [InlineData("version: 1", "version", "semver")]
    [InlineData("version: 1.0.0\nproperties: { a: { version: 1.0.0 } }", "version", "top of a file")]
    public void A_record_states_its_version(string text, string rule, string says)
    {
        var problem = Assert.Single(CanonicalRecord.Load("thing", Node(text, "thing.schema.yaml"), _ => null).Problems);
        Assert.Equal((rule, "thing.schema.yaml"), (problem.Rule, problem.Place?.File));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_are_in_the_order_of_semver()
    {
        string[] ordered = ["1.0.0-2", "1.0.0-10", "1.0.0-rc", "1.0.0-rc.1", "1.0.0", "1.0.2", "1.0.10", "1.2.0", "1.10.0", "2.0.0"];
        Assert.Equal(ordered, ordered.Reverse().Select(text => SemanticVersion.Parse(text)!.Value).Order(SemanticVersion.OldestFirst).Select(version => version.ToString()));
        Assert.All(["", "1", "1.0", "01.0.0", "1.0.0+b", "1.0.0.0", "v1.0.0", " 1.0.0", "1.0.0\n", "1.0.9999999999"], text => Assert.Null(SemanticVersion.Parse(text)));
    }

    internal static CanonicalRecord Of(string version, string schema = "{ type: object }") => CanonicalRecord.Load("thing", Node($"version: {version}\nallOf: [{schema}]", "thing.schema.yaml"), _ => null).Value;

    static CanonicalRecord Version(SourceMap given, string side, string version)
    {
        var defs = side == "newer" ? given["newer-defs"] ?? given["defs"] : given["defs"];
        return CanonicalRecord.Load("thing", Node(given[side]!.ToJson().With("version", version).ToString(), $"{side}.yaml"), name => name == "parts.yaml" && defs is not null ? Node(defs.ToJson().ToString(), name) : null).Value;
    }

    static SourceNode Node(string text, string file) => SourceReader.Read(text, file).Value;
}
