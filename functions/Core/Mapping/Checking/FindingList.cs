using System.Collections.Immutable;

namespace Interop.Core.Mapping.Checking;

/// <summary>Collects findings, each once, with the reason by which the definition accepts it.</summary>
sealed class FindingList(DefinitionSyntax definition)
{
    const int MaxFindings = 500;

    readonly List<Finding> findings = [];
    readonly HashSet<(string Rule, MappingDirection Way, string Path)> seen = [];
    readonly HashSet<Place> used = [];

    /// <summary>Whether this was found already.</summary>
    public bool Has(string rule, MappingDirection way, string path) => seen.Contains((rule, way, path));

    /// <summary>Whether something more than a note was found at the path, or around it.</summary>
    public bool Knows(MappingDirection way, string path) => findings.Exists(finding => finding.Way == way && (finding.Path == path || path.StartsWith(finding.Path + ".", StringComparison.Ordinal)));

    /// <summary>Adds a finding about a field; its own <c>loss</c>, or one of the definition's <c>losses</c>, acknowledges a loss, else <paramref name="reason"/> does.</summary>
    public void Add(string rule, MappingDirection way, string path, Place place, string message, Counterexample? shown, FieldSyntax? field = null, string? reason = null)
    {
        if (findings.Count >= MaxFindings || !seen.Add((rule, way, path))) return;
        var known = CheckRules.All[rule];
        var accepted = known.Severity == FindingSeverity.Loss ? Accepted(rule, path, field) ?? reason : null;
        findings.Add(new Finding(rule, known.Severity, way, path, known.Remedy.Length == 0 || accepted is not null ? message : $"{message} {known.Remedy}", place, shown, accepted));
    }

    string? Accepted(string rule, string path, FieldSyntax? field)
    {
        if (field?.Loss is { } loss)
        {
            used.Add(field.Place);
            return loss;
        }

        // The narrowest entry says most.
        if (definition.Losses.Where(accepted => accepted.Rule == rule && Covers(Plain(accepted.Path.Text), Plain(path))).MaxBy(accepted => accepted.Path.Text.Length) is not { } found) return null;
        used.Add(found.Place);
        return found.Reason;
    }

    // "." covers the whole record, but never its marking: that must be named.
    static bool Covers(string accepted, string path) =>
        accepted.Length == 0 ? !IsMarking(path) : path == accepted || (path.StartsWith(accepted, StringComparison.Ordinal) && path[accepted.Length] is '.' or '[');

    static bool IsMarking(string path) => path == "marking" || path.StartsWith("marking.", StringComparison.Ordinal);

    // [0] stands for every item.
    static string Plain(string path) => path.TrimStart('$', '.').Replace("[0]", "", StringComparison.Ordinal);

    /// <summary>The findings in the order of the definition, with those about acknowledgements that nothing needed.</summary>
    public ImmutableArray<Finding> Finish(IEnumerable<FieldFact> facts)
    {
        foreach (var loss in definition.Losses.Where(loss => !used.Contains(loss.Place)))
            Add(CheckRules.Stale, definition.Direction, loss.Path.Text, loss.Place, CheckMessages.StaleLoss(loss.Rule, loss.Path.Text), null);
        // What a program loses is not looked for, nor what a field that goes one way would bring back.
        foreach (var fact in facts.Where(fact => fact.Syntax is FieldSyntax.Copy or FieldSyntax.Parts or FieldSyntax.Combined && fact.Ways == definition.Direction && fact.Syntax.Loss is not null && !used.Contains(fact.Syntax.Place)))
            Add(CheckRules.Stale, fact.Ways, fact.Source.Concat(fact.Canonical).First().Path, fact.Syntax.Place, CheckMessages.StaleField, null);
        return [.. findings.OrderBy(finding => finding.Place.Line).ThenBy(finding => finding.Place.Column)];
    }

    /// <summary>Several documents that become the same.</summary>
    public static Counterexample Same(IReadOnlyList<Execution> executions) => new(
        [.. executions.Select(one => one.Document)], executions[0].Result, null, [],
        [.. executions.Skip(1).SelectMany(one => SampleEdit.Differences(executions[0].Document, one.Document)).Distinct(StringComparer.Ordinal)]);

    /// <summary>A document that is refused.</summary>
    public static Counterexample Refused(Execution execution, IEnumerable<Problem> problems, params ImmutableArray<string> pointers) => new([execution.Document], execution.Result, null, [.. problems], pointers);

    /// <summary>A document and what came back of it.</summary>
    public static Counterexample Back(Execution there, Execution back) =>
        new([there.Document], there.Result, back.Result, [.. back.Problems], SampleEdit.Differences(there.Document, back.Result));
}
