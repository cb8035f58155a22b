using Interop.Core.Json;
namespace Interop.Core.Mapping.Checking;

/// <summary>Tries a <c>split</c> or <c>join</c> in one direction: texts with too few and too many parts, parts that hold the separator, parts that are not there.</summary>
sealed class PartsProbe(Trial trial, MappingDirection way, SampleBase samples, FindingList findings)
{
    readonly PartsLimits limits = new(trial, way, findings);

    Side From => FieldFact.From(way);

    public void Try(FieldFact fact)
    {
        var syntax = (FieldSyntax.Parts)fact.Syntax;
        if (syntax.WholeSide == From) Cut(fact, syntax);
        else Paste(fact, syntax);
    }

    void Cut(FieldFact fact, FieldSyntax.Parts syntax)
    {
        var place = fact[From][0];
        if (samples.With(place, fact) is not var (document, pointer)) return;
        var wholes = PartsSamples.Wholes(syntax, fact).Select(text => JsonValue.Of(text));
        var usual = Problems(JsonPointer.Replace(document, pointer, wholes.FirstOrDefault()));
        JsonValue[] odd = ["A", $"A{syntax.Separator}B{syntax.Separator}C", $"A{syntax.Separator}{syntax.Separator}B"];
        foreach (var value in wholes.Concat(odd))
        {
            var with = JsonPointer.Replace(document, pointer, value);
            if (trial.IsSpent || !trial.IsValid(From, with)) continue;
            var execution = trial.Execute(way, with);
            if (execution.Problems.FirstOrDefault(problem => !usual.Contains((problem.Rule, problem.Path))) is { } problem)
                Refused(CheckRules.Separator, fact, syntax, place, execution, problem, pointer);
            else BackFrom(fact, place, execution, pointer, value);
        }

        limits.Cut(fact, syntax, document, pointer);
    }

    void Paste(FieldFact fact, FieldSyntax.Parts syntax)
    {
        var (document, pointers) = (samples.Root, new List<string>());
        foreach (var place in fact[From])
        {
            var sample = new SampleDocument(pointers.Count == 0 && samples.With(place, fact) is var (start, _) ? start : document, samples.Shape);
            if (sample.Reach(place) is not { } spot) return;
            pointers.Add(spot.Pointer);
            document = sample.ToJson();
        }

        foreach (var whole in PartsSamples.Wholes(syntax, fact).Reverse())
        {
            document = Parted(document, fact, pointers, whole.Split(syntax.Separator));
            if (trial.IsSpent || !trial.IsValid(From, document)) continue;
            var there = trial.Execute(way, document);
            if (fact.Converter is not null && there.Refused is [var refused, ..] && pointers.Exists(pointer => refused.Path.Length == 0 || JsonPointer.Covers(pointer, refused.Path)))
                findings.Add(Stated.RuleOf(refused, ofTarget: false, fact, fact[From][0], whole), way, fact[From][0].Path, fact.Syntax.Place, CheckMessages.Refusal(fact[From][0].Path, refused.Message), FindingList.Refused(there, there.Problems, [.. pointers]), fact.Syntax);
            else BackFrom(fact, fact[From][0], there, "", document);
        }

        limits.Paste(fact, syntax, document, pointers);
        if (fact.Converter is null)
        {
            HoldSeparator(fact, syntax, document, pointers);
            LeaveOut(fact, syntax, document, pointers);
        }
    }

    JsonValue Parted(JsonValue document, FieldFact fact, List<string> pointers, string[] parts)
    {
        for (var at = 0; at < pointers.Count; at++) document = JsonPointer.Replace(document, pointers[at], Value(fact[From][at], parts[at]));
        return document;
    }

    internal static JsonValue Value(FieldPlace place, params string[] texts) => SampleValues.IsList(place) ? JsonValue.Of(texts.Select(text => JsonValue.Of(text))) : texts[0];

