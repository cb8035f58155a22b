using Interop.Core.Json;
using Interop.Core.Workflows;

namespace Interop.Platform.Runs;

/// <summary>A function that workflows call: <c>deliver</c>, <c>lookup</c>, <c>map</c>. It may be called again for the same effect, and then does nothing twice.</summary>
interface IFunction
{
    string Name { get; }

    Task<FunctionOutcome> Call(RunRecord run, EffectRecord effect, bool isFresh, CancellationToken cancellation);
}

/// <summary>How a function ended; with what a delivery did, for the record.</summary>
abstract record FunctionOutcome(DeliveryRecord? Delivery)
{
    /// <summary>The run goes on with this output.</summary>
    public sealed record Done(JsonValue Output, DeliveryRecord? Delivery = null) : FunctionOutcome(Delivery);

    /// <summary>The run is told, if one of its tasks catches errors; else a person is asked.</summary>
    public sealed record Failed(WorkflowError Error, DeliveryRecord? Delivery = null) : FunctionOutcome(Delivery);

    /// <summary>A person must mend the cause and resubmit; the run waits.</summary>
    public sealed record Held(string Reason, DeliveryRecord? Delivery) : FunctionOutcome(Delivery);

    /// <summary>An earlier attempt may have got through, and the system no longer tells: a person sends it again or drops it; the run waits.</summary>
    public sealed record InDoubt(string Reason, DeliveryRecord? Delivery) : FunctionOutcome(Delivery);

    /// <summary>Another round may get through.</summary>
    public sealed record TryLater(string Reason, DeliveryRecord? Delivery) : FunctionOutcome(Delivery);
}
