using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Interop.Functions.Telemetry;

/// <summary>Samples a part of the traces, by their ids, and records the others all the same, so that a failure among them can still be kept.</summary>
sealed class RecordingSampler(double ratio) : Sampler
{
    readonly TraceIdRatioBasedSampler sampled = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        sampled.ShouldSample(samplingParameters).Decision == SamplingDecision.RecordAndSample ? new SamplingResult(SamplingDecision.RecordAndSample) : new SamplingResult(SamplingDecision.RecordOnly);
}

/// <summary>Lets every span that failed be exported, whatever was sampled. Before the exporter.</summary>
sealed class FailureKeeper : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        if (data.Status == ActivityStatusCode.Error) data.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
    }
}
