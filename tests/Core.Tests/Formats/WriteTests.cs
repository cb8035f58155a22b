using System.Text;
using CsCheck;
using Interop.Core.Formats;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Tests.Json;

namespace Interop.Core.Tests.Formats;

public sealed class WriteTests
{
    const string Declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

    static readonly Format Xml = Format.All["xml"];

    [Theory]
    [InlineData("""{"a": "x < y & \"z\" ]]>"}""", "<a>x &lt; y &amp; \"z\" ]]&gt;</a>")]
    [InlineData("""{"a": {"b": ["1", "2"], "@c": "<\"'\n", "d": {}}}""", "<a c=\"&lt;&quot;'&#xA;\">\n  <b>1</b>\n  <b>2</b>\n  <d />\n</a>")]
    [InlineData("""{"a": {"@b": "1", "#text": "t\r\n"}}""", "<a b=\"1\">t&#xD;\n</a>")]
    [InlineData("""{"a": {"n": 12.50, "t": true, "none": [], "empty": ""}}""", "<a>\n  <n>12.50</n>\n  <t>true</t>\n  <empty></empty>\n</a>")]
    public void Write_WithoutShape_FollowsTheValue(string value, string expected) => Assert.Equal(Declaration + expected, Write(value, null));

    [Theory]
    [InlineData("""{"Attendance": {"grade": "1", "Zulu": "z", "Place": {"Text": "x"}, "Officer": ["1"], "people": [{"name": "A Witness"}], "@id": "7"}}""",
        "<Attendance id=\"7\">\n  <Officer>1</Officer>\n  <Place>\n    <Text>x</Text>\n  </Place>\n  <People>\n    <Person fullName=\"A Witness\" />\n  </People>\n  <Grade>1</Grade>\n  <Zulu>z</Zulu>\n</Attendance>")]
    public void Write_WithShape_FollowsTheSchema(string value, string expected) => Assert.Equal(Declaration + expected, Write(value, XmlReadTests.AttendanceShape));

    [Fact]
    public void Write_Namespaces_AreThoseOfTheSchema() =>
        Assert.Equal(
            Declaration + "<c:Case state=\"open\" xmlns:c=\"urn:example:case\">\n  <c:Urn>1</c:Urn>\n  <Link xmlns=\"urn:example:link\">l</Link>\n</c:Case>",
            Write("""{"Case": {"Link": "l", "Urn": "1", "@state": "open"}}""", XmlReadTests.CaseShape));

    [Theory]
    [InlineData("""{}""", "root ")]
    [InlineData("""{"a": "", "b": ""}""", "root ")]
    [InlineData("""{"a": ["x"]}""", "root /a")]
    [InlineData("""{"@a": "x"}""", "name /@a")]
    [InlineData("""{"a": {"b": "\u0001", "@c": "\u0000", "d": null, "e f": "", "g": [["x"]], "h": ["\uffff"]}}""", "character /a/@c, character /a/b, type /a/d, name /a/e f, type /a/g/0, character /a/h/0")]
    [InlineData("""{"a": {"#text": "x", "b": ""}}""", "mixed-text /a")]
    [InlineData("""{"a": {"@b": {}, "@xmlns": "urn:x", "#text": []}}""", "type /a/@b, name /a/@xmlns, type /a")]
    public void Write_WhatXmlCannotHold_IsReportedWhole(string value, string expected) =>
        Assert.Equal(expected.Split(", "), Xml.Write(JsonValue.Parse(value).Value).Problems.Select(problem => $"{problem.Rule} {problem.Path}"));

    [Theory]
    [InlineData("xml")]
    [InlineData("json")]
    public void Write_HalfASurrogatePairOrEndlessDepth_IsAProblem(string format)
    {
        Assert.Equal("character", Assert.Single(Format.All[format].Write(JsonValue.Of(("a", "x\uD800"))).Problems).Rule);
        var deep = Enumerable.Range(0, 5_000).Aggregate(JsonValue.Of("x"), (inner, _) => JsonValue.Of(("a", inner)));
        Assert.Equal("too-deep", Assert.Single(Format.All[format].Write(deep).Problems).Rule);
    }

    [Theory]
    [InlineData("xml", 64, true)]
    [InlineData("xml", 65, false)]
    [InlineData("json", 64, true)]
    [InlineData("json", 65, false)]
    public void Write_Depth_IsWhatCanBeReadAgain(string format, int depth, bool succeeds)
    {
        var written = Format.All[format].Write(Enumerable.Range(0, depth).Aggregate(JsonValue.Of("x"), (inner, _) => JsonValue.Of(("a", inner))));
        Assert.Equal(succeeds, written.Succeeded);
        if (succeeds) Assert.True(Format.All[format].Read(written.Value).Succeeded);
    }

    [Fact]
    public void Xml_WriteThenRead_GivesTheSameValue() =>
        Document.Hold(value =>
        {
            var written = Xml.Write(value).Value;
            return Xml.Read(written).Value == value && Xml.Write(Xml.Read(written).Value).Value.AsSpan().SequenceEqual(written);
        }, everyTime: 3_000);

    [Fact]
    public void Json_WriteThenRead_GivesTheSameValue() =>
        JsonGen.Value.Hold(value => Format.All["json"].Read(Format.All["json"].Write(value).Value).Value == value, everyTime: 1_000);

    // What XML can hold without a schema: no empty objects, no lists of fewer than two, text only without elements beside it.
    static readonly Gen<string> Name = Gen.OneOf(Gen.Char['a', 'z'], Gen.Const('é')).Array[1, 3].Select(chars => new string(chars));
    static readonly Gen<string> Text = JsonGen.Text.Select(text => new string([.. text.Where(c => char.IsSurrogate(c) || System.Xml.XmlConvert.IsXmlChar(c))]));
    static readonly Gen<JsonValue> Document = Gen.Select(Name, Element(3), (name, value) => JsonValue.Of((name, value)));

    static Gen<JsonValue> Element(int depth) => depth == 0 ? Text.Select(text => JsonValue.Of(text)) : Gen.OneOf(
        Text.Select(text => JsonValue.Of(text)),
        Gen.Select(Name, Text, Text, (name, value, text) => JsonValue.Of([(XmlNamesMark + name, value), .. text.Length == 0 ? Array.Empty<(string, JsonValue)>() : [("#text", text)]])),
        Gen.Select(Name, Text, Children(depth - 1), (name, value, children) => JsonValue.Of([(XmlNamesMark + name, value), .. children])),
        Children(depth - 1).Select(children => JsonValue.Of(children)));

    const string XmlNamesMark = "@";

    static Gen<(string, JsonValue)[]> Children(int depth) =>
        Gen.Select(Name, Gen.OneOf(Element(depth), Element(depth).Array[2, 3].Select(items => JsonValue.Of(items)))).Array[1, 3];

    static string Write(string value, Shape? shape) => Encoding.UTF8.GetString(Xml.Write(JsonValue.Parse(value).Value, shape).Value);
}
