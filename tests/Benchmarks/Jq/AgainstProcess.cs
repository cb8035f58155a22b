using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Interop.Core;
using Interop.Core.Jq;
using Interop.Core.Json;

namespace Interop.Benchmarks.Jq;

/// <summary>A program on one parsed document against one jq process over a stream of that document; the column "net" takes off what the process needs to read it.</summary>
[Config(typeof(Net))]
public class AgainstProcess
{
    string input = "";
    JqProgram program = null!;
    JsonValue value;

    [ParamsSource(nameof(Works))]
    public Work Work { get; set; } = null!;

    /// <summary>None where there is no jq: then these benchmarks are left out.</summary>
    public static IEnumerable<Work> Works
    {
        get
        {
            if (HasProcess()) return Work.All;
            Console.WriteLine("AgainstProcess is skipped: there is no 'jq' to compare with (apt-get install jq).");
            return [];
        }
    }

    // So many that the process's start is lost in the whole.
    int Documents => 20_000_000 / (Work.Document.Length + 60);

    [GlobalSetup]
    public void Setup()
    {
        program = Work.Compile();
        value = JsonValue.Parse(Work.Document).Value;
        input = Path.GetTempFileName();
        File.WriteAllLines(input, Enumerable.Repeat(Work.Document, Documents));
    }

    [GlobalCleanup]
    public void Cleanup() => File.Delete(input);

    [Benchmark(Description = "jq process, a document")]
    public int Process() => Run(Work.Program);

    [Benchmark(Description = "jq process, reading only")]
    public int ProcessReading() => Run("empty");

    [Benchmark(Baseline = true, Description = "Interop, a document")]
    public Outcome<JsonValue> Program() => program.First(value);

    int Run(string text)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo("jq", ["-c", text, input]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        process.StandardOutput.BaseStream.CopyTo(Stream.Null);
        process.WaitForExit();
        return process.ExitCode == 0 ? 0 : throw new InvalidOperationException($"jq ended with {process.ExitCode}.");
    }

    static bool HasProcess()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return folders.Any(folder => File.Exists(Path.Combine(folder, "jq")));
    }

    sealed class Net : ManualConfig
    {
        public Net() => AddColumn(new NetColumn());
    }

    /// <summary>What one document takes, and how often that of ours goes into that of the process.</summary>
    sealed class NetColumn : IColumn
    {
        public string Id => "Net";

        public string ColumnName => "Net per document";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "The mean; of the process less its reading, by document, and in brackets that divided by ours";

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            var ours = Mean(summary, benchmarkCase, nameof(Program));
            if (benchmarkCase.Descriptor.WorkloadMethod.Name != nameof(Process)) return "";
            var work = (Work)benchmarkCase.Parameters[nameof(Work)];
            var documents = new AgainstProcess { Work = work }.Documents;
            var net = (Mean(summary, benchmarkCase, nameof(Process)) - Mean(summary, benchmarkCase, nameof(ProcessReading))) / documents;
            return string.Create(CultureInfo.InvariantCulture, $"{net:N0} ns ({net / ours:F1} x)");
        }

        static double Mean(Summary summary, BenchmarkCase like, string method) =>
            summary.Reports.First(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method && Equals(report.BenchmarkCase.Parameters[nameof(Work)], like.Parameters[nameof(Work)]))
                .ResultStatistics?.Mean ?? double.NaN;
    }
}
