using System.Collections.Immutable;
using Interop.Core.Sources;

namespace Interop.Core.Mapping.Checking;

/// <summary>Collects findings, each once, with the reason by which the definition accepts it.</summary>
sealed class FindingList(DefinitionSyntax definition)
{
    const int MaxFindings = 500;

    readonly List<Finding> findings = [];
    readonly HashSet<(string Rule, MappingDirection Way, string Path)> seen = [];
    readonly HashSet<(string Rule, MappingDirection Way, string Path, string Group, string Values, HowBack? How)> told = [];
    int untold;
    readonly AcceptedLosses accepted = new(definition);

    /// <summary>Whether this was found already.</summary>
    public bool Has(string rule, MappingDirection way, string path) => seen.Contains((rule, way, path));

    /// <summary>Whether something more than a note was found at the path, or around it.</summary>
    public bool Knows(MappingDirection way, string path) => findings.Exists(finding => finding.Way == way && (finding.Path == path || path.StartsWith(finding.Path + ".", StringComparison.Ordinal)));

    /// <summary>How much was found so far.</summary>
    public int Count => findings.Count;

    /// <summary>What was found after so many others.</summary>
    public IEnumerable<Finding> From(int count) => findings.Skip(count);

    /// <summary>What was found in a direction so far.</summary>
    public IEnumerable<Finding> Of(MappingDirection way) => findings.Where(finding => finding.Way == way);

    /// <summary>Adds a finding about a field; its own <c>loss</c>, or one of the definition's <c>losses</c>, acknowledges a loss, else <paramref name="reason"/> does.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="way">The direction.</param>
    /// <param name="path">The place.</param>
    /// <param name="place">Where in the definition.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="shown">What was executed.</param>
    /// <param name="field">The field whose <c>loss</c> may acknowledge it.</param>
    /// <param name="reason">A reason stated elsewhere.</param>
    /// <param name="group">Tells several findings of one rule at one place apart: codes that each of two lists makes one.</param>
    /// <param name="condition">On what it depends: an acknowledgement must name it, and findings of one rule at one place under different conditions are several.</param>
    /// <param name="values">Of which values of a list it is so: an acknowledgement must name them.</param>
    /// <param name="how">How something does not come back: an acknowledgement must say it.</param>
    public void Add(string rule, MappingDirection way, string path, Place place, string message, Counterexample? shown, FieldSyntax? field = null, string? reason = null, string group = "", string condition = "", ImmutableArray<string> values = default, HowBack? how = null)
    {
        var known = CheckRules.All[rule];
        if (values.IsDefault || known.Severity == FindingSeverity.Note) values = [];
        if (!told.Add((rule, way, path, group.Length == 0 ? condition : group, string.Join('\n', values), how))) return;
        seen.Add((rule, way, path));
        var why = known.Severity == FindingSeverity.Loss ? accepted.ReasonOf(rule, path, field, condition, values, how) ?? reason : null;
        if (findings.Count >= MaxFindings) untold++;
        else findings.Add(new Finding(rule, known.Severity, way, path, why is null ? accepted.Remedied(message, known, rule, path, field, condition, values, how) : message, place, shown, why) { Condition = condition, Values = values, How = how });
    }

    // One reason for several kinds of loss says of none what is accepted.
    void Divide(FieldSyntax field)
    {
        if (field.Loss is not { } loss || accepted.RulesOf(field) is not { } rules) return;
        foreach (var rule in loss.ByRule.Keys.Where(rule => !rules.Contains(rule)))
            Add(CheckRules.All.ContainsKey(rule) ? CheckRules.Stale : CheckRules.UnknownRule, definition.Direction, "", field.Place, CheckRules.All.ContainsKey(rule) ? CheckMessages.StaleFieldRule(rule) : CheckMessages.UnknownRule(rule, Spelling.Nearest(rule, CheckRules.All.Keys)), null, group: rule);
        if (loss.Reason is null || !rules.Select(CheckRules.KindOf).Distinct(StringComparer.Ordinal).Skip(1).Any()) return;
        for (var at = 0; at < findings.Count; at++)
        {
            if (findings[at] is { Acknowledged: not null } finding && finding.Place == field.Place && finding.Acknowledged == loss.Reason && rules.Contains(finding.Rule))
                findings[at] = finding with { Acknowledged = null, Message = $"{finding.Message} {CheckMessages.DivideLoss(rules)}" };
        }
    }

    // What an entry that is too wide was meant for.
    ImmutableArray<string> Below(AcceptedLoss entry) =>
        [.. findings.Where(finding => finding.Rule == entry.Rule && AcceptedLosses.Plain(finding.Path) is var path && AcceptedLosses.Plain(entry.Path.Text) is var wide && (wide.Length == 0 || (path.StartsWith(wide, StringComparison.Ordinal) && path.Length > wide.Length && path[wide.Length] is '.' or '[')))
            .Select(finding => finding.Path).Distinct(StringComparer.Ordinal)];

