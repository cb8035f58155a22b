using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Interop.Infra.Tests;

/// <summary>What azd reads: it names files that are there, and gives every parameter that has no default.</summary>
public sealed partial class DeploymentTests(Template template) : IClassFixture<Template>
{
    static readonly string Repository = Path.GetDirectoryName(Bicep.Folder)!;

    [Fact]
    public async Task AzureYaml_NamesFilesThatAreThere()
    {
        using var text = new StringReader(await File.ReadAllTextAsync(Path.Combine(Repository, "azure.yaml")));
        var yaml = new YamlStream();
        yaml.Load(text);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var service = root["services"]["interop"];
        Assert.Equal(("./functions/Azure", "dotnet", "function"), (service["project"].ToString(), service["language"].ToString(), service["host"].ToString()));
        Assert.True(File.Exists(Path.Combine(Repository, root["infra"]["path"].ToString(), $"{root["infra"]["module"]}.bicep")));
        Assert.All(((YamlMappingNode)root["hooks"]).SelectMany(hook => hook.Value is YamlSequenceNode several ? several.Children : [hook.Value]), hook =>
        {
            var script = Path.Combine(Repository, hook["run"].ToString());
            Assert.True(File.Exists(script), script);
            if (!OperatingSystem.IsWindows()) Assert.True(File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), script);
        });
    }

    [SkippableFact]
    public async Task Parameters_GiveEveryOneWithoutADefault()
    {
        template.Compiled();
        var given = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "main.parameters.json")))!["parameters"]!.AsObject().Select(pair => pair.Key).ToList();
        var known = template.Main["parameters"]!.AsObject();
        Assert.Empty(known.Where(parameter => parameter.Value!["defaultValue"] is null).Select(parameter => parameter.Key).Except(given));
        Assert.Empty(given.Except(known.Select(parameter => parameter.Key)));
    }

    // azd asks for what has no default before it runs the hooks, and what a hook sets nobody could answer.
    [SkippableFact]
    public void Parameters_ThatAHookSets_AreNotAskedFor()
    {
        template.Compiled();
        Assert.Equal(["alertEmail", "environmentName"], template.Main["parameters"]!.AsObject().Where(parameter => parameter.Value!["defaultValue"] is null).Select(parameter => parameter.Key).Order());
        var needed = template.Main["variables"]!["needed"]!;
        Assert.Contains("fail('INTEROP_SIGNIN_CLIENT_ID ", needed["signInClientId"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("fail('INTEROP_BUDGET_FROM ", needed["budgetFrom"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("[variables('needed').signInClientId]", template.Main["resources"]!["app"]!["properties"]!["parameters"]!["signInClientId"]!["value"]!.ToString());
        Assert.Equal("[variables('needed').budgetFrom]", template.Main["resources"]!["budget"]!["properties"]!["parameters"]!["from"]!["value"]!.ToString());
    }

    // One that is left out goes back to its default with each deployment from there.
    [Fact]
    public async Task Workflow_PassesEveryVariableOfTheParameters_WithTheSameDefault()
    {
        using var text = new StringReader(await File.ReadAllTextAsync(Path.Combine(Repository, ".github", "workflows", "deploy.yml")));
        var yaml = new YamlStream();
        yaml.Load(text);
        var passed = ((YamlMappingNode)yaml.Documents[0].RootNode["jobs"]["deploy"]["env"]).ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());
        var asked = Variable().Matches(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "main.parameters.json"))).Where(match => match.Groups["name"].Value != "AZURE_ENV_NAME").ToList();
        Assert.NotEmpty(asked);
        Assert.Equal(
            asked.Select(match => (Name: match.Groups["name"].Value, Default: match.Groups["default"].Value)).Select(one => (one.Name, one.Default.Length == 0 ? $"${{{{ vars.{one.Name} }}}}" : $"${{{{ vars.{one.Name} || '{one.Default}' }}}}")).Order(),
            asked.Select(match => match.Groups["name"].Value).Select(name => (name, passed.GetValueOrDefault(name, "not passed"))).Order());
    }

    [Fact]
    public async Task Registration_AsksForTokensOfVersion2()
    {
        foreach (var hook in new[] { "entra.sh", "trust.sh" }) Assert.Contains("--requested-access-token-version 2 ", await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "hooks", hook)), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Redrive_Builds_AndSaysWhatItNeeds()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", "infra/redrive.cs"])
        {
            WorkingDirectory = Repository,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // No server of the compiler or of MSBuild outlives it and holds its output open.
            Environment = { ["UseSharedCompilation"] = "false", ["MSBUILDDISABLENODEREUSE"] = "1" },
        })!;
        var said = string.Concat(await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()));
        await process.WaitForExitAsync();
        Skip.If(Unserved().IsMatch(said), "The packages of Service Bus are not served here: infra/redrive.cs is not built.");
        Assert.Contains("Give the host of the bus and the queue", said, StringComparison.Ordinal);
        Assert.Equal(2, process.ExitCode);
    }

    // Azure refuses to change the start of a budget: one taken from the clock fails in the second month.
    [SkippableFact]
    public void NoParameter_IsTakenFromTheClock()
    {
        template.Compiled();
        Assert.DoesNotContain("utcNow(", template.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Roles_AreThoseOfThePlatform()
    {
        var roles = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "hooks", "app-roles.json")))!.AsArray();
        Assert.Equal(["analyst", "integrator", "approver", "administrator"], roles.Select(role => role!["value"]!.ToString()));
    }

    // ${NAME} or ${NAME=default}.
    [GeneratedRegex(@"\$\{(?<name>\w+)(=(?<default>[^}]*))?\}")]
    private static partial Regex Variable();

    [GeneratedRegex("error (NU1101|NU1102|NU1103|NU1603|NU1605)", RegexOptions.ExplicitCapture)]
    private static partial Regex Unserved();
}
