using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Mapping;

/// <summary>How something does not come back the same. An acknowledgement states it in these words, in small letters.</summary>
public enum HowBack
{
    /// <summary>It went there, and nothing comes back; of a list, fewer items.</summary>
    Gone,

    /// <summary>Nothing went there, and something comes back; of a list, more items.</summary>
    Added,

    /// <summary>Something else comes back.</summary>
    Changed,

    /// <summary>What it becomes is refused on the way back.</summary>
    Refused,
}

/// <summary>The words for <see cref="HowBack"/>, and which of them is meant.</summary>
static class HowBacks
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [.. Enum.GetValues<HowBack>().Select(how => how.Word())];

    /// <summary>The word for one.</summary>
    public static string Word(this HowBack how) => how.ToString().ToLowerInvariant();

    /// <summary>How a value that comes back differs from what went there. Of lists of unlike length which item became which nobody knows: where some of both are like none of the other, they are changed too.</summary>
    public static ImmutableArray<HowBack> Of(JsonValue was, JsonValue now)
    {
        if (now.IsNull) return [HowBack.Gone];
        if (was.IsNull) return [HowBack.Added];
        if (was.Kind != JsonKind.Array || now.Kind != JsonKind.Array || was.Count == now.Count) return [HowBack.Changed];
        var (fewer, more, number) = was.Count < now.Count ? (was, now, HowBack.Added) : (now, was, HowBack.Gone);
        var left = more.Items.ToList();
        return fewer.Items.All(left.Remove) ? [number] : [number, HowBack.Changed];
    }
}
