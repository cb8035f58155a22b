using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Mapping.Checking;

namespace Interop.Core.Tests.Mapping.Checking;

/// <summary>
/// What the check lists of one direction of a mapping, taken out of a document: what is left must come back as it was. A finding is about its own place, in the items that its path chooses, and in its own direction alone;
/// an item that is dropped is one of which nothing arrives, and its neighbours stay. What does not come back, and stands in no list, does not in the way that is told, and in no other.
/// </summary>
sealed class DeclaredLosses
{
    // Nothing of the place arrives, under the conditions that the message tells: that it is so is asked of each document.
    static readonly HashSet<string> Gone = ["not-sent", "not-read", "ambiguous-inverse"];

    // What arrives, or comes back, is another value.
    static readonly HashSet<string> Different = ["not-back", "same-result", "computed", "codes-share-meaning", "precision", "zone", "join-not-invertible", "default-hides-absence", "spelling", "presence"];

    readonly Trial trial;
    readonly MappingDirection way;
    readonly ImmutableArray<FieldFact> reading;
    readonly ImmutableArray<ImmutableArray<PathStep>> gone;
    readonly ImmutableArray<ImmutableArray<PathStep>> different;
    readonly ImmutableArray<(ImmutableArray<PathStep> Path, HowBack[] How)> notBack;
    readonly ImmutableArray<ImmutableArray<PathStep>> ignored;
    readonly ImmutableArray<ImmutableArray<PathStep>> unordered;
    readonly ImmutableArray<(string Pointer, JsonValue Value)> constants;
    readonly ImmutableArray<ImmutableArray<PathStep>> dropped;
    readonly ImmutableArray<ImmutableArray<PathStep>> firsts;

    public DeclaredLosses(Trial trial, MappingDirection way, ImmutableArray<string> claimed = default)
    {
        (this.trial, this.way) = (trial, way);
        var facts = FieldFacts.Of(trial.Mapping);
        reading = [.. facts.Where(fact => fact.Reads(way) && fact.Syntax is not (FieldSyntax.Ignore or FieldSyntax.Each))];
        var found = MappingCheck.Run(trial.Mapping).Findings.Where(finding => finding.Way == way && finding.Severity != FindingSeverity.Error && (finding.Rule != "not-back" || claimed.IsDefault || !claimed.Contains(finding.Path))).ToList();

        // What is put together loses which of its parts it was: all of them.
        var joined = found.Where(finding => finding.Rule == "join-not-invertible").SelectMany(finding => facts.Where(fact => fact.Syntax.Place == finding.Place)).SelectMany(fact => fact[FieldFact.From(way)]).Select(place => place.Path);
        gone = Steps(found.Where(finding => Gone.Contains(finding.Rule)).Select(finding => finding.Path));
        var otherwise = found.Where(finding => Different.Contains(finding.Rule) && finding.Rule != "not-back").Select(finding => finding.Path).Concat(joined).ToHashSet(StringComparer.Ordinal);
        different = Steps(found.Where(finding => Different.Contains(finding.Rule)).Select(finding => finding.Path).Concat(joined));
        notBack = [.. found.Where(finding => finding.Rule == "not-back" && !otherwise.Contains(finding.Path)).GroupBy(finding => finding.Path, StringComparer.Ordinal).Select(same => (Steps([same.Key])[0], same.Select(finding => finding.How!.Value).ToArray()))];
        ignored = Steps(found.Where(finding => finding.Rule == "ignored").Select(finding => finding.Path));
        constants = [.. facts.Where(fact => fact is { Syntax: FieldSyntax.Constant, Ways: MappingDirection.Both }).SelectMany(fact => fact[FieldFact.From(way)], (fact, place) => (place.FirstPointer, TypeCheck.Constant(((FieldSyntax.Constant)fact.Syntax).Value, place.Resolved, new ProblemList()) ?? JsonValue.Null))];
        unordered = Steps(found.Where(finding => finding.Rule == "item-order").Select(finding => finding.Path));
        dropped = Steps(found.Where(finding => finding.Rule == "items-dropped").Select(finding => finding.Path));
        firsts = Steps(found.Where(finding => finding.Rule == "first-of-several").Select(finding => finding.Path));
    }

