using Interop.Core.Mapping.Checking;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>Lists of more values than other places need: none of them goes untried.</summary>
public sealed class ManyValuesTests
{
    [Fact]
    public void Every_group_of_codes_that_become_one_is_told_whole()
    {
        const int groups = 12, codes = 12;
        var rows = from to in Enumerable.Range(0, groups) from code in Enumerable.Range(0, codes) select $"{{ source: c{to}-{code}, canonical: m{to}{(code == 0 ? "" : ", one-way: in")} }}";
        var found = Found("{ source: a, canonical: b, code: list }", "{ a!: text }", "{ b!: text }", $"[ {string.Join(", ", rows)} ]").Where(finding => finding.Rule == CheckRules.CodesShareMeaning).ToList();
        Assert.Equal(groups, found.Count);
        Assert.All(found, finding => Assert.Equal(codes, finding.Values.Length));
    }

    [Fact]
    public void Every_value_of_a_list_that_is_refused_is_named()
    {
        var all = Enumerable.Range(0, 120).Select(number => $"v{number}").ToList();
        var found = Found("{ source: a, canonical: b }", $$"""{ a: { schema: { type: string, enum: [{{string.Join(", ", all)}}] } } }""", """{ b: { schema: { type: string, pattern: "^v([0-9]|[1-4][0-9])$" } } }""");
        Assert.Equal(all.Skip(50), Assert.Single(found, finding => finding.Rule == CheckRules.Values).Values);
    }

    static IEnumerable<Finding> Found(string field, string source, string canonical, string? codes = null) =>
        MappingCheck.Run(Given.Fields("in", new SourceScalar(new Place("test.yaml", 1, 1), $"- {field}", default), Read(source), Read(canonical), codes is null ? null : Read(codes))).Findings;

    static SourceNode Read(string text) => SourceReader.Read(text, "test.yaml").Value;
}
