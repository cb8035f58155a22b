using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Runs;

/// <summary>Reads runs: one by its id, or those started on a day.</summary>
sealed class RunList(IStore store)
{
    const int MostRows = 10_000;

    readonly DayList started = new(store, "runs");

    public Task List(OrganisationId organisation, RunId run, DateTimeOffset startedAt, CancellationToken cancellation) => started.Add(organisation, new Listed(startedAt, run.Value), cancellation);

    public async Task<RunRecord?> Find(OrganisationId organisation, RunId run, CancellationToken cancellation) =>
        RowBody.ReadOrNone<RunRecord>(await store.Read(RunKeys.Partition(organisation, run), RunKeys.State, cancellation));

    /// <summary>Runs by the time of their start, newest first; see <see cref="DayList.Read"/>.</summary>
    public async IAsyncEnumerable<(Listed Place, RunRecord Run)> Newest(
        OrganisationId organisation, DateTimeOffset? from, DateTimeOffset? before, Listed? after, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var place in started.Read(organisation, from, before, after, limit, cancellation))
        {
            if (await Find(organisation, new RunId(place.Id), cancellation) is { } run) yield return (place, run);
        }
    }

    /// <summary>The journal, oldest first.</summary>
    public async Task<ImmutableArray<JournalRecord>> Journal(OrganisationId organisation, RunId run, CancellationToken cancellation)
    {
        var entries = ImmutableArray.CreateBuilder<JournalRecord>();
        await foreach (var row in store.Prefix(RunKeys.Partition(organisation, run), RowKey.Of(RunKeys.JournalPart, ""), MostRows, cancellation))
            entries.AddRange(RowBody.Read<ImmutableArray<JournalRecord>>(row));
        return entries.ToImmutable();
    }

    /// <summary>One effect; null when the organisation has none of that id.</summary>
    public async Task<EffectRecord?> Effect(OrganisationId organisation, EffectId id, CancellationToken cancellation) =>
        RowBody.ReadOrNone<EffectRecord>(await store.Read(RunKeys.Partition(organisation, id.Run), RunKeys.Effect(id.ToString()), cancellation));

    /// <summary>What people did to the run, oldest first.</summary>
    public async Task<ImmutableArray<OperationRecord>> Operations(OrganisationId organisation, RunId run, CancellationToken cancellation)
    {
        var operations = ImmutableArray.CreateBuilder<OperationRecord>();
        await foreach (var row in store.Prefix(RunKeys.Partition(organisation, run), RowKey.Of(RunKeys.OperationPart, ""), MostRows, cancellation))
            operations.Add(RowBody.Read<OperationRecord>(row));
        return operations.ToImmutable();
    }

    /// <summary>The effects, in the order in which the run asked for them.</summary>
    public async Task<ImmutableArray<EffectRecord>> Effects(OrganisationId organisation, RunId run, CancellationToken cancellation)
    {
        var effects = new List<EffectRecord>();
        await foreach (var row in store.Prefix(RunKeys.Partition(organisation, run), RowKey.Of(RunKeys.EffectPart, ""), MostRows, cancellation))
            effects.Add(RowBody.Read<EffectRecord>(row));
        return [.. effects.OrderBy(effect => EffectId.TryParse(effect.Id, out var id) ? id.Sequence : 0)];
    }
}
