using System.Runtime.CompilerServices;
using Interop.Platform.Definitions;
using Interop.Platform.Intake;
using Interop.Platform.Storage;

namespace Interop.Platform.Work;

/// <summary>All that is still to be done, whatever became of its signal: what a host does after a start, and looks for from time to time.</summary>
public sealed class DueWork
{
    readonly IStore store;
    readonly UnfinishedMessages messages;
    readonly DefinitionRegistry definitions;

    internal DueWork(IStore store, UnfinishedMessages messages, DefinitionRegistry definitions) => (this.store, this.messages, this.definitions) = (store, messages, definitions);

    /// <summary>Rows that were due at a time, the earliest first.</summary>
    public async IAsyncEnumerable<(WorkItem Item, DateTimeOffset At)> Rows(DateTimeOffset until, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in store.Due(until, limit, cancellation)) yield return (new WorkItem(row.Partition, row.Key, IsFresh: false), row.Due!.Value);
    }

    /// <summary>Messages that were received before a time, and whose work has not ended. The organisations come in another order each time, so that whoever stops early passes none over for ever.</summary>
    public async IAsyncEnumerable<(WorkItem Item, DateTimeOffset At)> Messages(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var organisation in definitions.Organisations.Shuffle())
        {
            await foreach (var row in messages.Find(organisation, before, cancellation))
                yield return (new WorkItem(row.Partition, row.Key, IsFresh: false), MessageStore.OfUnfinished(row.Key).ReceivedAt);
        }
    }
}
