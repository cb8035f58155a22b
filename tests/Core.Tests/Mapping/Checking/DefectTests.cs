using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>
/// cases/*.yaml: a small mapping (in the form of Cases/fields.yaml) and what the check finds. <c>findings</c> are the errors and losses as <c>rule path direction</c>, with how something does not come back, and
/// <c>accepted</c> where the definition accepts them; <c>format</c> is the source's, if not json; <c>notes</c>, and the <c>conditions</c> on which findings depend, are compared where they are stated; each of <c>messages</c> is among what is printed; <c>codes</c> are the rows of a code list <c>list</c>. <c>shows</c> are the counterexample's documents (only what matters of them) by rule.
/// </summary>
public sealed class DefectTests
{
    static readonly string[] Files =
    [
        "ambiguities.yaml", "losses.yaml", "refusals.yaml", "limits.yaml", "acknowledgements.yaml", "markings.yaml", "conditions.yaml", "structures.yaml", "formats.yaml", "clocks.yaml", "references.yaml",
    ];

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var file in Files)
                foreach (var name in Given.Cases(At(file)).Select(one => ((SourceScalar)one["case"]!).Text)) names.Add(file, name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_defect_is_found_and_nothing_else(string file, string name)
    {
        var given = Given.Case(At(file), name);
        var report = MappingCheck.Run(Definition(given));
        var lines = string.Join("\n", report.Findings.SelectMany(finding => ReportText.Lines(finding)));
        Assert.True(Wanted(given, "findings").SequenceEqual(Found(report, notes: false), StringComparer.Ordinal), $"{string.Join(", ", Found(report, notes: false))}\n{lines}");
        if (given["notes"] is not null) Assert.True(Wanted(given, "notes").SequenceEqual(Found(report, notes: true), StringComparer.Ordinal), $"{string.Join(", ", Found(report, notes: true))}\n{lines}");
        if (given["conditions"] is not null) Assert.Equal(Wanted(given, "conditions"), Conditions(report));
        foreach (var message in Wanted(given, "messages")) Assert.Contains(message, lines, StringComparison.Ordinal);
        if (given["shows"] is not SourceMap shows) return;
        foreach (var entry in shows.Entries)
        {
            var shown = report.Findings.First(finding => finding.Rule == entry.Name).Counterexample!;
            Assert.Equal(entry.Value.ToJson().ToString(), Interop.Core.Json.JsonValue.Of(shown.Documents.Select(document => ReportText.Part(document, shown))).ToString());
        }
    }

    /// <summary>What a counterexample says must be so when the engine is asked again.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_counterexample_holds(string file, string name)
    {
        var definition = Definition(Given.Case(At(file), name));
        foreach (var finding in MappingCheck.Run(definition).Findings.Where(finding => finding.Counterexample is not null && finding.Rule != "order-dependent")) Counterexamples.Hold(definition, finding);
    }

    /// <summary>What is printed is shorter, and shows the same when it is parsed back and executed.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_printed_shows_what_is_claimed(string file, string name)
    {
        var definition = Definition(Given.Case(At(file), name));
        foreach (var finding in MappingCheck.Run(definition).Findings.Where(finding => finding is { Counterexample: not null, Rule: not "order-dependent" }))
        {
            var printed = finding.Counterexample!.Documents.Select(document => Interop.Core.Json.JsonValue.Parse(ReportText.Part(document, finding.Counterexample).ToString()).Value).ToList();
            var result = definition.Translate(printed[0], finding.Way).Value;
            var executed = new Trial(definition).Execute(finding.Way, printed[0]);
            if (finding.Counterexample is { Back: null, Documents.Length: 1 } && !executed.Succeeded) Assert.Subset(executed.Problems.Select(problem => problem.Path).ToHashSet(StringComparer.Ordinal), finding.Counterexample.Short.Problems.Select(problem => problem.Path).ToHashSet(StringComparer.Ordinal));
            Counterexamples.Hold(definition, finding with { Counterexample = finding.Counterexample with { Documents = [.. printed], Result = result } });
        }
    }

    static MappingDefinition Definition(SourceMap given)
    {
        var text = Given.Head(Text(given, "direction") ?? "both").Replace("format: json", $"format: {Text(given, "format") ?? "json"}", StringComparison.Ordinal) + Indented(Text(given, "fields")!) + (Text(given, "losses") is { } losses ? $"\nlosses:\n{Indented(losses)}" : "");
        var loaded = Given.Definition(text, given["source"]!, given["canonical"]!, Given.Lists(given["codes"]));
        Assert.True(loaded.Succeeded, string.Join("\n", loaded.Problems));
        return loaded.Value;
    }

    static IEnumerable<string> Wanted(SourceMap given, string name) => given[name]?.ToJson().Items.Select(one => one.AsString()) ?? [];

    static IEnumerable<string> Found(MappingReport report, bool notes) => report.Findings
        .Where(finding => finding.Severity == FindingSeverity.Note == notes)
        .Select(finding => $"{finding.Rule} {finding.Path} {finding.Way.ToString().ToLowerInvariant()}{(finding.How is { } how ? $" {how.Word()}" : "")}{(finding.Acknowledged is null ? "" : " accepted")}");

    // Conditions are compared where they are stated.
    static IEnumerable<string> Conditions(MappingReport report) => report.Findings.Where(finding => finding.Condition.Length > 0).Select(finding => $"{finding.Path} {finding.Condition}");

    static string At(string file) => $"../Checking/cases/{file}";

    static string? Text(SourceMap map, string name) => (map[name] as SourceScalar)?.Text;

    static string Indented(string fields) => string.Join('\n', fields.Split('\n').Select(line => "  " + line));
}
