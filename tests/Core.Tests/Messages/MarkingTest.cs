using CsCheck;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Tests.Messages;

public sealed class MarkingTest
{
    static readonly string[] Tiers = ["OFFICIAL", "SECRET", "TOP SECRET"];
    static readonly string[] Descriptors = ["PERSONAL DATA", "LEGAL PROFESSIONAL PRIVILEGE", "COMMERCIAL"];
    static readonly string[] Handling = ["RECIPIENTS ONLY", "HMG USE ONLY", "EMBARGOED"];

    static readonly Gen<Marking> Markings = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Int[0, 7], Gen.Int[0, 7], (tier, sensitive, descriptors, handling) => Marking.Parse(JsonValue.Of(
        ("tier", Tiers[tier]), ("sensitive", sensitive), ("descriptors", Some(Descriptors, descriptors)), ("handling", Some(Handling, handling)))).Value);

    [Fact]
    public void Join_is_a_lattice_maximum() => Gen.Select(Markings, Markings, Markings).Hold((a, b, c) =>
        a.Join(a) == a && a.Join(b) == b.Join(a) && a.Join(b).Join(c) == a.Join(b.Join(c)) && a.Join(Marking.Official) == a
        && a.IsAtMost(a.Join(b)) && b.IsAtMost(a.Join(b)) && (!(a.IsAtMost(c) && b.IsAtMost(c)) || a.Join(b).IsAtMost(c)));

    [Fact]
    public void Text_and_json_read_back() => Markings.Hold(marking => Marking.Parse(marking.ToString()).Value == marking && Marking.Parse(marking.ToJson()).Value == marking);

    [Fact]
    public void Only_an_authority_lowers() => Gen.Select(Markings, Markings).Hold((from, to) =>
        from.Change(to, null).Succeeded == from.IsAtMost(to) && from.Change(to, " ").Succeeded == from.IsAtMost(to) && from.Change(to, "Information asset owner").Value == to);

    [Theory]
    [InlineData("OFFICIAL", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE")]
    [InlineData("OFFICIAL-SENSITIVE", "SECRET", "SECRET")]
    [InlineData("OFFICIAL-PERSONAL DATA", "OFFICIAL-SENSITIVE-RECIPIENTS ONLY", "OFFICIAL-SENSITIVE-PERSONAL DATA-RECIPIENTS ONLY")]
    [InlineData("TOP SECRET", "SECRET-EMBARGOED", "TOP SECRET-EMBARGOED")]
    public void The_higher_of_two(string one, string other, string higher) => Assert.Equal(higher, Marking.Parse(one).Value.Join(Marking.Parse(other).Value).ToString());

    [Theory]
    [InlineData("\"CONFIDENTIAL\"", "marking")]
    [InlineData("\"official\"", "marking")]
    [InlineData("\"\"", "marking")]
    [InlineData("\"OFFICIAL--X\"", "marking")]
    [InlineData("{}", "marking")]
    [InlineData("""{"tier":"OFFICIAL","sensitive":"yes"}""", "type")]
    [InlineData("""{"tier":"OFFICIAL","descriptors":"PERSONAL DATA"}""", "type")]
    [InlineData("""{"tier":"OFFICIAL","handling":[1]}""", "marking")]
    [InlineData("7", "type")]
    public void A_wrong_marking_is_refused(string json, string rule) => Assert.Contains(Marking.Parse(JsonValue.Parse(json).Value).Problems, problem => problem.Rule == rule);

    [Fact]
    public void No_marking_is_official() => Assert.Equal(Marking.Official, Marking.Parse(JsonValue.Null).Value);

    static JsonValue Some(string[] words, int bits) => JsonValue.Of(words.Where((_, at) => (bits >> at & 1) == 1).Select(word => JsonValue.Of(word)));
}
