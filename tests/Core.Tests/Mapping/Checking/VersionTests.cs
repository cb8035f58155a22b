using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What a new version of a mapping changes for data.</summary>
public sealed class VersionTests
{
    const string Before = """
          - { source: name, canonical: name }
          - { source: phone, canonical: contact.phone }
          - { source: sex, canonical: sex, code: sex }
          - { source: day, canonical: day, date: { pattern: dd/MM/yyyy } }
          - { ignore: email, reason: Not wanted yet. }
        """;

    const string After = """
          - { source: name, canonical: name, upper: {}, loss: The system is old. }
          - { source: email, canonical: contact.email }
          - { source: sex, canonical: sex, code: sex }
          - { source: day, canonical: day, date: { pattern: MM/dd/yyyy } }
          - { ignore: phone, reason: Not wanted any more. }
        """;

    [Fact]
    public void What_is_newly_known_and_what_no_longer_is_said_with_a_document()
    {
        var changes = MappingDiff.Of(Version(Before), Version(After));
        var gone = Assert.Single(changes, change => change is { Way: MappingDirection.In, Path: "contact.phone" });
        Assert.Equal("\"contact.phone\" is no longer known; it came from \"phone\".", gone.Sentence);
        Assert.False(gone.Before.IsNull);
        Assert.True(gone.After.IsNull);
        var known = Assert.Single(changes, change => change is { Way: MappingDirection.In, Path: "contact.email" });
        Assert.Equal("\"contact.email\" is newly known, from \"email\".", known.Sentence);
        var sent = Assert.Single(changes, change => change is { Way: MappingDirection.Out, Path: "email" });
        Assert.Equal("\"email\" is newly sent, from \"contact.email\".", sent.Sentence);
        Assert.Contains(changes, change => change is { Way: MappingDirection.Out, Path: "phone" } && change.Sentence.Contains("no longer sent", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_meaning_is_shown_by_a_document_that_becomes_something_else()
    {
        var (before, after) = (Version(Before), Version(After));
        var change = Assert.Single(MappingDiff.Of(before, after), change => change is { Way: MappingDirection.In, Path: "day" });
        Assert.Equal("\"day\" was converted by date: {\"pattern\":\"dd/MM/yyyy\"}, and now by date: {\"pattern\":\"MM/dd/yyyy\"}.", change.Sentence);
        var document = change.Document!.Value;
        Assert.Equal(change.Before, before.ToCanonical(document).Value["day"]);
        Assert.Equal(change.After, after.ToCanonical(document).Value["day"]);
        Assert.NotEqual(change.Before, change.After);
    }

    [Fact]
    public void What_did_not_change_is_not_told()
    {
        Assert.Empty(MappingDiff.Of(Version(Before), Version(Before)));
        Assert.DoesNotContain(MappingDiff.Of(Version(Before), Version(After)), change => change.Path == "sex");
    }

    [Fact]
    public void A_mapping_that_no_longer_goes_out_says_so()
    {
        var change = Assert.Single(MappingDiff.Of(Version("  - { source: name, canonical: name }"), Version("  - { source: name, canonical: name }", "in")));
        Assert.Equal("The mapping went both ways, and now goes in only.", change.Sentence);
    }

    [Fact]
    public void A_change_in_json_has_its_document() => Assert.Contains(
        MappingDiff.Of(Version(Before), Version(After)).Select(ReportJson.Of), change => change["path"].StringOrNull == "day" && change["document"].Kind == JsonKind.Object && change["direction"].StringOrNull == "in");

    static MappingDefinition Version(string fields, string direction = "both")
    {
        const string Source = "{ name: text, phone: text, email: text, sex: text, day: text }";
        const string Record = "{ name: text, contact: { phone: text, email: text }, sex: male|female|unknown, day: date }";
        var used = Source.Trim('{', '}').Split(',').Select(member => member.Split(':')[0].Trim()).Where(member => fields.Contains(member, StringComparison.Ordinal)).ToList();
        var source = "{ " + string.Join(", ", used.Select(name => $"{name}: text")) + " }";
        var loaded = Given.Definition(Given.Head(direction) + fields, SourceReader.Read(source, "source.yaml").Value, SourceReader.Read(Record, "record.yaml").Value);
        return loaded.Succeeded ? loaded.Value : throw new InvalidOperationException(string.Join('\n', loaded.Problems));
    }
}
