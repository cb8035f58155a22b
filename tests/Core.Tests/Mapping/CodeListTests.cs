using Interop.Core.Mapping;

namespace Interop.Core.Tests.Mapping;

public sealed class CodeListTests
{
    const string Head = "code-list: x\nversion: 1.0.0\ncodes:\n";

    [Fact]
    public void A_yaml_list_is_read()
    {
        var list = CodeList.Load("code-list: x\nversion: 1.2.0\ntitle: T\nfrom: 2021-04-01\ncodes:\n  - { source: \"01\", canonical: one, title: One }\n  - { source: 1, canonical: one, one-way: in }\n", "x.yaml").Value;
        Assert.Equal(("x", "1.2.0", "T", "2021-04-01"), (list.Name, list.Version, list.Title, list.From));
        Assert.Equal(new Code("01", "one", "One", MappingDirection.Both), list.Codes[0]);
        Assert.Equal(new Code("1", "one", null, MappingDirection.In), list.Codes[1]);
        Assert.Equal("01", list.ToSource["one"]);
        Assert.Equal("one", list.ToCanonical["1"]);
    }

    [Theory]
    [InlineData("source,canonical\r\nA,a\r\nB,b\r\n", "A a Both|B b Both")]
    [InlineData("source,canonical,title\nA,a,\"One, or \"\"1\"\"\"\n\nB,b,", "A a Both|B b Both")]
    [InlineData("source,canonical,title,one-way\nA,a,,\nB,a,,in\nA,c,,out", "A a Both|B a In|A c Out")]
    public void A_csv_list_is_read(string text, string codes)
    {
        var list = CodeList.Load(text, "codes/rms.csv").Value;
        Assert.Equal("rms", list.Name);
        Assert.Equal(codes, string.Join('|', list.Codes.Select(code => $"{code.Source} {code.Canonical} {code.Ways}")));
    }

    [Theory]
    [InlineData("codes/rms.csv", "rms", "0.0.0", null)]
    [InlineData("codes/rms@1.2.0.csv", "rms", "1.2.0", null)]
    [InlineData("codes/rms@1.2.0@2026-04-01.csv", "rms", "1.2.0", "2026-04-01")]
    public void The_name_of_a_csv_file_has_version_and_day(string file, string name, string version, string? from)
    {
        var list = CodeList.Load("source,canonical,title,one-way,reason\nA,a,,,\nB,a,,in,No longer written\n", file).Value;
        Assert.Equal((name, version, from), (list.Name, list.Version, list.From));
        Assert.Equal("No longer written", list.Codes[1].Reason);
    }

    [Theory]
    [InlineData("x@1.0@soon.csv", "source,canonical\nA,a", "1 version|1 date")]
    [InlineData("x.yaml", Head + "  - { source: A, canonical: a, one-way: in, reason: ' ' }", "4 required")]
    [InlineData("x.yaml", Head + "  - { source: A, canonical: a }\n  - { source: A, canonical: b }", "5 ambiguous-code")]
    [InlineData("x.yaml", Head + "  - { source: A, canonical: a }\n  - { source: B, canonical: a }", "5 ambiguous-code")]
    [InlineData("x.yaml", Head + "  - { source: A, canonical: a, oneway: in }\n  - { source: B }", "4 unknown-field|5 required")]
    [InlineData("x.yaml", "code-list: x\nversion: 1\nfrom: soon\ncodes: []", "2 version|3 date")]
    [InlineData("x.yaml", "codes: {}", "1 required|1 required|1 type")]
    [InlineData("x.yaml", "[", "2 syntax")]
    [InlineData("x.csv", "code,canonical\nA,a", "1 header")]
    [InlineData("x.csv", "", "1 header")]
    [InlineData("x.csv", "source,canonical\nA\nB,b,c\n,d\nE,\"e", "5 quotes|2 columns|3 columns|4 required")]
    [InlineData("x.csv", "source,canonical\nA\nB,b,c\n,d\nE,e", "2 columns|3 columns|4 required")]
    [InlineData("x.csv", "source,canonical,title,one-way\nA,a,,both\nA,b,,", "2 unknown-value|3 ambiguous-code")]
    public void A_wrong_list_is_refused_with_every_line(string file, string text, string problems) =>
        Assert.Equal(problems, string.Join('|', CodeList.Load(text, file).Problems.Select(problem => $"{problem.Place!.Line} {problem.Rule}")));
}
