using System.Text.Json;
using CsCheck;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Core.Tests.Jq;

/// <summary>The cases of Cases.txt, Wrong.txt and Endless.txt, and the laws of the language.</summary>
public sealed class ProgramTests
{
    static readonly string[] Names = ["context", "now"];
    static readonly Dictionary<string, JsonValue> Values = new(StringComparer.Ordinal) { ["now"] = 1_767_225_600, ["context"] = "c" };

    public static IEnumerable<object[]> Cases => Lines("Cases.txt");

    public static IEnumerable<object[]> Wrong => Lines("Wrong.txt");

    public static IEnumerable<object[]> Legitimate => Lines("Legitimate.txt");

    public static IEnumerable<object[]> Endless => Lines("Endless.txt");

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_program_gives_its_outputs(string program, string input, string outputs)
    {
        Assert.Equal(outputs, Outputs(program, Read(input)));
        using var document = JsonDocument.Parse(input);
        Assert.Equal(outputs, Outputs(program, JsonValue.From(document.RootElement)));
    }

    [Theory]
    [InlineData(".incident.people[3].name")]
    [InlineData(".incident | {n: .people[1].name, has: has(\"kind\"), kind}")]
    [InlineData("first(.incident.people[] | select(.name == \"p2\") | .name)")]
    public void A_parsed_document_is_read_where_it_stands(string program)
    {
        var compiled = Compile(program);
        Assert.True(Allocated(compiled, people: 10_000) < Allocated(compiled, people: 10) + 1_000, "What is read must not grow with the document.");
    }

