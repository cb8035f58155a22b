using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Interop.Local.Simulators;

/// <summary>One simulated system behind its own socket on 127.0.0.1, with <c>GET /received</c> and <c>GET /sent</c> to look inside.</summary>
internal abstract class SimulatedSystem(string id, TimeProvider clock, SentLog sent) : IAsyncDisposable
{
    /// <summary>Bytes of a request body that are read.</summary>
    public const int MaxBodyBytes = 4 << 20;

    readonly CancellationTokenSource stopping = new();
    readonly Lock gate = new();
    readonly List<Task> work = [];
    readonly List<string> faults = [];
    WebApplication? app;
    bool isDisposed;

    /// <summary>The id of the system in the deployment.</summary>
    public string Id { get; } = id;

    /// <summary>Where it listens, once started.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>What came in.</summary>
    public ReceivedLog Received { get; } = new();

    /// <summary>What it sent, and with what result.</summary>
    public SentLog Sent { get; } = sent;

    /// <summary>What went wrong inside the simulator itself.</summary>
    public IReadOnlyList<string> Faults
    {
        get { lock (gate) return [.. faults]; }
    }

    /// <summary>The simulated clock: business time.</summary>
    protected TimeProvider Clock { get; } = clock;

    /// <summary>Adds the system's own routes.</summary>
    protected virtual void Map(IEndpointRouteBuilder routes)
    {
    }

    /// <summary>Starts listening; port 0 takes a free one.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public async Task StartAsync(int port, CancellationToken cancel)
    {
        // An empty builder reads no settings files or environment: a simulator behaves the same wherever it runs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "simulator" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Limits.MaxRequestBodySize = MaxBodyBytes;
            options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        app = builder.Build();
        app.UseRouting();
        Map(app);
        app.MapGet("/received", context => Answers.WriteAsync(context, StatusCodes.Status200OK, Received.ToJson()));
        app.MapGet("/sent", context => Answers.WriteAsync(context, StatusCodes.Status200OK, Sent.ToJson()));
        await app.StartAsync(cancel);
        Address = new Uri(app.Urls.First());
    }

    /// <summary>Runs work beside the requests until it ends or the system stops; a fault is kept, not lost.</summary>
    protected void RunInBackground(Func<CancellationToken, Task> start)
    {
        lock (gate)
        {
            work.RemoveAll(task => task.IsCompleted);
            if (!isDisposed) work.Add(Task.Run(() => GuardAsync(start)));
        }
    }

    /// <summary>Waits until the simulated clock shows a time.</summary>
    protected async Task WaitUntilAsync(DateTimeOffset due, CancellationToken cancel)
    {
        // A timer holds at most 49 days, and a scaled one may be a little early: look at the clock again. One that is set just before the timer begins would let it begin from there.
        for (var left = due - Clock.GetUtcNow(); left > TimeSpan.Zero; left = due - Clock.GetUtcNow())
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var wait = Task.Delay(left < TimeSpan.FromDays(40) ? left : TimeSpan.FromDays(40), Clock, over.Token);
            if (due > Clock.GetUtcNow()) await wait;
            await over.CancelAsync();
        }
    }

    /// <summary>What it still does beside the requests.</summary>
    public IReadOnlyList<Task> Work
    {
        get { lock (gate) return [.. work.Where(task => !task.IsCompleted)]; }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (isDisposed) return;
            isDisposed = true;
        }

        await stopping.CancelAsync();
        await Task.WhenAll(Work);
        if (app is not null)
        {
            using var now = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }

        stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    async Task GuardAsync(Func<CancellationToken, Task> start)
    {
        try
        {
            await start(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            lock (gate) faults.Add($"{Id}: {fault.Message}");
        }
    }

    // The host that plays the journey stops the simulators; they take no signals of their own.
    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
