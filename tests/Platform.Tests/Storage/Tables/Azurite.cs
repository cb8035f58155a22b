using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage;
using Azure.Storage.Blobs;
using Interop.Platform.Storage.Tables;

namespace Interop.Platform.Tests.Storage.Tables;

/// <summary>The emulator of a storage account, started once for the tests that need it, on free ports; without Node they are skipped.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit calls DisposeAsync of IAsyncLifetime.")]
public sealed partial class Azurite : IAsyncLifetime
{
    // The emulator's published account and key.
    const string Account = "devstoreaccount1";
    const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(4);

    IReadOnlyDictionary<string, Uri> addresses = new Dictionary<string, Uri>(StringComparer.Ordinal);
    Process? process;
    string? missing;
    int stores;

    public async Task InitializeAsync()
    {
        var folder = Folder();
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) missing = "The emulator is started on Linux and macOS only.";
        else if (!await Runs("node", ["--version"], folder)) missing = "Node is not installed: the store in an Azure storage account is not tested.";
        else if (!await IsInstalled(folder)) missing = "npm ci failed in tests/azurite: the store in an Azure storage account is not tested.";
        else (process, addresses) = await Run();
    }

    public async Task DisposeAsync()
    {
        if (process is null) return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <summary>An account whose tables and container nobody else has.</summary>
    internal TablesAccount New(Fault fault, out string name)
    {
        SkipIfMissing();
        name = $"t{Interlocked.Increment(ref stores).ToString(CultureInfo.InvariantCulture)}x";
        return Of(name, fault);
    }

    /// <summary>Skips the test where the emulator cannot be had.</summary>
    internal void SkipIfMissing() => Skip.If(missing is not null, missing);

    /// <summary>A container that nobody else has.</summary>
    internal async Task<BlobContainerClient> Container()
    {
        SkipIfMissing();
        var container = new BlobServiceClient(addresses["Blob"], new StorageSharedKeyCredential(Account, Key)).GetBlobContainerClient($"c{Interlocked.Increment(ref stores).ToString(CultureInfo.InvariantCulture)}x");
        await container.CreateAsync();
        return container;
    }

    internal TablesAccount Of(string name, Fault fault)
    {
        return TablesAccount.Of(
            options => new TableServiceClient(addresses["Table"], new TableSharedKeyCredential(Account, Key), With(options, fault)),
            options => new BlobServiceClient(addresses["Blob"], new StorageSharedKeyCredential(Account, Key), With(options, fault)),
            name);
    }

    static T With<T>(T options, Fault fault)
        where T : ClientOptions
    {
        options.AddPolicy(new Failing(fault), HttpPipelinePosition.BeforeTransport);
        return options;
    }

    /// <summary>Starts an emulator of one's own.</summary>
    internal static async Task<(Process Process, IReadOnlyDictionary<string, Uri> Addresses)> Run(params string[] more)
    {
        var (found, listening) = (new Dictionary<string, Uri>(StringComparer.Ordinal), new TaskCompletionSource());
        var node = new Process
        {
            StartInfo = new ProcessStartInfo("node", [Script, "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck", "--silent", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", .. more])
            {
                WorkingDirectory = Folder(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        node.OutputDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is not { Success: true } match) return;
            found[match.Groups[1].Value] = new Uri($"{match.Groups[2].Value}/{Account}");
            if (found.Count == 3) listening.TrySetResult();
        };
        node.Start();
        node.BeginOutputReadLine();
        node.BeginErrorReadLine();
        await listening.Task.WaitAsync(LongestStart);
        return (node, found);
    }

    const string Script = "node_modules/azurite/dist/src/azurite.js";

    static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Interop.Cloud.sln"))) at = at.Parent;
        return Path.Combine(at?.FullName ?? throw new DirectoryNotFoundException("The tests do not stand in the repository."), "tests", "azurite");
    }

    // Tests of another assembly may want it at the same time: one installs it, and the others wait for that.
    static async Task<bool> IsInstalled(string folder)
    {
        using var alone = await Alone(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "obj")).FullName, "installing"));
        return File.Exists(Path.Combine(folder, Script)) || await Runs("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder);
    }

    static async Task<FileStream> Alone(string file)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(begun) < LongestStart)
            {
                await timer.WaitForNextTickAsync();
            }
        }
    }

    static async Task<bool> Runs(string command, string[] arguments, string folder)
    {
        try
        {
            using var started = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            await Task.WhenAll(started.StandardOutput.ReadToEndAsync(), started.StandardError.ReadToEndAsync()).WaitAsync(LongestStart);
            await started.WaitForExitAsync();
            return started.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    [GeneratedRegex("Azurite (Blob|Queue|Table) service is successfully listening at (https?://[0-9.:]+)")]
    private static partial Regex Listening();

    sealed class Failing(Fault fault) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The store calls asynchronously.");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            fault.Before();
            await ProcessNextAsync(message, pipeline);
            fault.After();
        }
    }
}

/// <summary>The tests that share one emulator.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<Azurite>
{
    public const string Name = "azurite";
}
