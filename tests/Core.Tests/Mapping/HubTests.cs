using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Messages;

namespace Interop.Core.Tests.Mapping;

/// <summary>The incident as the record on which systems meet: what one system says of it, the others are told, as far as they have a place for it.</summary>
public sealed class HubTests
{
    static readonly MappingDefinition[] Systems =
        [.. Repository.Maps.Select(map => Repository.Load(map).Value).Where(mapping => mapping.Canonical == Records.Incident && mapping.Direction == MappingDirection.Both)];

    // What these derive is a draft for others and is not read again: their examples say so (.sent.).
    static readonly HashSet<string> SentOnly =
        [.. Systems.Select(system => system.Name).Where(name => Directory.GetFiles(Path.Combine(Repository.Mappings, "maps", name, "examples"), "*.sent.*").Length > 0)];

    public static TheoryData<string> Names => new(Systems.Select(mapping => mapping.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void What_any_system_says_is_taken_or_refused_with_reasons(string name)
    {
        var system = Systems.Single(mapping => mapping.Name == name);
        foreach (var (said, record) in Systems.SelectMany(other => Examples(other.Name)))
        {
            var told = system.Translate(record, MappingDirection.Out);
            if (!told.Succeeded) Assert.NotEmpty(told.Problems);
            else if (!SentOnly.Contains(name)) Assert.True(system.Translate(told.Value, MappingDirection.In).Succeeded, $"{said} told to {name}: {string.Join("; ", system.Translate(told.Value, MappingDirection.In).Problems)}");
        }
    }

    [Theory]
    [InlineData("intimidated", "Y")]
    [InlineData("vulnerable", "Y")]
    [InlineData("greatestNeed", "Y")]
    [InlineData("specialNeeds", null)]
    public void The_flags_of_a_victim_in_a_case_file_are_enhanced_rights_in_records_management(string flag, string? rights)
    {
        var flags = new[] { "child", "expert", "greatestNeed", "prisoner", "interpreter", "vulnerable", "police", "professional", "specialNeeds", "intimidated" };
        var witness = flags.Aggregate(JsonValue.Of(("surname", "One"), ("firstNames", "Victim"), ("victim", true)), (sum, one) => sum.With(one, one == flag));
        var file = JsonValue.Of(("policeReference", "NS/0104412/26"), ("witnesses", JsonValue.Of(witness)));

        var told = Named("rms-incident").Translate(Named("cps-case-file").Translate(file, MappingDirection.In).Value, MappingDirection.Out);

        Assert.Equal(rights, told.Value["occurrence"]["nominals"][0]["enhancedRights"].StringOrNull);
    }

    [Fact]
    public void A_person_with_two_roles_is_one_nominal_with_two_involvements()
    {
        var (_, record) = Examples("rms-incident").Single();

        var told = Named("rms-b-record").Translate(record, MappingDirection.Out).Value["PoleRecord"];

        Assert.Equal(["Aggrieved", "Informant", "Home"], told["Involvement"].Items.Where(one => one["@of"].StringOrNull == "P1" || one["@in"].StringOrNull == "P1").Select(one => one["@as"].AsString()));
        Assert.Equal(record["persons"].Count, told["Person"].Count);
    }

    static MappingDefinition Named(string name) => Systems.Single(mapping => mapping.Name == name);

    static IEnumerable<(string Name, JsonValue Record)> Examples(string map) =>
        Directory.GetFiles(Path.Combine(Repository.Mappings, "maps", map, "examples"), "*.canonical.json").Order(StringComparer.Ordinal)
            .Select(file => ($"{map}/{Path.GetFileName(file)}", JsonValue.Parse(File.ReadAllBytes(file)).Value));
}
