using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Interop.Core;
using Interop.Core.Mapping;
using Interop.Platform.Definitions;

namespace Interop.Benchmarks.Mapping;

/// <summary>
/// Copies of shipped definitions in one folder, loaded and checked on all cores: all of them in turn, small ones, large ones. Each copy has its own name, and its schema its own title, so that no two files are alike; what they
/// share is what a real folder shares, the canonical schemas and code lists. Beside them the definition of the task, read anew each time with its schemas and code lists. Ten times as many must take ten times as long.
/// </summary>
static class Checks
{
    const int WarmUps = 5;

    static readonly (string Title, string[] Mappings, int[] Counts)[] Folders =
    [
        ("all shipped definitions in turn", [], [100, 300, 1_000]),
        ("small ones: rms-status-event", ["rms-status-event"], [100, 300, 1_000]),
        ("large ones: custody-record", ["custody-record"], [100]),
    ];

    static readonly ImmutableSortedDictionary<string, string> Shipped = typeof(Checks).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("shipped/", StringComparison.Ordinal))
        .ToImmutableSortedDictionary(name => name["shipped/".Length..], OccurrenceTask.Resource, StringComparer.Ordinal);

    public static void Measure()
    {
        for (var round = 0; round < WarmUps; round++) Run(() => Loaded(Copies([], 72)));
        foreach (var (title, mappings, counts) in Folders) Measure(title, counts, count => Copies(mappings, count), Loaded);
        Measure("that of the task: benchmark-occurrence", [100, 300, 1_000], count => count, count => [.. Enumerable.Range(0, count).AsParallel().Select(_ => OccurrenceTask.Definition("json"))]);
    }

    static void Measure<T>(string title, int[] counts, Func<int, T> texts, Func<T, IReadOnlyCollection<MappingDefinition>> loaded)
    {
        Console.WriteLine($"\n| {title} | load | check | together | against the first, a definition | processor time | allocated | translations |\n|---|---|---|---|---|---|---|---|");
        var first = default(TimeSpan);
        foreach (var count in counts)
        {
            var files = texts(count);
            GC.Collect();
            var (made, used) = (GC.GetTotalAllocatedBytes(), Used());
            var (load, check, translations) = Run(() => loaded(files));
            var each = (load + check) / count;
            if (first == default) first = each;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {count} | {load.TotalSeconds:0.00} s | {check.TotalSeconds:0.00} s | {(load + check).TotalSeconds:0.00} s | {each / first:0.00} | {(Used() - used).TotalSeconds:0.00} s | {(GC.GetTotalAllocatedBytes() - made) / 1e6 / count:0.0} MB each | {translations} |"));
        }
    }

    static TimeSpan Used()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }

    static (TimeSpan Load, TimeSpan Check, int Translations) Run(Func<IReadOnlyCollection<MappingDefinition>> loaded)
    {
        var watch = Stopwatch.StartNew();
        var definitions = loaded();
        var load = watch.Elapsed;
        var reports = MappingReports.Of(definitions);
        return (load, watch.Elapsed - load, reports.Sum(report => report.Runs));
    }

    static IReadOnlyCollection<MappingDefinition> Loaded(ImmutableSortedDictionary<string, string> files)
    {
        var problems = new ProblemList();
        var folder = MappingFolder.Load(files, problems);
        return problems.IsEmpty ? [.. folder.Newest.Values] : throw new InvalidOperationException(string.Join('\n', problems.ToImmutable()));
    }

    // What the copies refer to is there as it was shipped.
    static ImmutableSortedDictionary<string, string> Copies(string[] mappings, int count)
    {
        const string definition = "/mapping.yaml";
        var names = mappings.Length > 0 ? mappings : [.. Shipped.Keys.Where(path => path.EndsWith(definition, StringComparison.Ordinal) && !path.Contains('@', StringComparison.Ordinal)).Select(path => path["maps/".Length..^definition.Length])];
        var copies = Enumerable.Range(0, count).Select(number => (Number: number, Name: names[number % names.Length])).SelectMany(copy => Shipped.Where(file => file.Key.StartsWith($"maps/{copy.Name}/", StringComparison.Ordinal))
            .Select(file => KeyValuePair.Create($"maps/{copy.Name}-{copy.Number}/{file.Key[$"maps/{copy.Name}/".Length..]}", Renamed(file.Value, copy.Name, copy.Number))));
        return Shipped.Where(file => !file.Key.EndsWith(definition, StringComparison.Ordinal)).Concat(copies).ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    static string Renamed(string text, string name, int number) =>
        text.Replace($"mapping: {name}\n", $"mapping: {name}-{number}\n", StringComparison.Ordinal).Replace("\ntitle: ", $"\ntitle: {number} ", StringComparison.Ordinal);
}
