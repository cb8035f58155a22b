using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Checking;

/// <summary>
/// Looks into what only programs read. What a program reads is found by executing: a value there that changes nothing of what arrives, in any document that was tried, is lost, whatever
/// <c>reads</c> names; and so is an item beside those that arrive.
/// </summary>
sealed class ProgramProbe(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, FindingList findings)
{
    const int MaxRuns = 800;
    const int MaxDepth = 8;
    const int MaxItems = 3;
    const int MaxOthers = 2;
    const int MaxDeciding = 8;

    readonly RunBudget budget = new(trial, MaxRuns);
    readonly KnownLosses known = new(trial.Mapping, way, facts, findings);
    readonly ImmutableArray<FieldSyntax.Compute> programs = [.. facts.Where(fact => fact.Ways.HasFlag(way)).Select(fact => fact.Syntax).OfType<FieldSyntax.Compute>().Where(program => program.Side == FieldFact.To(way))];
    ImmutableArray<JsonValue> seeds;

    // The segments of what is looked into.
    int depth;

    Side From => samples.From;

    /// <summary>What is lost of a place: itself, if nothing of it arrives, or what of it does not; null if no document that has it translates.</summary>
    public ImmutableArray<(FieldPlace Place, Counterexample Shown)>? Lost(FieldPlace read)
    {
        if (read.Resolved.Shape is ScalarShape || At(PathOf(read.Key)) is not { } place) return null;
        depth = place.Key.Split('/').Length;
        var documents = Documents(place);
        if (!documents.Any(document => SampleEdit.Standing(document, place.Key).Any())) return null;
        var lost = Below(place, documents, MaxDepth).Lost;
        foreach (var document in documents) Items(place, document);
        if (budget.IsSpent) findings.Add(CheckRules.Unconfirmed, way, "", trial.Mapping.Syntax.FieldsPlace, CheckMessages.SpentRuns, null);
        return [.. lost];
    }

    // With all that may stand there, in the least document and in a full one; and what the other way makes, in which what belongs together does.
    ImmutableArray<JsonValue> Documents(FieldPlace place)
    {
        var starts = new[] { samples.Root, samples.Full() }.Select(start => Filled(samples, start, place, null)).OfType<JsonValue>();
        return [.. starts.Concat(Seeds()).Distinct().Where(Translates)];
    }

    static string PathOf(string key) => key.Split('/').Skip(1).Aggregate("", (path, name) => name == "*" ? path + "[0]" : MappingPathParser.Join(path, JsonPointer.Unescape(name)));

    FieldPlace? At(string path) => FieldFacts.PlaceOf(trial.Mapping, From, path);

    static JsonValue? Filled(SampleBase of, JsonValue document, FieldPlace place, FieldFact? fact) =>
        of.Placed(document, place, fact) is var (with, pointer) && Whole(place.Resolved.Shape, MaxDepth) is { IsNull: false } whole ? JsonPointer.Replace(with, pointer, whole) : default(JsonValue?);

    static JsonValue Whole(Shape shape, int depthLeft) => shape switch
    {
        _ when depthLeft == 0 => JsonValue.Null,
        ObjectShape known => JsonValue.Of(known.Members.Select(member => KeyValuePair.Create(member.Name, Whole(member.Shape, depthLeft - 1))).Where(member => !member.Value.IsNull)),
        ArrayShape list => JsonValue.Of(Enumerable.Repeat(Whole(list.Item, depthLeft - 1), Math.Clamp(list.MinItems ?? 1, 1, MaxItems))),
        _ => SampleValues.Variants(shape).FirstOrDefault(),
    };

    ImmutableArray<JsonValue> Seeds()
    {
        if (!seeds.IsDefault) return seeds;
        if (trial.Mapping.Direction != MappingDirection.Both) return seeds = [];
        var reverse = way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In;
        var other = new SampleBase(trial, reverse, trial.Facts, new FindingList(trial.Mapping.Syntax));
        var made = trial.Facts.Where(fact => fact.Syntax is FieldSyntax.Compute && fact.Ways.HasFlag(way)).SelectMany(fact => fact[other.From].Select(place => (fact, place))).Where(one => one.place.Resolved.Shape is not ScalarShape);
        var full = made.Aggregate(other.Full(), (document, one) => Filled(other, document, one.place, null) is { } with && trial.IsValid(other.From, with) ? with : document);
        return seeds = [.. new[] { full, other.Root }.Where(document => trial.IsValid(other.From, document)).Select(document => trial.Execute(reverse, document)).Where(one => one.Succeeded).Select(one => one.Result)];
    }

    bool Translates(JsonValue document) => !document.IsNull && !budget.IsSpent && trial.IsValid(From, document) && trial.Execute(way, document).Succeeded;

