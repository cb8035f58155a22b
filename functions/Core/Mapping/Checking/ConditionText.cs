using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>Says under which conditions something was seen.</summary>
static class ConditionText
{
    const int MaxShown = 3;

    /// <summary>The values of what is asked, as they stand beside a place: those for which what is asked does not hold, or if there are none all.</summary>
    public static string Of(JsonValue document, string pointer, ImmutableArray<Demand> demands)
    {
        var failing = demands.Where(demand => !demand.HoldsBeside(document, pointer)).ToImmutableArray();
        return Where(Said(document, pointer, (failing.IsEmpty ? demands : failing).Select(demand => demand.Key)));
    }

    static string Where(IEnumerable<string> conditions) => string.Join(" and ", conditions.Take(MaxShown)) is { Length: > 0 } text ? $" where {text}" : "";

    static IEnumerable<string> Said(JsonValue document, string pointer, IEnumerable<string> keys) => keys.Distinct(StringComparer.Ordinal).Select(key => $"\"{SampleBase.PathOf(key.Replace("/*", "", StringComparison.Ordinal))}\" is {Said(document, key, pointer)}");

    // Of another list, what its items have.
    static string Said(JsonValue document, string key, string pointer)
    {
        var there = PlaceBeside.Value(document, key, pointer);
        var values = there.Kind == JsonKind.Array && there.Items.Any(item => item.Kind == JsonKind.Object) ? there.Items.Select(item => JsonPointer.Find(item, key[(key.LastIndexOf("/*", StringComparison.Ordinal) + 2)..]) ?? JsonValue.Null) : [there];
        var said = values.Where(value => !value.IsNull).Distinct().Take(MaxShown).Select(value => value.Kind == JsonKind.Object ? "there" : CheckMessages.Preview(value)).ToList();
        return said.Count == 0 ? "absent" : string.Join(" and ", said);
    }
}
