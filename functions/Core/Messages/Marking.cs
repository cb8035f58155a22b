using System.Collections.Immutable;

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
        (Tier, Sensitive, Descriptors, Handling) = (tier, sensitive && tier == Tier.Official, descriptors.WithComparer(StringComparer.Ordinal), handling.WithComparer(StringComparer.Ordinal));

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

    /// <summary>The lowest marking that is at least as high as both.</summary>
    public Marking Join(Marking other) => new(
        Tier > other.Tier ? Tier : other.Tier, Sensitive || other.Sensitive, Descriptors.Union(other.Descriptors), Handling.Union(other.Handling));

    /// <summary>Whether who may handle <paramref name="ceiling"/> may handle this.</summary>
    public bool IsAtMost(Marking ceiling) => Join(ceiling).Equals(ceiling);

    /// <summary>The marking changed to <paramref name="to"/>: raised freely, lowered (in any part of it) only by a named authority.</summary>
    /// <returns><paramref name="to"/>, or the problem <c>marking-lowered</c>.</returns>
    public Outcome<Marking> Change(Marking to, string? authority) =>
        IsAtMost(to) || !string.IsNullOrWhiteSpace(authority)
            ? to
            : new Problem("marking-lowered", $"The marking {this} may not be lowered to {to} without a named authority. Name who allows it.", "/marking");

    /// <inheritdoc/>
    public bool Equals(Marking? other) =>
        other is not null && Tier == other.Tier && Sensitive == other.Sensitive && Descriptors.SetEquals(other.Descriptors) && Handling.SetEquals(other.Handling);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Tier, Sensitive, Descriptors.Count, Handling.Count);
}
