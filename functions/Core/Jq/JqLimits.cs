namespace Interop.Core.Jq;

/// <summary>What one run of a program may use at the most. A run that needs more ends with a problem <c>jq-limit</c> naming the limit.</summary>
/// <param name="Steps">Instructions executed, backtracking included, also within a regular expression; a function over a long value takes more than one.</param>
/// <param name="Outputs">Values a run may give.</param>
/// <param name="Depth">Calls within calls, and alternatives left open, each.</param>
/// <param name="Bytes">What all strings, arrays and objects made during the run take, roughly, whether still needed or not; and as much again for the outputs, each written out in full.</param>
public sealed record JqLimits(long Steps, int Outputs, int Depth, long Bytes)
{
    /// <summary>How deep values may nest.</summary>
    public const int Nesting = 10_000;

    /// <summary>The limits of a mapping or an expression of a workflow.</summary>
    public static JqLimits Default { get; } = new(4_000_000, 250_000, 100_000, 64L << 20);
}
