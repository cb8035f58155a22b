using System.Runtime.CompilerServices;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Intake;

/// <summary>Messages in the store: one partition a message, so that its id alone finds it and a duplicate is refused by the store itself.</summary>
sealed class MessageStore(IStore store)
{
    public const string PartitionPart = "message";
    public const string MessageKey = "message";
    const string PayloadKey = "payload";
    const string DuplicatesKey = "duplicates";

    readonly DayList received = new(store, "messages");

    public static string Partition(OrganisationId organisation, string id) => PartitionKey.Of(organisation.Value, PartitionPart, id);

    /// <summary>Stores a message for the first time. False when it is here already.</summary>
    public async ValueTask<bool> Add(MessageRecord message, ReadOnlyMemory<byte> payload, CancellationToken cancellation) =>
        await store.Commit(
            Partition(new OrganisationId(message.Organisation), message.Id),
            [new Change.Insert(MessageKey, RowBody.Of(message), message.ReceivedAt), new Change.Insert(PayloadKey, payload)],
            cancellation) is CommitOutcome.Done;

    public async ValueTask<(MessageRecord Message, ETag ETag)?> Find(OrganisationId organisation, string id, CancellationToken cancellation) =>
        await store.Read(Partition(organisation, id), MessageKey, cancellation) is { } row ? (RowBody.Read<MessageRecord>(row), row.ETag) : null;

    public async ValueTask<ReadOnlyMemory<byte>> Payload(OrganisationId organisation, string id, CancellationToken cancellation) =>
        await store.Read(Partition(organisation, id), PayloadKey, cancellation) is { } row ? row.Body : default;

    /// <summary>Replaces a message; false when somebody else did first.</summary>
    public async ValueTask<bool> Replace(MessageRecord message, ETag etag, bool isDue, ReadOnlyMemory<byte>? payload, CancellationToken cancellation)
    {
        var changes = new List<Change> { new Change.Replace(MessageKey, RowBody.Of(message), etag, isDue ? message.ReceivedAt : null) };
        if (payload is { } bytes) changes.Add(new Change.Upsert(PayloadKey, bytes));
        return await store.Commit(Partition(new OrganisationId(message.Organisation), message.Id), changes, cancellation) is CommitOutcome.Done;
    }

    /// <summary>Takes the contents out of a message as it was found: that it came, and the hash of its bytes, stays. False when somebody else changed it first.</summary>
    public ValueTask<bool> Erase(MessageRecord message, ETag etag, CancellationToken cancellation) => Replace(
        message with { Status = MessageStatus.Erased, Record = JsonValue.Null, Problems = [], SourceId = "" }, etag, isDue: false, ReadOnlyMemory<byte>.Empty, cancellation);

    /// <summary>Counts a message that came again.</summary>
    public async ValueTask CountDuplicate(OrganisationId organisation, string id, bool differs, DateTimeOffset at, CancellationToken cancellation)
    {
        var partition = Partition(organisation, id);
        const int mostTries = 50;
        for (var tries = 0; tries < mostTries; tries++)
        {
            var row = await store.Read(partition, DuplicatesKey, cancellation);
            var before = RowBody.ReadOrNone<DuplicateCount>(row) ?? new DuplicateCount(0, 0, at);
            var body = RowBody.Of(new DuplicateCount(before.Count + 1, before.Differing + (differs ? 1 : 0), at));
            Change change = row is null ? new Change.Insert(DuplicatesKey, body) : new Change.Replace(DuplicatesKey, body, row.ETag);
            if (await store.Commit(partition, [change], cancellation) is CommitOutcome.Done) return;
        }

        throw new StoreException($"The duplicates of message {id} were counted by {mostTries} others at once.");
    }

    public async ValueTask<DuplicateCount> Duplicates(OrganisationId organisation, string id, CancellationToken cancellation) =>
        RowBody.ReadOrNone<DuplicateCount>(await store.Read(Partition(organisation, id), DuplicatesKey, cancellation)) ?? new DuplicateCount(0, 0, default);

    /// <summary>Lists a message under the time it was received.</summary>
    public Task List(MessageRecord message, CancellationToken cancellation) => received.Add(new OrganisationId(message.Organisation), new Listed(message.ReceivedAt, message.Id), cancellation);

    /// <summary>Messages by the time they were received, newest first; see <see cref="DayList.Read"/>.</summary>
    public async IAsyncEnumerable<(Listed Place, MessageRecord Message)> Newest(
        OrganisationId organisation, DateTimeOffset? from, DateTimeOffset? before, Listed? after, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var place in received.Read(organisation, from, before, after, limit, cancellation))
        {
            if (await Find(organisation, place.Id, cancellation) is { } found) yield return (place, found.Message);
        }
    }
}
