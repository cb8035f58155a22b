using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Findings in lines for people.</summary>
public static class ReportText
{
    const int LongestLine = 300;

    /// <summary>A finding: its place, what is wrong, and the counterexample, minimal or with whole documents.</summary>
    public static IEnumerable<string> Lines(Finding finding, bool whole = false)
    {
        var word = finding.Severity.ToString().ToLowerInvariant();
        yield return $"{finding.Place}: {word} [{finding.Rule}] {finding.Message}{(finding.Acknowledged is null ? "" : $" Accepted{Stated(finding)}: {finding.Acknowledged}")}";
        if (finding.Counterexample is not { } shown) yield break;
        foreach (var line in Lines(shown, whole, finding.Rule == CheckRules.OrderDependent ? "and with the fields in the opposite order" : "and comes back as")) yield return "    " + line;
    }

    static IEnumerable<string> Lines(Counterexample shown, bool whole, string other)
    {
        foreach (var document in shown.Documents) yield return Line(Part(document, shown, whole), whole);
        if (shown.Documents.Length > 1)
        {
            yield return $"all become {Line(shown.Result, whole)}";
            if (!shown.Problems.IsEmpty) yield return $"which is refused on the way back: {shown.Problems[0].Path} {shown.Problems[0].Message} [{shown.Problems[0].Rule}]";
            else if (shown.Back is { } one) yield return $"which comes back as {Line(Part(one, shown, whole), whole)}";
            yield break;
        }

        if (!shown.Problems.IsEmpty)
        {
            foreach (var problem in (whole ? shown : shown.Short).Problems) yield return $"refused: {problem.Path} {problem.Message} [{problem.Rule}]";
            yield break;
        }

        yield return $"becomes {Line(shown.Result, whole)}";
        if (shown.Back is { } back) yield return $"{other} {Line(Part(back, shown, whole), whole)}";
    }

    /// <summary>What matters of a document; all of it if nothing is said of what does.</summary>
    public static JsonValue Part(JsonValue document, Counterexample shown, bool whole = false) =>
        whole || shown.Pointers.IsEmpty || shown.Pointers.Contains("") ? document : shown.Documents.IndexOf(document) is >= 0 and var at ? shown.Short.Documents[at] : SampleEdit.Only(document, shown.Pointers) is { IsNull: false } part ? part : JsonValue.EmptyObject;

    static string Line(JsonValue value, bool whole)
    {
        var text = value.ToString();
        return whole || text.Length <= LongestLine ? text : string.Concat(text.AsSpan(0, LongestLine - 1), "…");
    }

    /// <summary>Each reason for which something is accepted, with all that it accepts: the rule, the direction, the places, the condition and the values.</summary>
    public static IEnumerable<(string Reason, ImmutableArray<string> Accepts)> Accepted(MappingReport report) => report.Accepted.GroupBy(finding => finding.Acknowledged!, StringComparer.Ordinal).Select(reason => (reason.Key,
        reason.GroupBy(finding => (finding.Rule, finding.Way, Stated: Stated(finding), Values: finding.Values.IsEmpty ? "" : $": {CheckMessages.Values(finding.Values)}")).Select(same =>
            $"{same.Key.Rule} {same.Key.Way.ToString().ToLowerInvariant()} {string.Join(", ", same.Select(finding => finding.Path.Length == 0 ? "the whole" : $"\"{finding.Path}\"").Distinct(StringComparer.Ordinal))}{(same.Key.Stated.Length == 0 ? "" : $",{same.Key.Stated}")}{same.Key.Values}").ToImmutableArray()));

    /// <summary>What an acknowledgement had to state of a finding besides its place and its values: the condition, or how it does not come back; empty or with a blank before it.</summary>
    public static string Stated(Finding finding) => finding.How is { } how ? $" as {how.Word()}" : finding.Condition.Length == 0 ? "" : $" {finding.Condition}";

    /// <summary>How much was found, in a line.</summary>
    public static string Summary(MappingReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Mapping} {report.Version}: {Count(report.Findings.Count(one => one.Severity == FindingSeverity.Error), "error")}, {Count(report.Findings.Count(one => one is { Severity: FindingSeverity.Loss, Acknowledged: null }), "loss", "losses")} not accepted, {report.Accepted.Count()} accepted, {Count(report.Findings.Count(one => one.Severity == FindingSeverity.Note), "note")}; {Count(report.Runs, "translation")} executed.");

    static string Count(int count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
