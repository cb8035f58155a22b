using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>A condition of a group, compiled. Of a list it asks whether it holds the value.</summary>
/// <param name="Route">Where the value stands.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Values">The values of <see cref="ConditionKind.Is"/> and <see cref="ConditionKind.Not"/>.</param>
/// <param name="OfList">Whether a list stands there.</param>
sealed record Condition(Route Route, ConditionKind Kind, ImmutableArray<JsonValue> Values, bool OfList)
{
    /// <summary>Whether all hold.</summary>
    public static bool Hold(ImmutableArray<Condition> conditions, ReadScope scope)
    {
        foreach (var condition in conditions)
            if (!condition.Holds(scope)) return false;
        return true;
    }

    public bool Holds(ReadScope scope) => Holds(Route.Read(scope).Value);

    /// <summary>Notes on the way that writes the side that the group was written: a single value that is wanted is written where nothing stands. At the end the condition
    /// must hold, or what the group wrote would not be read again; where what should stand there was refused, that is told already.</summary>
    public void Claim(ReadScope read, WriteScope write, MappingRun run)
    {
        if (Kind == ConditionKind.Is && Values is [var value])
        {
            var place = Route.Reach(write)!;
            if (OfList) place.Include(value);
            else if (place.IsEmpty) place.Set(value);
        }

        run.AtEnd(() =>
        {
            var written = Route.Reach(write, makeItems: false)?.ToJson(null) ?? JsonValue.Null;
            if (!Holds(written) && !(IsAbsent(written) && run.IsFailed(Route, write))) run.Refuse("when", MappingMessages.NotClaimed(Route.Text, Wanted), read.Pointer, written);
        });
    }

    /// <summary>Whether the two can never hold together, for one and the same place.</summary>
    public bool Excludes(Condition other) => !OfList && (Kind, other.Kind) switch
    {
        (ConditionKind.Is, ConditionKind.Is) => !Values.Any(other.Values.Contains),
        (ConditionKind.Is, ConditionKind.Not) => Values.All(other.Values.Contains),
        (ConditionKind.Not, ConditionKind.Is) => other.Values.All(Values.Contains),
        (ConditionKind.Is or ConditionKind.Present, ConditionKind.Absent) or (ConditionKind.Absent, ConditionKind.Is or ConditionKind.Present) => true,
        _ => false,
    };

    string Wanted => Kind switch
    {
        ConditionKind.Is => string.Join(" or ", Values),
        ConditionKind.Not => "anything but " + string.Join(" or ", Values),
        ConditionKind.Present => "there",
        _ => "absent",
    };

    public bool Holds(JsonValue value) => Kind switch
    {
        ConditionKind.Is => HasAny(value),
        ConditionKind.Not => !HasAny(value),
        ConditionKind.Present => !IsAbsent(value),
        _ => IsAbsent(value),
    };

    bool HasAny(JsonValue value)
    {
        foreach (var wanted in Values)
            if (value.Kind == JsonKind.Array ? value.ItemSpan.Contains(wanted) : value == wanted) return true;
        return false;
    }

    static bool IsAbsent(JsonValue value) => value.IsNull || (value.Kind == JsonKind.Array && value.Count == 0);
}

/// <summary>The conditions under which a field runs in one direction: two that exclude each other may write one target.</summary>
/// <param name="Tests">Each with the place it asks, which two guards must share to be compared.</param>
sealed record Guard(ImmutableArray<(string Place, Condition Condition)> Tests)
{
    public static Guard None { get; } = new([]);

    public Guard And(IEnumerable<(string Place, Condition Condition)> more) => new([.. Tests, .. more]);

    public bool Excludes(Guard other) => Tests.Any(test => other.Tests.Any(one => one.Place == test.Place && one.Condition.Excludes(test.Condition)));
}
