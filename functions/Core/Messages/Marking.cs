using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>The three tiers of the Government Security Classifications Policy, in order.</summary>
public enum Tier
{
    /// <summary>OFFICIAL</summary>
    Official,

    /// <summary>SECRET</summary>
    Secret,

    /// <summary>TOP SECRET</summary>
    TopSecret,
}

/// <summary>A security marking. Markings form a lattice: tier and the SENSITIVE marking by rank, descriptors and handling instructions by inclusion.</summary>
public sealed partial record Marking
{
    Marking(Tier tier, bool sensitive, ImmutableSortedSet<string> descriptors, ImmutableSortedSet<string> handling) =>
        (Tier, Sensitive, Descriptors, Handling) = (tier, sensitive && tier == Tier.Official, descriptors, handling);

    /// <summary>OFFICIAL, which need not be written.</summary>
    public static Marking Official { get; } = new(Tier.Official, false, [], []);

    /// <summary>OFFICIAL-SENSITIVE.</summary>
    public static Marking OfficialSensitive { get; } = new(Tier.Official, true, [], []);

    /// <summary>The tier.</summary>
    public Tier Tier { get; }

    /// <summary>Whether OFFICIAL carries -SENSITIVE; every higher tier outranks it, so there it is false.</summary>
    public bool Sensitive { get; }

    /// <summary>Descriptors in capitals, such as PERSONAL DATA.</summary>
    public ImmutableSortedSet<string> Descriptors { get; }

    /// <summary>Handling instructions in capitals, such as RECIPIENTS ONLY.</summary>
    public ImmutableSortedSet<string> Handling { get; }

    /// <summary>Reads the member <c>marking</c> of a record; null gives OFFICIAL. A text is read as <see cref="Parse(string)"/> does.</summary>
    public static Outcome<Marking> Parse(JsonValue value) => throw new NotSupportedException("Not written yet.");

    /// <summary>Reads a marking as it is printed, such as <c>OFFICIAL-SENSITIVE-PERSONAL DATA-RECIPIENTS ONLY</c>.</summary>
    public static Outcome<Marking> Parse(string text) => throw new NotSupportedException("Not written yet.");

    /// <summary>The lowest marking that is at least as high as both.</summary>
    public Marking Join(Marking other) => throw new NotSupportedException("Not written yet.");

    /// <summary>Whether who may handle <paramref name="ceiling"/> may handle this.</summary>
    public bool IsAtMost(Marking ceiling) => throw new NotSupportedException("Not written yet.");

    /// <summary>The marking changed to <paramref name="to"/>: raised freely, lowered only by a named authority.</summary>
    public Outcome<Marking> Change(Marking to, string? authority) => throw new NotSupportedException("Not written yet.");

    /// <summary>As a member of a canonical record.</summary>
    public JsonValue ToJson() => throw new NotSupportedException("Not written yet.");
}