    /// <summary>
    /// A document that goes there and what came back of it, as far as the mapping claims that they are the same: without the items and values of which nothing arrives, without what stands at the places of the findings, without what is
    /// empty, which is the same as what is absent, and with the items in one order where it is told that theirs is lost.
    /// </summary>
    public (JsonValue Was, JsonValue Now) Claimed(JsonValue document, JsonValue back, Func<JsonValue, JsonValue>? claim = null)
    {
        var told = trial.Execute(way, document).Told;
        var items = dropped.SelectMany(path => Located(document, path, "", 0)).SelectMany(list => Items(document, list)).Where(item => !IsRead(document, item)).Concat(firsts.SelectMany(path => After(document, path)));
        var lost = items.Concat(gone.SelectMany(path => Located(document, path, "", 0))).ToHashSet(StringComparer.Ordinal);

        // All at once, if it is so, else one by one.
        if (!Tells(lost)) lost = [.. lost.Where(pointer => Tells([pointer]))];

        var (was, now) = Left();
        if (was == now) return (was, now);
        lost.UnionWith(dropped.SelectMany(path => Located(document, path, "", 0)).SelectMany(list => Items(document, list)).Where(item => !lost.Contains(item) && IsDifferentAlone(item)).ToList());
        return Left();

        // What is not sent, and stands in no list, may come back as something else.
        (JsonValue Was, JsonValue Now) Left()
        {
            var notSent = gone.SelectMany(path => Located(back, path, "", 0)).Where(pointer => IsInNoList(pointer) && (lost.Contains(pointer) || JsonPointer.Find(document, pointer) is null));
            var stated = constants.Where(constant => JsonPointer.Find(document, constant.Pointer) is null && JsonPointer.Find(back, constant.Pointer) == constant.Value).Select(constant => constant.Pointer);
            var (went, came) = (Asked(Filled(Without(document, lost, ""))), Asked(Filled(Without(back, [.. notSent, .. stated], ""))));
            var otherwise = notBack.SelectMany(one => Located(went, one.Path, "", 0).Union(Located(came, one.Path, "", 0), StringComparer.Ordinal).Where(pointer => IsInNoList(pointer) && !IsTold(pointer, one.How))).ToHashSet(StringComparer.Ordinal);
            return (Compared(went, otherwise), Compared(came, otherwise));

            bool IsTold(string pointer, HowBack[] how) => (JsonPointer.Find(went, pointer) ?? JsonValue.Null, JsonPointer.Find(came, pointer) ?? JsonValue.Null) is var (was, now) && (was == now || HowBacks.Of(was, now).All(how.Contains));
        }

        JsonValue Asked(JsonValue one) => claim is null ? one : claim(one);

        // Whether all that arrives of an item is told to come back as something else.
        bool IsDifferentAlone(string item)
        {
            var values = different.SelectMany(path => Located(document, path, "", 0)).Where(pointer => pointer.StartsWith(item + "/", StringComparison.Ordinal) && !IsList(JsonPointer.Find(document, pointer))).ToHashSet(StringComparer.Ordinal);
            return values.Count > 0 && !IsRead(Without(document, values, ""), item) && trial.Execute(way, Without(document, [.. lost, .. values], "")).Told == trial.Execute(way, Without(document, [.. lost, item], "")).Told;
        }

        bool Tells(HashSet<string> left) => trial.Execute(way, Without(document, left, "")).Told == told;
    }

    static bool IsInNoList(string pointer) => !pointer.Split('/').Any(segment => segment.Length > 0 && segment.All(char.IsAsciiDigit));

    // What does not come back in another way than is told is compared.
    JsonValue Compared(JsonValue document, HashSet<string> otherwise)
    {
        var apart = different.SelectMany(path => Located(document, path, "", 0)).Where(pointer => !otherwise.Contains(pointer) && !IsList(JsonPointer.Find(document, pointer))).Concat(ignored.SelectMany(path => Located(document, path, "", 0)));
        var left = Filled(Without(document, [.. apart], ""));
        return unordered.SelectMany(path => Located(left, path, "", 0)).OrderByDescending(pointer => pointer.Length).Aggregate(left, (sorted, list) =>
            JsonPointer.Find(sorted, list) is { Kind: JsonKind.Array } found ? JsonPointer.Replace(sorted, list, JsonValue.Of(found.Items.OrderBy(item => item.ToString(), StringComparer.Ordinal))) : sorted);
    }

    /// <summary>Whether what is refused on the way back is told to come back as something else.</summary>
    public bool Explains(Problem refused)
    {
        var key = SampleBase.KeyOf(refused.Path);
        var origins = trial.Facts.Where(fact => fact[FieldFact.To(way)].Any(place => place.Key == key)).SelectMany(fact => fact[FieldFact.From(way)]).Select(place => Names(MappingPathParser.Parse(place.Path, new Place("", 0, 0)).Value.Steps));
        return origins.Any(origin => different.Any(path => Names(path) == origin));
    }

    static string Names(ImmutableArray<PathStep> path) => string.Join('.', path.OfType<PathStep.Member>().Select(member => member.Name));

    static JsonValue Without(JsonValue value, HashSet<string> pointers, string here) => value.Kind switch
    {
        JsonKind.Object => JsonValue.Of(value.Members.Select(member => (member.Key, member.Value, Pointer: here + RouteStep.Member.SegmentOf(member.Key))).Where(member => !pointers.Contains(member.Pointer))
            .Select(member => KeyValuePair.Create(member.Key, Without(member.Value, pointers, member.Pointer)))),
        JsonKind.Array => JsonValue.Of(value.Items.Select((item, at) => (item, Pointer: $"{here}/{at}")).Where(one => !pointers.Contains(one.Pointer)).Select(one => Without(one.item, pointers, one.Pointer))),
        _ => value,
    };

