namespace Interop.Core.Formats;

/// <summary>What an untrusted document may be at the most; checked before anything is parsed.</summary>
/// <param name="MaxBytes">Bytes of the document.</param>
/// <param name="MaxDepth">Elements, or arrays and objects, within each other.</param>
public sealed record FormatLimits(int MaxBytes, int MaxDepth)
{
    /// <summary>The limits of a message: 1 MiB, 64 deep.</summary>
    public static FormatLimits Message { get; } = new(1 << 20, 64);
}
