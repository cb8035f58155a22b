using System.Globalization;
using System.Runtime.CompilerServices;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Audit;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Intake;

/// <summary>
/// Messages in the store: rows <c>message|id</c>, <c>payload|id</c> and <c>duplicates|id</c>, in a partition that follows from the id, so that the id alone finds them and a duplicate is refused by the store itself.
/// </summary>
/// <remarks>
/// That a message is still to be worked on, row <c>unfinished|time|id</c> of the same partition says, committed with it; that it was recorded, the row that lists it says, committed with its audit lines.
/// So neither needs a commit of its own: see <see cref="UnfinishedMessages"/>.
/// </remarks>
sealed class MessageStore(IStore store)
{
    public const string PartitionPart = "message";
    public const string UnfinishedPart = "unfinished";

    /// <summary>How many partitions the messages of an organisation are spread over: few, since a sweep looks into each.</summary>
    public const int Partitions = 8;

    const string MessagePart = "message";
    const string PayloadPart = "payload";
    const string DuplicatesPart = "duplicates";

    readonly DayList listed = new(store, AuditRows.PartitionPart, MessagePart);

    // In the row that lists a message: the subject it was recorded with, and which revision of it.
    sealed record Recorded(int Revision, string? Subject);

    public static string Partition(OrganisationId organisation, string id) => Partition(organisation, id[^1] % Partitions);

    public static string Partition(OrganisationId organisation, int number) => PartitionKey.Of(organisation.Value, PartitionPart, number.ToString(CultureInfo.InvariantCulture));

    public static string Key(string id) => RowKey.Of(MessagePart, id);

    /// <summary>The promise that what follows from a message is done.</summary>
    public static WorkItem Unfinished(MessageRecord message, bool isFresh) => new(Partition(new OrganisationId(message.Organisation), message.Id), UnfinishedKey(message.ReceivedAt, message.Id), isFresh);

    /// <summary>The key of such a promise; with an empty id, what stands before all of that time.</summary>
    public static string UnfinishedKey(DateTimeOffset receivedAt, string id) => RowKey.Of(UnfinishedPart, receivedAt.UtcTicks.ToString("D19", CultureInfo.InvariantCulture), id);

