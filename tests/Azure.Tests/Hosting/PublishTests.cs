using System.Diagnostics;
using System.Reflection;
using Interop.Core.Json;
using Interop.Local.Tests.Journeys;

namespace Interop.Azure.Tests.Hosting;

/// <summary>What is deployed: the host's settings, the definitions and every function are in the publish folder.</summary>
public sealed class PublishTests
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Publish_folder_has_the_host_file_the_definitions_and_the_functions()
    {
        var folder = Directory.CreateTempSubdirectory("interop-publish").FullName;
        var root = Path.Combine(TestPlatform.Mappings, "..");
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(root, "functions", "Azure"), "--no-build", "--configuration", Built("Configuration"), $"-p:ServiceBusTriggers={Built("ServiceBusTriggers")}", "--output", folder]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var publishing = Process.Start(start)!;
        var said = publishing.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Longest);
        await publishing.WaitForExitAsync(limit.Token);
        Assert.True(publishing.ExitCode == 0, await said);

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(root, "host.json")), await File.ReadAllTextAsync(Path.Combine(folder, "host.json")));
        Assert.True(File.Exists(Path.Combine(folder, "mappings", "workflows", "victim-journey.yaml")));
        var functions = JsonValue.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "functions.metadata"))).Value.Items.Select(function => function["name"].AsString()).ToHashSet();
        Assert.Superset(new HashSet<string> { "OnlineContact", "CommandAndControl", "NationalRecords", "NotifyCallbacks", "Site", "CourtResults", "DueRows", "StuckRuns", "StoreSweep", "WorkflowRun", "PerformRow" }, functions);
        Directory.Delete(folder, recursive: true);
    }

    static string Built(string name) => typeof(PublishTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(known => known.Key == name).Value!;
}
