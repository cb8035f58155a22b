using Azure.Messaging.ServiceBus;
using Interop.Functions.Intake;
using Interop.Functions.Work;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Interop.Functions.Triggers.ServiceBus;

/// <summary>What queues bring. Sessions keep the messages of one incident, and the news of one run, in order.</summary>
sealed class BusFunctions(BusIntake intake, BusWork work)
{
    const string Connection = "ServiceBus";

    /// <summary>RMS: a session for each incident.</summary>
    [Function("Rms")]
    public Task Rms(
        [ServiceBusTrigger("rms", Connection = Connection, IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message, ServiceBusMessageActions actions, CancellationToken cancellation) =>
        intake.Take("rms", message, new Settlement(actions, message), cancellation);

    /// <summary>The prosecutor's case file.</summary>
    [Function("CaseFile")]
    public Task CaseFile(
        [ServiceBusTrigger("case-management", Connection = Connection, IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message, ServiceBusMessageActions actions, CancellationToken cancellation) =>
        intake.Take("case-management", message, new Settlement(actions, message), cancellation);

    /// <summary>The platform's own signals.</summary>
    [Function("Work")]
    public Task Work(
        [ServiceBusTrigger(WorkMessage.Queue, Connection = Connection, IsSessionsEnabled = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient runs,
        CancellationToken cancellation) => work.Take(message, new Settlement(actions, message), runs, cancellation);
}
