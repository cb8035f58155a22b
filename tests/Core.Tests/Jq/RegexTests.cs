using System.Text.RegularExpressions;
using CsCheck;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Core.Tests.Jq;

/// <summary>The machine that counts its steps finds what .NET's matcher finds.</summary>
public sealed class RegexTests
{
    static readonly Gen<string> Atoms = OneOf("a", "b", "ab", ".", "[ab]", "[^a]", @"\w", @"\b", "^", "$", @"\1", "é", @"\G", @"\Z", "(?i)A", "(?i-s:B.)");

    static readonly Gen<string> Quantifiers = OneOf("", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{1,}");

    static readonly Gen<string> Patterns = Gen.Recursive<string>((depth, inner) => depth > 3
        ? Atoms
        : Gen.OneOf(
            Atoms,
            Gen.Select(inner, inner, (one, other) => one + other),
            Gen.Select(inner, inner, (one, other) => $"(?:{one}|{other})"),
            Gen.Select(inner, Quantifiers, (one, quantifier) => $"(?:{one}){quantifier}"),
            Gen.Select(inner, Quantifiers, (one, quantifier) => $"({one}){quantifier}"),
            Gen.Select(OneOf("a", "(b)", "(?:ab|a)", "."), OneOf("*?", "+?", "??", "{0,2}?"), (one, quantifier) => one + quantifier),
            Gen.Select(inner, OneOf("(?=", "(?!", "(?>"), (one, look) => $"{look}{one})"),
            Gen.Select(OneOf("a", "ab", "[^b]", "a|b"), OneOf("(?<=", "(?<!"), (one, look) => $"{look}{one})")));

    static readonly Gen<string> Subjects = OneOf('a', 'b', 'A', '\n', ' ', 'é').Array[0, 12].Select(letters => new string(letters));

    static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(at => choices[at]);

    // Of a loop within which a look or an anchor may be left out .NET finds nothing at all ((?:a+|(?:(?!b))?){1,3} in a text without b, where an empty match is at each place).
    static readonly Regex WithoutWidth = new(@"\(\?<?[=!>].*\)[?*{]|\((\?:)?(\^|\$|\\[bGZ])\)+[?*{]", RegexOptions.NonBacktracking);

    // .NET's matcher goes round for ever, or falls over, in lazy loops of what may be empty: those are not asked for, and what is still slow there is left out.
    [Fact]
    public void The_machine_finds_what_DotNet_finds() => Gen.Select(Patterns, Subjects).Hold(
        (pattern, subject) =>
        {
            var whole = $"(x)?{pattern}(?!~)";
            if (WithoutWidth.IsMatch(pattern) || Expected(whole, subject) is not { } expected || Run(whole, subject).Problems.Any(problem => problem.Rule == "jq-limit")) return;
            Assert.Equal(expected, Found(whole, subject));
        },
        everyTime: 2_000);

    [Theory]
    [InlineData(@"(?<!a)b", "ab b", "[[3,1,[]]]")]
    [InlineData(@"(?<=(a|ab))c", "abc ac", """[[2,1,["ab"]],[5,1,["a"]]]""")]
    [InlineData(@"(?<one>a)(?<two>b)?\k<one>", "aba aa", """[[0,3,["a","b"]],[4,2,["a",null]]]""")]
    [InlineData(@"(?>a+)b", "aab", "[[0,3,[]]]")]
    [InlineData(@"(?=a)(a*)*c", "aac", """[[0,3,[""]]]""")]
    [InlineData(@"(?:a+|(?:(?!b))?){1,3}(?!~)", "ac", "[[0,1,[]],[1,0,[]],[2,0,[]]]")]
    [InlineData(@"(?x) a (?# remark ) b  # more", "ab", "[[0,2,[]]]")]
    public void A_pattern_that_looks_around_is_matched(string pattern, string subject, string found) => Assert.Equal(found, Found(pattern, subject));

    [Theory]
    [InlineData("(?=a)a{30000}", "too large")]
    [InlineData("(?=a)(?(1)b|c)", "")]
    [InlineData("(?=a)(", "")]
    public void A_pattern_that_cannot_be_is_refused(string pattern, string reason)
    {
        var problem = Assert.Single(Run(pattern, "a").Problems);
        Assert.Equal("jq-error", problem.Rule);
        Assert.Contains("is not a valid regex", problem.Message, StringComparison.Ordinal);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    static string? Expected(string pattern, string subject)
    {
        try
        {
            return JsonValue.Of(new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100)).Matches(subject).Select(match => JsonValue.Of(match.Index, match.Length)).ToArray()).ToString();
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    static string Found(string pattern, string subject)
    {
        var matched = Run(pattern, subject).Value;
        var withGroups = !pattern.StartsWith("(x)?", StringComparison.Ordinal);
        return JsonValue.Of(matched.Items.Select(match => withGroups
            ? JsonValue.Of(match["offset"], match["length"], JsonValue.Of(match["captures"].Items.Select(one => one["string"])))
            : JsonValue.Of(match["offset"], match["length"])).ToArray()).ToString();
    }

    static Outcome<JsonValue> Run(string pattern, string subject) =>
        JqProgram.Compile("[.pattern as $pattern | .subject | match($pattern; \"g\")]", []).Value.Run(JsonValue.Of(("pattern", pattern), ("subject", subject))).Single();
}
