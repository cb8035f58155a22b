using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Clocks;
using Interop.Core.Json;
using Interop.Core.Messages;

namespace Interop.Core.Sharing;

/// <summary>Decides disclosures.</summary>
/// <remarks>
/// Each agreement between the parties is asked in turn: is it about the record type, for the purpose, in force on that day (Europe/London), is the
/// justification there, may the recipient handle the marking. One that permits all comes before one that redacts, and of those the one that removes least.
/// If all refuse, the refusal of the one that came furthest is given. Whatever is not known is refused.
/// </remarks>
public static class SharingRules
{
    // How far an agreement came; of refusals, the furthest is the most useful to read.
    enum Step
    {
        RecordType,
        Purpose,
        InForce,
        Justification,
        Marking,
        Fields,
    }

    /// <summary>Whether the record may be given, by the agreement that gives most.</summary>
    /// <param name="agreements">All that there are.</param>
    /// <param name="records">The canonical records: what came with newer versions than a clause is about, nobody agreed to give.</param>
    /// <param name="request">What is asked.</param>
    public static SharingDecision Decide(ImmutableArray<Agreement> agreements, CanonicalRecords records, SharingRequest request)
    {
        var ownMarking = Marking.Parse(request.Record["marking"]);
        if (!ownMarking.Succeeded || request.Record.Kind != JsonKind.Object)
            return new SharingDecision.Refuse($"The {request.RecordType} cannot be read. {(ownMarking.Succeeded ? "It must be an object." : ownMarking.Problems[0].Message)}");

        var marking = request.Marking.Join(ownMarking.Value);
        var answers = agreements
            .Where(agreement => agreement.From == request.From && agreement.To == request.To)
            .OrderBy(agreement => agreement.Id, StringComparer.Ordinal).ThenByDescending(agreement => agreement.Version)
            .Select(agreement => Ask(agreement, records, request, marking)).ToArray();
        if (answers.Length == 0)
            return new SharingDecision.Refuse($"There is no agreement by which {request.From} gives records to {request.To}. Make one and add it to mappings/agreements.");

        return answers.Select(answer => answer.Decision).OfType<SharingDecision.Permit>().FirstOrDefault()
            ?? answers.Select(answer => answer.Decision).OfType<SharingDecision.Redact>().MinBy(redact => redact.Removed.Length)
            ?? answers.MaxBy(answer => answer.Step).Decision;
    }

    static (Step Step, SharingDecision Decision) Ask(Agreement agreement, CanonicalRecords records, SharingRequest request, Marking marking)
    {
        var clause = agreement.Clauses.FirstOrDefault(one => string.Equals(one.RecordType, request.RecordType, StringComparison.Ordinal));
        if (clause is null) return (Step.RecordType, Refuse($"has no clause about the record \"{request.RecordType}\". Add one, or send what it is about."));
        if (!agreement.Purposes.Contains(request.Purpose, StringComparer.Ordinal))
            return (Step.Purpose, Refuse($"is for {string.Join(", ", agreement.Purposes)}, not for \"{Problem.Preview(request.Purpose)}\". Name one of its purposes, or agree on this one."));
        if (OutOfForce(agreement, WorkingDays.LocalDay(request.At)) is { } outside) return (Step.InForce, Refuse(outside));
        if (agreement.JustificationRequired && agreement.Justifies(request) is null)
            return (Step.Justification, Refuse("asks for a justification of each disclosure, and none was given. Give one; for disclosures that no person decides, the agreement may state one as \"automated-justification\"."));

        if (marking.IsAtMost(agreement.Ceiling)) return (Step.Fields, Select(null, agreement, clause, request, records));
        if (clause.BeyondCeiling is null)
            return (Step.Marking, Refuse($"lets {agreement.To} handle {agreement.Ceiling} at the most, and the record is marked {marking}. Let a named authority lower the marking, or send another record."));
        return (Step.Fields, Select(clause.BeyondCeiling, agreement, clause, request, records));

        SharingDecision.Refuse Refuse(string reason) => new($"The agreement {agreement.Id} (version {agreement.Version}) {reason}", agreement, clause);
    }

    // What may be given beyond the ceiling narrows what may be given at all.
    static SharingDecision Select(FieldSelection? beyondCeiling, Agreement agreement, SharingClause clause, SharingRequest request, CanonicalRecords records)
    {
        var known = records.Narrow(request.Record, clause.Record);
        var (record, removed) = clause.Fields.Apply(known.Record);
        removed = [.. known.LeftOut, .. removed];
        if (beyondCeiling is not null)
        {
            removed = [.. removed, .. beyondCeiling.Apply(known.Record).Removed];
            record = beyondCeiling.Apply(record).Record;
        }

        var all = removed.Distinct(StringComparer.Ordinal).ToArray();
        removed = [.. all.Where(path => !all.Any(above => path.StartsWith(above + "/", StringComparison.Ordinal)))];

        if (record.Count == 0)
            return new SharingDecision.Refuse($"The agreement {agreement.Cite(clause)} lets no field of this {request.RecordType} be given. Send a record that has some, or agree on more.", agreement, clause);
        return removed.IsEmpty ? new SharingDecision.Permit(record, agreement, clause) : new SharingDecision.Redact(record, removed, agreement, clause);
    }

    static string? OutOfForce(Agreement agreement, DateOnly day) =>
        day < agreement.Begins ? $"begins on {Timestamps.Print(agreement.Begins)}. Wait until then, or agree on an earlier day."
        : agreement.Withdrawn is { } withdrawn && day >= withdrawn ? $"was withdrawn on {Timestamps.Print(withdrawn)}. Make a new one."
        : agreement.Ends is { } ends && day > ends ? $"ended on {Timestamps.Print(ends)}. Renew it."
        : null;
}
