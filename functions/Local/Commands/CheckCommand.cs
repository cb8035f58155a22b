using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Json;
using Interop.Core.Mapping.Checking;
using Interop.Local.Hosting;
using Interop.Platform.Definitions;

namespace Interop.Local.Commands;

/// <summary>How findings are shown.</summary>
/// <param name="Json">As JSON, for programs.</param>
/// <param name="Whole">Counterexamples with their whole documents.</param>
/// <param name="Notes">Notes too, which block nothing.</param>
sealed record FindingsView(bool Json, bool Whole, bool Notes);

/// <summary>Loads and checks all definitions, and starts nothing.</summary>
static class CheckCommand
{
    public static int Run(LocalOptions options, FindingsView view)
    {
        var files = DefinitionFolder.Read(options.Mappings);
        if (!files.Succeeded) return Failures.Show(files.Problems);
        var definitions = DefinitionSet.Load(files.Value);
        // What loads is checked even where something else does not, and what does not is shown by documents as far as it compiles.
        var reports = definitions.Succeeded ? MappingReports.OfVersions(definitions.Value) : Partly(files.Value);
        if (view.Json) Console.WriteLine(JsonValue.Of(reports.Select(ReportJson.Of)).ToIndentedString());
        else Show(reports, view, summary: definitions.Succeeded);
        var told = reports.SelectMany(report => report.Findings).Select(finding => (finding.Rule, (Place?)finding.Place, finding.Message)).ToHashSet();
        if (!definitions.Succeeded) Failures.Show([.. definitions.Problems.Where(problem => view.Json || !told.Contains((problem.Rule, problem.Place, problem.Message)))]);
        if (!definitions.Succeeded || reports.Any(report => Blocks(report, definitions.Value))) return 1;
        if (view.Json) return 0;
        var set = definitions.Value;
        Console.WriteLine($"{Count(set.Organisations.Count, "organisation")}, {Count(set.Systems.Length, "system")}, {Count(set.Mappings.Count, "mapping")}, {Count(set.Workflows.Length, "workflow")}, {Count(set.Agreements.Length, "agreement")}: no problems.");
        return 0;
    }

    // A version that another has followed stays as it was published; what the check has learnt to see since, it cannot acknowledge.
    static bool Blocks(MappingReport report, DefinitionSet definitions) =>
        definitions.Mappings.GetValueOrDefault(report.Mapping)?.Version == report.Version ? report.Blocking.Any() : report.Findings.Any(finding => finding.Severity == FindingSeverity.Error);

    static ImmutableArray<MappingReport> Partly(ImmutableSortedDictionary<string, string> files)
    {
        var folder = MappingFolder.Load(files, new ProblemList());
        return [.. folder.Unloaded.Select(broken => MappingCheck.Run(broken.Root, broken.Context)), .. MappingReports.Of(folder.Newest.Values)];
    }

    // First what blocks, and what nobody may overlook; then what each mapping is known to lose, by its reasons.
    static void Show(ImmutableArray<MappingReport> reports, FindingsView view, bool summary)
    {
        foreach (var finding in reports.SelectMany(report => report.Findings).Where(finding => finding.Blocks || (finding.Severity == FindingSeverity.Note && (view.Notes || finding.Warns))))
        {
            foreach (var line in ReportText.Lines(finding, view.Whole)) Console.WriteLine(line);
        }

        foreach (var report in summary ? reports : [])
        {
            Console.WriteLine(ReportText.Summary(report));
            foreach (var (reason, accepts) in ReportText.Accepted(report))
            {
                Console.WriteLine($"    {reason}");
                foreach (var line in accepts) Console.WriteLine($"        {line}");
            }
        }
    }

    static string Count(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";
}
