using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Interop.Infra.Tests;

/// <summary>What azd reads: it names files that are there, and gives every parameter that has no default.</summary>
public sealed class DeploymentTests(Template template) : IClassFixture<Template>
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
        Assert.All((YamlMappingNode)root["hooks"], hook =>
        {
            var script = Path.Combine(Repository, hook.Value["run"].ToString());
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

    [Fact]
    public async Task Roles_AreThoseOfThePlatform()
    {
        var roles = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Bicep.Folder, "hooks", "app-roles.json")))!.AsArray();
        Assert.Equal(["analyst", "integrator", "approver", "administrator"], roles.Select(role => role!["value"]!.ToString()));
    }
}
