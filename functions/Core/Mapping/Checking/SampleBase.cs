using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>Makes documents that translate: the least valid one, with what the other side requires added step by step. What had to be added although it may be absent is a finding.</summary>
sealed class SampleBase
{
    const int MaxSteps = 40;
    const int MaxTried = 8;

    readonly Trial trial;
    readonly MappingDirection way;
    readonly ImmutableArray<FieldFact> reading;
    readonly FindingList findings;
    readonly RequiredParts required;
    readonly Dictionary<string, JsonValue> ofGroups = new(StringComparer.Ordinal);
    readonly Dictionary<FieldPlace, ImmutableArray<JsonValue>> values = new(ReferenceEqualityComparer.Instance);
    (JsonValue Root, JsonValue Document)? full;

    public SampleBase(Trial trial, MappingDirection way, ImmutableArray<FieldFact> facts, FindingList findings)
    {
        (this.trial, this.way, this.findings, required) = (trial, way, findings, new RequiredParts(trial, FieldFact.From(way)));
        reading = [.. facts.Where(fact => fact.Reads(way) && fact.Syntax is not (FieldSyntax.Ignore or FieldSyntax.Each))];
        Root = Complete(Filled(ShapeSamples.Least(Shape)));

        // What no shape says (an item that must be among others) may hold in a document that has all.
        if (!trial.IsValid(From, Root) && Full() is var full && trial.IsValid(From, full)) Root = full;
    }

    /// <summary>The least document that translates, or as near as was found.</summary>
    public JsonValue Root { get; }

    public MappingDefinition Mapping => trial.Mapping;

    public Side From => FieldFact.From(way);

    public Shape Shape => trial.SchemaOf(From).Shape;

    /// <summary>The places of its documents.</summary>
    public RecordPlace Places => field ??= RecordPlace.Root(Shape);

    /// <summary>A document that has the place of a field, where the field counts, with the place's pointer; null if none can be made.</summary>
    public (JsonValue Document, string Pointer)? With(FieldPlace place, FieldFact? fact = null)
    {
        var start = Root;
        if (!place.Groups.IsEmpty)
        {
            var key = string.Join('|', place.Groups.Select(group => group.Route.Text));
            if (!ofGroups.TryGetValue(key, out start)) ofGroups[key] = start = Grouped(place);
        }

        return Placed(start, place, fact);
    }

    /// <summary>The document with the place of a field in it, where the field counts.</summary>
    public (JsonValue Document, string Pointer)? Placed(JsonValue start, FieldPlace place, FieldFact? fact)
    {
        var placed = Placed(new SampleDocument(start, Shape), place, fact);

        // What no shape says (an item that must be among others) is kept where an item becomes another.
        if (placed is not var (document, _) || place.Groups.IsEmpty || !trial.IsValid(From, start) || trial.IsValid(From, document)) return placed;
        return PlacedBeside(start, place, fact) is var (kept, pointer) && trial.IsValid(From, kept) ? (kept, pointer) : placed;
    }

    /// <summary>The same, where every item stays as it is and another is made beside it.</summary>
    public (JsonValue Document, string Pointer)? PlacedBeside(JsonValue start, FieldPlace place, FieldFact? fact) => Placed(new SampleDocument(start, Shape, keepsItems: true), place, fact);

    (JsonValue Document, string Pointer)? Placed(SampleDocument sample, FieldPlace place, FieldFact? fact)
    {
        if (sample.Reach(place) is not { } spot) return null;
        var absent = new List<string>();
        foreach (var test in fact?.Tests.Where(test => test.Place.Side == From) ?? [])
        {
            if (sample.Reach(test.Place) is not { } asked) return null;
            if (test.Kind == ConditionKind.Absent) absent.Add(asked.Pointer);
            else if (Wanted(test, asked) is { } value) asked.Node.Set(value);
        }

        return (absent.Aggregate(required.Beside(sample.ToJson()), (document, pointer) => required.Without(document, pointer, spot.Pointer)), spot.Pointer);
    }

    /// <summary>The document with nothing at a place. What requires it goes with it, but not the item that it belongs to.</summary>
    public JsonValue Absent(JsonValue document, string pointer) => required.Absent(document, pointer);

    /// <summary>The document without a place, and without the members beside it that may not be there without it.</summary>
    public JsonValue WithoutBeside(JsonValue document, string pointer) => required.WithoutBeside(document, pointer);

    // What stands there already is left, if the condition holds for it.
    static JsonValue? Wanted(FieldTest test, SampleDocument.Spot asked)
    {
        var now = asked.Node.ToJson();
        if (test.Kind != ConditionKind.Is && !now.IsNull && !(now.Kind == JsonKind.Array && now.Count == 0) && !test.Values.Contains(now)) return default(JsonValue?);
        var item = (asked.Shape is ArrayShape list ? list.Item : asked.Shape) as ScalarShape;
        var value = test.Kind == ConditionKind.Is ? test.Values.FirstOrDefault() : item is null ? JsonValue.Null : ShapeSamples.Values(item).FirstOrDefault(one => !test.Values.Contains(one));
        return value.IsNull ? default(JsonValue?) : asked.Shape is ArrayShape ? JsonValue.Of(value) : value;
    }

