using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Interop.Core.Messages;
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
            await foreach (var row in messages.Find(organisation, before, int.MaxValue, cancellation))
                yield return (new WorkItem(row.Partition, row.Key, IsFresh: false), MessageStore.OfUnfinished(row.Key).ReceivedAt);
        }
    }

    /// <summary>Organisations with messages that were received before a time and whose work has not ended, and when the oldest of each was received; in another order each time.</summary>
    public async IAsyncEnumerable<(OrganisationId Organisation, DateTimeOffset Oldest)> Waiting(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var organisation in definitions.Organisations.Shuffle())
        {
            DateTimeOffset? oldest = null;
            await foreach (var row in messages.Find(organisation, before, 1, cancellation))
                if (MessageStore.OfUnfinished(row.Key).ReceivedAt is var at && !(oldest <= at)) oldest = at;
            if (oldest is { } found) yield return (organisation, found);
        }
    }

    /// <summary>The oldest messages of an organisation that were received before a time and whose work has not ended, in the order in which they were received; at most as many as are wanted of each of its partitions, and none before an older one.</summary>
    public async Task<ImmutableArray<WorkItem>> Oldest(OrganisationId organisation, DateTimeOffset before, int mostOfEach, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        await foreach (var row in messages.Find(organisation, before, mostOfEach, cancellation)) rows.Add(row);

        // What a partition may have beyond its last is older than what others give after that time: it would be overtaken.
        var last = rows.GroupBy(row => row.Partition, StringComparer.Ordinal).Where(part => part.Count() == mostOfEach).Select(part => part.Last().Key).Order(StringComparer.Ordinal).FirstOrDefault();
        return [.. rows.Where(row => last is null || string.CompareOrdinal(row.Key, last) <= 0).OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => new WorkItem(row.Partition, row.Key, IsFresh: false))];
    }
}
