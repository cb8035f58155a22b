using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Interop.Platform.Tests.Delivery;

/// <summary>A system on 127.0.0.1 that answers what it is sent, and questions for it, as a script says: a status, <c>none</c> (it has nothing), <c>odd</c> (an answer of another shape), <c>drop</c> (it reads and does not answer) or <c>wait</c> (until it is asked no more). Past the script it is out of order.</summary>
sealed class ScriptedNotify : IAsyncDisposable
{
    const string OutOfOrder = "503";

    readonly WebApplication web;
    readonly Socket closed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly Queue<string> script = new();

    ScriptedNotify(WebApplication web)
    {
        this.web = web;
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public Uri Address => new(web.Urls.First());

    /// <summary>An address of its own at which it does not listen.</summary>
    public Uri Closed => new($"http://{closed.LocalEndPoint}");

    /// <summary>How often it was sent something.</summary>
    public int Sent { get; private set; }

    /// <summary>Ends once something has come that it lets wait.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<ScriptedNotify> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new ScriptedNotify(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    /// <summary>What it answers next, such as <c>ask none, send 500</c>.</summary>
    public void Play(string answers)
    {
        script.Clear();
        foreach (var answer in answers.Split(", ", StringSplitOptions.RemoveEmptyEntries)) script.Enqueue(answer);
    }

    public ValueTask DisposeAsync()
    {
        closed.Dispose();
        return web.DisposeAsync();
    }

    async Task Answer(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        var what = HttpMethods.IsPost(context.Request.Method) ? "send" : "ask";
        if (what == "send") Sent++;
        var answer = script.TryPeek(out var next) && next.StartsWith(what, StringComparison.Ordinal) ? script.Dequeue()[(what.Length + 1)..] : OutOfOrder;
        switch (answer)
        {
            case "none":
                await context.Response.WriteAsync("""{ "notifications": [] }""");
                break;
            case "odd":
                await context.Response.WriteAsync("[]");
                break;
            case "drop":
                context.Abort();
                break;
            case "wait":
                Waiting.SetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
            default:
                context.Response.StatusCode = int.Parse(answer, System.Globalization.CultureInfo.InvariantCulture);
                break;
        }
    }
}
