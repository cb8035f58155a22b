using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Reflection;
using System.Text;
using Interop.Functions.Hosting;
using Interop.Functions.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Interop.Azure.Tests.Telemetry;

/// <summary>What one listener samples is recorded for every listener of the process, so that tests which listen to the platform's spans run alone.</summary>
[CollectionDefinition(nameof(AloneInListening), DisableParallelization = true)]
public sealed class AloneInListening;

/// <summary>The host's own wiring with the real exporter, to a server in the place of Azure Monitor.</summary>
[Collection(nameof(AloneInListening))]
public sealed class ExportTests
{
    // More at once than the exporter's own sampler lets through.
    const int Failures = 50;

    [Fact]
    public async Task Failures_and_every_log_line_are_exported_though_no_trace_is_sampled()
    {
        var came = new ConcurrentQueue<string>();
        await using var monitor = await Listen(came);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint={monitor.Urls.First()}/",
            ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED"] = "true",
        }).Build();
        await using (var services = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddLogging().AddInteropTelemetry(0, null).BuildServiceProvider())
        {
            using var source = new ActivitySource(Traces.SourceName);
            var traces = services.GetRequiredService<TracerProvider>();
            Assert.IsType<RecordingSampler>(traces.GetType().GetProperty("Sampler", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(traces));
            var log = services.GetRequiredService<ILoggerFactory>().CreateLogger("test");
            using (source.StartActivity("the good one")) log.LogWarning("the good one's line");
            for (var number = 0; number < Failures; number++)
            {
                using var bad = source.StartActivity("the bad one");
                log.LogError("the bad one's line");
                bad!.SetStatus(ActivityStatusCode.Error);
            }

            Assert.True(traces.ForceFlush());
            Assert.True(services.GetRequiredService<LoggerProvider>().ForceFlush());
        }

        var all = string.Join('\n', came);
        Assert.Equal((Failures, Failures), (Count(all, "\"name\":\"the bad one\""), Count(all, "the bad one\\u0027s line")));
        Assert.DoesNotContain("\"name\":\"the good one\"", all, StringComparison.Ordinal);
        Assert.Contains("the good one\\u0027s line", all, StringComparison.Ordinal);
    }

    static int Count(string text, string part) => text.Split(part).Length - 1;

    static async Task<WebApplication> Listen(ConcurrentQueue<string> came)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(async context =>
        {
            await using var body = context.Request.Headers.ContentEncoding == "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
            using var reader = new StreamReader(body, Encoding.UTF8);
            var text = await reader.ReadToEndAsync();
            came.Enqueue(text);
            var items = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$"""{"itemsReceived":{{items}},"itemsAccepted":{{items}},"errors":[]}""");
        });
        await app.StartAsync();
        return app;
    }
}
