using System.Collections.Immutable;
using Interop.Core;
using Interop.Platform.Definitions;
using Interop.Platform.Storage.Sqlite;

namespace Interop.Platform.Tests.Definitions;

/// <summary>Versions of canonical records in a definitions folder: sets side by side, a published one stays as it was, and who is written against which.</summary>
public sealed class CanonicalVersionTests : IDisposable
{
    const string Receipt = "canonical/receipt.schema.yaml";
    const string Person = "canonical/person.schema.yaml";
    const string Agreement = "agreements/northshire-cps-prosecution.yaml";
    const string Delivery = "maps/notify-delivery-receipt/mapping.yaml";

    readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("interop");

    public void Dispose() => scratch.Delete(recursive: true);

    [Theory]
    [InlineData(Receipt, "receipt")]
    [InlineData("canonical/common.schema.yaml", "crime, incident, person, update")]
    [InlineData("canonical/location.schema.yaml", "crime, incident, location, person, update")]
    public async Task A_published_record_stays_as_it_was_with_all_its_parts(string file, string records)
    {
        await using var store = SqliteStore.Open(scratch.FullName).Value;
        Assert.Empty(await Publish(CatalogTests.Shipped, store));
        Assert.Empty(await Publish(Changed(file, text => text.Replace("\n", "\r\n", StringComparison.Ordinal)), store));
        var problems = await Publish(Changed(file, text => text + "# Changed.\n"), store);
        Assert.Equal(records, string.Join(", ", problems.Select(problem => problem.Value!.Split('@')[0]).Distinct().Order(StringComparer.Ordinal)));
        Assert.All(problems, problem => Assert.Equal("published", problem.Rule));
        Assert.All(problems, problem => Assert.Contains("Raise its version", problem.Message, StringComparison.Ordinal));
        Assert.All(problems, problem => Assert.Contains("canonical/<any name>/", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_version_beside_the_old_is_published_and_mappings_stay_with_theirs()
    {
        await using var store = SqliteStore.Open(scratch.FullName).Value;
        Assert.Empty(await Publish(CatalogTests.Shipped, store));
        var (files, newer) = Widened(Kept(CatalogTests.Shipped));
        Assert.Empty(await Publish(files, store));
        var set = DefinitionSet.Load(files).Value;
        Assert.Equal(newer, set.Canonical.Versions("receipt")[^1].Reference);
        Assert.Equal(("receipt@1.0.0", newer), (set.Mappings["notify-delivery-receipt"].CanonicalReference, set.Mappings["notify-delivery-receipt"].NewerCanonical));

        // Its next version names the newer, and may then use what that has.
        files = files.SetItem(Delivery, files[Delivery].Replace("version: 1.0.0", "version: 9.0.0", StringComparison.Ordinal).Replace("canonical: receipt", $"canonical: {newer}", StringComparison.Ordinal));
        Assert.Equal(newer, DefinitionSet.Load(files).Value.Mappings["notify-delivery-receipt"].CanonicalReference);
    }

    [Fact]
    public void A_version_that_is_not_the_same_in_two_sets_is_refused()
    {
        var files = Kept(CatalogTests.Shipped);
        Assert.True(DefinitionSet.Load(files).Succeeded);
        var problem = Assert.Single(DefinitionSet.Load(files.SetItem("canonical/location.schema.yaml", files["canonical/location.schema.yaml"] + "# Changed.\n")).Problems, problem => problem.Value == "crime@1.0.0");
        Assert.Equal("version", problem.Rule);
        Assert.Contains("location.schema.yaml", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Raise the version", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_takes_less_is_refused_with_file_and_member()
    {
        var files = Kept(CatalogTests.Shipped);
        files = files.SetItem(Receipt, Raised(files[Receipt]).Replace("required: [notification,", "required: [reason, notification,", StringComparison.Ordinal));
        var problem = Assert.Single(DefinitionSet.Load(files).Problems);
        Assert.Equal(("incompatible", Receipt), (problem.Rule, problem.Place?.File));
        Assert.Contains("now requires \"reason\"", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_is_not_kept_is_missed_by_those_that_are_written_against_it()
    {
        var problem = DefinitionSet.Load(Widened(CatalogTests.Shipped).Files).Problems.First(problem => problem.Place?.File == Delivery);
        Assert.Equal("unknown-schema", problem.Rule);
        Assert.Contains("has no version \"1.0.0\". There are: 1.1.0", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_record_refers_to_stands_beside_it() => Assert.Contains(
        DefinitionSet.Load(CatalogTests.Shipped.Add("canonical/old/person.schema.yaml", CatalogTests.Shipped[Person].Replace("common.schema.yaml", "../common.schema.yaml", StringComparison.Ordinal))).Problems,
        problem => problem.Rule == "reference" && problem.Message.Contains("../common.schema.yaml", StringComparison.Ordinal));

    [Theory]
    [InlineData("record: crime", "record: crime@1.7.0", "unknown-record", "has no version \"1.7.0\"")]
    [InlineData("/persons/*/roles", "/persons/*/rolls", "unknown-path", "names the field /persons/*/rolls, which crime@1.0.0 does not have. Correct the path.")]
    [InlineData("/persons/*/under18", "/persons/*/addedLater", "unknown-path", "The newer crime@1.1.0 has it: where that is what was agreed, write record: crime@1.1.0.")]
    public void A_clause_names_what_its_version_of_the_record_has(string before, string after, string rule, string says)
    {
        var files = Kept(CatalogTests.Shipped);
        files = new[] { Person, "canonical/crime.schema.yaml", "canonical/incident.schema.yaml", "canonical/update.schema.yaml" }.Aggregate(files, (all, file) => all.SetItem(file, Raised(all[file])));
        files = files.SetItem(Person, files[Person].Replace("\nproperties:\n", "\nproperties:\n  addedLater: { type: string }\n", StringComparison.Ordinal));
        var problem = Assert.Single(DefinitionSet.Load(files.SetItem(Agreement, files[Agreement].Replace(before, after, StringComparison.Ordinal))).Problems);
        Assert.Equal(rule, problem.Rule);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
        Assert.Contains(after, files[Agreement].Replace(before, after, StringComparison.Ordinal).Split('\n')[problem.Place!.Line - 1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_of_a_record_that_does_not_load_names_what_is_to_be_mended()
    {
        var problems = DefinitionSet.Load(Changed(Receipt, text => text.Replace("version: 1.0.0\n", "", StringComparison.Ordinal))).Problems;
        Assert.Contains(problems, problem => problem.Place?.File == Receipt && problem.Message.Contains("states no version", StringComparison.Ordinal));
        Assert.Equal($"The canonical record \"receipt\" does not load: mend {Receipt} first.", problems.First(problem => problem.Place?.File == Delivery).Message);
    }

    // A file in every set that has it.
    static ImmutableSortedDictionary<string, string> Changed(string file, Func<string, string> change) =>
        CatalogTests.Shipped.Where(one => one.Key.StartsWith("canonical/", StringComparison.Ordinal) && Path.GetFileName(one.Key) == Path.GetFileName(file)).Aggregate(CatalogTests.Shipped, (files, one) => files.SetItem(one.Key, change(one.Value)));

    // The shipped set as it is, in a folder of its own.
    static ImmutableSortedDictionary<string, string> Kept(ImmutableSortedDictionary<string, string> files) =>
        files.AddRange(files.Where(file => file.Key.StartsWith("canonical/", StringComparison.Ordinal) && file.Key.Count(letter => letter == '/') == 1).Select(file => KeyValuePair.Create($"canonical/kept/{file.Key["canonical/".Length..]}", file.Value)));

    static (ImmutableSortedDictionary<string, string> Files, string Newer) Widened(ImmutableSortedDictionary<string, string> files) =>
        (files.SetItem(Receipt, Raised(files[Receipt]).Replace("\nproperties:\n", "\nproperties:\n  addedLater: { type: string }\n", StringComparison.Ordinal)), "receipt@1.1.0");

    static string Raised(string schema) => schema.Replace("version: 1.1.0", "version: 1.2.0", StringComparison.Ordinal).Replace("version: 1.0.0", "version: 1.1.0", StringComparison.Ordinal);

    static async Task<ImmutableArray<Problem>> Publish(ImmutableSortedDictionary<string, string> files, SqliteStore store) =>
        await new DefinitionRegistry(DefinitionSet.Load(files).Value, store).Publish(CancellationToken.None);
}
