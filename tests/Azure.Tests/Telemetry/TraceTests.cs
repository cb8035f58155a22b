using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Azure.Tests.World;
using Interop.Functions.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Interop.Azure.Tests.Telemetry;

/// <summary>One trace from the request that brought a message, through the bus and the orchestration, to the delivery.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task Trace_OfARequest_ReachesTheDelivery()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Traces.SourceName or "System.Net.Http" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        var delivered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rms = await Listen(delivered);
        await using var platform = await AzurePlatform.Start(new AzureWorld { Addresses = _ => Task.FromResult(ImmutableDictionary<string, Uri>.Empty.Add("rms", new Uri(rms.Urls.First()))) });
        var message = await Reports.Send(platform, $"00-{trace}-00f067aa0ba902b7-01");

        var parent = await delivered.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.StartsWith($"00-{trace}-", parent, StringComparison.Ordinal);
        await Eventually.Holds("the message's span is there", () => Task.FromResult(Own().Any(span => span.GetTagItem(Traces.MessageId) as string == message)));
        await Eventually.Holds("the run's spans are there", () => Task.FromResult(Own().Any(span => span.GetTagItem(Traces.RunId) is string { Length: > 0 })));

        IEnumerable<Activity> Own() => spans.Where(span => span.Source.Name == Traces.SourceName && span.TraceId.ToHexString() == trace);
    }

    [Fact]
    public void Spans_ThatFailed_AreExportedWhateverIsSampled()
    {
        var exported = new List<Activity>();
        using var source = new ActivitySource("the test's own");
        using (var provider = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).SetSampler(new RecordingSampler(0)).AddProcessor(new FailureKeeper()).AddProcessor(new SimpleActivityExportProcessor(new Keeping(exported))).Build())
        {
            using (source.StartActivity("good")) { }
            using (var bad = source.StartActivity("bad")) bad!.SetStatus(ActivityStatusCode.Error);
        }

        Assert.Equal(["bad"], exported.Select(span => span.OperationName));
    }

    static async Task<WebApplication> Listen(TaskCompletionSource<string> delivered)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(context =>
        {
            delivered.TrySetResult(context.Request.Headers.TraceParent.ToString());
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app;
    }

    sealed class Keeping(List<Activity> exported) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var activity in batch) exported.Add(activity);
            return ExportResult.Success;
        }
    }
}
