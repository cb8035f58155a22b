using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Schemas;

namespace Interop.Core.Tests.Mapping;

/// <summary>Patient safety events are read by HL7's own library, which knows the elements, cardinalities and required codes of FHIR R4.</summary>
public sealed class FhirAdverseEventTests
{
    const string Map = "patient-safety-adverse-event";

    static readonly JsonSerializerOptions Strict = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

    public static TheoryData<string, string> HarmCodes()
    {
        var harm = Repository.Canonical["incident"].Shape.At("harm");
        var cases = new TheoryData<string, string>();
        foreach (var member in new[] { "actuality", "seriousness", "severity", "outcome" })
        {
            foreach (var code in ((ScalarShape)harm!.At(member)!).Allowed) cases.Add(member, code.AsString());
        }

        return cases;
    }

    [Fact]
    public void The_example_is_a_resource_of_FHIR_R4()
    {
        var read = Read(Example("restraint.source.json"));
        Assert.Equal(AdverseEvent.AdverseEventActuality.Actual, read.Actuality);
        Assert.Equal(["Patient", "Practitioner", "Location"], read.Contained.Select(resource => resource.TypeName));
    }

    [Fact]
    public void What_the_library_reads_it_writes_the_same()
    {
        var example = Example("restraint.source.json");
        Assert.Equal(example, JsonValue.Parse(JsonSerializer.Serialize(Read(example), Strict)).Value);
    }

    [Theory]
    [MemberData(nameof(HarmCodes))]
    public void What_the_mapping_writes_is_a_resource_of_FHIR_R4(string member, string code)
    {
        var incident = Example("restraint.canonical.json");
        var written = Repository.Load(Map).Value.Translate(incident.With("harm", incident["harm"].With(member, JsonValue.Of(code))), MappingDirection.Out);
        Assert.True(written.Succeeded, string.Join("\n", written.Problems));
        Assert.Equal("#patient", Read(written.Value).Subject.Reference);
    }

    [Theory]
    [InlineData("actuality", "maybe")]
    [InlineData("subject", null)]
    [InlineData("recordedDate", "2026-13-30")]
    public void The_library_refuses_what_is_none(string member, string? value)
    {
        var example = Example("restraint.source.json");
        Assert.Throws<DeserializationFailedException>(() => Read(value is null ? example.Without(member) : example.With(member, JsonValue.Of(value))));
    }

    static AdverseEvent Read(JsonValue resource) => JsonSerializer.Deserialize<AdverseEvent>(resource.ToString(), Strict)!;

    static JsonValue Example(string file) => JsonValue.Parse(File.ReadAllBytes(Path.Combine(Repository.Mappings, "maps", Map, "examples", file))).Value;
}
