using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>A place of a system's format that a mapping reads or ignores.</summary>
/// <param name="Path">The path from the document's root.</param>
/// <param name="Fact">The field that names it.</param>
/// <param name="Place">The place.</param>
/// <param name="Keys">Where in the canonical record a change there may show; empty if that may be anywhere.</param>
sealed record ProfilePath(string Path, FieldFact Fact, FieldPlace Place, ImmutableArray<string> Keys);

/// <summary>A document of a system, and what it becomes.</summary>
/// <param name="Document">The document.</param>
/// <param name="Record">What it becomes.</param>
/// <param name="IsExample">Whether its author gave it: what stands in it is changed where it stands.</param>
sealed record ProfileDocument(JsonValue Document, JsonValue Record, bool IsExample = false)
{
    /// <summary>By path what was found of it.</summary>
    public Dictionary<ProfilePath, ImmutableArray<PlaceChange>> Changes { get; } = new(ReferenceEqualityComparer.Instance);
}

/// <summary>Valid documents that differ in one place alone, each with what the sender's mapping makes of it.</summary>
/// <param name="Pointer">The place.</param>
/// <param name="Executions">The translations, all of which succeeded; the first is of the document as it was, or as it was made so that the place counts.</param>
sealed record PlaceChange(string Pointer, ImmutableArray<Execution> Executions)
{
    public JsonValue ValueIn(Execution execution) => JsonPointer.Find(execution.Document, Pointer) ?? JsonValue.Null;
}

/// <summary>What one mapping gives: valid documents of its system, what they become, and how each place shows in that. Made once for a mapping and used for every other it is put beside.</summary>
sealed class MappingProfile
{
    const int MaxGeneral = 12;
    const int MaxOthers = 5;
    const int MaxAimed = 16;
    const int MaxDecided = 4;
    const int MaxLean = 80;
    const int MaxTried = 12;
    const int MaxChanged = 8;
    const int MaxRepairs = 8;
    const int MaxEdits = 16;
    const int MaxExamples = 20;
    const int MaxItems = 6;
    const int MaxLimits = 24;

