using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Rows;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using RunId = Interop.Core.Messages.RunId;

namespace Interop.Platform.Erasure;

/// <summary>Takes the data out of an ended run: its state, journal and effects keep their shape, their times and hashes of what stood there.</summary>
sealed class RunEraser(IStore store)
{
    const int MostRows = 100_000;
    const int MostChanges = 50;
    const int MostTries = 20;

    /// <summary>Erases; doing it again changes nothing. False when the run was changed by others all the time.</summary>
    public async Task<bool> Erase(OrganisationId organisation, RunId run, ErasureMark mark, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, run);
        for (var tries = 0; tries < MostTries; tries++)
        {
            var changes = new List<Change>();
            await foreach (var row in store.Range(partition, "", null, MostRows, cancellation))
                if (Erased(row, mark) is { } change) changes.Add(change);
            var done = true;
            foreach (var part in changes.Chunk(MostChanges)) done &= await store.Commit(partition, part, cancellation) is CommitOutcome.Done;
            if (done) return true;
        }

        return false;
    }

    // Null for a row without data.
    static Change? Erased(Row row, ErasureMark mark) => RowKey.Split(row.Key)[0] switch
    {
        RunKeys.State => Replaced(row, RowBody.Read<RunRecord>(row), record => record with { State = RunState.FromJson(record.State).Value.Erased().ToJson() }),
        RunKeys.JournalPart or RunKeys.RefusalPart => Replaced(row, RowBody.Read<ImmutableArray<JournalRecord>>(row), entries => [.. entries.Select(entry => entry with { Detail = mark.Of(entry.Detail) })]),
        RunKeys.EffectPart => Replaced(row, RowBody.Read<EffectRecord>(row), effect => Erased(effect, mark)),
        RunKeys.InboxPart => new Change.Delete(row.Key, row.ETag),
        _ => null,
    };

    static EffectRecord Erased(EffectRecord effect, ErasureMark mark) => effect with
    {
        Status = effect.Waits ? EffectStatus.Cancelled : effect.Status,
        Arguments = mark.Of(effect.Arguments),
        Answer = mark.Of(effect.Answer),
        Reason = null,
        Delivery = effect.Delivery is { } delivery
            ? delivery with { Record = mark.Of(delivery.Record), Payload = mark.Of(delivery.Payload), Response = mark.Of(delivery.Response) }
            : null,
    };

    static Change.Replace? Replaced<T>(Row row, T before, Func<T, T> erase)
    {
        var body = RowBody.Of(erase(before));
        return body.Span.SequenceEqual(row.Body.Span) ? null : new Change.Replace(row.Key, body, row.ETag);
    }
}
