using BenchmarkDotNet.Attributes;
using Interop.Core.Mapping;

namespace Interop.Benchmarks.Mapping;

/// <summary>Definitions from their text, each with its schemas and code lists, and compiled in both directions: twice as many must take twice as long.</summary>
public class Loading
{
    [Params(500, 1_000)]
    public int Definitions { get; set; }

    [Benchmark(Description = "load and compile")]
    public int Load()
    {
        var reasons = 0;
        for (var number = 0; number < Definitions; number++)
        {
            var definition = OccurrenceTask.Definition("json");
            reasons += definition.NotCompiled(MappingDirection.In).Length + definition.NotCompiled(MappingDirection.Out).Length;
        }

        return reasons == 0 ? Definitions : throw new InvalidOperationException("Not compiled.");
    }
}
