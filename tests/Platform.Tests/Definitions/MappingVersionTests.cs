using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Mapping.Checking;
using Interop.Platform.Definitions;
using Interop.Platform.Storage.Sqlite;

namespace Interop.Platform.Tests.Definitions;

/// <summary>Versions of mappings and code lists in a definitions folder, and that a published one stays as it was.</summary>
public sealed class MappingVersionTests : IDisposable
{
    const string Map = "maps/rms-status-event/mapping.yaml";
    const string Sms = "maps/notify-sms/mapping.yaml";
    const string Schema = "maps/rms-status-event/source.schema.yaml";
    const string Codes = "codes/rms-event-types.yaml";

    readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("interop");

    public void Dispose() => scratch.Delete(recursive: true);

    [Theory]
    [InlineData(Map, "The mapping rms-status-event@", "Raise its version")]
    [InlineData(Schema, "The mapping rms-status-event@", "Raise its version")]
    [InlineData(Codes, "The code list rms-event-types@", "Raise its version")]
    public async Task A_published_version_stays_as_it_was(string file, string names, string remedy)
    {
        await using var store = SqliteStore.Open(scratch.FullName).Value;
        Assert.Empty(await Publish(CatalogTests.Shipped, store));
        Assert.Empty(await Publish(CatalogTests.Shipped.SetItem(file, CatalogTests.Shipped[file].Replace("\n", "\r\n", StringComparison.Ordinal)), store));
        var problem = Assert.Single(await Publish(CatalogTests.Shipped.SetItem(file, CatalogTests.Shipped[file] + "# Changed.\n"), store));
        Assert.Equal("published", problem.Rule);
        Assert.StartsWith(names, problem.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, problem.Message, StringComparison.Ordinal);
        Assert.Empty(await Publish(Raised(from: null), store));
    }

    [Theory]
    [InlineData(Map)]
    [InlineData(Schema)]
    [InlineData(Codes)]
    public void What_is_not_changed_is_not_checked_again(string file)
    {
        var (before, after) = (DefinitionSet.Load(CatalogTests.Shipped).Value, DefinitionSet.Load(CatalogTests.Shipped.SetItem(file, CatalogTests.Shipped[file] + "# Changed.\n")).Value);
        Assert.Same(MappingReports.Of(before, "notify-sms"), MappingReports.Of(after, "notify-sms"));
        Assert.NotSame(MappingReports.Of(before, "rms-status-event"), MappingReports.Of(after, "rms-status-event"));
        Assert.Null(MappingReports.Of(after, "none"));
    }

    [Fact]
    public async Task The_version_of_the_day_is_found()
    {
        await using var store = SqliteStore.Open(scratch.FullName).Value;
        var registry = new DefinitionRegistry(DefinitionSet.Load(Raised("2026-04-01")).Value, store);

        // The last hour of March in England, which summer time has brought forward.
        Assert.NotEqual("9.0.0", registry.Mapping("rms-status-event", DateTimeOffset.Parse("2026-03-31T22:59:59Z", null)).Version);
        Assert.Equal("9.0.0", registry.Mapping("rms-status-event", DateTimeOffset.Parse("2026-03-31T23:00:00Z", null)).Version);
        Assert.Contains("rms-event-types", registry.Mapping("rms-status-event", DateTimeOffset.UnixEpoch).CodeLists.Select(list => list.Name));
    }

    [Theory]
    [InlineData(Codes, "code-list: rms-event-types\nversion: 1.0.0\ncodes: [{ source: A }]")]
    [InlineData(Codes, "code-list: [")]
    [InlineData("codes/rms-event-types@9.0.0.csv", "sauce,canonical\nA,a\n")]
    public void A_code_list_that_does_not_load_is_told_as_itself_and_not_as_missing(string file, string text)
    {
        var problems = new ProblemList();
        var folder = MappingFolder.Load(CatalogTests.Shipped.Where(one => one.Key.Split('/')[0] is "canonical" or "codes" || one.Key is Map or Schema).ToImmutableSortedDictionary().SetItem(file, text), problems);
        Assert.Equal((file, Map), (problems.ToImmutable()[0].Place?.File, Assert.Single(problems.ToImmutable().Skip(1)).Place?.File));
        Assert.Contains($"told at {file}", problems.ToImmutable()[1].Message, StringComparison.Ordinal);
        var (root, context) = Assert.Single(folder.Unloaded);
        Assert.Equal("unknown-code-list", Assert.Single(MappingCheck.Run(root, context).Findings, finding => finding.Blocks).Rule);
    }

    [Fact]
    public void A_folder_with_another_version_than_its_definition_is_refused() => Assert.Contains(
        DefinitionSet.Load(CatalogTests.Shipped.Add("maps/rms-status-event@0.1.0/mapping.yaml", CatalogTests.Shipped[Map]).Add("maps/rms-status-event@0.1.0/source.schema.yaml", CatalogTests.Shipped[Schema])).Problems,
        problem => problem.Rule == "version" && problem.Message.Contains("rms-status-event@0.1.0", StringComparison.Ordinal));

