using System.Text.Json;
using System.Xml.Linq;
using Interop.Core.Json;
using Interop.Local.Tests.Journeys;

namespace Interop.Azure.Tests.Hosting;

/// <summary>What is deployed: the host's settings, the definitions and every function are in the publish folder.</summary>
public sealed class PublishTests
{
    [Fact]
    public async Task Publish_folder_has_the_host_file_the_definitions_and_the_functions()
    {
        var (folder, root) = (await PublishedApp.Folder, Path.Combine(TestPlatform.Mappings, ".."));
        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(root, "host.json")), await File.ReadAllTextAsync(Path.Combine(folder, "host.json")));
        Assert.True(File.Exists(Path.Combine(folder, "mappings", "workflows", "victim-journey.yaml")));
        var functions = JsonValue.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "functions.metadata"))).Value.Items;
        Assert.Equal(Expected(PublishedApp.Built("ServiceBusTriggers") == "true"), functions.Select(Told).Order(StringComparer.Ordinal));
        Assert.All(functions, function => Assert.Equal("dotnet-isolated", function["language"].AsString()));

        // What the host starts, and the extensions that it must load for these triggers.
        var worker = JsonValue.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "worker.config.json"))).Value["description"];
        Assert.Equal(("dotnet-isolated", "Interop.Functions.dll"), (worker["language"].AsString(), worker["defaultWorkerPath"].AsString()));
        Assert.True(File.Exists(Path.Combine(folder, "Interop.Functions.dll")));
        var extensions = JsonValue.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "extensions.json"))).Value["extensions"].Items;
        Assert.Superset(new HashSet<string> { "AzureStorageBlobs", "DurableTask" }, extensions.Select(extension => extension["name"].AsString()).ToHashSet(StringComparer.Ordinal));
        Assert.All(extensions, extension => Assert.True(File.Exists(Path.Combine(folder, ".azurefunctions", extension["hintPath"].AsString().Replace("./.azurefunctions/", "", StringComparison.Ordinal))), extension.ToString()));

        // The storage provider that host.json names.
        var scheduler = extensions.Any(extension => extension["hintPath"].AsString().EndsWith("/Microsoft.Azure.WebJobs.Extensions.DurableTask.AzureManaged.dll", StringComparison.Ordinal));
        Assert.Equal(PublishedApp.Built("DurableTaskScheduler") == "true", scheduler);
    }

    // The project that the worker's SDK generates has restored them; a version silently replaced can break at run time. A source that serves the extensions of the bus or the scheduler has all versions: there nothing is named.
    [Fact]
    public async Task Extensions_of_the_host_are_restored_in_the_versions_that_are_named()
    {
        var azure = Path.Combine(TestPlatform.Mappings, "..", "functions", "Azure");
        var restored = Path.Combine(azure, "obj", PublishedApp.Built("Configuration"), "net10.0", "WorkerExtensions", "obj");
        var isNamed = PublishedApp.Built("ServiceBusTriggers") != "true" && PublishedApp.Built("DurableTaskScheduler") != "true";
        Assert.Equal(isNamed, File.Exists(Path.Combine(restored, "WorkerExtensions.csproj.pinned.targets")));
        if (!isNamed) return;

        using var assets = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(restored, "project.assets.json")));
        var named = XDocument.Load(Path.Combine(azure, "WorkerExtensions.targets")).Descendants("PackageReference").Select(package => $"{(package.Attribute("Include") ?? package.Attribute("Update"))!.Value}/{package.Attribute("Version")!.Value.Trim('[', ']')}");
        Assert.Superset(named.ToHashSet(StringComparer.Ordinal), assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name).ToHashSet(StringComparer.Ordinal));
        var errors = assets.RootElement.GetProperty("project").GetProperty("restore").GetProperty("warningProperties").GetProperty("warnAsError");
        Assert.Superset(new HashSet<string> { "NU1603", "NU1605" }, errors.EnumerateArray().Select(rule => rule.GetString()!).ToHashSet(StringComparer.Ordinal));
        Assert.False(assets.RootElement.TryGetProperty("logs", out var logs), logs.ToString());
    }

    // Each function with its trigger: all that the host knows of it before the worker starts.
    static string Told(JsonValue function)
    {
        var trigger = function["bindings"].Items.Single(binding => binding["type"].AsString().EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        string[] said = [.. new[] { "methods", "route", "authLevel", "schedule", "path", "source", "connection", "queueName", "isSessionsEnabled", "autoCompleteMessages" }
            .Select(name => trigger[name]).Where(value => !value.IsNull).Select(value => value.Kind == JsonKind.String ? value.AsString() : value.ToString())];
        return string.Join(' ', [function["name"].AsString(), trigger["type"].AsString(), .. said]);
    }

    static IEnumerable<string> Expected(bool withBus)
    {
        const string messages = "api/organisations/{organisation}/systems";
        string[] told =
        [
            """Clocks timerTrigger 0 */15 * * * *""", """DueRows timerTrigger 0 */1 * * * *""", """StoreSweep timerTrigger 0 30 2 * * *""", """StuckRuns timerTrigger 0 7 * * * *""",
            $$"""CommandAndControl httpTrigger ["post"] {{messages}}/command-and-control/messages/{type} Anonymous""", $$"""NationalRecords httpTrigger ["post"] {{messages}}/national-records/messages/{type} Anonymous""",
            $$"""NotifyCallbacks httpTrigger ["post"] {{messages}}/notify/messages/{type} Anonymous""", $$"""OnlineContact httpTrigger ["post"] {{messages}}/online-contact/messages/{type} Anonymous""",
            """Site httpTrigger {*path} Anonymous""", """CourtResults blobTrigger court-results/{organisation}/{type}/{name} EventGrid Storage""", """PerformRow activityTrigger""", """WorkflowRun orchestrationTrigger""",
        ];
        string[] bus = ["CaseFile serviceBusTrigger ServiceBus case-management true false", "Rms serviceBusTrigger ServiceBus rms true false", "Work serviceBusTrigger ServiceBus work true false"];
        return told.Concat(withBus ? bus : []).Order(StringComparer.Ordinal);
    }
}
