using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place of a system's format that a mapping reads or ignores.</summary>
/// <param name="Path">The path from the document's root.</param>
/// <param name="Fact">The field that names it.</param>
/// <param name="Place">The place.</param>
/// <param name="Keys">Where in the canonical record a change there may show; empty if that may be anywhere.</param>
sealed record ProfilePath(string Path, FieldFact Fact, FieldPlace Place, ImmutableArray<string> Keys);

/// <summary>Valid documents that differ in one place alone, each with what the sender's mapping makes of it.</summary>
/// <param name="Pointer">The place.</param>
/// <param name="Executions">The translations, all of which succeeded; the first is of the document as it was, or as it was made so that the place counts.</param>
sealed record PlaceChange(string Pointer, ImmutableArray<Execution> Executions)
{
    public JsonValue ValueIn(Execution execution) => JsonPointer.Find(execution.Document, Pointer) ?? JsonValue.Null;
}

/// <summary>What one mapping gives: how each place of its system's documents shows in what they become. Made once for a mapping and used for every other it is put beside.</summary>
sealed class MappingProfile
{
    const int MaxTried = 12;
    const int MaxChanged = 8;
    const int MaxItems = 6;
    const int MaxLimits = 24;

    readonly Trial trial;
    readonly SampleBase samples;
    readonly ImmutableArray<FieldFact> facts;
    readonly Dictionary<(string Rule, string Key), NotTaken> unsent = [];

    MappingProfile(MappingDefinition mapping, IEnumerable<JsonValue> examples)
    {
        trial = new Trial(mapping);
        facts = trial.Facts;
        samples = new SampleBase(trial, MappingDirection.In, facts, new FindingList(mapping.Syntax));
        var deciding = facts.SelectMany(fact => Demand.Of(fact, Side.Source)).Select(demand => demand.Key).ToHashSet(StringComparer.Ordinal);

        // What a program makes of a place no field says.
        if (facts.Any(fact => fact.Syntax is FieldSyntax.Compute && fact.Reads(MappingDirection.In))) deciding.UnionWith(facts.SelectMany(fact => fact.Source).Select(place => place.Key));
        Paths =
        [
            .. samples.Reading.Concat(facts.Where(fact => fact.Syntax is FieldSyntax.Ignore)).SelectMany(fact => fact.Source.Select(place => (fact, place))).DistinctBy(one => one.place.Path, StringComparer.Ordinal)
                .Select(one => new ProfilePath(one.place.Path, one.fact, one.place, deciding.Contains(one.place.Key) ? [] : [.. facts.Where(fact => fact.Source.Any(place => SampleBase.Meet(place.Key, one.place.Key))).SelectMany(fact => fact.Canonical).Select(place => place.Key)])),
        ];
        Documents = new SenderDocuments(trial, samples, examples);
    }

    public MappingDefinition Mapping => trial.Mapping;

    /// <summary>Documents of its system, for one receiver and another.</summary>
    public SenderDocuments Documents { get; }

    /// <summary>The places that the mapping reads or ignores, in the order of the definition.</summary>
    public ImmutableArray<ProfilePath> Paths { get; }

    /// <summary>The profile of a mapping that goes in.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="examples">Documents that its author gives: they hold together what no schema says must.</param>
    public static MappingProfile Of(MappingDefinition mapping, IEnumerable<JsonValue>? examples = null) => new(mapping, examples ?? []);

    /// <summary>Documents that differ in a place alone: its value, others, none. Where the place stands already it is changed there, whether the field counts there or not.</summary>
    public ImmutableArray<PlaceChange> Changes(ProfileDocument from, ProfilePath path)
    {
        if (from.Changes.TryGetValue(path, out var made)) return made;
        var standing = Pointers(from.Document, path).Take(from.IsExample ? MaxItems : 1).ToList();
        return from.Changes[path] =
        [
            .. standing.Count > 0 ? standing.Select(pointer => Change(from.Document, pointer, path)) : [],
            .. standing.Count == 0 && !from.IsExample && samples.Placed(from.Document, path.Place, path.Fact) is var (with, at) ? [Change(with, at, path)] : ImmutableArray<PlaceChange>.Empty,
        ];
    }

    /// <summary>The change of a place with what the receiver limits there besides.</summary>
    public PlaceChange Limited(PlaceChange change, ProfilePath path, Receiver to)
    {
        if (change.Executions.FirstOrDefault(one => JsonPointer.Find(one.Document, change.Pointer) is not null) is not { } standing) return change;
        var had = change.Executions.Select(one => one.Document).ToHashSet();
        var tried = Limits(standing, change.Pointer, path, to).Distinct().Take(MaxLimits).Select(value => JsonPointer.Replace(standing.Document, change.Pointer, value)).Where(had.Add);
        return change with { Executions = [.. change.Executions, .. Sent(tried)] };
    }

    IEnumerable<JsonValue> Limits(Execution standing, string pointer, ProfilePath path, Receiver to)
    {
        var now = JsonPointer.Find(standing.Document, pointer) ?? JsonValue.Null;
        foreach (var there in path.Fact.Canonical)
        {
            foreach (var value in to.Limits.At(there.Key))
            {
                foreach (var said in path.Fact.Syntax is FieldSyntax.Combined or FieldSyntax.Parts { Converter: not null } ? SentBack(standing.Result, there, value, pointer) : ReceiverLimits.Said(path.Fact, path.Place, there, value, now)) yield return said;
            }
        }
    }

    // What several fields make together the sender's own way back knows to say.
    IEnumerable<JsonValue> SentBack(JsonValue record, FieldPlace there, JsonValue value, string pointer)
    {
        if (Mapping.Direction != MappingDirection.Both || JsonPointer.Find(record, there.FirstPointer) is null) yield break;
        if (JsonPointer.Find(trial.Execute(MappingDirection.Out, JsonPointer.Replace(record, there.FirstPointer, value)).Result, pointer) is { IsNull: false } said) yield return said;
    }

