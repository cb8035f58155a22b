using System.Collections.Immutable;
using System.Globalization;

namespace Interop.Core.Audit;

/// <summary>Walks a chain from the trusted head back: what a later line vouches for by its hash is genuine wherever it stands, and all else is found.</summary>
sealed class AuditVerifier
{
    const int None = -1;
    const int MostMissing = 10_000;

    readonly AuditHead start;
    readonly AuditHead end;
    readonly ImmutableArray<AuditEntry> entries;
    readonly string[] hashes;
    readonly ILookup<string, int> byHash;
    readonly ILookup<long, int> bySequence;
    readonly long?[] sequences;
    readonly List<AuditFinding> findings = [];

    /// <param name="start">The head before the first line.</param>
    /// <param name="entries">The lines as stored.</param>
    /// <param name="hashes">The hash of each line's content, reckoned anew.</param>
    /// <param name="end">The trusted head.</param>
    public AuditVerifier(AuditHead start, ImmutableArray<AuditEntry> entries, string[] hashes, AuditHead end)
    {
        (this.start, this.entries, this.hashes, this.end) = (start, entries, hashes, end);
        byHash = Enumerable.Range(0, entries.Length).ToLookup(at => hashes[at], StringComparer.Ordinal);
        bySequence = Enumerable.Range(0, entries.Length).ToLookup(at => entries[at].Sequence);
        sequences = new long?[entries.Length];
    }

    public ImmutableArray<AuditFinding> Findings()
    {
        var lines = (Int128)end.Sequence - start.Sequence;
        if (lines < 0 || lines > entries.Length + MostMissing)
        {
            Add(AuditFindingKind.HeadMismatch, entries.Length, $"The head says {lines} lines, and {entries.Length} are stored.");
            return [.. findings];
        }

        Walk();
        FindAdded();
        FindReordered();
        return [.. findings.OrderBy(finding => finding.Index).ThenBy(finding => finding.Kind)];
    }

    void Walk()
    {
        string? vouched = end.Hash;
        string? hint = null;
        var next = entries.Length;
        for (var sequence = end.Sequence; sequence > start.Sequence; sequence--)
        {
            var genuine = vouched is not null ? Nearest(byHash[vouched], next) : Unvouched(sequence, hint, next);
            var at = genuine != None ? genuine : Suspect(sequence, vouched);
            if (at == None)
            {
                Add(AuditFindingKind.Missing, Index(sequence), $"Line {sequence} is missing.");
                (vouched, hint) = (null, null);
                continue;
            }

            sequences[at] = sequence;
            next = at;
            var intact = string.Equals(hashes[at], entries[at].Hash, StringComparison.Ordinal);
            if (genuine == None && intact && sequence == end.Sequence)
                Add(AuditFindingKind.HeadMismatch, at, $"Line {sequence} is not the one that the head names.");
            else if (genuine == None || !intact)
                Add(AuditFindingKind.Changed, at, $"Line {sequence} was changed.");
            vouched = genuine == None ? null : entries[at].PreviousHash;
            hint = genuine == None ? entries[at].PreviousHash : null;
        }

        if (vouched is not null && !string.Equals(vouched, start.Hash, StringComparison.Ordinal))
            Add(AuditFindingKind.HeadMismatch, 0, $"Line {start.Sequence + 1} does not follow the head before it.");
    }

    // The line after was changed or is missing, so it vouches for nothing; what is whole in itself and has the number is taken.
    int Unvouched(long sequence, string? hint, int next)
    {
        var hinted = hint is null ? None : Nearest(byHash[hint], next);
        return hinted != None ? hinted : Nearest(bySequence[sequence].Where(at => string.Equals(hashes[at], entries[at].Hash, StringComparison.Ordinal)), next);
    }

    // A line that was vouched for, or must be there, and is not: the one that most looks to have been it.
    int Suspect(long sequence, string? vouched)
    {
        var free = Free(Enumerable.Range(0, entries.Length));
        var byStoredHash = vouched is null ? None : free.Where(at => string.Equals(entries[at].Hash, vouched, StringComparison.Ordinal)).FirstOrDefault(None);
        if (byStoredHash != None) return byStoredHash;
        var byNumber = Free(bySequence[sequence]).FirstOrDefault(None);
        if (byNumber != None) return byNumber;
        var place = Index(sequence);
        return place < entries.Length && sequences[place] is null && (entries[place].Sequence >= sequence || entries[place].Sequence <= start.Sequence) ? place : None;
    }

    void FindAdded()
    {
        foreach (var at in Free(Enumerable.Range(0, entries.Length))) Add(AuditFindingKind.Added, at, $"A line that says it is number {entries[at].Sequence} was put in.");
    }

    void FindReordered()
    {
        var places = Enumerable.Range(0, entries.Length).Where(at => sequences[at] is not null).ToArray();
        var ordered = places.Select(at => sequences[at]).Order().ToArray();
        for (var nth = 0; nth < places.Length; nth++)
            if (sequences[places[nth]] != ordered[nth]) Add(AuditFindingKind.Reordered, places[nth], $"Line {sequences[places[nth]]} stands where line {ordered[nth]} belongs.");
    }

    // Of copies of one line, the one just before its follower is the genuine one.
    int Nearest(IEnumerable<int> candidates, int next)
    {
        var free = Free(candidates).ToArray();
        return free.LastOrDefault(at => at < next, free.LastOrDefault(None));
    }

    IEnumerable<int> Free(IEnumerable<int> candidates) => candidates.Where(at => sequences[at] is null);

    int Index(long sequence) => (int)(sequence - start.Sequence - 1);

    void Add(AuditFindingKind kind, int index, FormattableString message) => findings.Add(new AuditFinding(kind, index, message.ToString(CultureInfo.InvariantCulture)));
}
