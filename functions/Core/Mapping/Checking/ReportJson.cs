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
        ("condition", finding.Condition),
        ("values", JsonValue.Of(finding.Values.Select(value => JsonValue.Of(value)))),
        ("how", finding.How?.Word()),
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

    static JsonValue Of(IEnumerable<Problem> problems) => JsonValue.Of(problems.Select(Of));

    static JsonValue Of(Problem problem) => JsonValue.Of(("rule", problem.Rule), ("path", problem.Path), ("message", problem.Message));

    /// <summary>A composition.</summary>
    public static JsonValue Of(Composition composed) => JsonValue.Of(
        ("from", composed.From.Reference),
        ("to", composed.To.Reference),
        ("fromRecord", composed.From.CanonicalReference),
        ("toRecord", composed.To.CanonicalReference),
        ("possible", composed.IsPossible),
        ("verdict", composed.Verdict),
        ("paths", composed.Paths),
        ("losing", composed.Losing),
        ("lost", JsonValue.Of(composed.Lost.Select(lost => JsonValue.Of(("path", lost.Path), ("value", lost.Value))))),
        ("missing", JsonValue.Of(composed.Missing.Select(problem => JsonValue.Of(problem.Path)))),
        ("refused", Of(composed.Refused)),
        ("inPart", JsonValue.Of(composed.InPart.Select(Of))),
        ("notTaken", JsonValue.Of(composed.NotTaken.Select(Of))),
        ("unsent", JsonValue.Of(composed.Unsent.Select(Of))),
        ("returned", composed.Returned is { } returned ? Of(returned) : JsonValue.Null),
        ("document", composed.Document),
        ("arrives", composed.Arrives));

    static JsonValue Of(LearntInPart part) => JsonValue.Of(
        ("path", part.Path), ("values", JsonValue.Of(part.Values.AsEnumerable())), ("where", JsonValue.Of(part.Where.Select(one => JsonValue.Of(("path", one.Path), ("values", JsonValue.Of(one.Values.AsEnumerable())))))),
        ("problem", part.Problem is { } problem ? Of(problem) : JsonValue.Null), ("nothing", part.IsNothing), ("document", part.Document));

    static JsonValue Of(NotTaken one) => JsonValue.Of(("problem", Of(one.Problem)), ("document", one.Document));

    static JsonValue Of(Returned returned) => JsonValue.Of(
        ("tried", returned.Tried),
        ("different", JsonValue.Of(returned.Different.Select(back => JsonValue.Of(("path", back.Path), ("sent", back.Sent), ("back", back.Back), ("document", back.Document))))),
        ("refused", JsonValue.Of(returned.Refused.Select(Of))));

    /// <summary>A pair of the matrix.</summary>
    public static JsonValue Of(MatrixPair pair) => JsonValue.Of(
        ("from", pair.From), ("to", pair.To), ("verdict", pair.Verdict), ("paths", pair.Paths), ("losing", pair.Losing), ("lost", pair.Lost), ("missing", JsonValue.Of(pair.Missing.Select(path => JsonValue.Of(path)))),
        ("refused", JsonValue.Of(pair.Refused.Select(why => JsonValue.Of(why)))), ("notTaken", pair.NotTaken));

    /// <summary>A change from one version to another.</summary>
    public static JsonValue Of(MappingChange change) => JsonValue.Of(
        ("direction", change.Way.ToString().ToLowerInvariant()), ("path", change.Path), ("sentence", change.Sentence), ("document", change.Document ?? JsonValue.Null), ("before", change.Before), ("after", change.After));
}
