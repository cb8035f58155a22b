using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>What is printed of a counterexample.</summary>
public sealed class ShownTests
{
    [Fact]
    public void A_refusal_leads_into_the_document_that_is_shown()
    {
        var mapping = Given.Fields("in", Node("'- { source: \"items[k=q].v\", canonical: c, postcode: {} }'"), Node("{ items: [ { k!: p|q, v: text } ] }"), Node("{ c: text }"), null);
        var whole = JsonValue.Parse("""{"items":[{"k":"p","v":"x"},{"k":"q","v":"A"}]}""").Value;
        var refused = mapping.Translate(whole, MappingDirection.In);
        Assert.Equal("/items/1/v", Assert.Single(refused.Problems).Path);

        var finding = new Finding("open-values", FindingSeverity.Note, MappingDirection.In, "items[k=q].v", "", mapping.Syntax.Place, new Counterexample([whole], refused.Value, null, refused.Problems, ["/items/1/v"]), null);
        var lines = ReportText.Lines(Assert.Single(ShownDocuments.Of(mapping, [finding]))).Skip(1).ToList();
        Assert.Equal("""    {"items":[{"k":"q","v":"A"}]}""", lines[0]);
        Assert.StartsWith("    refused: /items/0/v ", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("    refused: /items/1/v ", ReportText.Lines(finding, whole: true).Last(), StringComparison.Ordinal);
    }

    static SourceNode Node(string text) => SourceReader.Read(text, "x").Value;
}
