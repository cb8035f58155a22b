using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>What a field asks of a document before it reads there: a condition of its path, or of the groups around it.</summary>
/// <param name="Key">The place asked, with <c>*</c> for every item of a list.</param>
/// <param name="Kind">How it asks.</param>
/// <param name="Values">The values it asks for, or must not find.</param>
sealed record Demand(string Key, ConditionKind Kind, ImmutableArray<JsonValue> Values)
{
    // Asked again and again of the same fields.
    static readonly ConditionalWeakTable<FieldFact, Asked> Known = [];

    sealed class Asked(FieldFact fact)
    {
        ImmutableArray<Demand> source;
        ImmutableArray<Demand> canonical;

        public ImmutableArray<Demand> On(Side side)
        {
            ref var known = ref side == Side.Source ? ref source : ref canonical;
            return known.IsDefault ? known = Made(fact, side) : known;
        }
    }

    /// <summary>All that a field asks on a side, each once.</summary>
    public static ImmutableArray<Demand> Of(FieldFact fact, Side side) => Known.GetValue(fact, one => new Asked(one)).On(side);

    static ImmutableArray<Demand> Made(FieldFact fact, Side side)
    {
        var tests = fact.Tests.Where(test => test.Place.Side == side).ToList();
        var chosen = fact[side].Concat(tests.Select(test => test.Place)).SelectMany(place => place.Groups.Append(place.Resolved)).SelectMany(Chosen);
        return [.. chosen.Concat(tests.Select(test => new Demand(test.Place.Key, test.Kind, test.Values))).DistinctBy(demand => demand.ToString())];
    }

    /// <summary>What is asked of the items that a place itself is in, and of none that it only refers to from there.</summary>
    public static ImmutableArray<Demand> Around(FieldFact fact, FieldPlace place)
    {
        var around = new List<Resolved>();
        var isInAll = true;
        foreach (var one in place.Groups.Append(place.Resolved))
        {
            var left = one.Route.Up == MappingPath.Document ? around.Count : Math.Min(one.Route.Up, around.Count);
            around.RemoveRange(around.Count - left, left);
            isInAll &= one.Route.Up == 0;
            around.Add(one);
        }

        var tests = isInAll ? fact.Tests.Where(test => test.Place.Side == place.Side).Select(test => new Demand(test.Place.Key, test.Kind, test.Values)) : [];
        return [.. around.SelectMany(Chosen).Concat(tests).Where(demand => demand.Key.Contains("/*/", StringComparison.Ordinal))];
    }

    /// <summary>The conditions by which a path chooses items; one that refers to another place says no value.</summary>
    public static IEnumerable<Demand> Chosen(Resolved resolved)
    {
        var (steps, key) = (resolved.Route.Steps, resolved.Key.Split('/'));
        var below = steps.Count(step => step is not RouteStep.Holds);
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at] is not RouteStep.Where where) continue;
            var item = string.Join('/', key[..^(below - at - 1)]);
            foreach (var condition in where.Conditions)
                if (condition.Literal is { } value) yield return new Demand(item + string.Concat(condition.Path.Select(RouteStep.Member.SegmentOf)), ConditionKind.Is, [value]);
        }
    }

    /// <summary>Whether both can hold in one document that has one item in each list.</summary>
    public bool Agrees(Demand other) => Key != other.Key || (Kind == other.Kind && Values.SequenceEqual(other.Values)) || (Kind, other.Kind) is (ConditionKind.Present, not ConditionKind.Absent) or (not ConditionKind.Absent, ConditionKind.Present);

    /// <summary>Whether a record has one of the values at the place, in any item.</summary>
    public bool IsMet(JsonValue record) => At(record, Key.Split('/').AsSpan(1)) == (Kind == ConditionKind.Is);

    /// <summary>Whether it is met where a place stands: of lists that both are in, in the same items.</summary>
    public bool HoldsBeside(JsonValue document, string pointer)
    {
        if (PlaceBeside.Find(document, Key, pointer) is not { } value) return Kind is ConditionKind.Absent or ConditionKind.Not || PlaceBeside.IsInOtherList(Key, pointer);
        return Kind switch
        {
            ConditionKind.Present => true,
            ConditionKind.Absent => false,
            _ => (value.Kind == JsonKind.Array ? value.Items.Any(Values.Contains) : Values.Contains(value)) == (Kind == ConditionKind.Is),
        };
    }

    /// <summary>Whether it is asked of items of a list in which the place does not stand.</summary>
    public bool IsOfOthers(string pointer)
    {
        if (!Key.Contains('*', StringComparison.Ordinal)) return false;
        var (key, at) = (Key.Split('/'), pointer.Split('/'));
        var depth = 1;
        while (depth < key.Length && depth < at.Length && (key[depth] == "*" || key[depth] == at[depth])) depth++;
        return Array.IndexOf(key, "*", depth) >= 0;
    }

    bool At(JsonValue value, ReadOnlySpan<string> key)
    {
        if (key.IsEmpty) return value.Kind == JsonKind.Array ? value.Items.Any(Values.Contains) : Values.Contains(value);
        if (key[0] != "*") return At(value[JsonPointer.Unescape(key[0])], key[1..]);
        foreach (var item in value.Kind == JsonKind.Array ? value.Items : [])
            if (At(item, key[1..])) return true;
        return false;
    }

    public override string ToString() => $"{Key} {Kind} {string.Join(' ', Values)}";
}
