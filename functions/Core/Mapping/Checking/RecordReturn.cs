using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Sends a whole record back: what arrived must come back the same, but for the order of a list's items.</summary>
sealed class RecordReturn(Trial trial, MappingDirection way, SampleBase samples, ImmutableArray<FieldFact> facts, KnownLosses known, FindingList findings)
{
    MappingDirection Reverse => way == MappingDirection.In ? MappingDirection.Out : MappingDirection.In;

    /// <summary>Compares a record with what comes back of it.</summary>
    /// <param name="there">The way there.</param>
    /// <param name="lost">What did not arrive: it is not looked for.</param>
    public void Try(Execution there, List<string> lost)
    {
        var back = trial.Execute(Reverse, there.Result);
        if (!back.Succeeded)
        {
            Refused(there, back);
            return;
        }

        HashSet<string>? gone = null;
        foreach (var (key, was, now) in Differences(trial.Filled.Without(trial.Told(Reverse, there.Document), lost), trial.Filled.Of(back.Told)))
        {
            gone ??= lost.Select(SampleBase.KeyOf).ToHashSet(StringComparer.Ordinal);
            if (gone.Contains(key) || (was.IsNull && IsStated(key, now))) continue;
            if (was.Kind == JsonKind.Array && known.LosesItems(key) && (now.IsNull || now.Items.All(was.Items.Contains))) continue;
            foreach (var how in HowBacks.Of(was, now).Where(how => !known.ComesBackDifferent(key, how, isNew: was.IsNull && key.Contains("/*", StringComparison.Ordinal)))) Different(there, back, key, was, now, how);
        }
    }

    void Different(Execution there, Execution back, string key, JsonValue was, JsonValue now, HowBack how)
    {
        var fact = Near(key);
        var path = SampleBase.PathOf(key.Replace("/*", "", StringComparison.Ordinal));
        findings.Add(CheckRules.NotBack, way, path, fact?.Syntax.Place ?? trial.Mapping.Syntax.FieldsPlace, CheckMessages.NotBack(path, CheckMessages.Shown(was), CheckMessages.Shown(now)), FindingList.Back(there, back), fact?.Syntax, how: how);
    }

    // A constant says of what is absent what it would have to be.
    bool IsStated(string key, JsonValue value) => facts.Any(fact => fact.Syntax is FieldSyntax.Constant constant && fact[samples.From] is [var place] && place.Key == key && TypeCheck.Constant(constant.Value, place.Resolved, new ProblemList()) == value);

    void Refused(Execution there, Execution back)
    {
        foreach (var problem in back.Problems)
        {
            var key = SampleBase.KeyOf(problem.Path);
            var path = SampleBase.PathOf(problem.Path);
            if (Origins(key).Prepend(key).Any(origin => known.ComesBackDifferent(origin, HowBack.Refused)) || known.IsRefused(problem)) continue;
            findings.Add(CheckRules.NotBack, way, path, Near(key)?.Syntax.Place ?? trial.Mapping.Syntax.FieldsPlace, CheckMessages.BackRefused(path, problem.Message), FindingList.Back(there, back), how: HowBack.Refused);
        }
    }

    // What is refused on the way back is told where it came from.
    IEnumerable<string> Origins(string key) => facts.Where(fact => fact.Ways.HasFlag(way) && fact[FieldFact.To(way)].Any(place => place.Key == key)).SelectMany(fact => fact[samples.From]).Select(place => place.Key);

    static List<(string Key, JsonValue Was, JsonValue Now)> Differences(JsonValue was, JsonValue now)
    {
        var found = new List<(string Key, JsonValue Was, JsonValue Now)>();
        if (was != now) Compare(was, now, "", found);
        return found;
    }

    // Of two that differ.
    static void Compare(JsonValue was, JsonValue now, string key, List<(string Key, JsonValue Was, JsonValue Now)> found)
    {
        if ((was.Kind == JsonKind.Object && now.Kind is JsonKind.Object or JsonKind.Null) || (was.IsNull && now.Kind == JsonKind.Object))
        {
            foreach (var name in MembersOf(was).Union(MembersOf(now), StringComparer.Ordinal))
                if (was[name] is var before && now[name] is var after && before != after) Compare(before, after, key + RouteStep.Member.SegmentOf(name), found);
        }
        else if (was.Kind == JsonKind.Array && now.Kind == JsonKind.Array && Unmatched(was, now) is var (gone, come) && gone.Count == come.Count)
        {
            for (var at = 0; at < gone.Count; at++) Compare(gone[at], come[at], key + "/*", found);
        }
        else
        {
            found.Add((key, was, now));
        }
    }

    static IEnumerable<string> MembersOf(JsonValue value) => value.Kind == JsonKind.Object ? value.Members.Select(member => member.Key) : [];

    // The items of each list that the other does not have, each beside the one that is most like it.
    static (List<JsonValue> Before, List<JsonValue> After) Unmatched(JsonValue was, JsonValue now)
    {
        var (before, left) = (new List<JsonValue>(), now.Items.ToList());
        foreach (var item in was.Items)
            if (!left.Remove(item)) before.Add(item);
        if (before.Count != left.Count) return (before, left);
        var after = new List<JsonValue>();
        foreach (var item in before)
        {
            var leaves = Leaves(item, "").ToHashSet();
            var like = left.MaxBy(one => Leaves(one, "").Count(leaves.Contains));
            left.Remove(like);
            after.Add(like);
        }

        return (before, after);
    }

    static IEnumerable<(string Key, JsonValue Value)> Leaves(JsonValue value, string key) => value.Kind switch
    {
        JsonKind.Object => value.Members.SelectMany(member => Leaves(member.Value, $"{key}/{member.Key}")),
        JsonKind.Array => value.Items.SelectMany(item => Leaves(item, key + "/*")),
        _ => [(key, value)],
    };

    // The field that reads there, or nearest around it, or below.
    FieldFact? Near(string key) => facts.Where(fact => fact.Ways.HasFlag(way)).SelectMany(fact => fact[samples.From].Where(place => SampleBase.Meet(place.Key, key)).Select(place => (fact, place)))
        .OrderByDescending(one => one.place.Key.Length <= key.Length ? one.place.Key.Length : -one.place.Key.Length).FirstOrDefault().fact;
}
