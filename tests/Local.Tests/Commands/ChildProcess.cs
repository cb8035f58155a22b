using System.Diagnostics;
using System.Text;

namespace Interop.Local.Tests.Commands;

/// <summary>The built program as a user starts it: <c>dotnet Interop.Local.dll ...</c>, for a bounded time.</summary>
sealed class ChildProcess : IAsyncDisposable
{
    static readonly TimeSpan Longest = Journeys.TestPlatform.Patience;

    readonly Process process;
    readonly StringBuilder output = new();
    readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ChildProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not { } text) return;
            lock (output) output.AppendLine(text);
            if (text.Split("listens on ") is [_, var rest]) listening.TrySetResult(new Uri(rest[..rest.IndexOf(". ", StringComparison.Ordinal)]));
        };
    }

    /// <summary>What the command wrote and its exit code; it must end by itself.</summary>
    public static async Task<(int ExitCode, string Output, string[] Errors)> Run(params string[] words)
    {
        await using var child = Start(words);
        using var limit = new CancellationTokenSource(Longest);
        var errors = child.process.StandardError.ReadToEndAsync(limit.Token);
        await child.process.WaitForExitAsync(limit.Token);
        return (child.process.ExitCode, child.output.ToString(), (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>A platform that serves, and where.</summary>
    public static async Task<(ChildProcess Child, Uri Address)> Serve(string folder)
    {
        var child = Start("--port", "0", "--folder", folder, "--mappings", Journeys.TestPlatform.Mappings);
        return (child, await child.listening.Task.WaitAsync(Longest));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    static ChildProcess Start(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Interop.Local.dll"));
        foreach (var word in words) start.ArgumentList.Add(word);
        var child = new ChildProcess(new Process { StartInfo = start });
        child.process.Start();
        child.process.BeginOutputReadLine();
        return child;
    }
}