    JsonValue Grouped(FieldPlace place)
    {
        var sample = new SampleDocument(Root, Shape);
        var item = place with { Resolved = place.Resolved with { Route = new Route(".", 0, [], Many: false) } };
        if (sample.Reach(item) is null) return Root;
        var made = Complete(sample.ToJson());
        if (trial.Validate(From, made) is not [var wrong, ..]) return made;

        // What no shape says may hold in a document that has all.
        var all = new SampleDocument(Full(), Shape);
        if (all.Reach(item) is not null && all.ToJson() is var fuller && trial.IsValid(From, fuller)) return fuller;
        findings.Add(CheckRules.Unconfirmed, way, place.Start, trial.Mapping.Syntax.FieldsPlace, CheckMessages.NoValidSample(way, wrong), null);
        return made;
    }

    /// <summary>A document with an ordinary value wherever a field reads.</summary>
    public JsonValue Full()
    {
        if (full is not { } made || made.Root != Root) full = made = (Root, reading.Aggregate(Root, Put));
        return made.Document;
    }

    /// <summary>The fields that read, in the order of the definition.</summary>
    public ImmutableArray<FieldFact> Reading => reading;

    /// <summary>The document with an ordinary value wherever the field reads.</summary>
    public JsonValue Put(JsonValue document, FieldFact fact)
    {
        foreach (var place in fact[From])
        {
            if (Placed(document, place, fact) is not var (with, pointer)) continue;
            var tried = Values(fact, place).Take(MaxTried).Select(value => JsonPointer.Replace(with, pointer, value));
            if (tried.FirstOrDefault(one => trial.IsValid(From, one)) is { IsNull: false } valid) document = valid;
            else if (Ordinary(fact, place) is { } ordinary) document = JsonPointer.Replace(with, pointer, ordinary);
        }

        return document;
    }

    JsonValue? Ordinary(FieldFact fact, FieldPlace place) => Values(fact, place) is [var first, ..] ? first : default(JsonValue?);

    /// <summary>The values that are tried at a place of a field.</summary>
    public ImmutableArray<JsonValue> Values(FieldFact fact, FieldPlace place) => values.TryGetValue(place, out var known)
        ? known : values[place] = SampleValues.Of(fact, place, fact[FieldFact.To(way)] is [var there, ..] ? there : null, trial.Mapping.CodesByName);

    // The schema's own least value is often none that the field's converter takes.
    JsonValue Filled(JsonValue least)
    {
        foreach (var fact in reading)
        {
            foreach (var place in fact[From])
            {
                var pointer = place.FirstPointer;
                if (JsonPointer.Find(least, pointer) is not null && Ordinary(fact, place) is { } value) least = JsonPointer.Replace(least, pointer, value);
            }
        }

        return least;
    }

    /// <summary>A document with what the other side requires besides, as far as fields write it.</summary>
    public JsonValue Complete(JsonValue document)
    {
        var tried = new HashSet<FieldFact>(ReferenceEqualityComparer.Instance);
        for (var step = 0; step < MaxSteps && !trial.IsSpent; step++)
        {
            var execution = trial.Execute(way, document);
            if (execution.Succeeded || Added(execution, tried) is not { } more) break;
            document = more;
        }

        return document;
    }

    JsonValue? Added(Execution execution, HashSet<FieldFact> tried)
    {
        foreach (var problem in execution.Refused)
        {
            if (reading.FirstOrDefault(fact => fact[From].Any(place => IsAt(place.Key, KeyOf(problem.Path)))) is { } fact && tried.Add(fact)) return Put(execution.Document, fact);
        }

        foreach (var problem in execution.Broken)
        {
            var key = KeyOf(problem.Path);
            foreach (var fact in reading.Where(fact => fact[FieldFact.To(way)].Any(place => JsonPointer.Covers(key, place.Key))))
            {
                if (!tried.Add(fact)) continue;
                if (problem.Rule == "required") MissingIsRefused(execution, fact, problem);
                return Put(execution.Document, fact);
            }
        }

        return default(JsonValue?);
    }

    // A list that a group makes is missing where the group has no items, whatever these would have.
    void MissingIsRefused(Execution execution, FieldFact fact, Problem problem)
    {
        var key = KeyOf(problem.Path);
        var group = trial.Facts.FirstOrDefault(other => other.Syntax is FieldSyntax.Each && other.Reads(way) && other[FieldFact.To(way)].Any(place => place.Key == key));
        var missing = group ?? fact;
        if (missing[From] is not [var place, ..] || !trial.IsValid(From, execution.Document)) return;
        findings.Add(
            CheckRules.Required, way, place.Path, missing.Syntax.Place, group is null ? CheckMessages.OptionalToRequired(place.Path, PathOf(problem.Path)) : CheckMessages.NoItemsToRequired(place.Path, PathOf(problem.Path)),
            FindingList.Refused(execution, execution.Problems, []), missing.Syntax);
    }

    /// <summary>Whether a place is another, or stands in it.</summary>
    public static bool IsAt(string key, string found) => JsonPointer.Covers(key, found);

    /// <summary>Whether of two places one is the other, or stands in it.</summary>
    public static bool Meet(string one, string other) => IsAt(one, other) || IsAt(other, one);

    /// <summary>A pointer with <c>*</c> for every position.</summary>
    public static string KeyOf(string pointer) => string.Join('/', pointer.Split('/').Select(segment => segment.Length > 0 && segment.All(char.IsAsciiDigit) ? "*" : segment));

    /// <summary>A key as the pointer into the first item of each list.</summary>
    public static string FirstOf(string key) => key.Replace("/*", "/0", StringComparison.Ordinal);

    /// <summary>A pointer as a path.</summary>
    public static string PathOf(string pointer) => string.Join('.', pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(segment => !segment.All(char.IsAsciiDigit)));
}
