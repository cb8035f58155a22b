using Interop.Core.Canonical;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Schemas;
using Interop.Core.Sources;
using NodaTime;

namespace Interop.Core.Tests.Mapping;

/// <summary>Which version of a mapping and of its code lists translates a message of a day.</summary>
public sealed class VersionTests
{
    static readonly Schema Source = Given.SchemaOf(Yaml("{ s: text }"));
    static readonly CanonicalRecords Canonical = CanonicalRecords.First(new Dictionary<string, Schema>(StringComparer.Ordinal) { ["record"] = Given.SchemaOf(Yaml("{ t: text, u: text }")) });

    [Fact]
    public void The_version_of_the_day_translates()
    {
        var mapping = Versions([Mapping("1.0.0", null, "t"), Mapping("2.0.0", "2026-04-01", "u")], [List("1.0.0", null, "first")]).Value;
        Assert.Equal("""{"t":"first"}""", Translated(mapping.On(new LocalDate(2026, 3, 31))));
        Assert.Equal("""{"u":"first"}""", Translated(mapping.On(new LocalDate(2026, 4, 1))));
        Assert.Equal(("2.0.0", "test@2.0.0"), (mapping.Newest.Version, mapping.Newest.Reference));
    }

    [Fact]
    public void The_code_list_of_the_day_is_used_and_named()
    {
        var mapping = Versions([Mapping("1.0.0", null, "t")], [List("1.1.0", "2026-05-01", "second"), List("1.0.0", "2020-01-01", "first")]).Value;
        foreach (var (day, code, version) in new[] { (new LocalDate(2019, 1, 1), "first", "1.0.0"), (new LocalDate(2026, 4, 30), "first", "1.0.0"), (new LocalDate(2026, 5, 1), "second", "1.1.0") })
        {
            Assert.Equal($$"""{"t":"{{code}}"}""", Translated(mapping.On(day)));
            Assert.Equal(version, Assert.Single(mapping.On(day).CodeLists).Version);
        }
    }

    [Fact]
    public void An_old_version_translates_again_with_the_lists_of_its_day()
    {
        var mapping = Versions(
            [Mapping("1.0.0", null, "t"), Mapping("2.0.0", "2026-06-01", "u")], [List("1.0.0", null, "first"), List("1.1.0", "2026-05-01", "second"), List("1.2.0", "2026-07-01", "third")]).Value;
        Assert.Equal("""{"t":"second"}""", Translated(mapping.Version("1.0.0", new LocalDate(2026, 5, 2))!));
        Assert.Equal("""{"t":"first"}""", Translated(mapping.Version("1.0.0", new LocalDate(2026, 4, 2))!));
        Assert.Equal("""{"u":"third"}""", Translated(mapping.Newest));
        Assert.Null(mapping.Version("3.0.0", new LocalDate(2026, 5, 2)));
    }

    [Theory]
    [InlineData("1.0.0", "2026-01-01", "1.0.0", "2026-04-01")]
    [InlineData("1.0.0", "2026-04-01", "2.0.0", "2026-04-01")]
    [InlineData("1.0.0", null, "2.0.0", null)]
    public void Two_versions_that_cannot_be_told_apart_are_refused(string version, string? from, string otherVersion, string? otherFrom)
    {
        var mapping = Versions([Mapping(version, from, "t"), Mapping(otherVersion, otherFrom, "u")], [List("1.0.0", null, "first")]);
        Assert.All(mapping.Problems, problem => Assert.Equal("version", problem.Rule));
        Assert.NotEmpty(mapping.Problems);
        var problems = new ProblemList();
        var lists = CodeListVersions.Of([(List(version, from, "a"), "a.yaml"), (List(otherVersion, otherFrom, "b"), "b.yaml")], problems);
        Assert.Equal("b.yaml", Assert.Single(problems.ToImmutable()).Place!.File);
        Assert.Equal((0, "b.yaml"), (lists.All.Count(), lists.Unloaded["letters"]));
    }

    [Fact]
    public void Every_version_is_checked_with_every_list()
    {
        var schema = CanonicalRecords.First(new Dictionary<string, Schema>(StringComparer.Ordinal) { ["record"] = Given.SchemaOf(Yaml("{ t: first|third, u: text }")) });
        var lists = CodeListVersions.Of([(List("1.0.0", null, "first"), "1"), (List("1.1.0", "2026-05-01", "second"), "2"), (List("1.2.0", "2026-06-01", "third"), "3")], new ProblemList());
        Assert.Equal("type-clash", Assert.Single(MappingVersions.Load([Mapping("1.0.0", null, "t")], schema, lists).Problems).Rule);
    }

    [Fact]
    public void A_day_that_is_none_is_refused() =>
        Assert.Equal("date", Versions([Mapping("1.0.0", "soon", "t")], [List("1.0.0", null, "first")]).Problems[0].Rule);

    static string Translated(MappingDefinition mapping) => mapping.ToCanonical(JsonValue.Of(("s", "A"))).Value.ToString();

    static Outcome<MappingVersions> Versions(MappingFile[] files, CodeList[] lists) =>
        MappingVersions.Load(files, Canonical, CodeListVersions.Of(lists.Select(list => (list, "codes.yaml")), new ProblemList()));

    static MappingFile Mapping(string version, string? from, string target) => new(
        Yaml($"{Given.Head("both").Replace("version: 1.0.0", $"version: {version}{(from is null ? "" : $"\nfrom: {from}")}", StringComparison.Ordinal)}  - {{ source: s, canonical: {target}, code: letters }}\n"),
        Source);

    static CodeList List(string version, string? from, string code) =>
        CodeList.Load($"code-list: letters\nversion: {version}\n{(from is null ? "" : $"from: {from}\n")}codes:\n  - {{ source: A, canonical: {code} }}\n", "codes.yaml").Value;

    static SourceNode Yaml(string text) => SourceReader.Read(text, "test.yaml").Value;
}
