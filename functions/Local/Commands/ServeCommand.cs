using Interop.Local.Hosting;

namespace Interop.Local.Commands;

/// <summary>Serves the platform until it is stopped.</summary>
static class ServeCommand
{
    public static async Task<int> Run(LocalOptions options, CancellationToken cancellation)
    {
        var started = await LocalHost.Start(options, cancellation);
        if (!started.Succeeded) return Failures.Show(started.Problems);
        await using var host = started.Value;
        Console.WriteLine($"Interop.Cloud listens on http://localhost:{host.Address.Port}. The portal asks you to sign in; the API is described at /docs.");
        Console.WriteLine($"The store and the keys of systems are in {Path.GetFullPath(options.Folder)}. Press Ctrl+C to stop.");
        await host.WaitForShutdown(cancellation);
        return 0;
    }
}
