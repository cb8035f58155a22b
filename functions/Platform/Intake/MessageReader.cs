using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Interop.Core;
using Interop.Core.Json;
using Interop.Core.Mapping;
using Interop.Core.Messages;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;

namespace Interop.Platform.Intake;

/// <summary>A message as it was understood.</summary>
/// <param name="SourceId">The sender's id.</param>
/// <param name="OccurredAt">When the sender says it happened, if it does.</param>
/// <param name="Record">The canonical record, as far as it could be made.</param>
/// <param name="Problems">What must be mended before anything follows from it.</param>
/// <param name="Mapping">The mapping that translated it.</param>
sealed record ReadMessage(string SourceId, DateTimeOffset? OccurredAt, JsonValue Record, ImmutableArray<Problem> Problems, MappingDefinition Mapping)
{
    /// <summary>The code lists that were used, by name and version.</summary>
    public ImmutableArray<string> CodeLists => [.. Mapping.CodeLists.Select(list => $"{list.Name}@{list.Version}")];
}

/// <summary>Turns bytes into a canonical record: envelope, format, mapping, schema. Pure but for the definitions it is given.</summary>
sealed class MessageReader(DefinitionRegistry definitions)
{
    const string StructuredMode = "application/cloudevents+json";
    const int MaxSourceId = 256;

    /// <summary>The message; or problems when it cannot even be decoded.</summary>
    /// <param name="system">Who sent it.</param>
    /// <param name="type">What it is.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="headers">What came beside them.</param>
    /// <param name="receivedAt">When it first came: what applied on that day translates it, however late it is read again.</param>
    public Outcome<ReadMessage> Read(SystemDefinition system, MessageType type, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, DateTimeOffset receivedAt)
    {
        var mapping = definitions.Mapping(type.Mapping, receivedAt);
        var opened = Open(headers, headers.GetValueOrDefault("Content-Type"), body);
        if (!opened.Succeeded) return opened.Problems;
        var envelope = opened.Value;
        var received = envelope.Data.IsNull ? mapping.Receive(envelope.Payload.Span, type.IdPaths) : mapping.Receive(envelope.Data, type.IdPaths);
        if (!received.Succeeded) return received.Problems;
        var (mapped, id) = received.Value;
        var sourceId = envelope.Id ?? (id.IsEmpty || id.Contains(null) ? null : string.Join('/', id)) ?? Convert.ToHexStringLower(SHA256.HashData(body.Span));
        if (sourceId.Length > MaxSourceId) return new Problem("too-long", $"The message's id has {sourceId.Length} characters; at most {MaxSourceId} are taken.", Value: Problem.Preview(sourceId));
        return new ReadMessage(sourceId, envelope.Time, mapped.Value, mapped.Problems, mapping);
    }

    // Structured mode carries the payload within; binary mode carries attributes in ce- headers; a bare body has neither.
    static Outcome<Envelope> Open(IEnumerable<KeyValuePair<string, string>> headers, string? contentType, ReadOnlyMemory<byte> body)
    {
        if (contentType?.StartsWith(StructuredMode, StringComparison.OrdinalIgnoreCase) != true)
            return CloudEventHeaders.Read(headers).Then<Envelope>(given => new Envelope(given.Id, given.Time, JsonValue.Null, body));
        return JsonValue.Parse(body.Span).Then(CloudEvent.Parse).Then<Envelope>(given =>
            given.DataBase64 is { } base64 ? new Envelope(given.Id, given.Time, JsonValue.Null, Convert.FromBase64String(base64))
            : given.Data.StringOrNull is { } text ? new Envelope(given.Id, given.Time, JsonValue.Null, Encoding.UTF8.GetBytes(text))
            : new Envelope(given.Id, given.Time, given.Data, default));
    }

    sealed record Envelope(string? Id, DateTimeOffset? Time, JsonValue Data, ReadOnlyMemory<byte> Payload);
}
