using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Messages;

/// <summary>An event in the CloudEvents 1.0.2 envelope. Made by <see cref="Parse"/> or <see cref="FromHeaders"/>, or by the platform for its own events.</summary>
public sealed record CloudEvent
{
    /// <summary>The version of the envelope.</summary>
    public const string SpecVersion = "1.0";

    /// <summary>Unique with <see cref="Source"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Who says so: a URI reference, such as <c>/organisations/northshire/systems/rms</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What happened, such as <c>incident.reported</c>.</summary>
    public required string Type { get; init; }

    /// <summary>About what, within the source.</summary>
    public string? Subject { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The media type of <see cref="Data"/>.</summary>
    public string? DataContentType { get; init; }

    /// <summary>The absolute URI of the schema of <see cref="Data"/>.</summary>
    public string? DataSchema { get; init; }

    /// <summary>The payload; null if there is none or it is in <see cref="DataBase64"/>.</summary>
    public JsonValue Data { get; init; }

    /// <summary>A binary payload as base64.</summary>
    public string? DataBase64 { get; init; }

    /// <summary>Extension attributes by name: texts, booleans and 32-bit whole numbers.</summary>
    public ImmutableSortedDictionary<string, JsonValue> Extensions { get; init; } = ImmutableSortedDictionary.Create<string, JsonValue>(StringComparer.Ordinal);

    /// <summary>Reads structured mode (application/cloudevents+json).</summary>
    /// <returns>The event, or every problem: <c>type</c>, <c>required</c>, <c>specversion</c>, <c>attribute-name</c>, <c>attribute</c>, <c>data</c>.</returns>
    public static Outcome<CloudEvent> Parse(JsonValue structured) => CloudEventReader.Structured(structured);

    /// <summary>Reads binary mode: attributes from <c>ce-</c> headers, all required ones among them, and the payload as it was decoded.</summary>
    public static Outcome<CloudEvent> FromHeaders(IEnumerable<KeyValuePair<string, string>> headers, JsonValue data) =>
        CloudEventHeaders.Read(headers).Then(attributes => attributes.ToEvent(data));

    /// <summary>Structured mode.</summary>
    public JsonValue ToJson() => CloudEventReader.ToJson(this);
}
