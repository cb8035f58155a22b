using CsCheck;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Core.Tests.Jq;

/// <summary>A program that is compiled, printed, parsed and compiled again is the same program.</summary>
public sealed class PrinterTests
{
    static readonly JqLimits Small = JqLimits.Default with { Steps = 20_000, Outputs = 200 };

    [Theory]
    [InlineData(".a.b|.c", ".a.b | .c")]
    [InlineData("(1+2)*3-(4-5)", "(1 + 2) * 3 - (4 - 5)")]
    [InlineData("1+2*3", "1 + 2 * 3")]
    [InlineData("(.a|=1)|=2", "(.a |= 1) |= 2")]
    [InlineData("(1==2)==3", "(1 == 2) == 3")]
    [InlineData("(.a//.b)//.c", "(.a // .b) // .c")]
    [InlineData(".a//.b//.c", ".a // .b // .c")]
    [InlineData("1,2|3,(4|5)", "1, 2 | 3, (4 | 5)")]
    [InlineData("(1 as $x|$x),2", "(1 as $x | $x), 2")]
    [InlineData(".a as [$x,{b:$y,$z:[$w]}]?//$x|$x", ".a as [$x, {\"b\": $y, $z: [$w]}] ?// $x | $x")]
    [InlineData("@base64 \"a\\(1+1)\\n\"", "@base64 \"a\\(1 + 1)\\n\"")]
    [InlineData(".\"a b\"[\"c\"].and[1:][]?", ".[\"a b\"].c.and[1:][]?")]
    [InlineData("def f(g;$x):g+$x;f(1;2)", "def f(g; $x): g + $x; f(1; 2)")]
    [InlineData("-1|-(-.a)|(-1).a", "-1 | -(-.a) | (-1).a")]
    [InlineData("if . then 1 elif 2 then 3 end", "if . then 1 else if 2 then 3 else . end end")]
    [InlineData("try error(\"x\") catch .|1", "try error(\"x\") catch . | 1")]
    [InlineData("{a:1|2,\"b\\(1)\":(1,2),(.c):3,@text:4,$__loc__}", "{\"a\": (1 | 2), (\"b\\(1)\"): (1, 2), (.c): 3, (@text): 4, \"__loc__\": {\"file\": \"<top-level>\", \"line\": 1}}")]
    [InlineData("# nothing\n.", ".")]
    public void A_program_is_printed_with_the_parentheses_it_needs(string program, string printed)
    {
        Assert.Equal(printed, JqProgram.Compile(program, []).Value.Formatted);
        Assert.Equal(printed, JqProgram.Compile(printed, []).Value.Formatted);
    }

    [Fact]
    public void A_printed_program_gives_what_the_program_gives() =>
        Gen.Select(Program, RandomJson.Value).Hold(
            (text, input) =>
            {
                var program = JqProgram.Compile(text, []).Value;
                var again = JqProgram.Compile(program.Formatted, []).Value;
                Assert.Equal(program.Formatted, again.Formatted);
                Assert.Equal(Outputs(program, input), Outputs(again, input));
            },
            everyTime: 2_000);

    static string Outputs(JqProgram program, JsonValue input) =>
        string.Join(' ', program.Run(input, limits: Small).Select(outcome => outcome.Succeeded ? JsonText.Write(outcome.Value) : outcome.Problems[0].Message));

    // Each piece stands as an author might write it: parentheses only where they change nothing or are needed to be read at all.
    static readonly Gen<string> Simple = AnyOf(
        ".", "..", ".a", ".a.b", ".[0]", ".[]?", ".a?", ".\"b c\"?", ".[1:]", ".[:-1]", "1", "-2.5", "\"x\"", "null", "true", "[]", "{}", "$__loc__", "empty", "length?", "keys?", "type", "@json", "\"a\\(.)b\"", "@csv \"\\([1, \"q\"])\"", "error?", "not", "tostring");

    static readonly Gen<string> Program = Gen.Recursive<string>((depth, inner) => depth > 4 ? Simple : Gen.OneOf(
        Simple,
        Infix(inner, AnyOf("|", ",", "+", "-", "*", "/", "%", "and", "or", "//", "==", "<", ">=", "!=").Select(symbol => $" {symbol} "), parentheses: false),
        Infix(inner, AnyOf("|", ",", "+", "//", "=", "|=", "+=", "//=", "<").Select(symbol => $" {symbol} "), parentheses: true),
        Around(inner, "[{0}]", "({0})", "try ({0})", "-({0})", "({0})[]?", "({0}).a?", "[limit(3; {0})]", "path({0})?", "first({0})", "map({0})?", "select({0})", "\"x\\({0})\"", "@html \"<\\({0})>\"", "(label $out | {0}, break $out)", "def f: {0}; [f, f]"),
        Around(inner, inner, "if {0} then {1} end", "{{a: ({0}), (\"k\\({0})\"): ({1})}}", "({0}) as $x | {1}, $x", "({0}) as [$x, {{a: $y}}] ?// $x | [$x, $y, ({1})]", "reduce ({0}) as $x ({1}; [., $x] | length)", "[foreach ({0}) as [$x] ({1}; $x; .)]", "try ({0}) catch ({1})", "def g($x; h): h | $x; g({0}; {1})", "(.[({0})]?, {1})", ".[({0}):({1})]?"),
        Gen.Select(inner, inner, inner, (a, b, c) => $"if {a} then {b} elif {c} then 1 else 2 end")));

    static Gen<string> AnyOf(params string[] all) => Gen.Int[0, all.Length - 1].Select(at => all[at]);

    static Gen<string> Infix(Gen<string> inner, Gen<string> symbol, bool parentheses) => Gen.Select(inner, symbol, inner, (left, between, right) =>
        parentheses || !Compiles(left + between + right) ? $"({left}){between}({right})" : left + between + right);

    static Gen<string> Around(Gen<string> inner, params string[] shapes) =>
        Gen.Select(AnyOf(shapes), inner, (shape, a) => string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, a));

    static Gen<string> Around(Gen<string> one, Gen<string> two, params string[] shapes) =>
        Gen.Select(AnyOf(shapes), one, two, (shape, a, b) => string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, a, b));

    // 'a == b == c' is no program, and neither is what takes the second of a pair's variables away.
    static bool Compiles(string text) => JqProgram.Compile(text, []).Succeeded;
}
