using System.Diagnostics;
using System.Reflection;
using Interop.Local.Tests.Journeys;

namespace Interop.Azure.Tests.Hosting;

/// <summary>What is deployed: the app as it is published, once for all tests, in the configuration that they were built in.</summary>
static class PublishedApp
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    static readonly Lazy<Task<string>> Published = new(Publish);

    /// <summary>The folder.</summary>
    public static Task<string> Folder => Published.Value;

    /// <summary>How the tests were built.</summary>
    public static string Built(string name) => typeof(PublishedApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(known => known.Key == name).Value!;

    static async Task<string> Publish()
    {
        var folder = Directory.CreateTempSubdirectory("interop-publish");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);

        // A node of the build that stays for the next one would hold what is read here open.
        string[] words = ["publish", Path.Combine(TestPlatform.Mappings, "..", "functions", "Azure"), "--no-build", "--configuration", Built("Configuration"), $"-p:ServiceBusTriggers={Built("ServiceBusTriggers")}", $"-p:DurableTaskScheduler={Built("DurableTaskScheduler")}", "--output", folder.FullName, "-nodeReuse:false"];
        using var publishing = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = publishing.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Longest);
        await publishing.WaitForExitAsync(limit.Token);
        Assert.True(publishing.ExitCode == 0, await said.WaitAsync(limit.Token));
        return folder.FullName;
    }
}
