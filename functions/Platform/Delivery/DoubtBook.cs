using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage;

namespace Interop.Platform.Delivery;

/// <summary>Keeps since when effects may have got through without the platform knowing: row <c>doubt|effect</c> of the run's partition. Written before anything is sent, so that no crash loses it.</summary>
sealed class DoubtBook(IStore store)
{
    /// <param name="Since">When the earliest attempt in doubt began, in business time; null when none is in doubt.</param>
    sealed record Entry(DateTimeOffset? Since);

    /// <summary>When the earliest attempt began that may have got through; null when none may.</summary>
    public async Task<DateTimeOffset?> Since(Sending sending, CancellationToken cancellation) =>
        RowBody.ReadOrNone<Entry>(await store.Read(Partition(sending), RunKeys.Doubt(sending.Effect.ToString()), cancellation))?.Since;

    /// <summary>An attempt begins; those before it are known to have come to nothing.</summary>
    public async Task Note(Sending sending, DateTimeOffset begun, CancellationToken cancellation) => await store.Commit(Partition(sending), [Row(sending.Effect.ToString(), begun)], cancellation);

    /// <summary>Nothing got through for certain.</summary>
    public async Task Clear(Sending sending, CancellationToken cancellation) => await store.Commit(Partition(sending), [Row(sending.Effect.ToString(), null)], cancellation);

    /// <summary>What a person who sends an effect again leaves of its doubt, as a part of that commit.</summary>
    public static Change.Upsert Decided(string effect) => Row(effect, null);

    static Change.Upsert Row(string effect, DateTimeOffset? since) => new(RunKeys.Doubt(effect), RowBody.Of(new Entry(since)));

    static string Partition(Sending sending) => RunKeys.Partition(sending.Organisation, sending.Effect.Run);
}