    // All is whether everything below is lost: then the place itself is told.
    (bool All, List<(FieldPlace, Counterexample)> Lost) Below(FieldPlace place, ImmutableArray<JsonValue> documents, int depthLeft)
    {
        if (depthLeft == 0) return (false, []);
        if (place.Resolved.Shape is ScalarShape { Allowed.Length: 1 }) return (true, []);
        if (Changed(place, documents) is { } whole) return (true, [(place, whole)]);
        var below = place.Resolved.Shape switch
        {
            ObjectShape known => known.Members.Select(member => MappingPathParser.Join(place.Path, member.Name)),
            ArrayShape { Item: not ScalarShape } => [place.Path + "[0]"],
            _ => [],
        };
        var parts = below.Select(At).OfType<FieldPlace>().Select(part => Below(part, documents, depthLeft - 1)).ToList();
        if (parts.Count == 0) return (false, []);
        var lost = parts.SelectMany(part => part.Lost).ToList();
        return parts.TrueForAll(part => part.All) ? (true, lost.Count == 0 ? lost : [(place, lost[0].Item2)]) : (false, lost);
    }

    // Two documents that differ there alone and become the same; null if something shows that they differ, or nothing could be tried.
    Counterexample? Changed(FieldPlace place, ImmutableArray<JsonValue> documents)
    {
        Counterexample? same = null;
        var isScalar = place.Resolved.Shape is not (ObjectShape or ArrayShape { Item: not ScalarShape });
        foreach (var (start, at) in documents.SelectMany(start => SampleEdit.Standing(start, place.Key).Take(MaxItems).SelectMany(at => Around(start, at, isScalar).Prepend(start).Select(one => (one, at)))).Where(one => Translates(one.Item1)))
        {
            var (there, now) = (trial.Execute(way, start), JsonPointer.Find(start, at));
            var others = (isScalar ? SampleValues.Variants(place.Resolved.Shape).Where(value => value != now).Take(MaxOthers).Select(value => JsonPointer.Replace(start, at, value)) : []).Append(SampleEdit.Without(start, at));
            foreach (var other in others.Where(other => other != start && Translates(other)).Select(one => trial.Execute(way, one)))
            {
                if (other.Told != there.Told)
                {
                    if (isScalar) Back(place, there, at);
                    return null;
                }

                same ??= FindingList.Same([there, other]);
            }

            if (same is not null && DecidesAt(place, there, at)) return Decided(place, same);
        }

        return budget.IsSpent ? null : same;
    }

    /// <summary>Whether a program tells values of a place apart that stand in it, though of these two documents it makes the same: that is what its reason is about.</summary>
    public bool Tells(FieldPlace place, Counterexample same)
    {
        var start = same.Documents[0];
        if (SampleEdit.Standing(start, place.Key).FirstOrDefault() is not { } at) return false;
        var isTold = new[] { start, Named(start) }.Distinct().Where(Translates).Select(one => trial.Execute(way, one)).Any(there => DecidesAt(place, there, at) || (there.Document != start && VariesAt(place, there, at)));
        if (!isTold) return false;
        Decided(place, same);
        return true;
    }

    // A program may tell one thing of another only where that is there: the document with all that stands in the programs by its name.
    JsonValue Named(JsonValue start)
    {
        var names = programs.SelectMany(ProgramSamples.Names).ToHashSet(StringComparer.Ordinal);
        return (samples.Shape as ObjectShape)?.Members.Where(member => names.Contains(member.Name) && !start.TryGet(member.Name, out _)).Aggregate(start, (document, member) =>
            Whole(member.Shape, MaxDepth) is { IsNull: false } whole && document.With(member.Name, whole) is var with && trial.IsValid(From, with) ? with : document) ?? start;
    }

    bool VariesAt(FieldPlace place, Execution there, string at) => IsToldApart(there, SampleValues.Variants(place.Resolved.Shape).Take(MaxOthers).Select(value => JsonPointer.Replace(there.Document, at, value)).Append(SampleEdit.Without(there.Document, at)));

    // Whether a program tells values apart that stand in it.
    bool DecidesAt(FieldPlace place, Execution there, string at) =>
        place.Resolved.Shape is ScalarShape shape && IsToldApart(there, ProgramSamples.Of(programs, shape).Take(MaxDeciding).Select(value => JsonPointer.Replace(there.Document, at, value)));

    bool IsToldApart(Execution there, IEnumerable<JsonValue> others) => others.Any(other => other != there.Document && Translates(other) && trial.Execute(way, other).Told != there.Told);

    // Other values are the same to it: that is what its reason is about.
    Counterexample? Decided(FieldPlace place, Counterexample same)
    {
        if (programs.FirstOrDefault() is { } program && facts.FirstOrDefault(fact => fact.Syntax == program) is { } fact)
            findings.Add(CheckRules.Computed, way, place.Path, program.Place, CheckMessages.Computed(place.Path, fact[FieldFact.To(way)][0].Path), same, program, program.Reason);
        return null;
    }

