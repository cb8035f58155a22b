using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Clocks;
using Interop.Core.Messages;
using Interop.Core.Sources;

namespace Interop.Core.Sharing;

/// <summary>Reads an agreement out of its definition.</summary>
static class AgreementReader
{
    const int MostVersions = 10_000;
    const string LawEnforcement = "dpa-2018-part-3", General = "uk-gdpr";

    static readonly string[] RecordTypes = [Records.Incident, Records.Person, Records.Location, Records.Crime, Records.Update, Records.Receipt];

    public static Outcome<Agreement> Read(SourceNode source)
    {
        var problems = new ProblemList();
        var fields = SourceFields.Of(source, problems);
        var id = fields.RequiredText("agreement");
        if (id.Length > 0 && IdText.Name("an agreement's id", id) is { } wrong) problems.Add(wrong with { Place = fields.Place });
        var version = fields.Whole("version", 1, 1, MostVersions);
        fields.Required("version");
        var (title, retention) = (fields.RequiredText("title"), fields.RequiredText("retention"));
        var parties = fields.RequiredFields("parties");
        var (from, to) = (Party(parties, "from"), Party(parties, "to"));
        parties.RefuseOthers();
        if (from != default && from == to) problems.Add(parties.Place, "parties", $"\"from\" and \"to\" are both {from}. An agreement is between two organisations.", value: from.Value);
        var purposes = fields.Texts("purposes");
        if (purposes.IsEmpty) problems.Add(fields.Place, "required", "\"purposes\" is missing or empty. Name what the records may be given for.");
        var lawful = fields.RequiredFields("lawful-basis");
        var (regime, basis) = (lawful.OneOf("regime", LawEnforcement, General), lawful.RequiredText("basis"));
        lawful.RefuseOthers();
        var ceiling = Ceiling(fields, problems);
        var justification = fields.OptionalOneOf("justification", "required", "not-required") != "not-required";
        var automated = fields.Text("automated-justification");
        var (begins, ends, withdrawn) = (DayField.Required(fields, "begins"), DayField.Optional(fields, "ends"), DayField.Optional(fields, "withdrawn"));
        if (ends < begins) problems.Add(fields.Place, "range", "\"ends\" is before \"begins\". Give the first and the last day.");
        var clauses = Clauses(fields, problems);
        fields.RefuseOthers();
        return problems.Or(() => new Agreement
        {
            Id = id,
            Version = version,
            Title = title,
            From = from,
            To = to,
            Purposes = purposes,
            Regime = regime == LawEnforcement ? LawfulRegime.LawEnforcement : LawfulRegime.General,
            Basis = basis,
            Ceiling = ceiling,
            JustificationRequired = justification,
            AutomatedJustification = automated,
            Retention = retention,
            Begins = begins!.Value,
            Ends = ends,
            Withdrawn = withdrawn,
            Clauses = clauses,
        });
    }

    static OrganisationId Party(SourceFields parties, string name)
    {
        var node = parties.Required(name);
        if (node is null) return default;
        var party = OrganisationId.Parse((node as SourceScalar)?.Text);
        parties.Problems.AddRange(party.Problems.Select(problem => problem with { Place = node.Place }));
        return party.Succeeded ? party.Value : default;
    }

    static Marking Ceiling(SourceFields fields, ProblemList problems)
    {
        var node = fields.Required("handles");
        var marking = node is null ? Marking.Official : Marking.Parse(node.ToJson());
        problems.AddRange(marking.Problems.Select(problem => problem with { Place = node!.Place }));
        return marking.Succeeded ? marking.Value : Marking.Official;
    }

    static ImmutableArray<SharingClause> Clauses(SourceFields fields, ProblemList problems)
    {
        var nodes = fields.List("clauses");
        if (nodes.IsEmpty) problems.Add(fields.Place, "required", "\"clauses\" is missing or empty. Say which fields of which records may be given.");
        var read = nodes.Select(node => (node, clause: Clause(SourceFields.Of(node, problems)))).ToArray();
        for (var at = 0; at < read.Length; at++)
        {
            var (node, clause) = read[at];
            if (read.Take(at).Any(earlier => earlier.clause.Id == clause.Id))
                problems.Add(node.Place, "duplicate", $"The clause \"{clause.Id}\" stands twice. Give each a number of its own.", value: clause.Id);
            if (read.Take(at).Any(earlier => earlier.clause.RecordType == clause.RecordType))
                problems.Add(node.Place, "duplicate", $"Two clauses are about the record \"{clause.RecordType}\". Join them.", value: clause.RecordType);
        }

        return [.. read.Select(one => one.clause)];
    }

    static CanonicalReference Record(SourceFields fields)
    {
        var text = fields.RequiredText("record");
        var named = CanonicalReference.Of(text);
        if (text.Length == 0 || RecordTypes.Contains(named.Name, StringComparer.Ordinal)) return named;
        var meant = Spelling.Nearest(named.Name, RecordTypes);
        fields.Problems.Add(fields.Map["record"]!.Place, "unknown-value", $"\"record\" must be one of {string.Join(", ", RecordTypes)}, with a version where it is not the first, such as {Records.Crime}@1.1.0.{(meant is null ? "" : $" Did you mean \"{meant}\"?")}", value: text);
        return named;
    }

    static SharingClause Clause(SourceFields fields)
    {
        var (id, record) = (fields.RequiredText("clause"), Record(fields));
        var allows = fields.Optional("allow") is not null;
        if (allows == fields.Optional("withhold") is not null)
            fields.Problems.Add(fields.Place, "required", "A clause has either \"allow\" (exactly these fields) or \"withhold\" (all but these). Write one of them.");
        var selection = FieldSelection.Read(fields, allows ? "allow" : "withhold", allows);
        FieldSelection? beyond = null;
        if (fields.Optional("above-handling") is SourceScalar { Text: "refuse" })
            beyond = null;
        else if (fields.Fields("above-handling") is { } reduced)
        {
            reduced.Required("allow");
            beyond = FieldSelection.Read(reduced, "allow", allows: true);
            reduced.RefuseOthers();
        }

        fields.RefuseOthers();
        return new SharingClause(id, record, selection, beyond) { Place = fields.Map["record"]?.Place ?? fields.Place };
    }
}
