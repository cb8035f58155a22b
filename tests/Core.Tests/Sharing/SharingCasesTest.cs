using System.Collections.Immutable;
using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Sharing;
using Interop.Core.Sources;
using Interop.Core.Tests.Clocks;

namespace Interop.Core.Tests.Sharing;

public sealed class SharingCasesTest
{
    static readonly JsonValue Delivered = ClockData.Read("agreements/northshire-cps-prosecution.yaml").ToJson();

    static readonly JsonValue Cases = SourceReader.Read(
        File.ReadAllText(Path.Combine(ClockData.Folder("tests"), "Core.Tests", "Sharing", "sharing-cases.yaml")), "sharing-cases.yaml").Value.ToJson();

    public static TheoryData<string> Names() => [.. Cases.Items.Select(item => item["case"].AsString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decides_as_the_case_says(string name)
    {
        var data = Cases.Items.Single(item => item["case"].AsString() == name);
        ImmutableArray<Agreement> agreements = [Load(data["with"]), .. data["also"].Items.Select(Load)];
        var request = new SharingRequest(
            new OrganisationId(data["from"].StringOrNull ?? "northshire"),
            new OrganisationId(data["to"].StringOrNull ?? "cps"),
            data["type"].StringOrNull ?? "crime",
            data["record"],
            data["purpose"].StringOrNull ?? "prosecution",
            Marking.Parse(data["marking"]).Value,
            Timestamps.Parse(data["at"].StringOrNull ?? "2026-05-01T12:00:00Z")!.Value,
            data["justification"].StringOrNull ?? "Charging decision asked for",
            data["automated"] == JsonValue.True);
        var decision = SharingRules.Decide(agreements, Records(data["records"]), request);

        if (data["permit"] is { IsNull: false } permitted) Assert.Equal(permitted, Assert.IsType<SharingDecision.Permit>(decision).Record);
        if (data["redact"] is { IsNull: false } left)
        {
            var redacted = Assert.IsType<SharingDecision.Redact>(decision);
            Assert.Equal(left, redacted.Record);
            Assert.Equal(data["removed"].Items.Select(item => item.AsString()).Order(), redacted.Removed.Order());
        }

        foreach (var part in data["says"].Items) Assert.Contains(part.AsString(), Assert.IsType<SharingDecision.Refuse>(decision).Reason, StringComparison.Ordinal);
        if (data["clause"].StringOrNull is { } clause)
            Assert.Equal(clause, decision switch { SharingDecision.Permit permit => permit.Clause.Id, SharingDecision.Redact redact => redact.Clause.Id, _ => "" });
    }

    // The shipped ones, or the versions of the crime that a case has.
    static CanonicalRecords Records(JsonValue versions) => versions.IsNull ? Mapping.Repository.Records
        : CanonicalRecords.Of(versions.Items.Select(schema => CanonicalRecord.Load("crime", SourceReader.Read(schema.ToString(), "crime.schema.yaml").Value, _ => null).Value), new ProblemList());

    static Agreement Load(JsonValue changes)
    {
        var text = changes.Members.Aggregate(Delivered, (sum, member) => member.Value.IsNull ? sum.Without(member.Key) : sum.With(member.Key, member.Value)).ToIndentedString();
        return Agreement.Load(SourceReader.Read(text, "agreement.yaml").Value).Value;
    }
}
