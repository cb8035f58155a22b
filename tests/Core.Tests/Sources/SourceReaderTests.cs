using CsCheck;
using Interop.Core.Sources;
using Interop.Core.Tests.Json;

namespace Interop.Core.Tests.Sources;

public sealed class SourceReaderTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("[~, null, '', '1', \"true\", yes, no, on, True, FALSE]", """[null,null,"","1","true","yes","no","on",true,false]""")]
    [InlineData("[0, -1, +1, 007, 1.5, 1., .5, 1e3, 0x1F, 1_000, 12:30, .inf, .nan]", """[0,-1,1,7,1.5,1,0.5,1e3,"0x1F","1_000","12:30",".inf",".nan"]""")]
    [InlineData("[2026-03-05, 2026-03-05T14:30:00Z, 100000000000000000001]", """["2026-03-05","2026-03-05T14:30:00Z",100000000000000000001]""")]
    [InlineData("a: |\n  one\n  two\nb: >\n  three\n  four\n", """{"a":"one\ntwo\n","b":"three four\n"}""")]
    [InlineData("a:\nb: {}\nc: []", """{"a":null,"b":{},"c":[]}""")]
    [InlineData("# comment\n---\n- a # and\n- b\n...\n", """["a","b"]""")]
    [InlineData("{\"a\": [1, {\"b\": \"\\u00e9\\n\\/\"}]}", """{"a":[1,{"b":"é\n/"}]}""")]
    [InlineData("\uFEFFa: b", """{"a":"b"}""")]
    public void Read_Yaml_IsTypedByTheCoreSchema(string text, string expected)
    {
        var read = SourceReader.Read(text, "x.yaml");
        Assert.True(read.Succeeded, string.Join('\n', read.Problems));
        Assert.Equal(expected, read.Value.ToJson().ToString());
    }

    [Theory]
    [InlineData("", "syntax 1:1")]
    [InlineData("# only a comment\n", "syntax 1:1")]
    [InlineData("a: [1, 2", "syntax 2:1")]
    [InlineData("a: b: c", "syntax 1:5")]
    [InlineData("a: [\nb:\n", "syntax 1:4")]
    [InlineData("a:\n\t- b", "syntax 1:2")]
    [InlineData("a: 1\nb: 2\na: 3\nb: 4", "duplicate-name 3:1, duplicate-name 4:1")]
    [InlineData("a: &x [1]\nb: *x", "alias 1:4, alias 2:4")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "alias 1:4, alias 2:4, alias 2:8, alias 2:12, alias 3:5, alias 3:9")]
    [InlineData("<<: *x", "alias 1:5")]
    [InlineData("a: 1\n---\nb: 2", "syntax 2:1")]
    [InlineData("? [a]\n: b", "syntax 1:3")]
    [InlineData("? *a\n: b", "syntax 1:3")]
    [InlineData("&a b: c", "alias 1:1")]
    [InlineData("a: !!str 1\n!b c: !d {}", "tag 1:4, tag 2:1, tag 2:7")]
    [InlineData("a: \"\\uD83Dx\"", "syntax 1:4")]
    [InlineData("a: \"\\uD83D\\u0041\"", "syntax 1:2")]
    public void Read_Refused_NamesEveryPlace(string text, string expected) =>
        Assert.Equal(expected.Split(", "), SourceReader.Read(text, "x.yaml").Problems.Select(problem => $"{problem.Rule} {problem.Place!.Line}:{problem.Place.Column}"));

    [Theory]
    [InlineData(99, true)]
    [InlineData(101, false)]
    [InlineData(50_000, false)]
    public void Read_Depth_IsLimited(int depth, bool succeeds)
    {
        Assert.Equal(succeeds, SourceReader.Read(new string('[', depth) + new string(']', depth), "x.yaml").Succeeded);
        Assert.Equal(succeeds, SourceReader.Read(string.Concat(Enumerable.Repeat("- ", depth)) + "x", "x.yaml").Succeeded);
    }

    [Fact]
    public void Read_Size_IsLimited() => Assert.Equal("too-large", SourceReader.Read(new string('a', (4 << 20) + 1), "x.yaml").Problems.Single().Rule);

    [Fact]
    public void Read_Places_AreThoseOfNamesAndValues()
    {
        var root = (SourceMap)SourceReader.Read("first: 1\nsecond:\n  - a\n  - { b: \"c\" }\n", "x.yaml").Value;
        var list = (SourceList)root["second"]!;
        Assert.Equal("x.yaml:2:1", root.Entries[1].Place.ToString());
        Assert.Equal("x.yaml:3:3", list.Place.ToString());
        Assert.Equal("x.yaml:4:10", ((SourceMap)list.Items[1])["b"]!.Place.ToString());
    }

    [Fact]
    public void Read_AnyJson_IsTheSameValue() =>
        JsonGen.Value.Sample(value => SourceReader.Read(value.ToString(), "x.json").Value.ToJson() == value, iter: 2_000);

    [Fact]
    public void Read_CharactersChangedAnywhere_EndsInAValueOrProblems() =>
        Gen.Select(JsonGen.Value, Mutation.Any).Sample(
            (value, change) => SourceReader.Read(System.Text.Encoding.UTF8.GetString(change(value.ToUtf8())), "x.yaml") is var read && (read.Succeeded || read.Problems.All(problem => problem.Place is not null)),
            iter: 3_000);
}
