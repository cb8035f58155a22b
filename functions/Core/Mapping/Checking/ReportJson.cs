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
        ("problems", JsonValue.Of(shown.Problems.Select(problem => JsonValue.Of(("rule", problem.Rule), ("path", problem.Path), ("message", problem.Message))))),
        ("pointers", JsonValue.Of(shown.Pointers.Select(pointer => JsonValue.Of(pointer)))));
}
