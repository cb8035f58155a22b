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
    [InlineData("a:\n\t- b", "syntax 2:1")]
    [InlineData("a:\n  b: 1\n \tc: 2", "syntax 3:2")]
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
    [InlineData("a:\n\tb: 1", "2:1 A tab indents this line.")]
    [InlineData("a: 1\nb 2\nc: 3", "2:1 This line is no name with its value: it lacks the colon")]
    [InlineData("do:\n  one\n  two: 3", "3:6 A line above this one is no name with its value")]
    [InlineData("a:b\nc: d", "2:2 A line above this one is no name with its value: it lacks the colon, or the space behind")]
    [InlineData("a: 'x\nb: 2", "1:4 The quote that opens here is not closed")]
    [InlineData("a: \"x\nb: 2\n", "1:4 The quote that opens here is not closed")]
    [InlineData("a: 'it's'", "1:8 Something stands behind the closing quote.")]
    [InlineData("a: [1, 2\nb: 3", "1:6 A [ or { that opens here is not closed.")]
    [InlineData("[1, 2", "2:1 A list in [ ] is not closed before this, or lacks a comma.")]
    [InlineData("{a: 1", "2:1 A mapping in { } is not closed before this, or lacks a comma.")]
    [InlineData("a: [1,, 2]", "1:7 A value belongs here, and ',' stands here.")]
    [InlineData("a:\n   b: 1\n  c: 2", "3:3 This line is not indented as any above.")]
    [InlineData("a: 1\n b: 2", "2:3 This line is indented further than the one above")]
    [InlineData("a: x: y", "1:5 A second colon stands in this value.")]
    [InlineData("a: 1\n- b", "2:1 An item of a list stands among names.")]
    [InlineData("do:\n  - a: 1\n  b: 2", "3:3 This line begins where the items of a list do")]
    [InlineData("key: - a", "1:6 A list cannot begin on the line of its name.")]
    [InlineData("a: @x", "1:4 A text cannot begin with this character.")]
    [InlineData("a: \"\\q\"", "1:4 This quoted text has a backslash that begins no escape.")]
    [InlineData("a: |x\n y", "1:4 This is not YAML: While scanning a block scalar, did not find expected comment or line break.")]
    public void Read_Syntax_IsToldInPlainWords(string text, string expected)
    {
        var problem = SourceReader.Read(text, "x.yaml").Problems.Single();
        Assert.StartsWith(expected, $"{problem.Place!.Line}:{problem.Place.Column} {problem.Message}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"a\": [1, 2\n}", "x.json:3:1")]
    [InlineData("{\n  \"a\": \"b\n}", "x.json:2:10")]
    public void Read_JsonThatIsBroken_IsToldAsJson(string text, string place)
    {
        var problem = SourceReader.Read(text, "x.json").Problems.Single();
        Assert.Equal(place, problem.Place?.ToString());
        Assert.StartsWith("This is not JSON: ", problem.Message, StringComparison.Ordinal);
    }

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
        JsonGen.Value.Hold(value => SourceReader.Read(value.ToString(), "x.json").Value.ToJson() == value, everyTime: 2_000);

    [Fact]
    public void Read_CharactersChangedAnywhere_EndsInAValueOrProblems() =>
        Gen.Select(JsonGen.Value, Mutation.Any).Hold(
            (value, change) => SourceReader.Read(System.Text.Encoding.UTF8.GetString(change(value.ToUtf8())), "x.yaml") is var read && (read.Succeeded || read.Problems.All(problem => problem.Place is not null)),
            everyTime: 3_000);
}
