#:package Azure.Identity
#:package Azure.Messaging.ServiceBus
#:property GenerateDocumentationFile=true
#:property PublishAot=false
// Empties the dead letters of a queue. What the bus put aside by itself is sent again, into its session and under its own id; what the platform put aside with a reason is held, and is removed only when told so. docs/operations.md says when.
using Azure.Identity;
using Azure.Messaging.ServiceBus;

if (args is not ([_, _] or [_, _, "remove"]))
{
    Console.Error.WriteLine("Give the host of the bus and the queue: dotnet run infra/redrive.cs -- <bus>.servicebus.windows.net rms. With \"remove\" after them, what the platform put aside with its own reason is removed.");
    return 2;
}

string[] unheld = ["MaxDeliveryCountExceeded", "TTLExpiredException"];
var (patience, removes) = (TimeSpan.FromSeconds(10), args.Length == 3);
var (sent, removed, left) = (0, 0, new HashSet<long>());
try
{
    await using var bus = new ServiceBusClient(args[0], new AzureCliCredential());
    await using var sender = bus.CreateSender(args[1]);
    await using var aside = bus.CreateReceiver(args[1], new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    // Ends when nothing comes, and with the first that comes a second time: what is put aside again in the meantime, or is left here, is for the next run.
    var started = DateTimeOffset.UtcNow;
    while (await aside.ReceiveMessageAsync(patience) is { } message && message.EnqueuedTime < started && !left.Contains(message.SequenceNumber))
    {
        var isUnheld = unheld.Contains(message.DeadLetterReason, StringComparer.Ordinal);
        if (isUnheld) await sender.SendMessageAsync(new ServiceBusMessage(message));
        if (isUnheld || removes) await aside.CompleteMessageAsync(message);
        else left.Add(message.SequenceNumber);
        (sent, removed) = (sent + (isUnheld ? 1 : 0), removed + (removes && !isUnheld ? 1 : 0));
        Console.WriteLine($"{(isUnheld ? "sent again" : removes ? "removed" : "left")}: {message.MessageId} ({message.DeadLetterReason}: {message.DeadLetterErrorDescription})");
    }
}
catch (Exception failed) when (failed is ServiceBusException or AuthenticationFailedException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"Stopped after {sent + removed} messages: {failed.Message.Split('\n')[0].TrimEnd()} Run it again: none is lost, and one that is sent twice changes nothing.");
    return 1;
}

Console.WriteLine($"{args[1]}: {sent} sent again, {removed} removed, {left.Count} left.");
return 0;