    [Fact]
    public async Task A_new_version_that_loses_something_without_a_reason_is_refused_with_its_line()
    {
        await using var store = SqliteStore.Open(scratch.FullName).Value;
        Assert.Empty(await Publish(CatalogTests.Shipped, store));
        var files = CatalogTests.Shipped.SetItem(Sms, CatalogTests.Shipped[Sms].Replace("version: 1.", "version: 9.", StringComparison.Ordinal).Replace("- { rule: items-dropped, path: references,", "# ", StringComparison.Ordinal));
        var problem = Assert.Single(await Publish(files, store));
        Assert.Equal(("items-dropped", Sms), (problem.Rule, problem.Place?.File));
        Assert.Contains("references[kind=crime].value", files[Sms].Split('\n')[problem.Place!.Line - 1], StringComparison.Ordinal);

        // What was refused is not published: it may be mended under its version.
        Assert.Empty(await Publish(CatalogTests.Shipped.SetItem(Sms, CatalogTests.Shipped[Sms].Replace("version: 1.", "version: 9.", StringComparison.Ordinal)), store));
    }

    [Fact]
    public async Task An_older_version_that_is_new_here_is_checked_too()
    {
        await using var store = SqliteStore.Open(scratch.FullName).Value;
        var old = CatalogTests.Shipped[Sms].Replace("version: 1.", "version: 0.", StringComparison.Ordinal).Replace("- { rule: items-dropped, path: references,", "# ", StringComparison.Ordinal);
        var folder = $"maps/notify-sms@{old.Split('\n').First(line => line.StartsWith("version: ", StringComparison.Ordinal))["version: ".Length..]}";
        var files = CatalogTests.Shipped.SetItem(Sms, CatalogTests.Shipped[Sms].Replace("direction: ", "from: 2026-04-01\ndirection: ", StringComparison.Ordinal))
            .Add($"{folder}/mapping.yaml", old).Add($"{folder}/source.schema.yaml", CatalogTests.Shipped["maps/notify-sms/source.schema.yaml"]);
        var problem = Assert.Single(await Publish(files, store));
        Assert.Equal(("items-dropped", $"{folder}/mapping.yaml"), (problem.Rule, problem.Place?.File));
    }

    [Fact]
    public void What_does_not_load_is_shown_by_a_document()
    {
        var files = CatalogTests.Shipped.SetItem(Map, System.Text.RegularExpressions.Regex.Replace(CatalogTests.Shipped[Map], @"(source: eventTime, canonical: occurredAt), date-time: \{[^}]*\}", "$1"));
        Assert.NotEqual(CatalogTests.Shipped[Map], files[Map]);
        var (root, context) = Assert.Single(MappingFolder.Load(files, new ProblemList()).Unloaded);
        var finding = Assert.Single(MappingCheck.Run(root, context).Blocking, finding => finding.Rule == "type-clash");
        Assert.Contains("eventTime", files[Map].Split('\n')[finding.Place.Line - 1], StringComparison.Ordinal);
        Assert.NotEmpty(finding.Counterexample!.Problems);
    }

    [Fact]
    public void A_folder_with_more_files_than_are_read_says_so()
    {
        foreach (var name in new[] { "a.yaml", "b.yaml", "c.csv", "d.txt" }) File.WriteAllText(Path.Combine(scratch.FullName, name), "");
        Assert.Equal(3, DefinitionFolder.Read(scratch.FullName, mostFiles: 3).Value.Count);
        Assert.Equal("too-many-files", Assert.Single(DefinitionFolder.Read(scratch.FullName, mostFiles: 2).Problems).Rule);
    }

    // The newest is 9.0.0; the shipped one stands beside it if the newest has a day.
    static ImmutableSortedDictionary<string, string> Raised(string? from)
    {
        var text = CatalogTests.Shipped[Map];
        var version = text.Split('\n').First(line => line.StartsWith("version: ", StringComparison.Ordinal));
        var files = CatalogTests.Shipped.SetItem(Map, text.Replace(version, $"version: 9.0.0{(from is null ? "" : $"\nfrom: {from}")}", StringComparison.Ordinal));
        if (from is null) return files;
        var folder = $"maps/rms-status-event@{version["version: ".Length..]}";
        return files.Add($"{folder}/mapping.yaml", text).Add($"{folder}/source.schema.yaml", CatalogTests.Shipped[Schema]);
    }

    static async Task<ImmutableArray<Problem>> Publish(ImmutableSortedDictionary<string, string> files, SqliteStore store) =>
        await new DefinitionRegistry(DefinitionSet.Load(files).Value, store).Publish(CancellationToken.None);
}
