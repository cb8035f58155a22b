using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Checking;

/// <summary>One pair of the matrix.</summary>
/// <param name="From">The sender's mapping.</param>
/// <param name="To">The receiver's mapping.</param>
/// <param name="Paths">How many places the sender's mapping reads or ignores, and lists of which not every number of items arrives.</param>
/// <param name="Losing">How many of them the receiver does not learn, or learns only in part; zero where it takes nothing.</param>
/// <param name="Lost">Of how many of them it learns nothing.</param>
/// <param name="Missing">What the receiver requires and the sender cannot give, as paths.</param>
/// <param name="Refused">Why the receiver's mapping takes none of the documents that were tried, where it is for other reasons.</param>
/// <param name="NotTaken">For how many reasons that no place says it refuses documents although it takes others.</param>
public sealed record MatrixPair(string From, string To, int Paths, int Losing, int Lost, ImmutableArray<string> Missing, ImmutableArray<string> Refused, int NotTaken)
{
    /// <summary>In a word: <c>full</c>, <c>loses n</c>, <c>nothing</c>, <c>refused</c> or <c>impossible</c>.</summary>
    public string Verdict => Composition.VerdictOf(Paths, Losing, Lost, Missing, Refused, NotTaken) is var verdict && verdict == "loses" ? string.Create(CultureInfo.InvariantCulture, $"loses {Losing}") : verdict;
}

/// <summary>Every mapping that goes in beside every one that goes out of the same canonical record, in the order of their names.</summary>
public static class MappingMatrix
{
    /// <summary>The pairs.</summary>
    /// <param name="mappings">The mappings.</param>
    /// <param name="examples">Documents of a mapping's system that are tried beside those that are made.</param>
    public static ImmutableArray<MatrixPair> Of(IEnumerable<MappingDefinition> mappings, Func<MappingDefinition, IEnumerable<JsonValue>>? examples = null)
    {
        var all = mappings.OrderBy(mapping => mapping.Name, StringComparer.Ordinal).ToList();
        return [.. all.SelectMany(from => From(from, all, examples?.Invoke(from)))];
    }

    /// <summary>The pairs of one sender, in the order in which the receivers are given; none if it does not go in. What is known of it is found once for all.</summary>
    /// <param name="sender">The mapping in.</param>
    /// <param name="receivers">Those that it is put beside, as far as they go out of the same record.</param>
    /// <param name="examples">Documents of its system that are tried beside those that are made.</param>
    public static ImmutableArray<MatrixPair> From(MappingDefinition sender, IEnumerable<MappingDefinition> receivers, IEnumerable<JsonValue>? examples = null)
    {
        if (!sender.Direction.HasFlag(MappingDirection.In)) return [];
        var from = MappingProfile.Of(sender, examples);
        return [.. receivers.Where(to => to != sender && to.Direction.HasFlag(MappingDirection.Out) && to.Canonical == sender.Canonical).Select(to => Composition.InShort(from, Receiver.Of(to)))];
    }
}