    /// <summary>Lists of objects that the mapping goes through, whose items may be none, one or several.</summary>
    public ImmutableArray<ProfilePath> Lists => field.IsDefault
        ? field = [.. facts.Where(fact => fact is { Syntax: FieldSyntax.Each, Source: [_, ..], Canonical: [_, ..] } && fact.Ways.HasFlag(MappingDirection.In)).Select(fact => (Fact: fact, Place: fact.Source[0])).DistinctBy(one => ReceiverLimits.ListOf(one.Place.Key))
            .Select(one => new ProfilePath(SampleBase.PathOf(one.Place.FirstPointer), one.Fact, one.Place, [.. one.Fact.Canonical.Select(place => ReceiverLimits.ListOf(place.Key))]))]
        : field;

    /// <summary>Each item of a list in a document with the document that lacks it, for the first few items.</summary>
    public IEnumerable<(string Item, PlaceChange Change)> WithoutItems(ProfileDocument from, ProfilePath list) =>
        SampleEdit.Standing(from.Document, ReceiverLimits.ListOf(list.Place.Key)).Take(MaxItems).SelectMany(pointer => Enumerable.Range(0, Math.Min(MaxItems, JsonPointer.Find(from.Document, pointer)!.Value.Count))
            .Select(at => (string.Create(CultureInfo.InvariantCulture, $"{pointer}/{at}"), new PlaceChange(pointer, Sent([from.Document, SampleEdit.Without(from.Document, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{at}"))])))));

    /// <summary>The same with the item as often as may be one too many for a receiver.</summary>
    public PlaceChange WithMore(PlaceChange change, string item, ProfilePath list, Receiver to)
    {
        var document = change.Executions[0].Document;
        var (whole, one) = (JsonPointer.Find(document, change.Pointer)!.Value, JsonPointer.Find(document, item)!.Value);
        var counts = new[] { whole.Count + 1, whole.Count + 2 }.Concat(list.Keys.SelectMany(to.Limits.TooMany)).Where(count => count > whole.Count).Distinct();
        return change with { Executions = [.. change.Executions, .. Sent(counts.Select(count => JsonPointer.Replace(document, change.Pointer, JsonValue.Of(whole.Items.Concat(Enumerable.Repeat(one, count - whole.Count))))))] };
    }

    // What is valid and the sender's mapping takes.
    ImmutableArray<Execution> Sent(IEnumerable<JsonValue> documents) => [.. Takes(documents)];

    IEnumerable<Execution> Takes(IEnumerable<JsonValue> documents)
    {
        foreach (var document in documents.Where(one => trial.IsValid(Side.Source, one)))
        {
            var execution = trial.Execute(MappingDirection.In, document);
            if (execution.Succeeded) yield return execution;
            else unsent.TryAdd((execution.Problems.First().Rule, SampleBase.KeyOf(execution.Problems.First().Path)), new NotTaken(document, execution.Problems.First()));
        }
    }

    /// <summary>Valid documents that the mapping itself refuses, one for each reason, as far as they were tried.</summary>
    public ImmutableArray<NotTaken> Unsent => [.. unsent.Values];

    PlaceChange Change(JsonValue document, string pointer, ProfilePath path) => new(
        pointer,
        [.. Takes(Tried(document, pointer, path).Prepend(document).Distinct()).Take(MaxChanged)]);

    IEnumerable<JsonValue> Tried(JsonValue document, string pointer, ProfilePath path)
    {
        var now = JsonPointer.Find(document, pointer) ?? JsonValue.Null;
        var others = samples.Values(path.Fact, path.Place).Concat(SampleValues.Variants(path.Place.Resolved.Shape)).Distinct().Where(value => value != now).Select(value => JsonPointer.Replace(document, pointer, value)).Take(MaxTried).ToList();
        return [.. others.Take(1), SampleEdit.Without(document, pointer), .. others.Skip(1)];
    }

    /// <summary>Where a place stands in a document; where it does not, the documents with the place put into it, in an item that is there already and in one of its own.</summary>
    public IEnumerable<PlaceIn> Standing(JsonValue document, ProfilePath path) => Pointers(document, path).FirstOrDefault() is { } pointer ? [new PlaceIn(document, pointer)]
        : new[] { samples.Placed(document, path.Place, path.Fact), samples.PlacedBeside(document, path.Place, path.Fact) }.OfType<(JsonValue, string)>().Select(one => new PlaceIn(one.Item1, one.Item2)).Distinct();

    /// <summary>Whether a place stands in a document.</summary>
    public static bool Has(JsonValue document, ProfilePath path) => Pointers(document, path).Any();

    /// <summary>Documents that differ in the place alone where it stands.</summary>
    public PlaceChange ChangeAt(PlaceIn one, ProfilePath path) => Change(one.Document, one.Pointer, path);

    /// <summary>What decides whether its places arrive at a receiver.</summary>
    public PairDeciders DecidersFor(Receiver to) => new(samples, to);

    // Where the place stands in a document, in the first few items that are chosen as the path chooses them.
    static IEnumerable<string> Pointers(JsonValue document, ProfilePath path) => SampleEdit.Standing(document, path.Place.Key).Where(pointer => IsChosen(new PlaceIn(document, pointer), path)).Take(MaxItems);

    /// <summary>Whether a place stands in items that are chosen as the path chooses them.</summary>
    public static bool IsChosen(PlaceIn one, ProfilePath path) => path.Place.HasPositions(one.Pointer) && Demand.Around(path.Fact, path.Place).All(demand => demand.HoldsBeside(one.Document, one.Pointer));
}
