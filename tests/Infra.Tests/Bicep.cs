using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

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

    static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Interop.Cloud.sln"))) at = at.Parent;
        return at?.FullName ?? throw new DirectoryNotFoundException("The tests do not stand in the repository.");
    }
}
