using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Interop.Core.Jq;

/// <summary>An expression as <see cref="RegexMachine"/> runs it.</summary>
/// <param name="Code">Its instructions.</param>
/// <param name="Groups">The number of groups, the whole included.</param>
/// <param name="Slots">Two for each group, then one for each loop.</param>
/// <param name="Sets">How many sets of characters had to be made.</param>
sealed record RegexProgram(ImmutableArray<RegexInstruction> Code, int Groups, int Slots, int Sets)
{
    /// <summary>Whether a match may be of any length, so that a search may look far beyond the one it finds.</summary>
    public bool IsEndless { get; } = Code.Any(step => step.Op == RegexOp.Jump && step.A < 0);

    /// <summary>How much there is to know of the groups: each, at every instruction.</summary>
    public int Grouped => (Groups - 1) * Code.Length;

    /// <summary>Reads a pattern that .NET has found well-formed, in the words that <see cref="RegexPatterns"/> writes.</summary>
    /// <exception cref="NotSupportedException">It is too large, or has a part that jq's patterns have not.</exception>
    public static RegexProgram Of(Evaluator evaluator, string pattern, RegexOptions options, int groups) => new RegexReader(evaluator, pattern, options, groups + 1).Read();
}
