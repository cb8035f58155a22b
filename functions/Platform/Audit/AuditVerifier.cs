using System.Collections.Immutable;
using System.Text;
using Interop.Core.Audit;
using Interop.Core.Messages;
using Interop.Platform.Connectors;
using Interop.Platform.Storage;

namespace Interop.Platform.Audit;

/// <summary>A place in a log that was noted elsewhere: the number of a line and its hash.</summary>
public sealed record AuditNote(long Sequence, string Hash);

/// <summary>What verifying an organisation's audit log found.</summary>
/// <param name="Organisation">Whose log.</param>
/// <param name="Lines">How many lines were read.</param>
/// <param name="Head">Where the log ends: worth noting elsewhere, for the next verification.</param>
/// <param name="Findings">What is wrong, day by day.</param>
public sealed record AuditVerdict(OrganisationId Organisation, long Lines, AuditNote Head, ImmutableArray<(DateOnly Day, AuditFinding Finding)> Findings);

/// <summary>Verifies audit logs, also while they grow.</summary>
/// <remarks>
/// Who can write the store but has not the keys is found out: every line is chained and signed, every head sealed. Not found out is who puts back heads of an
/// earlier time that he kept together with cutting off the lines after, who removes a log as a whole, and who has the keys: for these, note heads elsewhere.
/// </remarks>
public sealed class AuditVerifier(IStore store, ISecretStore secrets)
{
    const int MostLooks = 100;

    /// <summary>Reads the whole log of an organisation.</summary>
    /// <param name="organisation">Whose log.</param>
    /// <param name="noted">A head noted at an earlier verification, if any: the log must still have that line.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<AuditVerdict> Verify(OrganisationId organisation, AuditNote? noted, CancellationToken cancellation)
    {
        var key = await secrets.Key(organisation, cancellation);
        var anchor = await store.Read(AuditRows.Anchor(organisation), AuditRows.HeadKey, cancellation);
        var found = ImmutableArray.CreateBuilder<(DateOnly, AuditFinding)>();
        var end = AuditHead.None(organisation);
        var lines = 0L;
        var hasNoted = noted is null || noted.Sequence == 0;
        foreach (var day in await store.DaysOf(organisation, cancellation))
        {
            var causes = await Causes(organisation, day, cancellation);
            var (entries, head) = await Day(organisation, day, cancellation);
            lines += entries.Length;
            hasNoted = hasNoted || entries.Any(entry => entry.Sequence == noted!.Sequence && entry.Hash == noted.Hash);

            // A crash between listing a day and its first line leaves a day without lines; that is no finding.
            if (head is null && entries.IsEmpty && causes.IsEmpty) continue;
            if (head?.IsGenuine(key) != true)
            {
                found.Add((day, new AuditFinding(AuditFindingKind.HeadMismatch, entries.Length, $"The head of {AuditRows.Text(day)} {(head is null ? "is missing" : "was changed")}.")));
                if (head is null) continue;
            }

            found.AddRange(AuditChain.Verify(end, entries, head.Head, key).Concat(Forged(causes, entries)).Select(finding => (day, finding)));
            end = head.Head;
        }

        if (Cut(anchor, end, lines, key) is { } cut) found.Add((end.Day, cut));
        if (!hasNoted) found.Add((end.Day, new AuditFinding(AuditFindingKind.HeadMismatch, 0, $"Line {noted!.Sequence} is not there, or is not the one that was noted.")));
        return new AuditVerdict(organisation, lines, new AuditNote(end.Sequence, end.Hash), found.ToImmutable());
    }

    // A log of one line may have lost its anchor to a crash; the next line writes it.
    static AuditFinding? Cut(Row? row, AuditHead end, long lines, byte[] key)
    {
        if (row is null) return lines > 1 ? new AuditFinding(AuditFindingKind.HeadMismatch, 0, "The anchor that names the newest day is missing.") : null;
        if (AuditRows.Head(row) is not { } anchor || !anchor.IsGenuine(key)) return new AuditFinding(AuditFindingKind.HeadMismatch, 0, "The anchor that names the newest day was changed.");
        return anchor.Head.Sequence <= end.Sequence ? null
            : new AuditFinding(AuditFindingKind.Missing, 0, $"The log ends with line {end.Sequence}, but line {anchor.Head.Sequence} was written on {AuditRows.Text(anchor.Head.Day)}: lines were cut off the end.");
    }

    // The lines and the head of one moment, though the log may grow meanwhile: read until the head stands still.
    async Task<(ImmutableArray<AuditEntry> Entries, SealedHead? Head)> Day(OrganisationId organisation, DateOnly day, CancellationToken cancellation)
    {
        var partition = AuditRows.Day(organisation, day);
        var entries = ImmutableArray.CreateBuilder<AuditEntry>();
        var from = AuditRows.Entries;
        var head = await store.Read(partition, AuditRows.HeadKey, cancellation);
        for (var looks = 0; looks < MostLooks; looks++)
        {
            await foreach (var row in store.Range(partition, from, AuditRows.EntriesEnd, AuditRows.MostEntriesADay, cancellation))
            {
                entries.Add(AuditRows.Entry(organisation, day, row));
                from = row.Key + ' ';
            }

            var now = await store.Read(partition, AuditRows.HeadKey, cancellation);
            if (now?.ETag == head?.ETag) break;
            head = now;
        }

        return (entries.ToImmutable(), head is null ? null : AuditRows.Head(head));
    }

    async Task<ImmutableArray<(string Cause, string Entry)>> Causes(OrganisationId organisation, DateOnly day, CancellationToken cancellation)
    {
        var causes = ImmutableArray.CreateBuilder<(string, string)>();
        await foreach (var row in store.Prefix(AuditRows.Day(organisation, day), AuditRows.Causes, AuditRows.MostEntriesADay, cancellation)) causes.Add((row.Key, Encoding.ASCII.GetString(row.Body.Span)));
        return causes.ToImmutable();
    }

    // A cause that no line has was put in so that a line would not be written.
    static IEnumerable<AuditFinding> Forged(ImmutableArray<(string Cause, string Entry)> causes, ImmutableArray<AuditEntry> entries)
    {
        var known = entries.Select(entry => AuditRows.CauseKey(entry.Data)).ToHashSet(StringComparer.Ordinal);
        return causes.Where(cause => !known.Contains(cause.Cause)).Select(cause => new AuditFinding(AuditFindingKind.Added, entries.Length, $"The cause \"{cause.Cause}\" is marked as logged, and no line has it."));
    }
}