    void HoldSeparator(FieldFact fact, FieldSyntax.Parts syntax, JsonValue document, List<string> pointers)
    {
        var usual = Problems(document);
        for (var at = 0; at < pointers.Count; at++)
        {
            var with = JsonPointer.Replace(document, pointers[at], Value(fact[From][at], $"A{syntax.Separator}B"));
            if (trial.IsSpent || !trial.IsValid(From, with)) continue;
            var execution = trial.Execute(way, with);
            if (execution.Problems.FirstOrDefault(problem => !usual.Contains((problem.Rule, problem.Path))) is { } problem) Refused(CheckRules.Separator, fact, syntax, fact[From][at], execution, problem, pointers[at]);
            else BackFrom(fact, fact[From][at], execution, pointers[at], JsonPointer.Find(with, pointers[at]) ?? JsonValue.Null);
        }
    }

    // One part alone, and then another alone: the same text.
    void LeaveOut(FieldFact fact, FieldSyntax.Parts syntax, JsonValue document, List<string> pointers)
    {
        var texts = PartsSamples.Wholes(syntax, fact).SelectMany(whole => whole.Split(syntax.Separator)).Prepend("A").Distinct(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var alone = Enumerable.Range(0, pointers.Count).Select(at => (At: at, Document: Alone(document, fact, pointers, at, text))).Where(one => !trial.IsSpent && trial.IsValid(From, one.Document))
                .Select(one => (one.At, Execution: trial.Execute(way, one.Document))).ToList();
            if (alone.GroupBy(one => one.Execution.Told).FirstOrDefault(group => group.Select(one => one.Execution.Document).Distinct().Skip(1).Any()) is not { } same) continue;
            var target = fact[FieldFact.To(way)][0];
            var result = JsonPointer.Find(same.Key, target.FirstPointer) ?? same.Key;
            findings.Add(
                CheckRules.Join, way, fact[From][0].Path, fact.Syntax.Place, CheckMessages.JoinIsAmbiguous(same.Select(one => fact[From][one.At].Path), target.Path, CheckMessages.Preview(result)),
                FindingList.Same([.. same.Select(one => one.Execution)]), fact.Syntax);
            return;
        }
    }

    JsonValue Alone(JsonValue document, FieldFact fact, List<string> pointers, int at, string text)
    {
        var with = JsonPointer.Replace(document, pointers[at], Value(fact[From][at], text));
        foreach (var other in pointers.Where(pointer => pointer != pointers[at]))
        {
            var without = SampleEdit.Without(with, other);
            if (trial.IsValid(From, without)) with = without;
        }

        return with;
    }

    void Refused(string rule, FieldFact fact, FieldSyntax.Parts syntax, FieldPlace place, Execution execution, Problem problem, string pointer) =>
        findings.Add(rule, way, place.Path, fact.Syntax.Place, CheckMessages.PartsRefused(place.Path, syntax.Separator, problem.Message), FindingList.Refused(execution, execution.Problems, pointer), fact.Syntax);

    void BackFrom(FieldFact fact, FieldPlace place, Execution there, string pointer, JsonValue value)
    {
        if (trial.Mapping.Direction != MappingDirection.Both || fact.Ways != MappingDirection.Both || !there.Succeeded || trial.IsSpent) return;
        var back = trial.Execute(way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, there.Result);
        var now = JsonPointer.Find(back.Result, pointer) ?? JsonValue.Null;
        if (!back.Succeeded)
            findings.Add(CheckRules.NotBack, way, place.Path, fact.Syntax.Place, CheckMessages.BackRefused(place.Path, back.Problems.First().Message), FindingList.Back(there, back), fact.Syntax, how: HowBack.Refused);
        else if (now != value)
            foreach (var how in HowBacks.Of(value, now)) findings.Add(CheckRules.NotBack, way, place.Path, fact.Syntax.Place, CheckMessages.NotBack(place.Path, CheckMessages.Preview(value), CheckMessages.Preview(now)), FindingList.Back(there, back), fact.Syntax, how: how);
    }

    HashSet<(string, string)> Problems(JsonValue document) => [.. trial.Execute(way, document).Problems.Select(problem => (problem.Rule, problem.Path))];
}
