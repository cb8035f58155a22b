using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Interop.Platform.Tests.Delivery;

/// <summary>A system on 127.0.0.1 that drops the connection on what it is sent, takes it only some questions later, and takes all it is sent.</summary>
sealed class AbsentMindedNotify : IAsyncDisposable
{
    readonly WebApplication web;
    readonly int takesAfter;
    int sent;
    int asked;

    AbsentMindedNotify(WebApplication web, int takesAfter) => (this.web, this.takesAfter) = (web, takesAfter);

    public Uri Address => new(web.Urls.First());

    /// <summary>How often it was sent something.</summary>
    public int Sent => sent;

    /// <param name="takesAfter">The question to which it answers that it has what it was sent.</param>
    public static async Task<AbsentMindedNotify> Start(int takesAfter)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new AbsentMindedNotify(app, takesAfter);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    async Task Answer(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method))
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            Interlocked.Increment(ref sent);
            context.Abort();
            return;
        }

        var has = Interlocked.Increment(ref asked) >= takesAfter;
        await context.Response.WriteAsync(has ? """{ "notifications": [{ "id": "n" }] }""" : """{ "notifications": [] }""");
    }
}
