using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Interop.Functions.Work;

namespace Interop.Azure.Tests.World;

/// <summary>Messages as a receiver sees them.</summary>
static class Received
{
    public static ServiceBusReceivedMessage Of(ServiceBusMessage message, string id, int deliveries) => ServiceBusModelFactory.ServiceBusReceivedMessage(
        body: message.Body, messageId: id, sessionId: message.SessionId, subject: message.Subject, contentType: message.ContentType,
        properties: message.ApplicationProperties, deliveryCount: deliveries);

    /// <summary>A message of a connector's queue as a sender of another kind makes it: its body is one value, and it may have no id.</summary>
    public static ServiceBusReceivedMessage OfValue(string organisation, string type, object value, long number = 1)
    {
        var message = new AmqpAnnotatedMessage(AmqpMessageBody.FromValue(value));
        (message.ApplicationProperties["organisation"], message.ApplicationProperties["type"]) = (organisation, type);
        message.Properties.ContentType = "application/json";
        message.MessageAnnotations["x-opt-sequence-number"] = number;
        return ServiceBusReceivedMessage.FromAmqpMessage(AmqpAnnotatedMessage.FromBytes(message.ToBytes()), BinaryData.FromBytes(Guid.Empty.ToByteArray()));
    }

    /// <summary>A message of a connector's queue.</summary>
    public static ServiceBusReceivedMessage From(string organisation, string type, string body, string contentType = "application/json", int deliveries = 1, string id = "carried-1", string session = "one", string? trace = null) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString(body), messageId: id, sessionId: session, contentType: contentType, deliveryCount: deliveries,
            properties: new Dictionary<string, object>([KeyValuePair.Create("organisation", (object)organisation), KeyValuePair.Create("type", (object)type), .. trace is null ? Array.Empty<KeyValuePair<string, object>>() : [KeyValuePair.Create("traceparent", (object)trace)]]));
}

/// <summary>Notes how a message was settled, in order with whatever else a test notes.</summary>
sealed class Settlements(List<string>? notes = null) : ISettlement
{
    public bool IsCompleted { get; private set; }

    public string? DeadLettered { get; private set; }

    public string? Description { get; private set; }

    public Task Complete(CancellationToken cancellation)
    {
        IsCompleted = true;
        notes?.Add("completed");
        return Task.CompletedTask;
    }

    public Task DeadLetter(string reason, string description, CancellationToken cancellation)
    {
        (DeadLettered, Description) = (reason, description);
        notes?.Add("dead-lettered");
        return Task.CompletedTask;
    }
}
