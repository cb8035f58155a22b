using System.Text;
using CsCheck;
using Interop.Core.Formats;
using Interop.Core.Schemas;
using Interop.Core.Tests.Json;
using Interop.Core.Tests.Schemas;

namespace Interop.Core.Tests.Formats;

public sealed class XmlReadTests
{
    const string Attendance = """
        type: object
        additionalProperties: false
        properties:
          Attendance:
            type: object
            properties:
              '@id': { type: string }
              Officer: { type: array, items: { type: string } }
              Remark: { type: string }
              Place: { type: object, properties: { Text: { type: string } } }
              Unit: { type: object, properties: { '@kind': { type: string }, '#text': { type: string } } }
              people: { type: array, xml: { name: People, wrapped: true }, items: { type: object, xml: { name: Person }, properties: { name: { type: string, xml: { attribute: true, name: fullName } } } } }
              grade: { type: string, xml: { name: Grade } }
        """;

    const string Case = """
        type: object
        properties:
          Case:
            type: object
            xml: { namespace: 'urn:example:case', prefix: c }
            properties: { Urn: { type: string }, Link: { type: string, xml: { namespace: 'urn:example:link' } }, '@state': { type: string } }
        """;

    internal static readonly Shape AttendanceShape = Schema.Load(SourceOf.Yaml(Attendance)).Value.Shape;
    internal static readonly Shape CaseShape = Schema.Load(SourceOf.Yaml(Case)).Value.Shape;

    static readonly Format Xml = Format.All["xml"];

    [Theory]
    [InlineData("<a/>", """{"a":""}""")]
    [InlineData("<a></a>", """{"a":""}""")]
    [InlineData("<a> x </a>", """{"a":" x "}""")]
    [InlineData("<a>  </a>", """{"a":"  "}""")]
    [InlineData("<a>&lt;&#65;&amp;<![CDATA[<b>]]></a>", """{"a":"<A&<b>"}""")]
    [InlineData("<a>1<!-- no -->2<?also no?>3</a>", """{"a":"123"}""")]
    [InlineData("<a><b>1</b>\n<c>2</c><b>3</b></a>", """{"a":{"b":["1","3"],"c":"2"}}""")]
    [InlineData("<a x='1' y='&quot;'/>", """{"a":{"@x":"1","@y":"\""}}""")]
    [InlineData("<a x='1'>t</a>", """{"a":{"@x":"1","#text":"t"}}""")]
    [InlineData("<p:a xmlns:p='urn:x' xml:space='preserve' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='u l'><p:b>1</p:b></p:a>", """{"a":{"b":"1"}}""")]
    [InlineData("<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n<!-- c --><a>é</a>\n", """{"a":"é"}""")]
    public void Read_WithoutShape_TheDocumentDecides(string document, string expected) => Assert.Equal(expected, Read(document).Value.ToString());

    [Theory]
    [InlineData("<Attendance/>", """{"Attendance":{}}""")]
    [InlineData("<Attendance><Officer>1</Officer></Attendance>", """{"Attendance":{"Officer":["1"]}}""")]
    [InlineData("<Attendance><Officer>1</Officer><Remark/><Officer/></Attendance>", """{"Attendance":{"Officer":["1",""],"Remark":""}}""")]
    [InlineData("<Attendance id='7'><Place/></Attendance>", """{"Attendance":{"@id":"7","Place":{}}}""")]
    [InlineData("<Attendance><Place> </Place><Unit/></Attendance>", """{"Attendance":{"Place":{},"Unit":{"#text":""}}}""")]
    [InlineData("<Attendance><Unit kind='car'>NR12</Unit></Attendance>", """{"Attendance":{"Unit":{"@kind":"car","#text":"NR12"}}}""")]
    [InlineData("<Attendance><Place>text</Place></Attendance>", """{"Attendance":{"Place":{"#text":"text"}}}""")]
    [InlineData("<Attendance><People><Person fullName='A Witness'/></People></Attendance>", """{"Attendance":{"people":[{"name":"A Witness"}]}}""")]
    [InlineData("<Attendance><People/></Attendance>", """{"Attendance":{"people":[]}}""")]
    [InlineData("<Attendance><Grade>1</Grade><Other>x</Other></Attendance>", """{"Attendance":{"grade":"1","Other":"x"}}""")]
    public void Read_WithShape_TheSchemaDecides(string document, string expected) => Assert.Equal(expected, Read(document, AttendanceShape).Value.ToString());

