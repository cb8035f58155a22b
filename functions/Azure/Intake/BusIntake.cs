using Azure.Messaging.ServiceBus;
using Interop.Functions.Telemetry;
using Interop.Functions.Work;
using Interop.Platform.Intake;
using Interop.Platform.Work;
using Microsoft.Extensions.Logging;

namespace Interop.Functions.Intake;

/// <summary>Brings a connector's messages from its queue to the platform's intake. Settled after the commit; what cannot be taken is put aside with the reason, and stands among the held messages.</summary>
sealed class BusIntake(MessageIntake intake, ILogger<BusIntake> log)
{
    public async Task Take(string system, ServiceBusReceivedMessage message, ISettlement settlement, CancellationToken cancellation)
    {
        using var traced = Traces.Receive(system, message);
        var (incoming, name) = (CarriedMessage.Of(system, message), CarriedMessage.Name(message));
        try
        {
            await Settle(await intake.ReceiveCarried(incoming, name, cancellation), system, name, settlement, cancellation);
        }
        catch (Exception failed) when (message.DeliveryCount >= BusWork.MostDeliveries && !cancellation.IsCancellationRequested)
        {
            var reason = TooOften.Told(message.DeliveryCount, failed);
            log.PutAside(system, name, reason, FaultText.Of(failed));
            await intake.KeepCarried(incoming, name, reason, cancellation);
            await settlement.DeadLetter(TooOften.Reason, reason, cancellation);
        }
    }

    async Task Settle(IntakeResult result, string system, string name, ISettlement settlement, CancellationToken cancellation)
    {
        switch (result)
        {
            case IntakeResult.Stored:
                await settlement.Complete(cancellation);
                break;
            case IntakeResult.Refused refused:
                log.PutAside(system, name, refused.Title);
                await settlement.DeadLetter(refused.Title, string.Join(' ', refused.Problems.Select(problem => problem.Rule).Distinct()), cancellation);
                break;
            default:
                throw new InvalidOperationException($"Unknown result {result.GetType()}.");
        }
    }
}
