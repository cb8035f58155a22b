using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Interop.Core;
using Interop.Core.Formats;
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
sealed record ReadMessage(string SourceId, DateTimeOffset? OccurredAt, JsonValue Record, ImmutableArray<Problem> Problems, MappingDefinition Mapping);

/// <summary>Turns bytes into a canonical record: envelope, format, mapping, schema. Pure but for the definitions it is given.</summary>
sealed class MessageReader(DefinitionRegistry definitions)
{
    const string StructuredMode = "application/cloudevents+json";
    const int MaxSourceId = 256;

    /// <summary>The message; or problems when it cannot even be decoded.</summary>
    public Outcome<ReadMessage> Read(SystemDefinition system, MessageType type, ReadOnlyMemory<byte> body, Func<string, string?> header)
    {
        var mapping = definitions.Mapping(type.Mapping);
        var envelope = Envelope(header, body);
        if (!envelope.Succeeded) return envelope.Problems;
        var (attributes, payload) = envelope.Value;
        var decoded = attributes is { Data.IsNull: false } ? attributes.Data : Format.All[system.Format].Read(payload.Span, mapping.SourceShape);
        if (!decoded.Succeeded) return decoded.Problems;
        var sourceId = attributes?.Id ?? IdIn(decoded.Value, type.IdPath) ?? Convert.ToHexStringLower(SHA256.HashData(body.Span));
        if (sourceId.Length > MaxSourceId) return new Problem("too-long", $"The message's id has {sourceId.Length} characters; at most {MaxSourceId} are taken.", Value: Problem.Preview(sourceId));
        var mapped = mapping.ReadAndValidate(decoded.Value);
        return new ReadMessage(sourceId, attributes?.Time, mapped.Value, mapped.Problems, mapping);
    }

    // Structured mode carries the payload within; binary mode carries attributes in ce- headers; a bare body has neither.
    static Outcome<(CloudEvent? Attributes, ReadOnlyMemory<byte> Payload)> Envelope(Func<string, string?> header, ReadOnlyMemory<byte> body)
    {
        if (header("Content-Type")?.StartsWith(StructuredMode, StringComparison.OrdinalIgnoreCase) == true)
        {
            var parsed = JsonValue.Parse(body.Span).Then(CloudEvent.Parse);
            if (!parsed.Succeeded) return parsed.Problems;
            return parsed.Value.DataBase64 is { } base64
                ? (parsed.Value, Convert.FromBase64String(base64))
                : (parsed.Value, parsed.Value.Data.StringOrNull is { } text ? Encoding.UTF8.GetBytes(text) : body);
        }

        if (header("ce-id") is not { } id) return (null, body);
        var time = header("ce-time");
        if (time is null) return (new CloudEvent { Id = id, Source = "/", Type = "message" }, body);
        return DateTimeOffset.TryParse(time, System.Globalization.CultureInfo.InvariantCulture, out var at)
            ? (new CloudEvent { Id = id, Source = "/", Type = "message", Time = at }, body)
            : new Problem("attribute", "ce-time is no RFC 3339 time.", Value: Problem.Preview(time));
    }

    static string? IdIn(JsonValue decoded, string? pointer)
    {
        if (pointer is null) return null;
        var at = pointer.Split('/').Skip(1).Aggregate(decoded, (value, name) => value[name]);
        return at.Kind switch
        {
            JsonKind.String => at.AsString(),
            JsonKind.Number => at.NumberText,
            _ => null,
        };
    }
}