    // The second run counts: the first also makes what every run shares.
    static long Allocated(JqProgram program, int people)
    {
        var list = string.Join(',', Enumerable.Range(0, people).Select(i => $"{{\"name\":\"p{i}\"}}"));
        using var document = JsonDocument.Parse($"{{\"incident\":{{\"kind\":\"x\",\"people\":[{list}]}}}}");
        var value = JsonValue.From(document.RootElement);
        program.First(value, Values);
        var before = GC.GetAllocatedBytesForCurrentThread();
        program.First(value, Values);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_program_is_refused_with_its_place(string program, string place, string rule, string message)
    {
        var problem = Assert.Single(JqProgram.Compile(program, ["context"]).Problems);
        Assert.Equal((rule, place), (problem.Rule, $"{problem.Place!.Line}:{problem.Place.Column}"));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Endless))]
    public void A_program_without_end_meets_its_default_limit_even_on_a_small_stack(string program, string limit)
    {
        IReadOnlyList<Problem> problems = [];
        var thread = new Thread(() => problems = [.. Compile(program).Run(JsonValue.Null, Values).Last().Problems], 1 << 20);
        thread.Start();
        thread.Join();
        var problem = Assert.Single(problems);
        Assert.Equal(("jq-limit", limit), (problem.Rule, problem.Path));
    }

    [Theory]
    [MemberData(nameof(Legitimate))]
    public void A_document_of_a_megabyte_is_reshaped_within_the_default_limits(string program)
    {
        var people = Enumerable.Range(0, 6_000).Select(i => $$"""
            {"id":{{i * 7_919 % 6_000}},"name":"Person {{i}}","force":"force {{i % 43}}","when":"2026-11-24T09:15:00Z","items":[1,2,{"a":true,"b":null}],"note":"abc def ghi jkl mno abc def ghi jkl mno abc"}
            """);
        using var document = JsonDocument.Parse($"[{string.Join(',', people)}]");
        var charged = Compile(program).Charged(JsonValue.From(document.RootElement), JqLimits.Default);
        Assert.InRange(charged.Steps, 1, JqLimits.Default.Steps);
        Assert.InRange(charged.Bytes, 0, JqLimits.Default.Bytes / 2);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{a:", "}")]
    [InlineData("-", "")]
    [InlineData("1 + ", "")]
    [InlineData("def f: ", ";1")]
    public void A_deeply_nested_program_is_refused_even_on_a_small_stack(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 50_000)) + "1" + string.Concat(Enumerable.Repeat(close, 50_000));
        Outcome<JqProgram>? outcome = null;
        var thread = new Thread(() => outcome = JqProgram.Compile(text, []), 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal("jq-syntax", Assert.Single(outcome!.Problems).Rule);
    }

    [Fact]
    public void All_undefined_names_are_reported_at_the_place_of_the_expression()
    {
        var problems = JqProgram.Compile("$a +\n $b + foo", [], new Place("mapping.yaml", 7, 12)).Problems;
        Assert.Equal(3, problems.Length);
        Assert.All(problems, problem => Assert.Equal("mapping.yaml:7:12", problem.Place!.ToString()));
        Assert.Contains(problems, problem => problem.Message.Contains("line 2, column 2 of the expression", StringComparison.Ordinal));
    }

    [Fact]
    public void The_variables_a_program_uses_are_known()
    {
        var program = JqProgram.Compile("$a as $b | $b, $c, (1 as $d | $d)", ["a", "b", "c", "d"]).Value;
        Assert.Equal("a,c", string.Join(',', program.FreeVariables));
    }

    [Fact]
    public void No_output_is_a_problem_where_one_is_asked_for()
    {
        Assert.Equal("jq-empty", Assert.Single(Compile("empty").First(default).Problems).Rule);
        Assert.Equal(1, Compile("1, error(\"late\")").First(default).Value.AsNumber());
        Assert.Equal("jq-error", Assert.Single(Compile("1, error(\"late\")").All(default).Problems).Rule);
        Assert.Empty(Compile("empty").All(default).Value);
    }

    [Fact]
    public void Outputs_are_made_when_they_are_asked_for() =>
        Assert.Equal([0, 1, 2], Compile("range(1e12)").Run(default).Take(3).Select(outcome => outcome.Value.AsNumber()));

    [Fact]
    public void One_program_runs_on_many_threads()
    {
        var program = Compile("[.[] | tostring | gsub(\"1\"; \"one\")] | join(\",\")");
        var given = Enumerable.Range(0, 64).AsParallel().Select(i => program.First(JsonValue.Of([i, 1])).Value.AsString()).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(64, given.Count);
    }

    [Theory]
    [InlineData("tojson | fromjson")]
    [InlineData("fromstream(tostream)")]
    [InlineData("walk(.)")]
    [InlineData(". as $v | reduce paths(scalars) as $p (.; setpath($p; $v | getpath($p)))")]
    [InlineData("if type == \"object\" then to_entries | from_entries else . end")]
    [InlineData(".. |= .")]
    [InlineData("[.] | sort | unique | group_by(.) | .[0][0]")]
    [InlineData("if type == \"string\" then explode | implode else . end")]
    [InlineData("if type == \"string\" then @base64 | @base64d else . end")]
    [InlineData("if type == \"string\" then @uri | @urid else . end")]
    public void What_gives_the_input_back_gives_every_input_back(string program)
    {
        var compiled = Compile(program);
        // What is read is written as a decimal, 1E-7, and what was calculated as a double, 1e-07: inputs are read.
        RandomJson.Value.Select(value => JsonValue.Parse(JsonText.Write(value)).Value).Hold(value => Assert.Equal(JsonText.Write(value), JsonText.Write(compiled.First(value).Value)));
    }

    [Fact]
    public void The_order_is_total() =>
        Gen.Select(RandomJson.Value, RandomJson.Value, RandomJson.Value).Hold((a, b, c) =>
        {
            var e = Machine();
            Assert.Equal(Order.Compare(e, a, b), -Order.Compare(e, b, a));
            Assert.Equal(Order.Compare(e, a, b) == 0, Order.Equal(e, a, b) == 1);
            if (Order.Compare(e, a, b) <= 0 && Order.Compare(e, b, c) <= 0) Assert.True(Order.Compare(e, a, c) <= 0);
        });

    internal static Evaluator Machine()
    {
        var problems = new JqProblems(".", null);
        return new Evaluator(Compiler.Compile(Parser.Parse(".", problems)!, [], problems), JqLimits.Default);
    }

    static string Outputs(string program, JsonValue input) => string.Join(' ', Compile(program).Run(input, Values).Select(outcome =>
        outcome.Succeeded ? JsonText.Write(outcome.Value) : "error:" + JsonText.Write(outcome.Problems[0].Message)));

    static JqProgram Compile(string program) => JqProgram.Compile(program, Names).Value;

    static JsonValue Read(string text) => JsonReader.TryRead(text, out var value, out var error) ? value : throw new FormatException(error);

    static IEnumerable<string[]> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Jq", file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'));
}
