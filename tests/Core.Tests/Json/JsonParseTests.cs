using System.Text;
using CsCheck;
using Interop.Core.Json;

namespace Interop.Core.Tests.Json;

public sealed class JsonParseTests
{
    [Theory]
    [InlineData("", "syntax", 1, 1, "empty")]
    [InlineData("  \n ", "syntax", 2, 2, "")]
    [InlineData("nul", "syntax", 1, 4, "")]
    [InlineData("{\"a\": 1,}", "syntax", 1, 9, "")]
    [InlineData("{\n  \"a\": 1\n  \"b\": 2\n}", "syntax", 3, 3, "")]
    [InlineData("[1, 2", "syntax", 1, 6, "")]
    [InlineData("{\"é😀\": tru}", "syntax", 1, 12, "")]
    [InlineData("[1] x", "syntax", 1, 5, "")]
    [InlineData("1 2", "syntax", 1, 3, "")]
    [InlineData("[01]", "syntax", 1, 3, "")]
    [InlineData("[NaN]", "syntax", 1, 2, "")]
    [InlineData("// no\n1", "syntax", 1, 1, "")]
    [InlineData("'a'", "syntax", 1, 1, "")]
    [InlineData("\"a\tb\"", "syntax", 1, 3, "")]
    [InlineData("[\n {\"a\": 1, \"b\": 2, \"a\": 3}]", "duplicate-name", 2, 19, "\"a\" stands twice")]
    [InlineData("{\"a\": 1, \"\\u0061\": 3}", "duplicate-name", 1, 10, "\"a\" stands twice")]
    [InlineData("[\"\\ud800\"]", "encoding", 1, 2, "surrogate")]
    [InlineData("{\"\\udc00x\": 1}", "encoding", 1, 2, "surrogate")]
    public void Parse_NotJson_GivesOneProblemWithItsPlace(string text, string rule, int line, int column, string words)
    {
        var problem = Assert.Single(JsonValue.Parse(text).Problems);
        Assert.Equal((rule, line, column), (problem.Rule, problem.Place!.Line, problem.Place.Column));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, "too-deep")]
    [InlineData(66, "too-deep")]
    [InlineData(100_000, "too-deep")]
    public void Parse_Depth_IsLimited(int depth, string? rule)
    {
        Assert.Equal(rule, Rule(JsonValue.Parse(new string('[', depth) + new string(']', depth))));
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        Assert.Equal(rule, Rule(JsonValue.Parse(objects)));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "too-large")]
    public void Parse_Size_IsLimitedBeforeAnythingIsRead(int over, string? rule) =>
        Assert.Equal(rule, Rule(JsonValue.Parse("\"" + new string('x', JsonLimits.Message.MaxBytes - 2 + over) + "\"")));

    [Theory]
    [InlineData(new byte[] { 0x5B, 0x22, 0xC3, 0x28, 0x22, 0x5D }, 2, 1, 3)]
    [InlineData(new byte[] { 0x5B, 0x0A, 0xC3, 0xA9, 0xFF }, 4, 2, 2)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, 0, 1, 1)]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x31, 0x00 }, 0, 1, 1)]
    public void Parse_NotUtf8_NamesTheByteAndThePlace(byte[] document, int offset, int line, int column)
    {
        var problem = Assert.Single(JsonValue.Parse(document).Problems);
        Assert.Equal(("encoding", line, column), (problem.Rule, problem.Place!.Line, problem.Place.Column));
        Assert.StartsWith($"Byte {offset} ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ByteOrderMark_IsPassedOver() =>
        Assert.Equal(JsonValue.Of(1), JsonValue.Parse([.. Encoding.UTF8.Preamble, (byte)'1']).Value);

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData("100000000000000000001")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("1e400")]
    [InlineData("-1E-400")]
    [InlineData("12345678901234567890.12345678901234567890")]
    public void Parse_Number_KeepsItsText(string text)
    {
        var value = JsonValue.Parse(text).Value;
        Assert.Equal(text, value.NumberText);
        Assert.Equal(text, value.ToString());
    }

    [Fact]
    public void ToUtf8_ThenParse_GivesTheSameValue() =>
        JsonGen.Value.Hold(value => JsonValue.Parse(value.ToUtf8()).Value == value && JsonValue.Parse(value.ToIndentedString()).Value.GetHashCode() == value.GetHashCode(), everyTime: 5_000);

    [Fact]
    public void Parse_BytesChangedAnywhere_EndsInAValueOrOneProblem() =>
        Gen.Select(JsonGen.Value, Mutation.Any).Hold(
            (value, change) =>
            {
                var parsed = JsonValue.Parse(change(value.ToUtf8()));
                return parsed.Succeeded ? JsonValue.Parse(parsed.Value.ToUtf8()).Value == parsed.Value : parsed.Problems.Length == 1 && parsed.Problems[0].Place is not null;
            },
            everyTime: 5_000);

    static string? Rule(Outcome<JsonValue> outcome) => outcome.Succeeded ? null : Assert.Single(outcome.Problems).Rule;
}
