using System.Diagnostics;
using System.Globalization;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Benchmarks.Jq;

/// <summary>
/// What programs that never end take of the processor, all threads together, until the default limits end them: each builtin called for ever on a short and a long input and once on shared arrays, and
/// the programs of Endless.txt. A measurement, not a benchmark: <c>-- jq-hostile</c>, or <c>-- jq-hostile sort</c> for those whose name has it. The first line tells how busy the machine is.
/// </summary>
static class HostileRuns
{
    const int Rounds = 8;
    const double MostMilliseconds = 100;
    const double EnoughMilliseconds = 60;
    static readonly int[] Sizes = [1, 10_000];
    static readonly Run Reference = new("", "reduce range(1e9) as $i (0; . + $i)", default);
    static readonly JqLimits Wide = JqLimits.Default with { Steps = long.MaxValue, Bytes = long.MaxValue };

    /// <summary>Prints the slowest first; 1 where one takes longer than it may.</summary>
    public static int Measure(string part)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Adding up numbers until the limit of steps: {Time(Reference).Milliseconds:F0} ms.\n"));
        var runs = Runs().Where(run => run.Name.Contains(part, StringComparison.Ordinal)).ToList();
        var results = new List<(string Name, double Milliseconds, string End)>();
        foreach (var run in runs)
        {
            Console.Error.Write($"{results.Count + 1} of {runs.Count}: {run.Name}");
            results.Add(Time(run));
            Console.Error.WriteLine($": {results[^1].Milliseconds:F0} ms, {results[^1].End}");
        }

        Console.WriteLine("| CPU ms | ended by | program |\n|---:|---|---|");
        foreach (var (name, milliseconds, end) in results.OrderByDescending(result => result.Milliseconds))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {milliseconds:F0} | {end} | `{name}` |"));
        var slow = results.Count(result => result.Milliseconds > MostMilliseconds);
        Console.WriteLine($"\n{results.Count} programs, {slow} of them above {MostMilliseconds} ms.");
        return slow == 0 ? 0 : 1;
    }

    static IEnumerable<Run> Runs()
    {
        foreach (var row in Rows("Endless.txt")) yield return new Run(row[0], row[0], JsonValue.Null);
        foreach (var row in Rows("Hostile.txt"))
        {
            var input = JqProgram.Compile(row[1], ["n"]).Value;
            foreach (var size in row[3] == "flat" ? Sizes[..1] : Sizes)
            {
                var value = input.First(default, new Dictionary<string, JsonValue>(StringComparer.Ordinal) { ["n"] = size }, Wide).Value;
                yield return new Run($"{row[0]} for ever, n = {size}", $"until(false; . as $in | (reduce (try ({row[2]}) catch 0) as $x (0; . + 1)) as $x | $in)", value);
            }

            yield return new Run($"{row[0]} on shared arrays", $"(reduce range(60) as $i (0; [., .])) | {row[2]} | until(false; .)", default);
        }
    }

    static (string Name, double Milliseconds, string End) Time(Run run)
    {
        var program = JqProgram.Compile(run.Program, []).Value;
        var (best, end) = (double.MaxValue, "");
        for (var round = 0; round < Rounds && best > EnoughMilliseconds; round++)
        {
            GC.Collect();
            var before = Processor();
            end = program.Run(run.Input).Last() is { Succeeded: false } failed ? failed.Problems[0].Path ?? "an error" : "its end";
            best = Math.Min(best, Processor() - before);
        }

        return (run.Name, best, end);
    }

    static double Processor()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    static IEnumerable<string[]> Rows(string name)
    {
        using var stream = typeof(HostileRuns).Assembly.GetManifestResourceStream($"jq/{name}")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t'))];
    }

    sealed record Run(string Name, string Program, JsonValue Input);
}
