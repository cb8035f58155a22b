using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Interop.Azure.Tests.World;
using Interop.Functions.Intake;
using Interop.Functions.Telemetry;
using Interop.Functions.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Interop.Azure.Tests.Telemetry;

/// <summary>One trace from the request that brought a message, through the bus and the orchestration, to the delivery.</summary>
[Collection(nameof(AloneInListening))]
public sealed class TraceTests
{
    // The span of who called.
    const string Caller = "00f067aa0ba902b7";

    [Fact]
    public async Task Trace_OfARequest_ReachesTheDelivery()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var spans = new ConcurrentBag<Activity>();
        using var listener = Listen(spans);
        var delivered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rms = await Listen(delivered);
        await using var platform = await AzurePlatform.Start(new AzureWorld { Addresses = _ => Task.FromResult(ImmutableDictionary<string, Uri>.Empty.Add("rms", new Uri(rms.Urls.First()))) });
        var message = await Reports.Send(platform, $"00-{trace}-{Caller}-01");
        var parent = ActivityContext.Parse(await delivered.Task.WaitAsync(Interop.Local.Tests.Journeys.TestPlatform.Patience), null);
        Assert.Equal(trace, parent.TraceId.ToHexString());

        // From the delivery back to the request, each span below the one that made it due.
        var path = await Eventually.Seen("every span from the delivery to the request is there", () => Task.FromResult(Path(spans, parent.SpanId)));
        var (request, done) = (path[0], path.Where(span => span.Source.Name == Traces.SourceName).ToList());
        Assert.Equal("Microsoft.AspNetCore", request.Source.Name);
        Assert.Equal(["perform message", "perform effect"], [done[0].OperationName, done[^1].OperationName]);
        Assert.Equal(message, done[0].GetTagItem(Traces.MessageId));
        var run = Assert.Single(done.Skip(1).Select(span => span.GetTagItem(Traces.RunId)).Distinct());
        Assert.NotNull(await platform.Get<Interop.Platform.Runs.RunList>().Find(new("northshire"), new((string)run!), CancellationToken.None));
        Assert.All(path, span => Assert.Equal(trace, span.TraceId.ToHexString()));

        // Every signal on the bus carried it too.
        Assert.All(platform.Bus.Seen.SelectMany(signal => WorkMessage.Read(signal).Due), row => Assert.StartsWith($"00-{trace}-", row.Trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trace_OfAQueuesMessage_GoesOnWithItsSignal()
    {
        const string trace = "5cf92f3577b34da6a3ce929d0e0e4736";
        var spans = new ConcurrentBag<Activity>();
        using var listener = Listen(spans);
        await using var platform = await AzurePlatform.Start();
        platform.Bus.Taker = (_, _) => Task.CompletedTask;
        var carried = Received.From("northshire", "incident-report", Interop.Local.Tests.Journeys.TestPlatform.Report, trace: $"00-{trace}-{Caller}-01");
        await platform.Get<BusIntake>().Take("online-contact", carried, new Settlements(), CancellationToken.None);
        var signal = await Eventually.Seen("the signal is on the bus", () => Task.FromResult(platform.Bus.Seen.SelectMany(sent => WorkMessage.Read(sent).Due).FirstOrDefault(row => row.Trace?.Contains(trace, StringComparison.Ordinal) == true)));
        var received = Assert.Single(spans, span => span.TraceId.ToHexString() == trace && span.OperationName == "receive online-contact");
        Assert.Equal((Caller, received.Id), (received.ParentSpanId.ToHexString(), signal.Trace));
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

    static ActivityListener Listen(ConcurrentBag<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Traces.SourceName or "System.Net.Http" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // Null while one of them has not ended.
    static List<Activity>? Path(IEnumerable<Activity> spans, ActivitySpanId last)
    {
        var byId = spans.DistinctBy(span => span.SpanId).ToDictionary(span => span.SpanId);
        var path = new List<Activity>();
        for (var at = last; at.ToHexString() != Caller; at = path[0].ParentSpanId)
        {
            if (!byId.TryGetValue(at, out var span)) return null;
            path.Insert(0, span);
        }

        return path;
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
