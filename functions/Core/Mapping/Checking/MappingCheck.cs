using System.Collections.Immutable;
using Interop.Core.Sources;

namespace Interop.Core.Mapping.Checking;

/// <summary>Finds what a mapping loses or cannot tell apart, by executing it on samples made from its schemas and fields.</summary>
public static class MappingCheck
{
    /// <summary>Checks a loaded definition. The same definition always gives the same report.</summary>
    public static MappingReport Run(MappingDefinition mapping)
    {
        var trial = new Trial(mapping);
        var facts = trial.Facts;
        var findings = new FindingList(mapping.Syntax);
        foreach (var way in new[] { MappingDirection.In, MappingDirection.Out }.Where(way => mapping.Direction.HasFlag(way))) Run(trial, way, facts, findings);
        if (trial.IsSpent) findings.Add(CheckRules.Unconfirmed, mapping.Direction, "", mapping.Syntax.Place, CheckMessages.SpentRuns, null);
        return new MappingReport(mapping.Name, mapping.Version, ShownDocuments.Of(mapping, findings.Finish(facts)), trial.Runs);
    }

    /// <summary>Checks a definition that may have problems: they are errors among the findings, with what was executed of them, and the rest is tried nevertheless.</summary>
    public static MappingReport Run(SourceNode root, MappingContext context)
    {
        var (mapping, problems) = MappingDefinition.Read(root, context);
        var report = mapping is null ? new MappingReport("", "", [], 0) : Run(mapping);
        var (findings, follows) = (report.Findings.ToList(), new FollowUps(root, problems));
        foreach (var problem in problems)
        {
            // What is refused when it runs shows what loading says of the same field.
            var place = problem.Place ?? root.Place;
            var same = findings.Where(finding => finding.Place.Line == place.Line && finding.Counterexample is { Problems.IsEmpty: false }).ToList();
            findings.RemoveAll(same.Contains);
            findings.Add(new Finding(problem.Rule, FindingSeverity.Error, MappingDirection.Both, problem.Value ?? problem.Path, problem.Message, place, same.FirstOrDefault()?.Counterexample, null));
        }

        return report with { Findings = [.. findings.Where(finding => !follows.Has(finding)).OrderBy(finding => finding.Place.Line).ThenBy(finding => finding.Place.Column)] };
    }

    static void Run(Trial trial, MappingDirection way, ImmutableArray<FieldFact> facts, FindingList findings)
    {
        var samples = new SampleBase(trial, way, facts, findings);
        if (trial.Validate(samples.From, samples.Root) is [var wrong, ..])
            findings.Add(CheckRules.Unconfirmed, way, SampleBase.PathOf(wrong.Path), trial.Mapping.Syntax.FieldsPlace, CheckMessages.NoValidSample(way, wrong), null);
        var fields = new FieldProbe(trial, way, samples, facts, findings);
        var parts = new PartsProbe(trial, way, samples, findings);
        foreach (var fact in facts.Where(fact => fact.Reads(way)))
        {
            if (fact.Syntax is FieldSyntax.Copy or FieldSyntax.Constant or FieldSyntax.Combined) fields.Try(fact);
            if (fact.Syntax is FieldSyntax.Parts { Converter: not null } converted && converted.WholeSide == samples.From) fields.Try(fact);
            else if (fact.Syntax is FieldSyntax.Parts) parts.Try(fact);
        }

        new ListProbe(trial, way, samples, facts, findings).Try();
        new ItemProbe(trial, way, samples, facts, findings).Try();
        new ReferenceProbe(trial, way, samples, facts, findings).Try();
        new KeyProbe(trial, way, samples, facts, findings).Try();
        new UnreadProbe(trial, way, samples, facts, findings).Try();
        if (way == MappingDirection.Out) new WrittenProbe(trial, samples, facts, findings).Try();
        new AlternativesProbe(trial, way, samples, facts, findings).Try();
        var (records, known) = (new RecordSamples(trial, way, samples, facts), new KnownLosses(trial.Mapping, way, facts, findings));
        var whole = new RecordProbe(trial, way, samples, records, facts, known, findings);
        whole.Try();
        new MarkingProbe(trial, way, samples, records, facts, findings).Try();
        new WholeProbe(trial, way, samples, facts, known, findings).Try();
        whole.Return();
        if (trial.Hopeless(way) is { } refused)
            findings.Add(CheckRules.NeverTranslates, way, "", trial.Mapping.Syntax.FieldsPlace, CheckMessages.NeverTranslates(way, refused.Problems.First()), FindingList.Refused(refused, refused.Problems, ""));
    }
}
