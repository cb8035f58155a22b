using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Schemas;
using Interop.Core.Sources;

namespace Interop.Core.Mapping;

/// <summary>What several values became together, in the order of the parts of the other side (null: nothing is written); or the rule that is broken, why, and by which of the values read.</summary>
readonly record struct Combined(ImmutableArray<JsonValue> Values, string? Rule = null, string? Message = null, int Culprit = 0)
{
    public static Combined Refused(string rule, string message, int culprit = 0) => new([], rule, message, culprit);
}

/// <summary>Converts several values of one side together to several of the other.</summary>
sealed record Combination(Func<ImmutableArray<JsonValue>, Combined> In, Func<ImmutableArray<JsonValue>, Combined> Out);

/// <summary>One place that is converted together with others.</summary>
/// <param name="Name">What it is, such as <c>easting</c>; empty for the only one of its side.</param>
/// <param name="Types">The types of its value, or of its items.</param>
/// <param name="IsList">Whether a list stands there.</param>
/// <param name="Place">Where the definition names it.</param>
sealed record Part(string Name, JsonTypes Types, bool IsList, Place Place);

/// <summary>What a combination is made from.</summary>
/// <param name="Node">What stands after its name.</param>
/// <param name="Source">The source's places.</param>
/// <param name="Canonical">The record's places.</param>
/// <param name="LossIsAccepted">Whether the field states a <c>loss</c>.</param>
/// <param name="Problems">Where problems are put.</param>
sealed record CombinationSite(SourceNode Node, ImmutableArray<Part> Source, ImmutableArray<Part> Canonical, bool LossIsAccepted, ProblemList Problems);

/// <summary>The kinds of field that convert several places together.</summary>
static class CombinationTable
{
    public static IReadOnlyDictionary<string, Func<CombinationSite, Combination?>> All { get; } = new Dictionary<string, Func<CombinationSite, Combination?>>(StringComparer.Ordinal)
    {
        ["name"] = NameCombination.Make,
        ["grid"] = GridCombination.Make,
    };
}
