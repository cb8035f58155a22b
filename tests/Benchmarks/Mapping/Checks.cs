using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Interop.Core;
using Interop.Platform.Definitions;

namespace Interop.Benchmarks.Mapping;

/// <summary>Copies of a shipped definition in one folder, loaded and checked on all cores: twice as many must take twice as long. A status event is small, a custody record is among the large.</summary>
public class Checks
{
    ImmutableSortedDictionary<string, string> files = ImmutableSortedDictionary<string, string>.Empty;

    [Params("rms-status-event", "custody-record")]
    public string Mapping { get; set; } = "";

    [Params(500, 1_000)]
    public int Definitions { get; set; }

    [GlobalSetup]
    public void Copy()
    {
        var shipped = typeof(Checks).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("shipped/", StringComparison.Ordinal)).ToDictionary(name => name["shipped/".Length..], OccurrenceTask.Resource, StringComparer.Ordinal);
        var own = $"maps/{Mapping}/";
        var copies = Enumerable.Range(0, Definitions).SelectMany(number => shipped.Where(file => file.Key.StartsWith(own, StringComparison.Ordinal))
            .Select(file => KeyValuePair.Create($"maps/{Mapping}-{number}/{file.Key[own.Length..]}", file.Value.Replace($"mapping: {Mapping}\n", $"mapping: {Mapping}-{number}\n", StringComparison.Ordinal))));
        files = shipped.Where(file => !file.Key.StartsWith("maps/", StringComparison.Ordinal)).Concat(copies).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    [Benchmark(Description = "load and check")]
    public int Check()
    {
        var problems = new ProblemList();
        var reports = MappingReports.Of(MappingFolder.Load(files, problems).Newest.Values);
        return problems.IsEmpty && reports.Length == Definitions ? reports.Sum(report => report.Runs) : throw new InvalidOperationException(string.Join('\n', problems.ToImmutable()));
    }
}