    /// <summary>Which message a promise is about, and when it was received.</summary>
    public static (DateTimeOffset ReceivedAt, string Id) OfUnfinished(string key)
    {
        var parts = RowKey.Split(key);
        return (new DateTimeOffset(long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture), TimeSpan.Zero), parts[2]);
    }

    /// <summary>Stores a message for the first time. False when it is here already.</summary>
    public async ValueTask<bool> Add(MessageRecord message, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        var promise = Unfinished(message, isFresh: true);
        Change[] changes = [new Change.Insert(Key(message.Id), RowBody.Of(message)), new Change.Insert(RowKey.Of(PayloadPart, message.Id), payload), new Change.Upsert(promise.Key, default)];
        return await store.Commit(promise.Partition, changes, cancellation) is CommitOutcome.Done;
    }

    /// <summary>The message as it now stands: accepted from when it was recorded.</summary>
    public async ValueTask<(MessageRecord Message, ETag ETag)?> Find(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        if (await store.Read(Partition(organisation, id), Key(id), cancellation) is not { } row) return null;
        var message = RowBody.Read<MessageRecord>(row);
        if (message.Status != MessageStatus.Received || await Listing(message, cancellation) is not { Subject: { } subject } recorded || recorded.Revision != message.Revision) return (message, row.ETag);
        return (message with { Status = MessageStatus.Accepted, Subject = subject }, row.ETag);
    }

    /// <summary>Whether nothing is left to do for the message: it is logged and listed, and recorded unless it waits for something.</summary>
    public async ValueTask<bool> IsFinished(OrganisationId organisation, string id, CancellationToken cancellation) =>
        await Find(organisation, id, cancellation) is not { } found || (found.Message.Status != MessageStatus.Received && await Listing(found.Message, cancellation) is not null);

    public async ValueTask<ReadOnlyMemory<byte>> Payload(OrganisationId organisation, string id, CancellationToken cancellation) =>
        await store.Read(Partition(organisation, id), RowKey.Of(PayloadPart, id), cancellation) is { } row ? row.Body : default;

    /// <summary>Replaces a message; false when somebody else did first.</summary>
    public async ValueTask<bool> Replace(MessageRecord message, ETag etag, bool isUnfinished, ReadOnlyMemory<byte>? payload, CancellationToken cancellation)
    {
        var promise = Unfinished(message, isFresh: false);
        var changes = new List<Change> { new Change.Replace(Key(message.Id), RowBody.Of(message), etag) };
        if (isUnfinished) changes.Add(new Change.Upsert(promise.Key, default));
        if (payload is { } bytes) changes.Add(new Change.Upsert(RowKey.Of(PayloadPart, message.Id), bytes));
        return await store.Commit(promise.Partition, changes, cancellation) is CommitOutcome.Done;
    }

    /// <summary>Takes the contents out of a message as it was found: that it came, and the hash of its bytes, stays. False when somebody else changed it first.</summary>
    public ValueTask<bool> Erase(MessageRecord message, ETag etag, CancellationToken cancellation) => Replace(
        message with { Status = MessageStatus.Erased, Record = JsonValue.Null, Problems = [], SourceId = "" }, etag, isUnfinished: false, ReadOnlyMemory<byte>.Empty, cancellation);

    /// <summary>Counts a message that came again.</summary>
    public async ValueTask CountDuplicate(OrganisationId organisation, string id, bool differs, DateTimeOffset at, CancellationToken cancellation)
    {
        var (partition, key) = (Partition(organisation, id), RowKey.Of(DuplicatesPart, id));
        const int mostTries = 50;
        for (var tries = 0; tries < mostTries; tries++)
        {
            var row = await store.Read(partition, key, cancellation);
            var before = RowBody.ReadOrNone<DuplicateCount>(row) ?? new DuplicateCount(0, 0, at);
            var body = RowBody.Of(new DuplicateCount(before.Count + 1, before.Differing + (differs ? 1 : 0), at));
            Change change = row is null ? new Change.Insert(key, body) : new Change.Replace(key, body, row.ETag);
            if (await store.Commit(partition, [change], cancellation) is CommitOutcome.Done) return;
        }

        throw new StoreException($"The duplicates of message {id} were counted by {mostTries} others at once.");
    }

    public async ValueTask<DuplicateCount> Duplicates(OrganisationId organisation, string id, CancellationToken cancellation) =>
        RowBody.ReadOrNone<DuplicateCount>(await store.Read(Partition(organisation, id), RowKey.Of(DuplicatesPart, id), cancellation)) ?? new DuplicateCount(0, 0, default);

    /// <summary>The row that lists a message under the time it was received, in the partition of the audit log of that day; with the subject it was recorded with, it is accepted from then on.</summary>
    public DayRows ListingOf(MessageRecord message, string? subject)
    {
        var place = new Listed(message.ReceivedAt, message.Id);
        return new DayRows(DayList.DayOf(place), [listed.Row(place, RowBody.Of(new Recorded(message.Revision, subject)))]);
    }

    /// <summary>Messages by the time they were received, newest first; see <see cref="DayList.Read"/>.</summary>
    public async IAsyncEnumerable<(Listed Place, MessageRecord Message)> Newest(
        OrganisationId organisation, DateTimeOffset? from, DateTimeOffset? before, Listed? after, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var place in listed.Read(organisation, from, before, after, limit, cancellation))
        {
            if (await Find(organisation, place.Id, cancellation) is { } found) yield return (place, found.Message);
        }
    }

    async ValueTask<Recorded?> Listing(MessageRecord message, CancellationToken cancellation) =>
        RowBody.ReadOrNone<Recorded>(await listed.Find(new OrganisationId(message.Organisation), new Listed(message.ReceivedAt, message.Id), cancellation));
}
