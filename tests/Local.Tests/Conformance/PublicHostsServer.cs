using System.Net;
using Interop.Core.Tests.Workflows.Conformance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Interop.Local.Tests.Conformance;

/// <summary>The public hosts of the conformance features on 127.0.0.1, over real HTTP.</summary>
sealed class PublicHostsServer : IAsyncDisposable
{
    readonly WebApplication web;

    PublicHostsServer(WebApplication web) => this.web = web;

    public Uri Address => new(web.Urls.First());

    public static async Task<PublicHostsServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new PublicHostsServer(app);
        app.Run(async context =>
        {
            var (status, body) = PublicHosts.Answer(server.Address, context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization.FirstOrDefault());
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(body.ToUtf8());
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();
}
