using Azure.Messaging.ServiceBus;
using Interop.Functions.Work;
using Microsoft.Azure.Functions.Worker;

namespace Interop.Functions.Triggers.ServiceBus;

/// <summary>Settles by the Functions host, which holds the lock.</summary>
sealed class Settlement(ServiceBusMessageActions actions, ServiceBusReceivedMessage message) : ISettlement
{
    public Task Complete(CancellationToken cancellation) => actions.CompleteMessageAsync(message, cancellation);

    public Task DeadLetter(string reason, string description, CancellationToken cancellation) =>
        actions.DeadLetterMessageAsync(message, deadLetterReason: reason, deadLetterErrorDescription: description, cancellationToken: cancellation);
}
