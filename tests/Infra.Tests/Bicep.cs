using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Interop.Infra.Tests;

/// <summary>The Bicep command line, from its package; tests that need it are skipped where it does not run.</summary>
static class Bicep
{
    static readonly string Program = Path.Combine(typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "BicepFolder").Value!, "bicep");

    /// <summary>The folder infra/ of the repository.</summary>
    public static string Folder { get; } = Path.Combine(Repository(), "infra");

    /// <summary>Runs the command, and gives what it says in words: nothing if all is well.</summary>
    public static async Task<(int ExitCode, string Says)> Run(params string[] arguments)
    {
        Skip.If(RuntimeInformation.RuntimeIdentifier != "linux-x64" || !File.Exists(Program), "The Bicep command line of the package runs on linux-x64 only: the templates are not compiled.");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Program, File.GetUnixFileMode(Program) | UnixFileMode.UserExecute);
        using var process = Process.Start(new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said).Trim());
    }

    /// <summary>What a function that a module exports makes of a text: calculated by the compiler, as Azure does while it deploys.</summary>
    public static async Task<JsonNode> Call(string module, string function, string text)
    {
        var file = Path.Combine(Path.GetTempPath(), $"interop-{Guid.NewGuid():N}.bicepparam");
        try
        {
            await File.WriteAllTextAsync(file, $"using none\nimport {{ {function} }} from '{Path.GetRelativePath(Path.GetTempPath(), Path.Combine(Folder, "modules", module))}'\nparam made = {function}('{text}')\n");
            var (exit, says) = await Run("build-params", file, "--stdout");
            return exit == 0 ? JsonNode.Parse(JsonNode.Parse(says)!["parametersJson"]!.ToString())!["parameters"]!["made"]!["value"]! : throw new InvalidOperationException(says);
        }
        finally
        {
            File.Delete(file);
        }
    }

    static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Interop.Cloud.sln"))) at = at.Parent;
        return at?.FullName ?? throw new DirectoryNotFoundException("The tests do not stand in the repository.");
    }
}
