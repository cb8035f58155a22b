using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["waiting-runs", var number] && int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var runs) && runs > 0)
    return await Interop.Benchmarks.Runs.WaitingRuns.Measure(runs);

if (args is ["jq-hostile", ..]) return Interop.Benchmarks.Jq.HostileRuns.Measure(args.ElementAtOrDefault(1) ?? "");

if (args is ["record-files", var size] && int.TryParse(size, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var mebibytes) && mebibytes > 0)
{
    Interop.Benchmarks.Formats.RecordFiles.Measure(mebibytes);
    return 0;
}

if (args is ["checks"])
{
    Interop.Benchmarks.Mapping.Checks.Measure();
    return 0;
}

if (args is ["mappings"])
{
    Interop.Benchmarks.Mapping.Races.Run();
    return 0;
}

// In this process: no project is generated, restored and built for each benchmark, so a run takes seconds and needs no network.
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .WithSummaryStyle(SummaryStyle.Default.WithMaxParameterColumnWidth(60))
    .AddLogger(ConsoleLogger.Default)
    .AddExporter(MarkdownExporter.GitHub);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
