using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>
/// Documents of every structure that the schema allows: the least with one place alone, the fullest without one, and lists with none, several of one kind, as many as may be and one more than the other side takes.
/// </summary>
sealed class StructureSamples(Trial trial, MappingDirection way, SampleBase samples, RecordSamples records, RecordReaders readers)
{
    const int MaxDepth = 12;
    const int MaxPlaces = 150;
    const int MaxLists = 40;
    const int MaxKinds = 3;
    const int MaxItems = 24;

    readonly Dictionary<string, List<JsonValue>> values = new(StringComparer.Ordinal);
    readonly Dictionary<string, JsonValue> filled = new(StringComparer.Ordinal);

    Side From => samples.From;

    JsonValue Full => records.All is [{ Document: var full }, ..] ? full : samples.Full();

    /// <summary>The documents, each valid and each once.</summary>
    public IEnumerable<JsonValue> All => Alone().Concat(Chosen()).Concat(Lacking()).Concat(Counted()).Distinct().Where(document => trial.IsValid(From, document));

    List<(string Key, Shape Shape)> Own => field ??= [.. Places(samples.Shape, "", MaxDepth)];

    /// <summary>A place of the shape with its key.</summary>
    static IEnumerable<(string Key, Shape Shape)> Places(Shape shape, string key, int depthLeft)
    {
        if (depthLeft == 0) yield break;
        switch (shape)
        {
            case ObjectShape known:
                foreach (var member in known.Members)
                {
                    var here = key + RouteStep.Member.SegmentOf(member.Name);
                    yield return (here, member.Shape);
                    foreach (var below in Places(member.Shape, here, depthLeft - 1)) yield return below;
                }

                break;
            case ArrayShape list:
                yield return (key + "/*", list.Item);
                foreach (var below in Places(list.Item, key + "/*", depthLeft - 1)) yield return below;
                break;
        }
    }

    // What a place needs beside it is there, and nothing else. Where it stands under conditions that no field asks for, other searches try it.
    IEnumerable<JsonValue> Alone() => Own.Where(place => place.Shape is ScalarShape).Take(MaxPlaces)
        .Select(place => (place.Key, Document: JsonPointer.Segments(place.Key) is { } path ? With(samples.Root, samples.Shape, "", path.AsSpan()) : samples.Root)).Where(one => MayBeRead(one.Key, one.Document)).Select(one => one.Document);

    bool MayBeRead(string key, JsonValue document)
    {
        var reading = readers.All.Where(reader => JsonPointer.Covers(reader.Place.Key, key) && reader.Fact.Syntax is not FieldSyntax.Each).ToList();
        return reading.Count == 0 || reading.Exists(reader => reader.Demands.All(demand => demand.HoldsBeside(document, SampleBase.FirstOf(key))));
    }

