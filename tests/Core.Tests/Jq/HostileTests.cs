using System.Text.Json;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Core.Tests.Jq;

/// <summary>What programs are charged, for every builtin and operator: the rows of Hostile.txt. In steps, never in time: that is for <c>tests/Benchmarks -- jq-hostile</c>.</summary>
public sealed class HostileTests
{
    const int Few = 500;
    const int Many = 16 * Few;
    const string Shared = "reduce range(60) as $i (0; [., .])";
    static readonly JqLimits Wide = JqLimits.Default with { Steps = long.MaxValue, Bytes = long.MaxValue };

    public static TheoryData<Hostile> Rows => [.. All()];

    [Fact]
    public void Every_builtin_and_operator_has_a_row()
    {
        var rows = All().Select(row => row.Name).ToList();
        Assert.Equal(rows.Distinct(StringComparer.Ordinal), rows);
        Assert.Empty(Builtins.Table.Keys.Concat(Operations.Table.Keys).Except(rows, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_charged_grows_with_the_work_and_with_nothing_else(Hostile row)
    {
        var (few, many) = (Charged(row, Few), Charged(row, Many));
        if (row.Grows) Assert.True(many >= 8 * few - 800, $"{row.Name}: {few} steps for {Few}, {many} for {Many}.");
        else Assert.InRange(many, 0, few + 10);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_small_in_memory_and_huge_when_walked_ends_in_a_named_limit(Hostile row)
    {
        var last = JqProgram.Compile($"{Shared} | [{row.Call}] | length", []).Value.First(default);
        Assert.Equal(row.Walked, last.Succeeded || last.Problems[0].Rule != "jq-limit" ? "-" : last.Problems[0].Path);
    }

    [Theory]
    [InlineData("length as $n | . as $all | range($n) | $all[\"k\\(.)\"]")]
    [InlineData("length as $n | . as $all | range($n) | $all | has(\"k0\")")]
    [InlineData("length as $n | . as $all | range($n) | $all | .k0")]
    public void A_large_object_of_a_parsed_document_pays_for_being_read_once_and_not_for_each_search(string program)
    {
        var text = $"{{{string.Join(',', Enumerable.Range(0, Many).Select(i => $"\"k{i}\":{i}"))}}}";
        using var document = JsonDocument.Parse(text);
        var compiled = JqProgram.Compile($"({program}) as $_ | empty", []).Value;
        var (read, parsed) = (compiled.Charged(JsonValue.Parse(text).Value, Wide).Steps, compiled.Charged(JsonValue.From(document.RootElement), Wide).Steps);
        Assert.InRange(parsed - read, Many, 50L * Many);
    }

    static long Charged(Hostile row, int size)
    {
        var input = JqProgram.Compile(row.Input, ["n"]).Value.First(default, new Dictionary<string, JsonValue>(StringComparer.Ordinal) { ["n"] = size }, Wide);
        return JqProgram.Compile($"({row.Call}) as $_ | empty", []).Value.Charged(input.Value, Wide).Steps;
    }

    static IEnumerable<Hostile> All() =>
        from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Jq", "Hostile.txt"))
        where line.Length > 0 && line[0] != '#'
        let cells = line.Split('\t')
        select new Hostile(cells[0], cells[1], cells[2], cells[3] == "grows", cells[4]);

    public sealed record Hostile(string Name, string Input, string Call, bool Grows, string Walked)
    {
        public override string ToString() => Name;
    }
}
