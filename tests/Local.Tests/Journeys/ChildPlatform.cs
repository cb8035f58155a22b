using System.Diagnostics;
using System.Globalization;
using Interop.Local.Simulators;
using Interop.Local.Time;

namespace Interop.Local.Tests.Journeys;

/// <summary>The platform as a process of its own, so that it can be killed like one.</summary>
sealed class ChildPlatform : IDisposable
{
    static readonly TimeSpan LongestStart = TestPlatform.Patience;

    readonly Process process;
    readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<string> lines = [];

    ChildPlatform(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it printed.</summary>
    public IReadOnlyList<string> Lines
    {
        get { lock (lines) return [.. lines]; }
    }

    public static ChildPlatform Start(string folder, SimulatedSystems systems, ScaledTimeProvider clock, string mappings)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Interop.Local.dll"), "--port", "0", "--folder", folder, "--mappings", mappings,
            "--clock-start", clock.Start.ToString("O", CultureInfo.InvariantCulture),
            "--clock-from", clock.RealStart.ToString("O", CultureInfo.InvariantCulture),
            "--clock-scale", clock.Scale.ToString("R", CultureInfo.InvariantCulture),
            .. systems.Addresses.SelectMany(system => new[] { "--system", $"{system.Key}={system.Value}" }),
        ];
        return Start(arguments);
    }

    /// <summary>In real time, with definitions of a test.</summary>
    public static ChildPlatform Start(string folder, string mappings) => Start([Path.Combine(AppContext.BaseDirectory, "Interop.Local.dll"), "--port", "0", "--folder", folder, "--mappings", mappings]);

    static ChildPlatform Start(string[] arguments) => new(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });

    /// <summary>Where it listens, once it does.</summary>
    public Task<Uri> Listening() => listening.Task.WaitAsync(LongestStart);

    /// <summary>Kills it with SIGKILL: nothing in it can tidy up.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    void Read(string? line)
    {
        if (line is null) return;
        lock (lines) lines.Add(line);
        const string said = "listens on ";
        if (line.IndexOf(said, StringComparison.Ordinal) is >= 0 and var at) listening.TrySetResult(new Uri(line[(at + said.Length)..].Split(". ")[0]));
    }
}