    [Theory]
    [InlineData("", "syntax", 1, 1)]
    [InlineData("plain", "syntax", 1, 1)]
    [InlineData("<a>\n <b>\n</a>", "syntax", 3, 3)]
    [InlineData("<a/><b/>", "syntax", 1, 6)]
    [InlineData("<a x='1' x='2'/>", "syntax", 1, 10)]
    [InlineData("<a>&#0;</a>", "syntax", 1, 6)]
    [InlineData("<a>&nbsp;</a>", "syntax", 1, 5)]
    [InlineData("<p:a/>", "syntax", 1, 2)]
    [InlineData("<!DOCTYPE a><a/>", "dtd", 1, 1)]
    [InlineData("<?xml version='1.0'?>\n<!-- x -->  <!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "dtd", 2, 13)]
    [InlineData("<!DOCTYPE l [<!ENTITY a '0'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]><l>&c;</l>", "dtd", 1, 1)]
    [InlineData("<a><!DOCTYPE a></a>", "syntax", 1, 6)]
    [InlineData("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", "encoding", 1, 3)]
    [InlineData("<?xml version='1.0' encoding='utf-16'?><a/>", "encoding", 1, 3)]
    [InlineData("<a>x<b/></a>", "mixed-text", 1, 11)]
    [InlineData("<a x='1' y:x='2' xmlns:y='urn:y'/>", "duplicate-name", 1, 10)]
    public void Read_BadDocument_GivesOneProblemWithItsPlace(string document, string rule, int line, int column)
    {
        var problem = Assert.Single(Read(document).Problems);
        Assert.Equal((rule, line, column), (problem.Rule, problem.Place!.Line, problem.Place.Column));
    }

    [Theory]
    [InlineData("<Attendance><grade>1</grade></Attendance>", "unknown-name /Attendance Write \"Grade\"")]
    [InlineData("<Attendance><People><Human/>x</People><Place>a<Text/>b</Place></Attendance>", "unknown-name /Attendance/people Only \"Person\", mixed-text /Attendance/people Text stands between, mixed-text /Attendance/Place Text stands")]
    [InlineData("<Attendance><name/><people/></Attendance>", "unknown-name /Attendance Write \"People\"")]
    public void Read_AgainstTheShape_EveryProblemIsReported(string document, string expected)
    {
        var found = Read(document, AttendanceShape).Problems;
        var wanted = expected.Split(", ").Select(each => each.Split(' ', 3)).ToArray();
        Assert.Equal(wanted.Select(each => $"{each[0]} {each[1]}"), found.Select(problem => $"{problem.Rule} {problem.Path}"));
        Assert.All(wanted.Zip(found), pair => Assert.Contains(pair.First[2], pair.Second.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<Case xmlns='urn:example:case' state='open'><Urn>1</Urn></Case>", null)]
    [InlineData("<x:Case xmlns:x='urn:example:case' xmlns:l='urn:example:link'><x:Urn>1</x:Urn><l:Link/></x:Case>", null)]
    [InlineData("<Case><Urn>1</Urn></Case>", "/Case")]
    [InlineData("<Case xmlns='urn:example:case'><Urn xmlns='urn:other'>1</Urn></Case>", "/Case/Urn")]
    [InlineData("<Case xmlns='urn:example:case'><Link/></Case>", "/Case/Link")]
    [InlineData("<c:Case xmlns:c='urn:example:case' c:state='open'/>", "/Case")]
    public void Read_Namespaces_AreThoseOfTheSchema(string document, string? path)
    {
        var problems = Read(document, CaseShape).Problems;
        Assert.Equal(path is null ? [] : [$"namespace {path}"], problems.Select(problem => $"{problem.Rule} {problem.Path}"));
    }

    [Theory]
    [InlineData("<a>é<b></a>", "syntax", 10)]
    [InlineData("<a>\r\n\ré<b x='1' x='2'/></a>", "syntax", 17)]
    [InlineData("<a>&#xD800;</a>", "syntax", 6)]
    [InlineData("<a>\n<!-- 😀 -->x<b/>y</a>", "mixed-text", 25)]
    [InlineData("\uFEFF<!-- é --><!DOCTYPE a><a/>", "dtd", 14)]
    public void Read_BadDocument_NamesTheByte(string document, string rule, int offset)
    {
        var problem = Assert.Single(Read(document).Problems);
        Assert.Equal((rule, (long?)offset), (problem.Rule, problem.Offset));
    }

    [Theory]
    [InlineData("<a xmlns='urn:a' xmlns:b='urn:b'><b:c b:d='1'/><c xmlns=''/></a>", """{"a":{"c":[{"@d":"1"},""]}}""")]
    [InlineData("<a><b/>\n<?x y?><c/><!-- --><b>2</b></a>", """{"a":{"b":["","2"],"c":""}}""")]
    [InlineData("<a><![CDATA[]]></a>", """{"a":""}""")]
    [InlineData("<a><![CDATA[&amp;]]>&amp;<![CDATA[]]]]><![CDATA[>]]></a>", """{"a":"&amp;&]]>"}""")]
    [InlineData("<a>\r\n</a>", """{"a":"\n"}""")]
    public void Read_NamespacesOrderAndSections_AreTakenAsXmlHasThem(string document, string expected) => Assert.Equal(expected, Read(document).Value.ToString());

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "too-deep")]
    [InlineData(100_000, "too-deep")]
    public void Read_Depth_IsLimited(int depth, string? rule) =>
        Assert.Equal(rule, Read(string.Concat(Enumerable.Repeat("<a>", depth)) + string.Concat(Enumerable.Repeat("</a>", depth))).Problems.FirstOrDefault()?.Rule);

    [Fact]
    public void Read_Size_IsLimitedBeforeAnythingIsRead()
    {
        var bytes = Encoding.UTF8.GetBytes($"<a>{new string('x', FormatLimits.Message.MaxBytes - 7)}</a>");
        Assert.True(Xml.Read(bytes).Succeeded);
        Assert.Equal("too-large", Xml.Read([.. bytes, (byte)'\n']).Problems.Single().Rule);
    }

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreRefusedWithTheirPlace()
    {
        Assert.Equal(("encoding", 2, 3), RuleAndPlace([.. "<a>\n é"u8, 0xE9, .. "</a>"u8]));
        Assert.Contains("UTF-16", Xml.Read([.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes("<a/>")]).Problems.Single().Message, StringComparison.Ordinal);
        Assert.Equal("syntax", Xml.Read(Encoding.Unicode.GetBytes("<?xml version='1.0' encoding='utf-16'?><a/>")).Problems.Single().Rule);
        Assert.Equal(("encoding", 1, 1), RuleAndPlace(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("<a/>")).ToArray()));
        Assert.True(Xml.Read([.. Encoding.UTF8.Preamble, .. "<a/>"u8]).Succeeded);

        static (string, int, int) RuleAndPlace(byte[] document)
        {
            var problem = Xml.Read(document).Problems.Single();
            return (problem.Rule, problem.Place!.Line, problem.Place.Column);
        }
    }

    [Fact]
    public void Read_AMillionBytesOfTinyElements_TakesNoMoreThanItsShareOfMemory()
    {
        var bytes = Encoding.UTF8.GetBytes($"<r>{string.Concat(Enumerable.Repeat("<a><b/></a>", 95_000))}</r>");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(Xml.Read(bytes).Succeeded);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256L << 20);
    }

    [Fact]
    public void Read_BytesChangedAnywhere_EndsInAValueOrProblems() =>
        Gen.Select(Gen.Int[0, Seeds.Length - 1].Select(at => Seeds[at]), Mutation.Any, Gen.Bool).Hold(
            (seed, change, shaped) =>
            {
                var read = Xml.Read(change(seed), shaped ? AttendanceShape : null);
                return read.Succeeded || read.Problems.All(problem => problem.Message.Length > 0 && problem.Rule != "internal");
            },
            everyTime: 5_000);

    internal static readonly byte[][] Seeds =
    [
        [.. "<?xml version='1.0' encoding='UTF-8'?><Attendance id='7'><Officer>1</Officer><Unit kind='car'>NR12 &amp; &#233;</Unit><People><Person fullName='A Witness'/></People></Attendance>"u8],
        [.. "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"u8],
        [.. "<p:a xmlns:p='urn:x' p:b='1'><![CDATA[x]]><?pi y?><!-- z --></p:a>"u8],
    ];

    static Outcome<Interop.Core.Json.JsonValue> Read(string document, Shape? shape = null) => Xml.Read(Encoding.UTF8.GetBytes(document), shape);

    [Fact]
    public void Read_TagsThatDoNotMatch_SaysItWholeAndNamesOnePlace()
    {
        var problem = Assert.Single(Xml.Read("<a><b>text</a></b>"u8, null).Problems);
        Assert.Equal("This is not XML: The 'b' start tag does not match the end tag of 'a'.", problem.Message);
    }
}
