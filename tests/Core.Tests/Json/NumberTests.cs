using System.Globalization;
using CsCheck;
using Interop.Core.Json;

namespace Interop.Core.Tests.Json;

public sealed class NumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("0.5")]
    [InlineData("-0.5")]
    [InlineData("-0.0")]
    [InlineData("1.0")]
    [InlineData("1.50")]
    [InlineData("0.001")]
    [InlineData("0.0001")]
    [InlineData("0.00001")]
    [InlineData("100.25")]
    [InlineData("123456789012.345")]
    [InlineData("1234567890123.456")]
    [InlineData("999999999999999")]
    [InlineData("1000000000000000")]
    [InlineData("9007199254740993")]
    [InlineData("0.30000000000000004")]
    [InlineData("1e5")]
    [InlineData("1E-7")]
    public void A_number_keeps_its_text_and_has_its_value(string text) => Check(text);

    [Fact]
    public void Any_number_keeps_its_text_and_has_its_value() =>
        Gen.Select(Gen.Bool, Gen.Long[0, 9_999_999_999], Gen.Int[0, 9], Gen.Long[0, 999_999_999]).Hold((isNegative, whole, places, fraction) =>
        {
            var decimals = fraction.ToString("D9", CultureInfo.InvariantCulture)[..places];
            Check(string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}{whole}{(places > 0 ? "." : "")}{decimals}"));
        });

    static void Check(string text)
    {
        var value = JsonValue.Parse(text).Value;
        Assert.Equal(text, value.NumberText);
        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), value.AsNumber());
        using var document = System.Text.Json.JsonDocument.Parse(text);
        Assert.Equal(text, JsonValue.From(document.RootElement).NumberText);
    }
}