    // What arrives comes back where it was; where it stands in a list its position says nothing.
    void Back(FieldPlace place, Execution there, string at)
    {
        if (trial.Mapping.Direction != MappingDirection.Both || place.Key.Contains("/*", StringComparison.Ordinal) || budget.IsSpent) return;
        var back = trial.Execute(way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In, there.Result);
        if (!back.Succeeded || JsonPointer.Find(there.Document, at) is not { IsNull: false } was || (JsonPointer.Find(back.Result, at) ?? JsonValue.Null) is var now && now == was) return;
        foreach (var how in HowBacks.Of(was, now).Where(how => !known.ComesBackDifferent(place.Key, how)))
            findings.Add(CheckRules.NotBack, way, place.Path, trial.Mapping.Syntax.FieldsPlace, CheckMessages.NotBack(place.Path, CheckMessages.Shown(was), CheckMessages.Shown(now)), FindingList.Back(there, back), how: how);
    }

    // A program may read one thing only where another is absent: what is looked into holds the place alone, or lacks one that stands beside it.
    IEnumerable<JsonValue> Around(JsonValue document, string at, bool isScalar)
    {
        var around = string.Join('/', at.Split('/').Take(depth));
        if (around != at && JsonPointer.Find(SampleEdit.Only(document, [at]), around) is { } only) yield return JsonPointer.Replace(document, around, only);
        var parent = at[..at.LastIndexOf('/')];
        foreach (var beside in isScalar && JsonPointer.Find(document, parent) is { Kind: JsonKind.Object } here ? here.Members.Select(member => parent + RouteStep.Member.SegmentOf(member.Key)) : [])
            if (beside != at) yield return SampleEdit.Without(document, beside);
    }

    // In a list of which items arrive: one more that nothing refers to, and one that is referred to as the first is.
    void Items(FieldPlace place, JsonValue document)
    {
        var there = trial.Execute(way, document);
        var (rule, path) = (way == MappingDirection.In ? CheckRules.NotRead : CheckRules.NotSent, place.Path);
        var items = samples.Places.Sites(document).Where(site => site.Kind == RecordSiteKind.Item).ToList();
        foreach (var site in items.Where(site => SampleBase.IsAt(place.Key, site.Key)).DistinctBy(site => site.Key))
        {
            if (findings.Has(rule, way, path) || Told(SampleEdit.Without(document, site.Pointer)) is null or { IsSame: true }) continue;
            if (Told(Added(document, site, Renamed(site.Value, site.Shape, null))) is { IsSame: true, Now: var more })
                findings.Add(CheckRules.ItemsDropped, way, site.Path, trial.Mapping.Syntax.FieldsPlace, CheckMessages.Unconnected(site.Path), FindingList.Same([there, more]), condition: LossCondition.UnlessReferred);
            foreach (var (id, referring) in items.Where(other => other.Key != site.Key).SelectMany(other => Texts(site.Value).Intersect(Texts(other.Value)).Select(id => (id, other))).DistinctBy(one => one.id))
            {
                var twin = Added(Added(document, site, Renamed(site.Value, site.Shape, id)), referring, Renamed(referring.Value, referring.Shape, id));
                if (Told(twin) is { IsSame: true, Now: var second }) findings.Add(CheckRules.FirstOfSeveral, way, site.Path, trial.Mapping.Syntax.FieldsPlace, CheckMessages.OnlyOne(site.Path), FindingList.Same([there, second]));
            }
        }

        (bool IsSame, Execution Now)? Told(JsonValue other) => other != document && Translates(other) && trial.Execute(way, other) is var now ? (now.Told == there.Told, now) : null;
    }

    static JsonValue Added(JsonValue document, RecordSite site, JsonValue item) =>
        site.Pointer[..site.Pointer.LastIndexOf('/')] is var list && JsonPointer.Find(document, list) is { } items ? JsonPointer.Replace(document, list, items.Plus(item)) : document;

    // The item with another text for one, or for every text that may be any.
    static JsonValue Renamed(JsonValue item, Shape shape, string? id) => JsonValue.Of(item.Members.Select(member => KeyValuePair.Create(
        member.Key, member.Value.StringOrNull is { } text && (id is null ? shape.At(member.Key) is ScalarShape { Allowed.IsEmpty: true, Format: null, Patterns.IsEmpty: true } : text == id) ? JsonValue.Of(text + "b") : member.Value)));

    static IEnumerable<string> Texts(JsonValue item) => item.Kind == JsonKind.Object ? item.Members.Select(member => member.Value.StringOrNull).OfType<string>() : [];
}
