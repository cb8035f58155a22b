using Interop.Local.Hosting;

namespace Interop.Local.Tests.Journeys;

/// <summary>A newer version of a canonical record beside the one that a mapping is written against, through the host over HTTP.</summary>
public sealed class RecordVersionTests
{
    [Fact]
    public async Task ARecordOfANewerVersion_GoesByAnOlderMapping_WithoutWhatIsNew_AndThatIsTold()
    {
        await using var desk = await CaseDesk.Start(change: AddVehicle);
        var report = await desk.Send("online-contact", "incident-report", CaseDesk.Report);
        await CaseDesk.Eventually(() => Task.FromResult(desk.Received.Length == 1));
        await CaseDesk.Eventually(async () => (await desk.Get("/runs"))[0]["status"].AsString() == "completed");

        var run = (await desk.Get("/runs"))[0]["id"].AsString();
        var delivery = (await desk.Get($"/runs/{run}"))["timeline"].Items.Single(entry => entry["direction"].AsString() == "out");
        Assert.DoesNotContain("AB12 CDE", desk.Received[0], StringComparison.Ordinal);
        Assert.Equal(("crime@1.0.0", """["/vehicle"]"""), (delivery["canonical"].AsString(), delivery["leftOut"].ToString()));
        Assert.StartsWith("permitted", delivery["decision"].AsString(), StringComparison.Ordinal);
        Assert.Contains("/vehicle, which crime@1.0.0 does not have.", (await desk.Platform.Page($"/runs/{run}")).Html, StringComparison.Ordinal);

        // A message says which version of the record it was translated to.
        Assert.Equal("incident@1.1.0", (await desk.Get($"/messages/{report}"))["canonical"].AsString());
        Assert.Contains("incident@1.1.0", (await desk.Platform.Page($"/messages/{report}")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APublishedRecordThatChanged_IsRefusedAtTheNextStart()
    {
        var folder = Directory.CreateTempSubdirectory("interop");
        DefinitionsCopy.To(folder.FullName);
        await using var platform = await TestPlatform.Start(mappings: folder.FullName);
        await platform.Host.DisposeAsync();
        DefinitionsCopy.Change(folder.FullName, "canonical/receipt.schema.yaml", "sending]", "sending, lost]");

        var again = await LocalHost.Start(new LocalOptions { Folder = platform.Folder, Mappings = folder.FullName, Port = 0, IsQuiet = true }, CancellationToken.None);

        var problem = Assert.Single(again.Problems);
        Assert.Equal(("published", "receipt@1.0.0"), (problem.Rule, problem.Value));
        folder.Delete(recursive: true);
    }

    // The crime gets a member, agreed to be given; the mapping of the case file stays with the version that it is written against.
    static void AddVehicle(string folder)
    {
        var kept = Directory.CreateDirectory(Path.Combine(folder, "canonical/kept"));
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "canonical"))) File.Copy(file, Path.Combine(kept.FullName, Path.GetFileName(file)));
        DefinitionsCopy.Change(folder, "canonical/crime.schema.yaml", "version: 1.0.0", "version: 1.1.0");
        DefinitionsCopy.Change(folder, "canonical/crime.schema.yaml", "  recordedAt:", "  vehicle: { type: string, maxLength: 20 }\n  recordedAt:");
        DefinitionsCopy.Change(folder, "agreements/northshire-cps-prosecution.yaml", "record: crime", "record: crime@1.1.0");
        DefinitionsCopy.Change(folder, "agreements/northshire-cps-prosecution.yaml", "      - /references\n", "      - /references\n      - /vehicle\n");
        DefinitionsCopy.Change(folder, "workflows/case-desk.yaml", "summary: .description", "summary: .description, vehicle: \"AB12 CDE\"");
    }
}
