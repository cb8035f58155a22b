using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>The attributes that a request's <c>ce-</c> headers carry. Each may be absent: many systems send none; each that is there is of the right shape.</summary>
public sealed record CloudEventHeaders(string? Id, string? Source, string? Type, string? Subject, DateTimeOffset? Time, JsonValue Attributes)
{
    /// <summary>Reads headers, names in any case; others than <c>ce-</c> and <c>content-type</c> are passed over.</summary>
    public static Outcome<CloudEventHeaders> Read(IEnumerable<KeyValuePair<string, string>> headers) => CloudEventReader.Headers(headers);

    /// <summary>The event with this payload, or every required attribute that is missing.</summary>
    public Outcome<CloudEvent> ToEvent(JsonValue data) => CloudEventReader.Structured(Attributes.With("data", data));
}
