using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Findings as JSON, for programs.</summary>
public static class ReportJson
{
    /// <summary>A report; the documents of its counterexamples are whole.</summary>
    public static JsonValue Of(MappingReport report) => JsonValue.Of(
        ("mapping", report.Mapping), ("version", report.Version), ("runs", report.Runs), ("blocks", report.Blocking.Any()), ("findings", JsonValue.Of(report.Findings.Select(Of))));

    static JsonValue Of(Finding finding) => JsonValue.Of(
        ("rule", finding.Rule),
        ("severity", finding.Severity.ToString().ToLowerInvariant()),
        ("direction", finding.Way.ToString().ToLowerInvariant()),
        ("path", finding.Path),
        ("message", finding.Message),
        ("place", JsonValue.Of(("file", finding.Place.File), ("line", finding.Place.Line), ("column", finding.Place.Column))),
        ("acknowledged", finding.Acknowledged),
        ("counterexample", finding.Counterexample is { } shown ? Of(shown) : JsonValue.Null));

    static JsonValue Of(Counterexample shown) => JsonValue.Of(
        ("documents", JsonValue.Of(shown.Documents.AsEnumerable())),
        ("result", shown.Result),
        ("back", shown.Back ?? JsonValue.Null),
        ("problems", Of(shown.Problems)),
        ("pointers", JsonValue.Of(shown.Pointers.Select(pointer => JsonValue.Of(pointer)))));

    static JsonValue Of(IEnumerable<Problem> problems) => JsonValue.Of(problems.Select(problem => JsonValue.Of(("rule", problem.Rule), ("path", problem.Path), ("message", problem.Message))));

    /// <summary>A composition.</summary>
    public static JsonValue Of(Composition composed) => JsonValue.Of(
        ("from", composed.From.Reference),
        ("to", composed.To.Reference),
        ("possible", composed.IsPossible),
        ("verdict", composed.Verdict),
        ("paths", composed.Paths),
        ("lost", JsonValue.Of(composed.Lost.Select(lost => JsonValue.Of(("path", lost.Path), ("value", lost.Value))))),
        ("missing", JsonValue.Of(composed.Missing.Select(problem => JsonValue.Of(problem.Path)))),
        ("refused", Of(composed.Refused)),
        ("different", composed.Different is { } different ? JsonValue.Of(different.Select(back => JsonValue.Of(("path", back.Path), ("sent", back.Sent), ("back", back.Back)))) : JsonValue.Null),
        ("notBack", Of(composed.NotBack)),
        ("document", composed.Document),
        ("arrives", composed.Arrives));

    /// <summary>A pair of the matrix.</summary>
    public static JsonValue Of(MatrixPair pair) => JsonValue.Of(
        ("from", pair.From), ("to", pair.To), ("verdict", pair.Verdict), ("paths", pair.Paths), ("lost", pair.Lost), ("missing", JsonValue.Of(pair.Missing.Select(path => JsonValue.Of(path)))),
        ("refused", JsonValue.Of(pair.Refused.Select(why => JsonValue.Of(why)))));

    /// <summary>A change from one version to another.</summary>
    public static JsonValue Of(MappingChange change) => JsonValue.Of(
        ("direction", change.Way.ToString().ToLowerInvariant()), ("path", change.Path), ("sentence", change.Sentence), ("document", change.Document ?? JsonValue.Null), ("before", change.Before), ("after", change.After));
}
