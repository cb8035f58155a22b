using System.Collections.Concurrent;
using System.Net;
using Interop.Core.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Interop.Local.Tests.Delivery;

/// <summary>Answers on 127.0.0.1 by the path: /status/404 with that status, /token with a token, /digest to who proves it, else with what was sent.</summary>
sealed class EchoServer : IAsyncDisposable
{
    readonly WebApplication web;

    EchoServer(WebApplication web) => this.web = web;

    public Uri Address => new(web.Urls.First());

    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What came last, before anything hides a secret in it.</summary>
    public JsonValue Heard { get; private set; }

    public static async Task<EchoServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new EchoServer(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    async Task Answer(HttpContext context)
    {
        var (path, authorization) = (context.Request.Path.Value!, context.Request.Headers.Authorization.ToString());
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Asked.Enqueue($"{context.Request.Method} {path} {body}");
        if (path.StartsWith("/status/", StringComparison.Ordinal)) context.Response.StatusCode = int.Parse(path["/status/".Length..], System.Globalization.CultureInfo.InvariantCulture);
        if (path == "/digest" && !authorization.StartsWith("Digest ", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = "Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256";
        }

        var answer = path switch
        {
            "/token" => JsonValue.Of(("access_token", "the-token"), ("expires_in", 3600)),
            "/.well-known/openid-configuration" => JsonValue.Of(("token_endpoint", new Uri(Address, "/token").AbsoluteUri)),
            _ => JsonValue.Of(("authorization", authorization), ("key", context.Request.Headers["x-key"].ToString()), ("query", context.Request.QueryString.Value ?? ""), ("body", body)),
        };
        if (path != "/token") Heard = answer;
        if (path == "/echo") context.Response.Headers["x-echo"] = $"{authorization} {context.Request.Headers["x-key"]}";
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(answer.ToUtf8());
    }
}