    readonly Trial trial;
    readonly SampleBase samples;
    readonly ImmutableArray<FieldFact> facts;
    readonly ImmutableArray<ProfileDocument> general;
    readonly Dictionary<JsonValue, ProfileDocument?> known = [];
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
        general = [.. General(), .. examples.Take(MaxExamples).Select(Translated).OfType<ProfileDocument>().Select(one => one with { IsExample = true })];
    }

    public MappingDefinition Mapping => trial.Mapping;

    /// <summary>The places that the mapping reads or ignores, in the order of the definition.</summary>
    public ImmutableArray<ProfilePath> Paths { get; }

    /// <summary>The profile of a mapping that goes in.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="examples">Documents that its author gives: they hold together what no schema says must.</param>
    public static MappingProfile Of(MappingDefinition mapping, IEnumerable<JsonValue>? examples = null) => new(mapping, examples ?? []);

    /// <summary>Documents for a receiver: one with all that is read, the same with other codes, and for each thing that the receiver asks one that meets it, as far as the system can.</summary>
    public ImmutableArray<ProfileDocument> DocumentsFor(Receiver to) =>
        general.IsEmpty ? [new ProfileDocument(samples.Full(), Mapping.ToCanonical(samples.Full()).Value)] : [.. general.Concat(Aimed(to).Distinct().Select(Translated).OfType<ProfileDocument>()).DistinctBy(one => one.Document)];

    /// <summary>The document with each other value that the schema lists for a place.</summary>
    public IEnumerable<ProfileDocument> Decided(JsonValue document, string pointer) => JsonPointer.Find(document, pointer) is { } now
        && samples.Shape.At(JsonPointer.Segments(pointer)!.Value) is ScalarShape { Allowed.Length: <= MaxTried } shape ? shape.Allowed.Where(value => value != now).Select(value => Translated(JsonPointer.Replace(document, pointer, value))).OfType<ProfileDocument>() : [];

    /// <summary>A document without what a receiver does not need.</summary>
    public ProfileDocument Lean(ProfileDocument from, Func<JsonValue, bool> isTaken)
    {
        var (tried, lean) = (0, from);
        Take("");
        return lean;

        // From the last, so that positions stay; what is needed is looked into.
        void Take(string around)
        {
            foreach (var pointer in SampleEdit.Below(lean.Document, around).Reverse().ToList())
            {
                if (tried++ >= MaxLean) return;
                if (Translated(SampleEdit.Without(lean.Document, pointer)) is { } less && isTaken(less.Record)) lean = less;
                else Take(pointer);
            }
        }
    }

    /// <summary>A document that has a place in it, without all that the receiver asks to be absent: what is read only in place of something else; null if there is nothing of the kind.</summary>
    public ProfileDocument? Instead(ProfileDocument start, ProfilePath path, Receiver to)
    {
        var about = to.Demands.Where(demands => demands.Any(demand => path.Fact.Canonical.Any(place => SampleBase.Meet(place.Key, demand.Key)))).ToList();
        var absent = (about.Count > 0 ? about : [.. to.Demands]).SelectMany(demands => demands).Where(demand => demand.Kind == ConditionKind.Absent).Select(demand => demand.Key).Distinct(StringComparer.Ordinal).ToList();
        if (absent.Count == 0 || samples.Placed(start.Document, path.Place, path.Fact) is not var (with, pointer) || samples.Values(path.Fact, path.Place) is not [var usual, ..]) return null;
        var others = samples.Reading.Where(fact => fact.Canonical.Any(place => absent.Contains(place.Key))).SelectMany(fact => fact.Source).Select(place => place.Key).Where(key => !SampleBase.Meet(key, path.Place.Key)).Distinct(StringComparer.Ordinal);
        var less = others.Aggregate(JsonPointer.Replace(with, pointer, usual), (document, key) => SampleEdit.Standing(document, key).Reverse().Aggregate(document, Lacking));
        return less == start.Document ? null : Translated(less);
    }

    // Without the place, or what it stands in if that may not be without it.
    JsonValue Lacking(JsonValue document, string pointer)
    {
        for (var at = pointer; at.Length > 0; at = at[..at.LastIndexOf('/')])
            if (SampleEdit.Without(document, at) is var less && trial.IsValid(Side.Source, less)) return less;
        return document;
    }

    /// <summary>For what a receiver asks and all these documents meet, one that does not.</summary>
    public IEnumerable<ProfileDocument> Otherwise(ImmutableArray<ProfileDocument> documents, ProfileDocument lean, Receiver to) =>
        to.Demands.SelectMany(demands => demands).Where(demand => demand.Kind is ConditionKind.Is or ConditionKind.Present).GroupBy(demand => (demand.Key, demand.Kind)).Select(same => same.First() with { Values = [.. same.SelectMany(demand => demand.Values).Distinct()] }).Take(MaxAimed).Where(demand => documents.All(one => IsThere(demand, one.Record)))
            .Select(demand => Unmet(lean.Document, demand).Take(MaxEdits).Concat(documents.SelectMany(one => Unmet(one.Document, demand)).Take(MaxEdits)).Prepend(lean.Document).Distinct().Select(Translated).OfType<ProfileDocument>().FirstOrDefault(one => !IsThere(demand, one.Record))).OfType<ProfileDocument>().Take(MaxDecided);

    static bool IsThere(Demand demand, JsonValue record) => demand.Kind == ConditionKind.Is ? demand.IsMet(record) : SampleEdit.Standing(record, demand.Key).Any();

    // Without what a field writes there, or with another value, and with the values that stand in a program that does.
    IEnumerable<JsonValue> Unmet(JsonValue document, Demand demand)
    {
        foreach (var (fact, place) in samples.Reading.Where(fact => fact.Canonical.Any(there => there.Key == demand.Key)).SelectMany(fact => fact.Source.Select(place => (fact, place))))
        {
            if (fact.Syntax is not FieldSyntax.Compute)
            {
                yield return SampleEdit.Standing(document, place.Key).Reverse().Aggregate(document, SampleEdit.Without);
                foreach (var other in Edits(document, fact, place).Take(MaxTried)) yield return other;
                continue;
            }

            foreach (var site in samples.Places.Sites(document).Where(site => site.Shape is ScalarShape && JsonPointer.Covers(place.Key, site.Key)).DistinctBy(site => site.Key))
                foreach (var value in ProgramSamples.Of([(FieldSyntax.Compute)fact.Syntax], (ScalarShape)site.Shape)) yield return SampleEdit.Standing(document, site.Key).Aggregate(document, (made, at) => JsonPointer.Replace(made, at, value));
        }
    }

    // Null for a document that is none, or is refused.
    ProfileDocument? Translated(JsonValue document)
    {
        if (known.TryGetValue(document, out var made)) return made;
        return known[document] = trial.IsValid(Side.Source, document) && trial.Execute(MappingDirection.In, document) is { Succeeded: true, Result: var record } ? new ProfileDocument(document, record) : null;
    }

    ImmutableArray<ProfileDocument> General()
    {
        var full = samples.Full();
        var made = Alternatives(full).Prepend(samples.Root).Prepend(full).Distinct().Select(Translated).OfType<ProfileDocument>().Take(MaxGeneral).ToImmutableArray();

        // What excludes each other cannot all be in one document, so some others are taken that have nearly all.
        return made.IsEmpty || Translated(full) is null ? [.. made, .. SampleDocuments.All(samples).Append(samples.Root).Distinct().Select(Translated).OfType<ProfileDocument>().Take(MaxOthers)] : made;
    }

    // Codes decide where things go: each that the mapping itself asks for is a document of its own, and of the others the first few.
    IEnumerable<JsonValue> Alternatives(JsonValue full)
    {
        foreach (var document in Decided(full)) yield return document;
        foreach (var test in facts.SelectMany(fact => fact.Tests).Where(test => test is { Place.Side: Side.Source, Kind: ConditionKind.Is }).DistinctBy(test => (test.Place.Key, test.Values.FirstOrDefault())))
        {
            foreach (var value in test.Values.Take(MaxOthers))
            {
                var chosen = JsonPointer.Replace(full, test.Place.FirstPointer, value);
                yield return samples.Reading.Where(fact => fact.Tests.Any(one => one.Place.Key == test.Place.Key && one.Values.Contains(value))).Aggregate(chosen, samples.Put);
            }
        }

        var coded = samples.Reading.Where(fact => fact.Syntax is FieldSyntax.Copy && fact.Canonical is [{ } there] && SampleValues.ItemOf(there) is { Allowed.Length: > 1 });
        foreach (var document in coded.SelectMany(fact => Edits(full, fact, fact.Source[0]).Take(2)).Take(MaxOthers)) yield return document;
    }

    // Whatever decides where things go, with a value that nothing asks for and with none; then the least document.
    IEnumerable<JsonValue> Decided(JsonValue full)
    {
        foreach (var tests in facts.SelectMany(fact => fact.Tests).Where(test => test.Place.Side == Side.Source).GroupBy(test => test.Place.Key, StringComparer.Ordinal).Take(MaxOthers))
        {
            var pointer = tests.First().Place.FirstPointer;
            if (JsonPointer.Find(full, pointer) is null) continue;
            var asked = tests.SelectMany(test => test.Values).ToHashSet();
            foreach (var other in SampleValues.Variants(tests.First().Place.Resolved.Shape).Where(value => !asked.Contains(value)).Take(1)) yield return JsonPointer.Replace(full, pointer, other);
            yield return SampleEdit.Without(full, pointer);
        }
    }

    // Everything that a field asks, and of what the others ask all that agrees with it.
    IEnumerable<JsonValue> Aimed(Receiver to)
    {
        foreach (var asked in to.Demands.Take(MaxAimed).DefaultIfEmpty([]))
        {
            var wanted = to.Always.Concat(asked).ToList();
            foreach (var more in to.Demands.Where(more => more.All(demand => wanted.TrueForAll(demand.Agrees)))) wanted.AddRange(more);
            yield return wanted.DistinctBy(demand => demand.ToString()).Aggregate(samples.Full(), Met);
        }
    }

    // The document as the demand wants it, if the system can say that.
    JsonValue Met(JsonValue document, Demand demand)
    {
        var writers = samples.Reading.Where(fact => fact.Canonical.Any(place => place.Key == demand.Key || (demand.Kind == ConditionKind.Absent && place.Key.StartsWith(demand.Key + "/", StringComparison.Ordinal)))).ToList();
        if (demand.Kind == ConditionKind.Present || writers.Count == 0) return document;
        if (demand.Kind == ConditionKind.Absent)
            return writers.SelectMany(fact => fact.Source).Aggregate(document, (rest, place) => SampleEdit.Without(rest, place.FirstPointer) is var less && trial.IsValid(Side.Source, less) ? less : rest);
        if (demand.IsMet(Mapping.ToCanonical(document).Value)) return document;
        return writers.SelectMany(fact => fact.Source.SelectMany(place => Edits(document, fact, place))).FirstOrDefault(one => demand.IsMet(trial.Execute(MappingDirection.In, one).Result), document);
    }

    // The document with other values at a place.
    IEnumerable<JsonValue> Edits(JsonValue document, FieldFact fact, FieldPlace place) => samples.Placed(document, place, fact) is var (with, pointer)
        ? samples.Values(fact, place).Concat(SampleValues.Variants(place.Resolved.Shape)).Distinct().Select(value => JsonPointer.Replace(with, pointer, value)).Where(one => one != document) : [];

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

    // Where the place stands in a document, in the first few items that are chosen as the path chooses them.
    static IEnumerable<string> Pointers(JsonValue document, ProfilePath path)
    {
        var chosen = Demand.Around(path.Fact, path.Place);
        return SampleEdit.Standing(document, path.Place.Key).Where(pointer => chosen.All(demand => demand.HoldsBeside(document, pointer))).Take(MaxItems);
    }

    /// <summary>The document changed, as little as is found, so that a receiver takes it, or refuses it for fewer reasons.</summary>
    public ProfileDocument Mended(ProfileDocument from, Receiver to)
    {
        var problems = to.Problems(from.Record);
        for (var step = 0; step < MaxRepairs && !problems.IsEmpty; step++)
        {
            var better = problems.SelectMany(problem => Around(from.Document, SampleBase.KeyOf(problem.Path)).Take(MaxEdits)).Distinct().Take(MaxEdits * 3).Select(Translated).OfType<ProfileDocument>()
                .Select(one => (Document: one, Problems: to.Problems(one.Record))).FirstOrDefault(one => one.Problems.Length < problems.Length);
            if (better.Document is null) return from;
            (from, problems) = better;
        }

        return from;
    }

    // The document with another value, or none, in what a place of the record comes from; then in what stands beside it, which may be why it is asked for.
    IEnumerable<JsonValue> Around(JsonValue document, string key)
    {
        var beside = key.LastIndexOf('/') is > 0 and var at ? key[..at] : key;
        var near = samples.Reading.Where(fact => fact.Canonical.Any(place => SampleBase.Meet(place.Key, key))).ToList();
        return key.Length == 0 ? [] : near.Concat(samples.Reading.Where(fact => fact.Canonical.Any(place => SampleBase.Meet(place.Key, beside)))).Distinct()
            .SelectMany(fact => fact.Source.SelectMany(place => Edits(document, fact, place).Take(near.Contains(fact) ? MaxOthers : 1).Append(SampleEdit.Without(document, place.FirstPointer))));
    }
}
