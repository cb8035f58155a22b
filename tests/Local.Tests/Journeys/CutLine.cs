using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Journeys;

/// <summary>The line to a system on 127.0.0.1: what is sent goes through, and no answer comes back until it is mended.</summary>
sealed class CutLine : IAsyncDisposable
{
    readonly WebApplication web;
    readonly HttpClient beyond = new();

    CutLine(WebApplication web) => this.web = web;

    public Uri Address => new(web.Urls.First());

    /// <summary>The system at its other end.</summary>
    public Uri? System { get; set; }

    /// <summary>Whether answers come back.</summary>
    public bool IsMended { get; set; }

    public static async Task<CutLine> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var line = new CutLine(app);
        app.Run(line.Carry);
        await app.StartAsync();
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        beyond.Dispose();
    }

    async Task Carry(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(System!, context.Request.Path + context.Request.QueryString.ToString()));
        if (HttpMethods.IsPost(context.Request.Method)) request.Content = new StreamContent(context.Request.Body) { Headers = { { "Content-Type", context.Request.ContentType } } };
        request.Headers.TryAddWithoutValidation("Authorization", context.Request.Headers.Authorization.ToString());
        using var answer = await beyond.SendAsync(request);
        if (!IsMended)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
