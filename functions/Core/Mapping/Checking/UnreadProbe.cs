using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries the places that no field reads in one direction, that are ignored, or of which only a computed value is left: whether anything of them arrives.</summary>
sealed class UnreadProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    const int MaxVariants = 8;
    const int MaxValues = 16;

    readonly RecordReaders readers = new(facts, way);

    Side From => FieldFact.From(way);

    public void Try()
    {
        var read = new ReadPlaces();
        foreach (var fact in facts.Where(fact => fact.Reads(way)))
        {
            foreach (var place in fact[From])
            {
                if (fact.Syntax is not FieldSyntax.Each || place.Resolved.Shape is Schemas.ScalarShape) read.Add(place.Key);
                foreach (var condition in place.Resolved.Conditions) read.Add(condition);
            }

            // Whether an object is there says nothing of what is in it.
            foreach (var test in fact.Tests.Where(test => test.Place.Side == From && test.Place.Resolved.Shape is not Schemas.ObjectShape { Members.IsEmpty: false })) read.Add(test.Place.Key);
        }

        foreach (var fact in facts.Where(fact => fact.Reads(way)))
        {
            if (fact.Syntax is FieldSyntax.Ignore && Lost(fact.Source[0], fact) is { } ignored)
                findings.Add(CheckRules.Ignored, way, fact.Source[0].Path, fact.Syntax.Place, CheckMessages.Ignored(fact.Source[0].Path), ignored, fact.Syntax, fact.Syntax.Reason);
            if (fact.Syntax is FieldSyntax.Compute) Computed(fact);
        }

        foreach (var fact in facts.Where(fact => fact.Reads(way) && fact.Syntax is FieldSyntax.Copy))
            foreach (var place in fact[From]) Instead(fact, place);
        var programs = facts.Where(fact => fact.Syntax is FieldSyntax.Compute && fact.Reads(way)).ToList();
        var below = programs.Count == 0 ? null : new ProgramProbe(trial, way, samples, facts, findings);
        foreach (var path in read.Missing(samples.Shape))
        {
            if (FieldFacts.PlaceOf(trial.Mapping, From, path) is not { } place) continue;
            if (below?.Lost(place) is { } parts)
            {
                foreach (var (part, shown) in parts) Unread(part, shown);
            }
            else if (Lost(place) is { } shown && below?.Tells(place, shown) != true)
            {
                Unread(place, shown);
            }
        }

        // That a program reads there says nothing of what it reads.
        foreach (var place in programs.SelectMany(fact => fact[From]).Where(place => !facts.Any(other => IsOther(other) && other[From].Any(there => SampleBase.Meet(there.Key, place.Key)))).DistinctBy(place => place.Key))
            foreach (var (part, shown) in below!.Lost(place) ?? []) if (part.Key != place.Key) Unread(part, shown);
    }

    bool IsOther(FieldFact fact) => fact.Syntax is not (FieldSyntax.Compute or FieldSyntax.Each) && fact.Reads(way);

    // What is read only where something else is absent, in a document in which that is there.
    void Instead(FieldFact fact, FieldPlace place)
    {
        foreach (var other in fact.Tests.Where(test => test is { Kind: ConditionKind.Absent } && test.Place.Side == From && test.Place.Key != place.Key).Select(test => test.Place))
        {
            if (samples.With(place) is not var (start, pointer) || samples.Placed(start, other, null) is not var (document, _)) continue;
            var tried = SampleValues.Variants(place.Resolved.Shape).Select(value => JsonPointer.Replace(document, pointer, value)).Append(SampleEdit.Without(document, pointer)).Distinct()
                .Where(one => !trial.IsSpent && trial.IsValid(From, one)).Select(one => trial.Execute(way, one)).Where(one => one.Succeeded).Take(2).ToList();
            if (tried is [var one, var two] && one.Told == two.Told)
                findings.Add(way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent, way, place.Path, fact.Syntax.Place, CheckMessages.Instead(place.Path, other.Path), FindingList.Same(tried), fact.Syntax, fact.Why, condition: LossCondition.Unless(readers.At(place.Key, RecordSiteKind.Value).Readers, place.Key, RecordSiteKind.Value, samples.Shape));
        }
    }

    void Computed(FieldFact fact)
    {
        foreach (var place in fact[From].Where(place => !facts.Any(other => other != fact && other.Reads(way) && other.Syntax is not FieldSyntax.Each && other[From].Any(there => there.Key == place.Key))))
        {
            if (!IsNamed(place, ((FieldSyntax.Compute)fact.Syntax).Program.Text) && Lost(place, fact) is { } unread && !Decides(place, fact))
            {
                findings.Add(way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent, way, place.Path, fact.Syntax.Place, CheckMessages.OnlyNamed(place.Path, way), unread);
                continue;
            }

            Refused(place, fact);
            var (target, shown) = (fact[FieldFact.To(way)][0].Path, Mixed(place, fact));
            findings.Add(CheckRules.Computed, way, place.Path, fact.Syntax.Place, shown is null ? CheckMessages.OneWay(place.Path, target) : CheckMessages.Computed(place.Path, target), shown, fact.Syntax, fact.Syntax.Reason);
        }
    }

    // Whether a program has the member's name in it; one that reads it without shows that when it is executed.
    static bool IsNamed(FieldPlace place, string program)
    {
        if (place.Resolved.Route.Steps.OfType<RouteStep.Member>().LastOrDefault() is not { Name: var name }) return true;
        for (var at = program.IndexOf(name, StringComparison.Ordinal); at >= 0; at = program.IndexOf(name, at + 1, StringComparison.Ordinal))
            if (!IsWord(program.ElementAtOrDefault(at - 1)) && !IsWord(program.ElementAtOrDefault(at + name.Length))) return true;
        return false;
    }

    static bool IsWord(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    // Whether the program tells values apart that stand in it.
    bool Decides(FieldPlace place, FieldFact fact) => samples.With(place, fact) is var (document, pointer)
        && Executed(samples.Values(fact, place).Take(MaxValues).Select(value => JsonPointer.Replace(document, pointer, value))).DistinctBy(one => one.Told).Skip(1).Any();

    // A value at which the program refuses a document that it takes with another value there.
    void Refused(FieldPlace place, FieldFact fact)
    {
        if (SampleValues.ItemOf(place) is null || SampleValues.IsList(place) || samples.With(place, fact) is not var (document, pointer)) return;
        var tried = Executed(samples.Values(fact, place).Take(MaxValues).Select(value => JsonPointer.Replace(document, pointer, value))).ToList();
        if (!tried.Exists(one => one.Succeeded) || tried.Find(one => one.Refused.Any(problem => problem.Rule == "compute")) is not { } refused) return;
        findings.Add(CheckRules.Values, way, place.Path, fact.Syntax.Place, CheckMessages.Refusal(place.Path, refused.Refused[0].Message), FindingList.Refused(refused, refused.Refused, pointer), fact.Syntax);
    }

    IEnumerable<Execution> Executed(IEnumerable<JsonValue> documents) => documents.Distinct().Where(one => !trial.IsSpent && trial.IsValid(From, one)).Select(one => trial.Execute(way, one));

    // Two of several documents, changed in one character too, that are taken and become the same; null if none were found.
    Counterexample? Mixed(FieldPlace place, FieldFact fact)
    {
        if (samples.With(place, fact) is not var (document, pointer)) return null;
        var values = SampleValues.ItemOf(place) is { } scalar && !SampleValues.IsList(place) ? ShapeSamples.Values(scalar).Take(MaxVariants).Concat(ShapeSamples.ChangedTexts) : SampleValues.Variants(place.Resolved.Shape);
        return values.Select(value => JsonPointer.Replace(document, pointer, value)).Append(SampleEdit.Without(document, pointer)).Distinct().Where(one => !trial.IsSpent && trial.IsValid(From, one)).Select(one => trial.Execute(way, one))
            .Where(one => one.Refused.IsEmpty).GroupBy(one => one.Told).FirstOrDefault(group => group.Skip(1).Any()) is { } same ? FindingList.Same([.. same.Take(2)]) : null;
    }

    // What a field writes on the other way only says why it does not go this way, unless the place it came from is written by another.
    void Unread(FieldPlace place, Counterexample shown)
    {
        var oneWay = facts.FirstOrDefault(fact => !fact.Ways.HasFlag(way) && fact.Syntax is not FieldSyntax.Ignore && fact[From].Any(there => there.Key == place.Key));
        var origin = oneWay?[FieldFact.To(way)].FirstOrDefault();
        var other = origin is null || oneWay!.Syntax is not FieldSyntax.Copy ? null : facts.FirstOrDefault(fact => fact != oneWay && fact.Reads(way) && fact[FieldFact.To(way)].Any(there => there.Key == origin.Key && there.Path == origin.Path));
        if (other is not null)
            findings.Add(CheckRules.AmbiguousInverse, way, place.Path, oneWay!.Syntax.Place, CheckMessages.Inverse(place.Path, origin!.Path, other[From][0].Path), shown, oneWay.Syntax);
        else
            findings.Add(
                way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent, way, place.Path, oneWay?.Syntax.Place ?? trial.Mapping.Syntax.FieldsPlace,
                CheckMessages.Unread(place.Path, way), shown, oneWay?.Syntax, oneWay?.Why ?? oneWay?.Syntax.Reason);
    }

    // Two documents that differ there alone and become the same; null if none were found.
    Counterexample? Lost(FieldPlace place, FieldFact? fact = null)
    {
        if (samples.With(place, fact) is not var (document, pointer)) return null;
        var documents = SampleValues.Variants(place.Resolved.Shape).Select(value => JsonPointer.Replace(document, pointer, value)).Append(SampleEdit.Without(document, pointer)).Distinct().Where(one => trial.IsValid(From, one)).Take(2).ToList();
        if (documents.Count < 2 || trial.IsSpent) return null;
        var executions = documents.ConvertAll(one => trial.Execute(way, one));
        return executions[0].Told == executions[1].Told ? FindingList.Same(executions) : null;
    }
}
