using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Interop.Core.Messages;
using Interop.Platform.Storage;

namespace Interop.Platform.Intake;

/// <summary>Finds messages that were taken and whose work did not end: a signal was lost, a process died. The promises of those that have ended are removed here, many with one commit.</summary>
sealed class UnfinishedMessages(IStore store, MessageStore messages)
{
    /// <summary>As many promises of a partition that were kept are removed together; fewer after <see cref="Longest"/>.</summary>
    public const int RemovedTogether = 32;

    /// <summary>No promise stays longer when its message is finished.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    const int MostOfPartition = 1_000;
    const int MostRemembered = 50_000;

    // Which promises, in which version, this process has seen to be kept: they need not be looked at again.
    readonly ConcurrentDictionary<(string Partition, string Key, ETag ETag), bool> kept = new();

    /// <summary>Promises of an organisation's messages that were received before a time and are not finished: of each partition the oldest, as many as are wanted.</summary>
    public async IAsyncEnumerable<Row> Find(OrganisationId organisation, DateTimeOffset before, int mostOfEach, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var number = 0; number < MessageStore.Partitions; number++)
        {
            var (finished, found) = (new List<Row>(), 0);
            var from = RowKey.Of(MessageStore.UnfinishedPart, "");
            await foreach (var row in store.Range(MessageStore.Partition(organisation, number), from, MessageStore.UnfinishedKey(before, ""), MostOfPartition, cancellation))
            {
                if (await IsKept(organisation, row, cancellation))
                {
                    finished.Add(row);
                    continue;
                }

                yield return row;
                if (++found == mostOfEach) break;
            }

            if (finished.Count >= RemovedTogether || (finished.Count > 0 && MessageStore.OfUnfinished(finished[0].Key).ReceivedAt < before - Longest)) await Remove(finished, cancellation);
        }
    }

    async ValueTask<bool> IsKept(OrganisationId organisation, Row row, CancellationToken cancellation)
    {
        var promise = (row.Partition, row.Key, row.ETag);
        if (kept.ContainsKey(promise)) return true;
        if (!await IsFinished(organisation, row, cancellation)) return false;
        if (kept.Count >= MostRemembered) kept.Clear();
        kept[promise] = true;
        return true;
    }

    // A message that cannot be read is none the less one that waits: whoever takes it up notes the fault, and it hides no other.
    async ValueTask<bool> IsFinished(OrganisationId organisation, Row row, CancellationToken cancellation)
    {
        try
        {
            return await messages.IsFinished(organisation, MessageStore.OfUnfinished(row.Key).Id, cancellation);
        }
        catch (Exception fault) when (fault is not StoreException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    // Of a message that was taken up again meanwhile the promise is a new one: then nothing is removed, and looked at again the next time.
    async Task Remove(List<Row> finished, CancellationToken cancellation)
    {
        foreach (var part in finished.Chunk(StoreLimits.Changes))
        {
            if (await store.Commit(part[0].Partition, [.. part.Select(row => new Change.Delete(row.Key, row.ETag))], cancellation) is not CommitOutcome.Done) continue;
            foreach (var row in part) kept.TryRemove((row.Partition, row.Key, row.ETag), out _);
        }
    }
}
