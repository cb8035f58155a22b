using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Interop.Platform.Intake;

namespace Interop.Functions.Intake;

/// <summary>Messages of queues and containers in the form that the platform takes.</summary>
static class CarriedMessage
{
    /// <summary>The property of a queue's message that names the organisation it is sent to.</summary>
    public const string Organisation = "organisation";

    /// <summary>The property that names the type of message.</summary>
    public const string Type = "type";

    // CloudEvents over AMQP: attributes are properties with this prefix, where HTTP has headers.
    static readonly string[] Prefixes = ["cloudEvents:", "cloudEvents_"];
    const string HeaderPrefix = "ce-";

    static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "application/json",
        [".xml"] = "application/xml",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IncomingMessage Of(string system, ServiceBusReceivedMessage message)
    {
        var headers = message.ApplicationProperties.Select(property => KeyValuePair.Create(Header(property.Key), Convert.ToString(property.Value, CultureInfo.InvariantCulture) ?? ""))
            .Append(KeyValuePair.Create("Content-Type", message.ContentType ?? ""));
        return new IncomingMessage(Text(message, Organisation), system, Text(message, Type), Body(message), Distinct(headers));
    }

    /// <summary>What the bus calls a message: the id that its sender gave it, or the number that it got in the queue.</summary>
    public static string Name(ServiceBusReceivedMessage message) => message.MessageId is { Length: > 0 } id ? id : message.SequenceNumber.ToString(CultureInfo.InvariantCulture);

    public static IncomingMessage Of(string organisation, string system, string type, string name, byte[] body) => new(
        organisation, system, type, body, Distinct([KeyValuePair.Create("Content-Type", ContentTypes.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream"))]));

    // Senders of other kinds, such as those of JMS, put a text where Azure's own put bytes. What is neither is kept as it came, for nobody can read it.
    static ReadOnlyMemory<byte> Body(ServiceBusReceivedMessage message)
    {
        var raw = message.GetRawAmqpMessage();
        if (raw.Body.TryGetData(out _)) return message.Body.ToMemory();
        raw.Body.TryGetValue(out var value);
        return value switch
        {
            string text => Encoding.UTF8.GetBytes(text),
            byte[] bytes => bytes,
            ArraySegment<byte> bytes => bytes,
            _ => new AmqpAnnotatedMessage(raw.Body).ToBytes().ToMemory(),
        };
    }

    static string Header(string property) => Prefixes.FirstOrDefault(prefix => property.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix ? HeaderPrefix + property[prefix.Length..] : property;

    static string Text(ServiceBusReceivedMessage message, string property) => message.ApplicationProperties.GetValueOrDefault(property) as string ?? "";

    static FrozenDictionary<string, string> Distinct(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.DistinctBy(header => header.Key, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