    // That a list of objects comes back different tells nothing of its items.
    static bool IsList(JsonValue? value) => value is { Kind: JsonKind.Array } list && list.Items.Any(item => item.Kind == JsonKind.Object);

    static ImmutableArray<ImmutableArray<PathStep>> Steps(IEnumerable<string> paths) =>
        [.. paths.Where(path => path.Length > 0).Distinct(StringComparer.Ordinal).Select(path => MappingPathParser.Parse(path, new Place("", 0, 0)).Value.Steps)];

    // Where a path leads in a document. What it refers to elsewhere is not asked, and [0] stands for every item.
    static IEnumerable<string> Located(JsonValue value, ImmutableArray<PathStep> path, string pointer, int at)
    {
        if (at == path.Length) return [pointer];
        var items = value.Kind == JsonKind.Array ? value.Items.Select((item, index) => (Item: item, Pointer: $"{pointer}/{index}")) : [(value, pointer)];
        return path[at] switch
        {
            PathStep.Member when value.Kind == JsonKind.Array => items.SelectMany(one => Located(one.Item, path, one.Pointer, at)),
            PathStep.Member member => value.TryGet(member.Name, out var inner) ? Located(inner, path, pointer + RouteStep.Member.SegmentOf(member.Name), at + 1) : [],
            PathStep.Where where => items.Where(one => where.Conditions.All(condition => Stands(one.Item, condition))).SelectMany(one => Located(one.Item, path, one.Pointer, at + 1)),
            PathStep.Holds holds => items.Where(one => Typed.TextOf(one.Item) == holds.Value).SelectMany(one => Located(one.Item, path, one.Pointer, at + 1)),
            _ => items.SelectMany(one => Located(one.Item, path, one.Pointer, at + 1)),
        };
    }

    static bool Stands(JsonValue item, PathCondition condition) => condition.Literal is not { } wanted || Values(item, [.. condition.Path]).Any(value => Typed.TextOf(value) == wanted);

    // What stands below a value, in whatever items.
    static IEnumerable<JsonValue> Values(JsonValue value, ReadOnlySpan<string> path)
    {
        if (value.Kind == JsonKind.Array)
        {
            var rest = path is ["*", ..] ? path[1..].ToArray() : path.ToArray();
            return value.Items.SelectMany(item => Values(item, rest));
        }

        return path.IsEmpty ? value.IsNull ? [] : [value] : Values(value[path[0].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)], path[1..]);
    }

    static IEnumerable<string> Items(JsonValue document, string list) => Enumerable.Range(0, JsonPointer.Find(document, list) is { Kind: JsonKind.Array } items ? items.Count : 0).Select(at => $"{list}/{at}");

    // Those that stand after the one that is read.
    static IEnumerable<string> After(JsonValue document, ImmutableArray<PathStep> path)
    {
        var last = ((PathStep.Index)path[^1]).At;
        var chosen = Located(document, path[..^1], "", 0);
        return path[^2] is PathStep.Where ? chosen.Skip(last + 1) : chosen.SelectMany(list => Items(document, list).Skip(last + 1));
    }

    // Whether a field asks for such an item, and finds something in it.
    bool IsRead(JsonValue document, string item)
    {
        var key = SampleBase.KeyOf(item);
        var value = JsonPointer.Find(document, item) ?? JsonValue.Null;
        return reading.Any(fact => fact[FieldFact.From(way)].Any(Finds) && Demand.Of(fact, FieldFact.From(way)).All(demand => Holds(demand, document, item)));

        bool Finds(FieldPlace place) => place.Key == key || (place.Key.StartsWith(key + "/", StringComparison.Ordinal) && Values(value, [.. place.Key[(key.Length + 1)..].Split('/')]).Any());
    }

    static bool Holds(Demand demand, JsonValue document, string item)
    {
        string[] key = [.. demand.Key.Split('/').Skip(1)], at = [.. item.Split('/').Skip(1)];
        var common = 0;
        while (common < key.Length && common < at.Length && (key[common] == "*" || key[common] == at[common])) common++;
        var values = Values(JsonPointer.Find(document, string.Concat(at.Take(common).Select(segment => $"/{segment}"))) ?? JsonValue.Null, [.. key.Skip(common)]).ToList();
        return demand.Kind switch
        {
            ConditionKind.Present => values.Count > 0,
            ConditionKind.Absent => values.Count == 0,
            ConditionKind.Is => values.Exists(demand.Values.Contains),
            _ => !values.Exists(demand.Values.Contains),
        };
    }

    static JsonValue Filled(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => JsonValue.Of(value.Members.Select(member => KeyValuePair.Create(member.Key, Filled(member.Value))).Where(member => !IsEmpty(member.Value)).OrderBy(member => member.Key, StringComparer.Ordinal)),
        JsonKind.Array => JsonValue.Of(value.Items.Select(Filled).Where(item => !IsEmpty(item))),
        _ => value,
    };

    static bool IsEmpty(JsonValue value) => value.IsNull || (value.Kind is JsonKind.Object or JsonKind.Array && value.Count == 0);
}
