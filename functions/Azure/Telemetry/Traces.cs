using System.Collections.Frozen;
using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Interop.Functions.Runs;
using Interop.Platform.Storage;

namespace Interop.Functions.Telemetry;

/// <summary>Spans of the platform's own. W3C trace context goes from the request that brought a message, with each due row, to the last delivery; a run's and a message's id are attributes.</summary>
static class Traces
{
    public const string SourceName = "Interop.Cloud";
    public const string RunId = "interop.run.id";
    public const string MessageId = "interop.message.id";
    public const string Organisation = "interop.organisation";

    const string Run = "run";

    static readonly ActivitySource Source = new(SourceName);

    // What the attribute of a partition's kind is called, and where the id stands.
    static readonly FrozenDictionary<string, (string Name, Func<DueRow, string> Id)> IdOf = new Dictionary<string, (string, Func<DueRow, string>)>(StringComparer.Ordinal)
    {
        [Run] = (RunId, row => PartitionKey.Split(row.Partition)[2]),
        ["message"] = (MessageId, row => RowKey.Split(row.Key)[^1]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The span of a row's work, below what made it due.</summary>
    public static Activity? Perform(DueRow row)
    {
        var partition = PartitionKey.Split(row.Partition);
        var activity = Source.StartActivity($"perform {(partition[1] == Run ? RowKey.Split(row.Key)[0] : partition[1])}", ActivityKind.Consumer, row.Trace);
        activity?.SetTag(Organisation, partition[0]);
        if (IdOf.TryGetValue(partition[1], out var known)) activity?.SetTag(known.Name, known.Id(row));
        return activity;
    }

    /// <summary>The span of a message that a queue brought, below what its sender says.</summary>
    public static Activity? Receive(string system, ServiceBusReceivedMessage message) =>
        Source.StartActivity($"receive {system}", ActivityKind.Consumer, (message.ApplicationProperties.GetValueOrDefault("traceparent") ?? message.ApplicationProperties.GetValueOrDefault("Diagnostic-Id")) as string);
}