    JsonValue With(JsonValue here, Shape shape, string key, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty) return here.IsNull ? Filled(shape, key) : here;
        if (shape is ArrayShape list) return here.Kind == JsonKind.Array && here.Count > 0 ? JsonValue.Of([With(here[0], list.Item, key + "/*", path[1..]), .. here.Items.Skip(1)]) : JsonValue.Of([With(JsonValue.Null, list.Item, key + "/*", path[1..])]);
        if ((shape as ObjectShape)?.Member(path[0])?.Shape is not { } member) return here;
        var around = here.Kind == JsonKind.Object ? here : Filled(shape, key);
        return around.With(path[0], With(around[path[0]], member, key + RouteStep.Member.SegmentOf(path[0]), path[1..]));
    }

    // The least of a shape, with values that the fields take; made once, and so one object wherever it stands.
    JsonValue Filled(Shape shape, string key) => filled.TryGetValue(key, out var made) ? made : filled[key] = Least(shape, key);

    JsonValue Least(Shape shape, string key) => key.AsSpan().Count('/') == MaxDepth * 2 ? JsonValue.Null : shape switch
    {
        ObjectShape known => JsonValue.Of(known.Members.Where(member => member.Required).Select(member => KeyValuePair.Create(member.Name, Filled(member.Shape, key + RouteStep.Member.SegmentOf(member.Name))))),
        ArrayShape list => JsonValue.Of(Enumerable.Range(0, Math.Min(list.MinItems ?? 0, MaxItems)).Select(_ => Filled(list.Item, key + "/*"))),
        _ => records.Usual(key, shape),
    };

    // All that is read, where the conditions of one field hold.
    IEnumerable<JsonValue> Chosen() => samples.Reading.Where(fact => !fact.Tests.IsEmpty).Take(MaxPlaces).Select(fact => samples.Put(Full, fact));

    IEnumerable<JsonValue> Lacking() => Own.Take(MaxPlaces).Select(place => SampleEdit.Without(Full, SampleBase.FirstOf(place.Key)));

    IEnumerable<JsonValue> Counted()
    {
        var limits = Places(trial.SchemaOf(FieldFact.To(way)).Shape, "", MaxDepth).Select(place => (place.Shape as ArrayShape)?.MaxItems + 1).OfType<int>().Concat(ProgramSamples.Counts(trial.Facts.Where(fact => fact.Ways.HasFlag(way)).Select(fact => fact.Syntax).OfType<FieldSyntax.Compute>()))
            .Where(count => count is > 2 and <= MaxItems).Distinct().Order().ToList();
        var lists = Own.Where(place => place.Shape is ArrayShape).Take(MaxLists).Select(place => (place.Key, List: (ArrayShape)place.Shape)).ToList();
        foreach (var (key, list) in lists)
        {
            foreach (var document in new[] { Full, JsonPointer.Segments(key) is { } path ? With(samples.Root, samples.Shape, "", [.. path, "*"]) : samples.Root }.Where(document => MayBeRead(key, document)))
            {
                var pointer = SampleBase.FirstOf(key);
                if (JsonPointer.Find(document, pointer) is not { Kind: JsonKind.Array, Count: > 0 } items) continue;
                var place = samples.Places.At(key).Item(0);
                foreach (var kind in items.Items.Take(MaxKinds))
                {
                    var made = new List<JsonValue>();
                    foreach (var count in limits.Prepend(2).Append(list.MaxItems ?? 0).Where(count => count > 1 && count <= MaxItems && count <= (list.MaxItems ?? MaxItems)).Distinct())
                    {
                        while (made.Count < count) made.Add(Varied(kind, place, made.Count));
                        yield return JsonPointer.Replace(document, pointer, JsonValue.Of(made.Take(count)));
                    }
                }
            }
        }

        // Lists that become one are each as long as they may be.
        yield return lists.Where(one => !one.Key.Contains("/*", StringComparison.Ordinal)).Aggregate(Full, (document, one) => JsonPointer.Find(document, one.Key) is { Kind: JsonKind.Array, Count: > 0 } items && Math.Min(one.List.MaxItems ?? 2, MaxItems) is var most && items.Count < most
            ? JsonPointer.Replace(document, one.Key, JsonValue.Of(Enumerable.Range(0, most).Select(at => at < items.Count ? items[at] : Varied(items[0], samples.Places.At(one.Key).Item(0), at)))) : document);
    }

    // Another of its kind: what decides is the same, what does not is another if it can be.
    JsonValue Varied(JsonValue item, RecordPlace place, int at) => item.Kind switch
    {
        JsonKind.Object when place.Shape is ObjectShape => JsonValue.Of(item.Members.Select(member => KeyValuePair.Create(member.Key, place.Member(member.Key) is { Shape: not null } below ? Varied(member.Value, below, at) : member.Value))),
        JsonKind.Object or JsonKind.Array => item,
        _ => at > 0 && Others(place) is { Count: > 0 } others ? others[(others.IndexOf(item) + at + others.Count) % others.Count] : item,
    };

    // What decides has no others.
    List<JsonValue> Others(RecordPlace place) => values.TryGetValue(place.Key, out var known) ? known : values[place.Key] = OthersOf(place);

    List<JsonValue> OthersOf(RecordPlace place) => records.Deciders.Any(decider => decider.Key == place.Key) ? [] : [.. records.Values(place.Key, place.Shape!).Take(MaxItems)];
}
