using CsCheck;
using Interop.Core.Mapping;

namespace Interop.Core.Tests.Mapping;

public sealed class MappingPathTests
{
    [Theory]
    [InlineData("a", 0, 1)]
    [InlineData("a.b.c", 0, 3)]
    [InlineData("@id", 0, 1)]
    [InlineData("ns:a.#text", 0, 2)]
    [InlineData(".", 0, 0)]
    [InlineData(".[0]", 0, 1)]
    [InlineData("$", MappingPath.Document, 0)]
    [InlineData("$.a[0]", MappingPath.Document, 2)]
    [InlineData("^.a", 1, 1)]
    [InlineData("^.^.a", 2, 1)]
    [InlineData("a[12].b", 0, 3)]
    [InlineData("a[=x y]", 0, 2)]
    [InlineData("a[k=v,l.m=\"w, ]\"].b", 0, 3)]
    [InlineData("a[k=v][0].b", 0, 4)]
    [InlineData("a[k=$.b[j=^.c].d]", 0, 2)]
    [InlineData("a[0x=1]", 0, 2)]
    public void A_path_parses(string text, int up, int steps)
    {
        var path = MappingPathParser.Parse(text, null).Value;
        Assert.Equal((text, up, steps), (path.Text, path.Up, path.Steps.Length));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a[")]
    [InlineData("a[]")]
    [InlineData("a[0")]
    [InlineData("a[10000]")]
    [InlineData("a[k]")]
    [InlineData("a[k=]")]
    [InlineData("a[k=v,]")]
    [InlineData("a[=]")]
    [InlineData("a b")]
    [InlineData("\"a")]
    [InlineData("$a")]
    [InlineData("^^.a")]
    [InlineData("a[k=$.b[k=$.b[k=$.b[k=$.b]]]]")]
    public void A_path_is_refused(string text) => Assert.Equal("path", Assert.Single(MappingPathParser.Parse(text, null).Problems).Rule);

    [Fact]
    public void In_a_condition_the_caret_is_the_items_own_group()
    {
        var where = (PathStep.Where)MappingPathParser.Parse("a[k=^.b,l=^.^.c,m=$.d]", null).Value.Steps[1];
        Assert.Equal([0, 1, MappingPath.Document], where.Conditions.Select(condition => condition.Reference!.Up));
    }

    [Fact]
    public void Any_text_is_a_path_or_one_problem() =>
        Gen.String[Gen.Char["ab.[]=^$,\"\\@ 01"], 0, 20].Hold(text =>
        {
            var path = MappingPathParser.Parse(text, null);
            return path.Succeeded || path.Problems is [{ Rule: "path" }];
        });

    [Fact]
    public void A_joined_name_reads_back() => Gen.String.Where(name => name.Length is > 0 and < 100).Hold(name =>
        MappingPathParser.Parse(MappingPathParser.Join("a", name), null) is { Succeeded: true, Value.Steps: [_, PathStep.Member { Name: var read }] } && read == name);
}
