using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Tries groups between a list and an object whose members are its items: two items of one key, an item without one, and names that become one key.</summary>
sealed class KeyProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    const int MaxCodes = 24;

    Side From => FieldFact.From(way);

    public void Try()
    {
        foreach (var fact in facts.Where(fact => fact.Reads(way) && fact.Syntax is FieldSyntax.Each { Key: not null }))
        {
            var (place, key) = (fact[From][0], ((FieldSyntax.Each)fact.Syntax).Key!);
            if (samples.With(place, fact) is not var (document, pointer)) continue;
            if (place.Resolved.Shape is ArrayShape list) Items(fact, place, [.. key.Path.Path.Text.Split('.')], list, document, pointer);
            if (key.Converter is { Name: "code", Node: Sources.SourceScalar { Text: var name } } && trial.Mapping.CodesByName.GetValueOrDefault(name) is { } codes) Shared(fact, place, [.. key.Path.Path.Text.Split('.')], codes, document, pointer);
        }
    }

    void Items(FieldFact fact, FieldPlace place, ImmutableArray<string> key, ArrayShape list, JsonValue document, string pointer)
    {
        var keyed = Keyed(document, pointer, list, key);
        if (keyed.IsNull) return;
        var other = SampleValues.Variants(list.Item).Append(keyed).Select(item => SampleEdit.With(item, key, key.Aggregate(keyed, (here, name) => here[name]))).FirstOrDefault(item => item != keyed, keyed);
        if (list.MaxItems is not 1) Refused(CheckRules.Several, place.Path, CheckMessages.TwoOfKey(place.Path, string.Join('.', key)), JsonValue.Of(keyed, other));
        var path = $"{place.Path}.{string.Join('.', key)}";
        Refused(CheckRules.Required, path, CheckMessages.WithoutKey(path), JsonValue.Of(SampleEdit.Without(keyed, string.Concat(key.Select(RouteStep.Member.SegmentOf)))));

        void Refused(string rule, string at, string message, JsonValue items)
        {
            var with = JsonPointer.Replace(document, pointer, items);
            if (!trial.IsSpent && trial.IsValid(From, with) && trial.Execute(way, with) is var now && now.Refused.Any(problem => problem.Rule == "key"))
                findings.Add(rule, way, at, fact.Syntax.Place, message, FindingList.Refused(now, now.Problems, pointer), fact.Syntax);
        }
    }

    // An item with a key with which it translates.
    JsonValue Keyed(JsonValue document, string pointer, ArrayShape list, ImmutableArray<string> key) => list.Item.At(key) is not ScalarShape named ? JsonValue.Null
        : ShapeSamples.Values(named).Select(value => SampleEdit.With(ShapeSamples.Least(list.Item), key, value)).FirstOrDefault(item => !trial.IsSpent && trial.Execute(way, JsonPointer.Replace(document, pointer, JsonValue.Of(item))).Refused.All(problem => problem.Rule is not ("key" or "unknown-code")));

    void Shared(FieldFact fact, FieldPlace place, ImmutableArray<string> key, CodeList codes, JsonValue document, string pointer)
    {
        foreach (var same in codes.Shared(way))
        {
            var executions = same.Take(MaxCodes).Select(code => JsonPointer.Replace(document, pointer, One(place.Resolved.Shape, key, code))).Where(one => !trial.IsSpent && trial.IsValid(From, one)).Select(one => trial.Execute(way, one)).ToList();
            var values = same.ToImmutableArray();
            if (executions.Count > 1 && executions.TrueForAll(one => one.Told == executions[0].Told))
                findings.Add(CheckRules.CodesShareMeaning, way, place.Path, fact.Syntax.Place, CheckMessages.SharedCodes(place.Path, values.Select(code => $"\"{code}\""), $"\"{same.Key}\"", codes.Name), FindingList.Same(executions), fact.Syntax, codes.ReasonOf(way, values), same.Key, values: values);
        }
    }

    static JsonValue One(Shape shape, ImmutableArray<string> key, string code) => shape switch
    {
        ArrayShape list => JsonValue.Of(SampleEdit.With(ShapeSamples.Least(list.Item), key, code)),
        ObjectShape { Additional: { } member } => JsonValue.EmptyObject.With(code, ShapeSamples.Least(member)),
        _ => JsonValue.Null,
    };
}
