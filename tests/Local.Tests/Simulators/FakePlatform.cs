using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Local.Tests.Simulators;

/// <summary>A message as it reached the platform's side of the socket.</summary>
sealed record Arrived(string Path, string System, string Type, string ContentType, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>The platform's side of the wire and nothing more: keeps what arrives and answers as it is told.</summary>
sealed class FakePlatform : IAsyncDisposable
{
    readonly Channel<Arrived> arrivals = Channel.CreateUnbounded<Arrived>();
    WebApplication? app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Statuses of the next answers; 202 when there are no more.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    /// <summary>What the platform does with a message it took.</summary>
    public Func<Arrived, Task> Taken { get; set; } = _ => Task.CompletedTask;

    public static async Task<FakePlatform> StartAsync()
    {
        var platform = new FakePlatform();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        platform.app = builder.Build();
        platform.app.MapPost("/api/organisations/{organisation}/systems/{system}/messages/{type}", platform.TakeAsync);
        await platform.app.StartAsync();
        platform.Address = new Uri(platform.app.Urls.First());
        return platform;
    }

    /// <summary>The next message; a test that waits in vain fails.</summary>
    public async Task<Arrived> NextAsync()
    {
        using var patience = new CancellationTokenSource(Journeys.TestPlatform.Patience);
        return await arrivals.Reader.ReadAsync(patience.Token);
    }

    public async Task<IReadOnlyList<Arrived>> NextAsync(int count)
    {
        var all = new List<Arrived>();
        while (all.Count < count) all.Add(await NextAsync());
        return all;
    }

    /// <summary>How many messages arrived and were not looked at.</summary>
    public int Count => arrivals.Reader.Count;

    public bool IsQuiet => arrivals.Reader.Count == 0;

    async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var arrived = new Arrived(
            context.Request.Path, (string)context.Request.RouteValues["system"]!, (string)context.Request.RouteValues["type"]!, context.Request.ContentType ?? "",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body);
        var status = Answers.TryDequeue(out var told) ? told : 202;
        context.Response.StatusCode = status;
        if (status == 202) await Taken(arrived);
        arrivals.Writer.TryWrite(arrived);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
    }
}
