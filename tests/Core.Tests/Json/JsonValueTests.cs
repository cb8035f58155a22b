using System.Text.Json;
using CsCheck;
using Interop.Core.Json;

namespace Interop.Core.Tests.Json;

public sealed class JsonValueTests
{
    static readonly JsonValue Sample = JsonValue.Parse("""{"a/b": [1, {"": "x", "m~n": null}], "c": true}""").Value;

    [Theory]
    [InlineData("", """{"a/b":[1,{"":"x","m~n":null}],"c":true}""")]
    [InlineData("/a~1b/0", "1")]
    [InlineData("/a~1b/1/", "\"x\"")]
    [InlineData("/a~1b/1/m~0n", "null")]
    [InlineData("/a~1b/00", null)]
    [InlineData("/a~1b/2", null)]
    [InlineData("/a~1b/-", null)]
    [InlineData("/a~1b/99999999999", null)]
    [InlineData("/d", null)]
    [InlineData("/c/x", null)]
    [InlineData("c", null)]
    [InlineData("/c~2", null)]
    [InlineData("/c~", null)]
    public void Find_Pointer_FollowsRfc6901(string pointer, string? expected) => Assert.Equal(expected, JsonPointer.Find(Sample, pointer)?.ToString());

    [Fact]
    public void Escape_ThenSegments_GivesTheNameBack() =>
        JsonGen.Text.Array[0, 4].Hold(names => JsonPointer.Segments(string.Concat(names.Select(name => "/" + JsonPointer.Escape(name))))!.Value.SequenceEqual(names), everyTime: 1_000);

    [Fact]
    public void Equals_MembersInAnotherOrder_IsTheSameValueWithTheSameHash()
    {
        var (one, two) = (JsonValue.Parse("""{"a": 1, "b": [1.0]}""").Value, JsonValue.Parse("""{"b": [1], "a": 1}""").Value);
        Assert.Equal(one, two);
        Assert.Equal(one.GetHashCode(), two.GetHashCode());
        Assert.NotEqual(one, JsonValue.Parse("""{"b": [1], "c": 1}""").Value);
    }

    [Fact]
    public void From_ParsedDocument_IsTheSameAsStrictlyParsed() =>
        JsonGen.Value.Hold(value =>
        {
            using var document = JsonDocument.Parse(value.ToUtf8());
            var view = JsonValue.From(document.RootElement);
            return view == value && value == view && view.GetHashCode() == value.GetHashCode() && view.ToString() == value.ToString();
        }, everyTime: 1_000);

    [Theory]
    [InlineData("", "/a", true)]
    [InlineData("/a", "/a", true)]
    [InlineData("/a", "/a/b", true)]
    [InlineData("/a", "/ab", false)]
    [InlineData("/a/b", "/a", false)]
    public void Covers_Pointer_LeadsThereOrBelow(string around, string pointer, bool expected) => Assert.Equal(expected, JsonPointer.Covers(around, pointer));

    [Fact]
    public void ToString_AnyValue_IsItsBytes() => JsonGen.Value.Hold(value => value.ToString() == System.Text.Encoding.UTF8.GetString(value.ToUtf8()), everyTime: 1_000);

    [Fact]
    public void Replace_OneValue_LeavesTheRestTheVeryObjects()
    {
        var changed = JsonPointer.Replace(Sample, "/a~1b/1/m~0n", "y");
        Assert.Equal("""{"a/b":[1,{"":"x","m~n":"y"}],"c":true}""", changed.ToString());
        Assert.Equal(JsonPointer.Replace(changed, "/a~1b/1/m~0n", JsonValue.Null), Sample);
        Assert.Equal(JsonPointer.Replace(changed, "/a~1b/1/m~0n", JsonValue.Null).GetHashCode(), Sample.GetHashCode());
    }

    [Fact]
    public void With_Without_ChangeOneMemberAndKeepTheOrder()
    {
        var value = JsonValue.Of(Enumerable.Range(0, 20).Select(i => KeyValuePair.Create($"m{i}", JsonValue.Of((double)i))));
        Assert.Equal("x", value.With("m3", "x")["m3"].AsString());
        Assert.Equal(value.Members.Select(member => member.Key), value.With("m3", "x").Members.Select(member => member.Key));
        Assert.Equal("m20", value.With("m20", 1).Members.Last().Key);
        Assert.Equal(19, value.Without("m3").Count);
        Assert.False(value.Without("m3").TryGet("m3", out _));
        Assert.Equal("m4", value.Without("m3").Members.ElementAt(3).Key);
    }

    [Theory]
    [InlineData(double.NaN, "null")]
    [InlineData(double.PositiveInfinity, "1.7976931348623157e+308")]
    [InlineData(1e17, "1e+17")]
    [InlineData(123456789012345680.0, "1.2345678901234568e+17")]
    [InlineData(-0.5, "-0.5")]
    public void ToString_Number_IsTheShortestTextThatReadsBack(double number, string expected) => Assert.Equal(expected, JsonValue.Of(number).ToString());

    [Fact]
    public void ToString_HalfASurrogatePair_IsWrittenAsTheReplacementCharacter() =>
        Assert.Equal(JsonValue.Of("a\uFFFD"), JsonValue.Parse(JsonValue.Of("a\uD800").ToUtf8()).Value);
}
