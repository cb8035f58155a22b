using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Held;

/// <summary>What kind of thing waits for a person.</summary>
public enum HeldKind
{
    /// <summary>A message that came in with problems.</summary>
    Message,

    /// <summary>A message that speaks of a record nobody knows yet; it may go on by itself.</summary>
    Parked,

    /// <summary>A delivery that a sharing decision or its own problems hold back.</summary>
    Delivery,

    /// <summary>A delivery given up after the last retry.</summary>
    DeadLetter,

    /// <summary>Something a workflow asks a person to see to: it emitted an event with the attribute <c>attention</c>.</summary>
    Notice,

    /// <summary>A delivery that may have got through, and whose system no longer tells.</summary>
    InDoubt,

    /// <summary>Work of another kind that a fault of the platform ended time and again.</summary>
    Work,
}

/// <summary>Something that waits for a person, with the reason and where to find it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">The message's id, or the effect's id of a delivery or notice.</param>
/// <param name="Run">The run of a delivery or notice.</param>
/// <param name="System">Where it came from or was to go.</param>
/// <param name="Type">The type of message.</param>
/// <param name="Reason">Why it waits, without personal data.</param>
/// <param name="At">Since when, in business time.</param>
public sealed record HeldItem(HeldKind Kind, string Id, string? Run, string System, string Type, string Reason, DateTimeOffset At);

/// <summary>The list of an organisation's held messages, held deliveries and dead letters: one partition, so that one look shows all.</summary>
sealed class HeldList(IStore store)
{
    public async Task Add(OrganisationId organisation, HeldItem item, CancellationToken cancellation) =>
        await store.Commit(Partition(organisation), [new Change.Upsert(Key(item.Id), RowBody.Of(item))], cancellation);

    public async Task Remove(OrganisationId organisation, string id, CancellationToken cancellation) =>
        await store.Commit(Partition(organisation), [new Change.Delete(Key(id))], cancellation);

    /// <summary>Removes the item only as it was when <see cref="Version"/> read it: one that came since stays.</summary>
    public async Task Remove(OrganisationId organisation, string id, ETag version, CancellationToken cancellation) =>
        await store.Commit(Partition(organisation), [new Change.Delete(Key(id), version)], cancellation);

    /// <summary>Which version of an item is on the list; null when there is none.</summary>
    public async Task<ETag?> Version(OrganisationId organisation, string id, CancellationToken cancellation) => (await store.Read(Partition(organisation), Key(id), cancellation))?.ETag;

    public async Task<HeldItem?> Find(OrganisationId organisation, string id, CancellationToken cancellation) =>
        RowBody.ReadOrNone<HeldItem>(await store.Read(Partition(organisation), Key(id), cancellation));

    public async Task<ImmutableArray<HeldItem>> All(OrganisationId organisation, int limit, CancellationToken cancellation)
    {
        var items = ImmutableArray.CreateBuilder<HeldItem>();
        await foreach (var row in store.Range(Partition(organisation), "", null, limit, cancellation)) items.Add(RowBody.Read<HeldItem>(row));
        return [.. items.OrderByDescending(item => item.At)];
    }

    static string Partition(OrganisationId organisation) => PartitionKey.Of(organisation.Value, "held");

    static string Key(string id) => RowKey.Of(id);
}
