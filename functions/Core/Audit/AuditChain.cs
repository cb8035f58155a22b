using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Interop.Core.Audit;

/// <summary>What verification can find.</summary>
public enum AuditFindingKind
{
    /// <summary>A line is not as it was written.</summary>
    Changed,

    /// <summary>A line is missing; the index is where it would stand in the whole list.</summary>
    Missing,

    /// <summary>A line was put in.</summary>
    Added,

    /// <summary>A line stands in the wrong place.</summary>
    Reordered,

    /// <summary>The chain does not begin or end as its head says.</summary>
    HeadMismatch,
}

/// <summary>One thing found, with the index from 0 in the list that was verified.</summary>
public sealed record AuditFinding(AuditFindingKind Kind, int Index, string Message);

/// <summary>The hash chain of an organisation's log.</summary>
/// <remarks>
/// Each line holds the hash of the line before, over all days. Who can write the store but has not the key cannot forge a line; who can also put back an
/// older head can hide the newest lines, so keep a head elsewhere from time to time.
/// </remarks>
public static class AuditChain
{
    /// <summary>The next line and the new head.</summary>
    /// <param name="head">Where the chain ends now.</param>
    /// <param name="data">What is to be logged.</param>
    /// <param name="key">For HMAC-SHA256; empty for plain SHA-256.</param>
    public static (AuditEntry Entry, AuditHead Head) Append(AuditHead head, AuditData data, ReadOnlySpan<byte> key = default)
    {
        // Clocks of two machines differ a little; the log does not go back a day for that.
        var day = DateOnly.FromDateTime(data.At.UtcDateTime);
        var unsigned = new AuditEntry(head.Sequence + 1, head.Organisation, day > head.Day ? day : head.Day, data, head.Hash, "");
        var entry = unsigned with { Hash = HashOf(unsigned, key) };
        return (entry, new AuditHead(entry.Organisation, entry.Day, entry.Sequence, entry.Hash));
    }

    /// <summary>Everything that is wrong with the lines after <paramref name="start"/> up to <paramref name="end"/>, in the order of the list; empty if nothing is.</summary>
    /// <param name="start">The head before the first line: <see cref="AuditHead.None"/> for the whole log, or the last head of an earlier day.</param>
    /// <param name="entries">The lines in the order in which they are stored.</param>
    /// <param name="end">The head that is trusted.</param>
    /// <param name="key">The key they were written with.</param>
    public static ImmutableArray<AuditFinding> Verify(AuditHead start, ImmutableArray<AuditEntry> entries, AuditHead end, ReadOnlySpan<byte> key = default)
    {
        var hashes = new string[entries.Length];
        for (var at = 0; at < hashes.Length; at++) hashes[at] = HashOf(entries[at], key);
        return new AuditVerifier(start, entries, hashes, end).Findings();
    }

    static string HashOf(AuditEntry entry, ReadOnlySpan<byte> key)
    {
        var text = AuditJson.Content(entry).ToUtf8();
        return Convert.ToHexStringLower(key.IsEmpty ? SHA256.HashData(text) : HMACSHA256.HashData(key, text));
    }
}
