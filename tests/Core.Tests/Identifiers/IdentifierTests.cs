using CsCheck;
using Interop.Core.Identifiers;

namespace Interop.Core.Tests.Identifiers;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("1101ZD0100000448754L", "should be K")]
    [InlineData("11/01ZD/01/448754Z", "should be K")]
    [InlineData("1101ZD01448754K", "is not an arrest/summons number")]
    [InlineData("11A1ZD0100000448754K", "cannot be checked")]
    public void An_arrest_summons_number_that_is_wrong_is_named_with_what_is_expected(string text, string says) => Refused(ArrestSummonsNumber.Parse(text), "asn", text, says);

    [Theory]
    [InlineData("14/120018A", "should be R")]
    [InlineData("14120018R", "is not a PNC id")]
    public void A_pnc_id_that_is_wrong_is_named_with_what_is_expected(string text, string says) => Refused(PncId.Parse(text), "pnc-id", text, says);

    [Fact]
    public void A_postcode_or_telephone_number_that_is_wrong_is_named()
    {
        Refused(Postcode.Parse("SW1A 1A"), "postcode", "SW1A 1A", "is not a UK postcode");
        Refused(TelephoneNumber.Parse("999"), "telephone", "999", "is no telephone number");
    }

    [Fact]
    public void A_digit_changed_never_keeps_the_check_letter() =>
        Gen.Select(Gen.Int[0, 9_999_999], Gen.Int[0, 6], Gen.Int[1, 9]).Hold((number, at, by) =>
        {
            var digits = number.ToString("D7", System.Globalization.CultureInfo.InvariantCulture);
            var right = PncId.Parse($"26/{digits}{CheckLetter.Of("26" + digits)}").Value.Value;
            var changed = digits[..at] + (char)('0' + ((digits[at] - '0' + by) % 10)) + digits[(at + 1)..];
            return right == PncId.Parse(right).Value.Value && !PncId.Parse($"26/{changed}{right[^1]}").Succeeded;
        });

    [Fact]
    public void A_uk_number_is_written_both_ways() =>
        Assert.Equal(("+447700900123", "07700900123"), (TelephoneNumber.Parse("(07700) 900 123").Value.Value, TelephoneNumber.Parse("(07700) 900 123").Value.National));

    static void Refused<T>(Outcome<T> read, string rule, string text, string says)
    {
        var problem = Assert.Single(read.Problems);
        Assert.Equal((rule, text), (problem.Rule, problem.Value));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.Contains(text, problem.Message, StringComparison.Ordinal);
    }
}
