using CsCheck;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;
using Interop.Core.Schemas;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>
/// Documents of a mapping's schema, drawn by lot: members there or not, lists of none to three, and for each value one of those that the place's fields and its schema are tried with.
/// Half of them are the check's own documents that translate, with up to four places drawn anew: of those that are drawn as a whole few do.
/// </summary>
sealed class ShapeDocuments
{
    const int MaxDepth = 12;
    const int MaxEdits = 4;

    readonly Dictionary<string, JsonValue[]> values;
    readonly Shape shape;
    readonly JsonValue[] samples;

    public ShapeDocuments(MappingDefinition mapping, MappingDirection way)
    {
        var side = FieldFact.From(way);
        var trial = new Trial(mapping);
        var tried = new SampleBase(trial, way, trial.Facts, new FindingList(mapping.Syntax));
        values = tried.Reading.SelectMany(fact => fact[side].Select(place => (place.Key, Values: tried.Values(fact, place))))
            .GroupBy(place => place.Key, StringComparer.Ordinal).ToDictionary(place => place.Key, place => place.SelectMany(one => one.Values).Distinct().ToArray(), StringComparer.Ordinal);
        shape = tried.Shape;
        samples = [.. SampleDocuments.Of(mapping, way).Concat(new RecordSamples(trial, way, tried, trial.Facts).All.Select(record => record.Document)).Where(document => trial.Execute(way, document).Succeeded)];
    }

    public Gen<JsonValue> Documents => samples.Length == 0 ? Whole : Gen.OneOf(Whole, Edited);

    Gen<JsonValue> Whole => Of(shape, "", MaxDepth);

    Gen<JsonValue> Edited => Gen.Select(Gen.Int[0, samples.Length - 1], Gen.Int[1, MaxEdits]).SelectMany((at, edits) => Enumerable.Range(0, edits).Aggregate(Gen.Const(samples[at]), (gen, _) => gen.SelectMany(document => Edit(document, shape, "", MaxDepth))));

    // Goes down some way, and draws anew what stands there.
    Gen<JsonValue> Edit(JsonValue value, Shape here, string key, int depthLeft) => (here, value.Kind) switch
    {
        (ObjectShape { Members.IsEmpty: false } known, JsonKind.Object) when depthLeft > 0 => Gen.Int[0, known.Members.Length - 1].SelectMany(at =>
        {
            var member = known.Members[at];
            var inner = key + RouteStep.Member.SegmentOf(member.Name);
            var drawn = value.TryGet(member.Name, out var now) ? Edit(now, member.Shape, inner, depthLeft - 1) : Of(member.Shape, inner, depthLeft - 1);
            return Gen.Select(drawn, Gen.Int[0, 3], (one, chance) => chance == 0 && !member.Required ? value.Without(member.Name) : value.With(member.Name, one));
        }),
        (ArrayShape list, JsonKind.Array) when value.Count > 0 && depthLeft > 0 => Gen.Select(Gen.Int[0, value.Count - 1], Gen.Int[0, 3]).SelectMany((at, chance) => chance switch
        {
            0 => Of(list.Item, key + "/*", depthLeft - 1).Select(item => JsonValue.Of(value.Items.Append(item))),
            1 => Gen.Const(JsonValue.Of(value.Items.Where((_, index) => index != at))),
            _ => Edit(value.Items[at], list.Item, key + "/*", depthLeft - 1).Select(item => JsonValue.Of(value.Items.Select((old, index) => index == at ? item : old))),
        }),
        _ => Of(here, key, depthLeft),
    };

    Gen<JsonValue> Of(Shape here, string key, int depthLeft)
    {
        var drawn = depthLeft == 0 ? Gen.Const(ShapeSamples.Least(here)) : here switch
        {
            ObjectShape { Members.IsEmpty: true, Additional: { } other } => Gen.Select(Of(other, key + "/*", depthLeft - 1), Gen.Bool, (one, isThere) => isThere ? JsonValue.Of(("a", one)) : JsonValue.EmptyObject),
            ObjectShape known => known.Members.Aggregate(Gen.Const(JsonValue.EmptyObject), (gen, member) => Gen.Select(gen, Gen.Int[0, 2].SelectMany(chance => chance == 0 || member.Required ? Of(member.Shape, key + RouteStep.Member.SegmentOf(member.Name), depthLeft - 1).Select(one => (JsonValue?)one) : Gen.Const(default(JsonValue?))), (all, one) => one is { } there ? all.With(member.Name, there) : all)),
            ArrayShape list => Gen.Int[list.MinItems ?? 0, Math.Max(list.MinItems ?? 0, Math.Min(list.MaxItems ?? 3, 3))].SelectMany(count => Of(list.Item, key + "/*", depthLeft - 1).Array[count]).Select(items => JsonValue.Of(items)),
            ScalarShape one when ShapeSamples.Values(one) is { IsEmpty: false } known => One([.. known]),
            _ => Gen.Const(ShapeSamples.Least(here)),
        };
        return values.TryGetValue(key, out var tried) && tried.Length > 0 ? Gen.Int[0, 3].SelectMany(chance => chance == 0 ? drawn : One(tried)) : drawn;
    }

    static Gen<JsonValue> One(JsonValue[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);
}
