using System.Text;
using Interop.Core.Canonical;
using Interop.Core.Formats;
using Interop.Core.Mapping;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using Interop.Core.Tests.Mapping;

namespace Interop.Core.Tests.Formats;

/// <summary>Cases/mappings.yaml: a mapping, its system's schema, a document and the record it becomes, both ways.</summary>
public sealed class LayoutMappingTests
{
    public static TheoryData<string> Names => new(Cases.Select(one => Text(one, "case")));

    static IEnumerable<SourceMap> Cases => ((SourceList)SourceReader.Read(
        File.ReadAllText(Path.Combine(Repository.Mappings, "..", "tests", "Core.Tests", "Formats", "Cases", "mappings.yaml")), "mappings.yaml").Value).Items.Cast<SourceMap>();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_mapping_translates_both_ways(string name)
    {
        var given = Cases.Single(one => Text(one, "case") == name);
        var mapping = Load(given, given["source"]!).Value;
        var format = Format.All[mapping.Format];
        var document = Encoding.UTF8.GetBytes(Text(given, "document"));

        var record = mapping.Translate(format.Read(document, mapping.SourceSchema.Shape).Value, MappingDirection.In);
        Assert.True(record.Succeeded, string.Join("\n", record.Problems));
        Assert.Equal(given["record"]!.ToJson().ToIndentedString(), record.Value.ToIndentedString());

        var back = mapping.Translate(record.Value, MappingDirection.Out);
        Assert.True(back.Succeeded, string.Join("\n", back.Problems));
        Assert.Equal(Text(given, "document"), Encoding.UTF8.GetString(format.Write(back.Value, mapping.SourceSchema.Shape).Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bad_layout_is_told_when_the_mapping_is_loaded(string name)
    {
        var given = Cases.Single(one => Text(one, "case") == name);
        var problems = Load(given, new SourceMap(given.Place, [.. ((SourceMap)given["source"]!).Entries.Where(entry => entry.Name is "type" or "properties")])).Problems;
        Assert.Contains(problems, problem => problem is { Rule: "layout", Place.File: "mappings.yaml" });
    }

    static Outcome<MappingDefinition> Load(SourceMap given, SourceNode source) =>
        MappingDefinition.Load(given["mapping"]!, new MappingContext(
            CanonicalRecords.First(new Dictionary<string, Schema>(StringComparer.Ordinal) { ["record"] = Schema.Load(given["canonical"]!).Value }), Schema.Load(source).Value, Given.CodeLists));

    static string Text(SourceMap map, string name) => ((SourceScalar)map[name]!).Text;
}
