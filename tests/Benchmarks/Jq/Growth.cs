using BenchmarkDotNet.Attributes;
using Interop.Core;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Benchmarks.Jq;

/// <summary>Updates one by one: ten times the items must take about ten times as long, not a hundred times.</summary>
public class Growth
{
    static readonly JqLimits Wide = JqLimits.Default with { Steps = long.MaxValue, Bytes = long.MaxValue };

    JqProgram program = null!;
    Dictionary<string, JsonValue> variables = null!;

    [Params(1_000, 10_000, 100_000)]
    public int Items { get; set; }

    [Params(
        "[range($n)] | .[] |= . + 1",
        "reduce range($n) as $i ([]; . + [$i])",
        "[range($n)] | reduce range($n) as $i (.; .[$i] += 1)",
        "reduce range($n) as $i ({}; .[\"\\($i)\"] = $i)",
        "reduce range($n) as $i ({}; .[\"\\($i % 1000)\"] += 1)")]
    public string Program { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        program = JqProgram.Compile(Program, ["n"]).Value;
        variables = new Dictionary<string, JsonValue>(StringComparer.Ordinal) { ["n"] = Items };
    }

    [Benchmark]
    public Outcome<JsonValue> Update() => program.First(JsonValue.Null, variables, Wide);
}
