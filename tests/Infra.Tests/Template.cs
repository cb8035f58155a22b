using System.Text.Json.Nodes;

namespace Interop.Infra.Tests;

/// <summary>One resource of the compiled template.</summary>
/// <param name="Module">The module it stands in; empty for the main file.</param>
/// <param name="Symbol">Its name there.</param>
/// <param name="Type">Its type, such as <c>Microsoft.Storage/storageAccounts</c>.</param>
/// <param name="Json">All that is said of it.</param>
sealed record Resource(string Module, string Symbol, string Type, JsonObject Json)
{
    /// <summary>What stands at a path of names below <c>properties</c>, as text; null if nothing does.</summary>
    public string? Property(string path) => path.Split('.').Aggregate(Json["properties"], (at, name) => at?[name])?.ToString();

    public override string ToString() => $"{Module}/{Symbol} ({Type})";
}

/// <summary>The compiled template: every resource of every module.</summary>
public sealed class Template : IAsyncLifetime
{
    internal JsonObject Main { get; private set; } = [];

    internal IReadOnlyList<Resource> Resources { get; private set; } = [];

    internal string Text { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            await Bicep.Run("build", "main.bicep", "--outfile", file);
            Text = await File.ReadAllTextAsync(file);
        }
        catch (SkipException)
        {
            return;
        }
        finally
        {
            File.Delete(file);
        }

        Main = JsonNode.Parse(Text)!.AsObject();
        Resources = [.. Of(Main, "")];
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>All resources; the test is skipped where nothing could be compiled.</summary>
    internal IReadOnlyList<Resource> Compiled()
    {
        Skip.If(Resources.Count == 0, "The templates were not compiled.");
        return Resources;
    }

    /// <summary>A part of the app's configuration by its name, such as <c>appsettings</c>.</summary>
    internal Resource Configuration(string name) => Compiled().Single(resource => resource.Type == "Microsoft.Web/sites/config" && resource.Json["name"]!.ToString().EndsWith($"'{name}')]", StringComparison.Ordinal));

    /// <summary>The app's own settings, but for the addresses of systems.</summary>
    internal JsonObject Settings()
    {
        Compiled();
        return Main["resources"]!["app"]!["properties"]!["template"]!["variables"]!["settings"]!.AsObject();
    }

    /// <summary>A variable of a module, as text.</summary>
    internal string Variable(string module, string name) => Main["resources"]![module]!["properties"]!["template"]!["variables"]![name]!.ToString();

    static IEnumerable<Resource> Of(JsonObject template, string module)
    {
        foreach (var (symbol, json) in Named(template["resources"]!))
        {
            if (json["existing"] is not null) continue;
            var type = json["type"]!.ToString();
            if (type != "Microsoft.Resources/deployments") yield return new Resource(module, symbol, type, json);
            else foreach (var inner in Of(json["properties"]!["template"]!.AsObject(), symbol)) yield return inner;
        }
    }

    // With user-defined types the compiler names resources; without, it lists them.
    static IEnumerable<(string Symbol, JsonObject Json)> Named(JsonNode resources) => resources is JsonObject named
        ? named.Select(pair => (pair.Key, pair.Value!.AsObject()))
        : resources.AsArray().Select((json, at) => ($"{json!["name"]} {at}", json!.AsObject()));
}
