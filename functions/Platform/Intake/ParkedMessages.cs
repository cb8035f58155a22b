using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Platform.Work;

namespace Interop.Platform.Intake;

/// <summary>Messages that wait for a reference to become known.</summary>
sealed class ParkedMessages(MessageStore messages, IWorkSignal work)
{
    /// <summary>Lets those go on that are still parked.</summary>
    public async Task Release(OrganisationId organisation, ImmutableArray<string> waited, CancellationToken cancellation)
    {
        foreach (var id in waited)
        {
            if (await messages.Find(organisation, id, cancellation) is not { Message.Status: MessageStatus.Parked } found) continue;
            var message = found.Message with { Status = MessageStatus.Received, WasHeld = true };
            if (await messages.Replace(message, found.ETag, isUnfinished: true, null, cancellation))
                work.Due(MessageStore.Unfinished(message, isFresh: false), message.ReceivedAt);
        }
    }
}
