using System.Net;
using System.Net.Http.Json;
using Interop.Core.Json;
using Interop.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Journeys;

/// <summary>The platform with workflows of a test in place of those shipped, and one incident reported.</summary>
static class RunWorld
{
    public static Task<TestPlatform> Start(string workflow) => Start(null, workflow);

    public static Task<TestPlatform> Start(string? folder, params string[] workflows) => StartBy(TimeProvider.System, folder, workflows);

    public static async Task<TestPlatform> StartBy(TimeProvider clock, string? folder, params string[] workflows)
    {
        var definitions = Definitions(workflows);
        var platform = await TestPlatform.Start(clock, definitions, folder);
        Directory.Delete(definitions, recursive: true);
        if (folder is null || !File.Exists(Path.Combine(folder, "reported")))
        {
            using var answer = await platform.Post("online-contact", "incident-report", TestPlatform.Example("online-contact-incident-report", "burglary.source.json"));
            answer.EnsureSuccessStatusCode();
            if (folder is not null) await File.WriteAllTextAsync(Path.Combine(folder, "reported"), "");
        }

        await platform.SignIn("northshire", "integrator");
        return platform;
    }

    /// <summary>A copy of the definitions with these workflows alone.</summary>
    public static string Definitions(params string[] workflows)
    {
        var definitions = DefinitionsCopy.To(Directory.CreateTempSubdirectory("interop-definitions").FullName);
        foreach (var shipped in Directory.GetFiles(Path.Combine(definitions, "workflows"))) File.Delete(shipped);
        for (var number = 0; number < workflows.Length; number++) File.WriteAllText(Path.Combine(definitions, "workflows", $"{number}.yaml"), workflows[number]);
        return definitions;
    }

    public static IStore Store(TestPlatform platform) => platform.Host.Services.GetRequiredService<IStore>();

    public static Task<string> Waiting(TestPlatform platform, string workflow) => Run(platform, workflow, "waiting");

    /// <summary>The run of a workflow, once it stands so.</summary>
    public static Task<string> Run(TestPlatform platform, string workflow, string status) => Eventually($"{workflow} is {status}", async () =>
        (await platform.List("/runs")).Items.FirstOrDefault(run => run["workflow"].AsString().StartsWith($"{workflow} ", StringComparison.Ordinal) && run["status"] == status) is { IsNull: false } found ? found["id"].AsString() : null);

    public static async Task<JsonValue> Get(TestPlatform platform, string path) =>
        JsonValue.Parse(await platform.Client.GetByteArrayAsync(new Uri($"/api/organisations/northshire{path}", UriKind.Relative)), JsonLimits.Stored).Value;

    public static async Task<(HttpStatusCode Status, JsonValue Answer)> Ask(TestPlatform platform, string run, string operation, object body)
    {
        using var answer = await platform.Client.PostAsJsonAsync($"/api/organisations/northshire/runs/{run}/{operation}", body);
        return (answer.StatusCode, JsonValue.Parse(await answer.Content.ReadAsByteArrayAsync()) is { Succeeded: true } read ? read.Value : JsonValue.Null);
    }

    public static Task<T> Eventually<T>(string what, Func<Task<T?>> look)
        where T : class => TestPlatform.Eventually(what, look);
}
