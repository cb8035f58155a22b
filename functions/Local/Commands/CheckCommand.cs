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
        // What loads is checked even where something else does not.
        var reports = definitions.Succeeded ? MappingReports.Of(definitions.Value) : MappingReports.Of(MappingFolder.Load(files.Value, new ProblemList()).Newest.Values);
        if (view.Json) Console.WriteLine(JsonValue.Of(reports.Select(ReportJson.Of)).ToIndentedString());
        else if (definitions.Succeeded) Show(reports, view);
        if (!definitions.Succeeded) Failures.Show(definitions.Problems);
        if (!definitions.Succeeded || reports.Any(report => report.Blocking.Any())) return 1;
        if (view.Json) return 0;
        var set = definitions.Value;
        Console.WriteLine($"{Count(set.Organisations.Count, "organisation")}, {Count(set.Systems.Length, "system")}, {Count(set.Mappings.Count, "mapping")}, {Count(set.Workflows.Length, "workflow")}, {Count(set.Agreements.Length, "agreement")}: no problems.");
        return 0;
    }

    // First what blocks, then what each mapping is known to lose.
    static void Show(ImmutableArray<MappingReport> reports, FindingsView view)
    {
        foreach (var finding in reports.SelectMany(report => report.Findings).Where(finding => finding.Blocks || (view.Notes && finding.Severity == FindingSeverity.Note)))
        {
            foreach (var line in ReportText.Lines(finding, view.Whole)) Console.WriteLine(line);
        }

        foreach (var report in reports)
        {
            Console.WriteLine(ReportText.Summary(report));
            foreach (var finding in report.Accepted) Console.WriteLine($"    {finding.Rule} \"{finding.Path}\": {finding.Acknowledged}");
        }
    }

    static string Count(int count, string thing) => $"{count} {thing}{(count == 1 ? "" : "s")}";
}
