using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>How an object differs from one that is valid by the same schema: what is the same in both need not be looked at again.</summary>
/// <param name="Changed">The members that are others, or that the other has not, by their place: one bit each.</param>
/// <param name="HasNew">Whether the other has not all of them.</param>
/// <param name="Lacks">Whether the other has more.</param>
readonly record struct Changes(ulong Changed, bool HasNew, bool Lacks)
{
    /// <summary>More members are not compared.</summary>
    public const int MaxMembers = 64;

    /// <summary>All may be another.</summary>
    public static Changes All { get; } = new(ulong.MaxValue, HasNew: true, Lacks: true);

    /// <summary>Whether the same names are there.</summary>
    public bool SameNames => !HasNew && !Lacks;

    /// <summary>Whether the member at a place is another.</summary>
    public bool Has(int at) => at >= MaxMembers || (Changed & (1UL << at)) != 0;

    /// <summary>The differences. Where the members do not come in one order, more are taken for others than are.</summary>
    public static Changes Between(JsonMembers before, JsonMembers now)
    {
        if (now.Count > MaxMembers) return All;
        var (changed, hasNew, lacks, next) = (0UL, false, false, 0);
        for (var at = 0; at < now.Count; at++)
        {
            var (name, value) = now[at];
            var there = next;
            while (there < before.Count && !string.Equals(before[there].Key, name, StringComparison.Ordinal)) there++;
            if (there == before.Count) hasNew = true;
            if (there == before.Count || !value.IsVery(before[there].Value)) changed |= 1UL << at;
            if (there == before.Count) continue;
            lacks |= there > next;
            next = there + 1;
        }

        return new Changes(changed, hasNew, lacks || next < before.Count);
    }
}
