using System.Collections.Immutable;

namespace Interop.Core.Audit;

/// <summary>What verification can find.</summary>
public enum AuditFindingKind
{
    /// <summary>A line is not as it was written.</summary>
    Changed,

    /// <summary>A line is missing; the index is where it should stand.</summary>
    Missing,

    /// <summary>A line was put in.</summary>
    Added,

    /// <summary>A line stands in the wrong place.</summary>
    Reordered,

    /// <summary>The chain does not begin or end where its head says.</summary>
    HeadMismatch,
}

/// <summary>One thing found, with the index from 0 in the list that was verified.</summary>
public sealed record AuditFinding(AuditFindingKind Kind, int Index, string Message);

/// <summary>The hash chain of an organisation's log.</summary>
public static class AuditChain
{
    /// <summary>The next line and the new head.</summary>
    /// <param name="head">Where the chain ends now.</param>
    /// <param name="data">What is to be logged.</param>
    /// <param name="key">For HMAC-SHA256; empty for plain SHA-256.</param>
    public static (AuditEntry Entry, AuditHead Head) Append(AuditHead head, AuditData data, ReadOnlySpan<byte> key = default) => throw new NotSupportedException("Not written yet.");

    /// <summary>Everything that is wrong with the lines after <paramref name="start"/> up to <paramref name="end"/>, in the order of the list; empty if nothing is.</summary>
    /// <param name="start">The head before the first line: <see cref="AuditHead.None"/> for the whole log, or the last head of an earlier day.</param>
    /// <param name="entries">The lines in the order in which they are stored.</param>
    /// <param name="end">The head that is trusted.</param>
    /// <param name="key">The key they were written with.</param>
    public static ImmutableArray<AuditFinding> Verify(AuditHead start, ImmutableArray<AuditEntry> entries, AuditHead end, ReadOnlySpan<byte> key = default) => throw new NotSupportedException("Not written yet.");
}
