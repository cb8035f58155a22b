using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tells which values of a field are refused, by the field or by the other side's schema.</summary>
sealed class FieldRefusals(Trial trial, MappingDirection way, FindingList findings)
{
    /// <param name="site">The place.</param>
    /// <param name="tried">The values.</param>
    /// <param name="usual">What is wrong with the document whatever stands there.</param>
    public void Tell(FieldSite site, List<FieldAttempt> tried, HashSet<(string, string)> usual)
    {
        var list = SampleValues.ListOf(site.Fact, trial.Mapping.CodesByName);

        // All codes of the schema that the list does not have, however many were tried.
        var missing = (list?.Missing(way, site.Own!.Allowed) ?? []).ToHashSet();
        foreach (var same in tried.SelectMany(one => Refused(site, one, usual)).GroupBy(found => found.Rule, StringComparer.Ordinal))
        {
            // Another field that reads the place may have refused, by a list of its own.
            var (rule, problem, one) = same.Key == CheckRules.CodesMissing && same.Where(found => missing.Contains(SampleValues.Single(found.One.Value))).ToList() is [var own, ..] ? own : same.First();
            var values = SampleValues.Listed(site.Here, rule == CheckRules.CodesMissing ? missing : same.Select(found => found.One.Value));
            var message = rule == CheckRules.CodesMissing ? CheckMessages.MissingCodes(site.Here.Path, missing.Select(CheckMessages.Preview), list?.Name ?? "") : Said(rule, site, problem, values, one);
            findings.Add(rule, way, site.Here.Path, site.Fact.Syntax.Place, message, FindingList.Refused(one.Execution, one.Execution.Problems, site.Pointer), site.Fact.Syntax, values: values);
        }
    }

    IEnumerable<(string Rule, Problem Problem, FieldAttempt One)> Refused(FieldSite site, FieldAttempt one, HashSet<(string, string)> usual)
    {
        // What the result lacks because a value was refused is said by the refusal.
        var refused = one.Execution.Refused.Where(problem => !usual.Contains((problem.Rule, problem.Path))).Select(problem => (problem, false)).ToList();
        foreach (var (problem, ofTarget) in refused.Count > 0 ? refused : one.Execution.Broken.Where(problem => !usual.Contains((problem.Rule, problem.Path))).Select(problem => (problem, true)))
        {
            if (!one.IsValid) yield break;

            // What goes with an absent value is about other fields.
            if (one.Value.IsNull && ofTarget && site.There is { } there && !SampleBase.Meet(there.Key, SampleBase.KeyOf(problem.Path))) continue;
            yield return (Stated.RuleOf(problem, ofTarget, site.Fact, site.Here, one.Value), problem, one);
        }
    }

    string Said(string rule, FieldSite site, Problem problem, ImmutableArray<string> values, FieldAttempt one) => rule switch
    {
        CheckRules.Length when problem.Rule == "max-length" && one.Value is { Kind: JsonKind.Array, Count: > 1 } && site.Other?.MaxLength is { } most && JsonPointer.Find(one.Execution.Result, problem.Path)?.StringOrNull is { } whole && !SampleValues.IsList(site.There!) =>
            CheckMessages.ManyTogether(site.Here.Path, one.Value.Count, whole.Length, most, site.Target),
        CheckRules.Length when problem.Rule == "max-length" && site is { Own.MaxLength: { } length, Other.MaxLength: { } limit } && length > limit => CheckMessages.LengthClash(site.Here.Path, length, limit, site.Target),
        CheckRules.Required => CheckMessages.OptionalToRequired(site.Here.Path, SampleBase.PathOf(problem.Path)),
        CheckRules.Values when !values.IsEmpty => CheckMessages.RefusedValues(site.Here.Path, values, problem.Message),
        _ => CheckMessages.Refusal(site.Here.Path, problem.Message),
    };
}