    // Why an entry accepts nothing: another does, or what was found is another thing.
    string Stale(AcceptedLoss entry)
    {
        if (accepted.Before(entry) is { } before) return CheckMessages.AcceptedBefore(entry.Rule, entry.Path.Text, before.Place.Line);
        var own = At(entry).Where(finding => finding.Condition == entry.Condition).ToList();
        if (own.Count == 0 && ConditionsAt(entry).ToList() is { Count: > 0 } others) return CheckMessages.StaleCondition(entry.Rule, entry.Path.Text, entry.Condition, others);
        if (own.Count > 0 && entry.How.Length > 0 && !own.Exists(finding => finding.How is { } how && entry.How.Contains(how))) return CheckMessages.StaleHow(entry.Path.Text, entry.How, own.Select(finding => finding.How).OfType<HowBack>().Distinct());
        if (entry.Values.Length > 0) return CheckMessages.StaleValues(entry.Rule, entry.Path.Text, entry.Values);
        return own.Count > 0 ? CheckMessages.StalePlace(entry.Rule, entry.Path.Text, own.SelectMany(finding => finding.Values).Distinct(StringComparer.Ordinal)) : CheckMessages.StaleLoss(entry.Rule, entry.Path.Text, entry.Condition);
    }

    // Under which conditions there is something at the place of an entry, which states none, or another.
    IEnumerable<string> ConditionsAt(AcceptedLoss entry) => At(entry).Select(finding => finding.Condition).Where(condition => condition != entry.Condition).Distinct(StringComparer.Ordinal);

    IEnumerable<Finding> At(AcceptedLoss entry) => findings.Where(finding => finding.Rule == entry.Rule && AcceptedLosses.Plain(finding.Path) == AcceptedLosses.Plain(entry.Path.Text));

    /// <summary>The findings in the order of the definition, with those about acknowledgements that nothing needed.</summary>
    public ImmutableArray<Finding> Finish(IEnumerable<FieldFact> facts)
    {
        foreach (var loss in accepted.Unused.ToList())
        {
            if (!CheckRules.All.ContainsKey(loss.Rule)) Add(CheckRules.UnknownRule, definition.Direction, loss.Path.Text, loss.Place, CheckMessages.UnknownRule(loss.Rule, Spelling.Nearest(loss.Rule, CheckRules.All.Keys)), null, group: loss.Rule);
            else if (!ConditionsAt(loss).Any() && Below(loss) is { IsEmpty: false } below) Add(CheckRules.Wide, definition.Direction, loss.Path.Text, loss.Place, CheckMessages.Wide(loss.Rule, loss.Path.Text, below), null, group: loss.Rule);
            else Add(CheckRules.Stale, definition.Direction, loss.Path.Text, loss.Place, Stale(loss), null, group: $"{loss.Rule} {loss.Condition} {loss.Place}");
        }

        foreach (var (loss, values) in accepted.Unfound.ToList()) Add(CheckRules.Stale, definition.Direction, loss.Path.Text, loss.Place, CheckMessages.StaleValues(loss.Rule, loss.Path.Text, values), null, group: $"{loss.Rule} {loss.Condition} {loss.Place}");

        foreach (var (loss, how) in accepted.UnfoundHow.ToList()) Add(CheckRules.Stale, definition.Direction, loss.Path.Text, loss.Place, CheckMessages.StaleHow(loss.Path.Text, how, []), null, group: $"{loss.Rule} {loss.Condition} {loss.Place} how");

        foreach (var fact in facts) Divide(fact.Syntax);

        // What a program loses is not looked for.
        foreach (var fact in facts.Where(fact => fact.Syntax is FieldSyntax.Copy or FieldSyntax.Parts or FieldSyntax.Combined && fact.Syntax.Loss is not null && !accepted.Uses(fact.Syntax) && !findings.Exists(finding => finding.Place == fact.Syntax.Place && finding is { Acknowledged: null, Values.IsEmpty: false })))
            Add(CheckRules.Stale, fact.Ways, fact.Source.Concat(fact.Canonical).First().Path, fact.Syntax.Place, CheckMessages.StaleField, null);
        if (untold > 0) findings.Add(new Finding(CheckRules.TooMany, FindingSeverity.Error, definition.Direction, "", CheckMessages.TooMany(MaxFindings, untold), definition.Place, null, null));
        return [.. findings.OrderBy(finding => finding.Place.Line).ThenBy(finding => finding.Place.Column)];
    }

    /// <summary>Several documents that become the same.</summary>
    public static Counterexample Same(IReadOnlyList<Execution> executions) => new(
        [.. executions.Select(one => one.Document)], executions[0].Result, null, [],
        [.. executions.Skip(1).SelectMany(one => SampleEdit.Differences(executions[0].Document, one.Document)).Distinct(StringComparer.Ordinal)]);

    /// <summary>A document and the same with two items of a list in the other order.</summary>
    public static Counterexample Turned(Execution one, Execution other, params ImmutableArray<string> items) => Same([one, other]) with { Pointers = items };

    /// <summary>A document that is refused.</summary>
    public static Counterexample Refused(Execution execution, IEnumerable<Problem> problems, params ImmutableArray<string> pointers) => new([execution.Document], execution.Result, null, [.. problems], pointers);

    /// <summary>A document and what came back of it.</summary>
    public static Counterexample Back(Execution there, Execution back) =>
        new([there.Document], there.Result, back.Result, [.. back.Problems], SampleEdit.Differences(there.Document, back.Result));
}
