using System.Runtime.CompilerServices;
using Interop.Core.Messages;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Runs;

/// <summary>The runs of an organisation that have not ended: rows <c>run|id</c> of one partition. A run is listed before its first step is committed and taken off after its last, so a crash leaves at most one too many.</summary>
sealed class OpenRuns(IStore store)
{
    public const string PartitionPart = "open-runs";
    const string RunPart = "run";

    public async Task Add(OrganisationId organisation, RunId run, DateTimeOffset at, CancellationToken cancellation) =>
        await store.Commit(Partition(organisation), [new Change.Upsert(RowKey.Of(RunPart, run.Value), RowBody.Of(new OpenRun(at)))], cancellation);

    public async Task Remove(OrganisationId organisation, RunId run, CancellationToken cancellation) =>
        await store.Commit(Partition(organisation), [new Change.Delete(RowKey.Of(RunPart, run.Value))], cancellation);

    /// <summary>Takes a run off unless it was listed again since it was read.</summary>
    public async Task Remove(OrganisationId organisation, ListedRun listed, CancellationToken cancellation) =>
        await store.Commit(Partition(organisation), [new Change.Delete(RowKey.Of(RunPart, listed.Run.Value), listed.ETag)], cancellation);

    /// <summary>Runs in the order of their ids, after the one given.</summary>
    public async IAsyncEnumerable<ListedRun> Read(OrganisationId organisation, RunId? after, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = after is { } last ? RowKey.Of(RunPart, last.Value) + " " : RowKey.Of(RunPart, "").Value;
        await foreach (var row in store.Range(Partition(organisation), from, RowKey.Of(RunPart, "") + "~", limit, cancellation))
            yield return new ListedRun(new RunId(RowKey.Split(row.Key)[1]), RowBody.Read<OpenRun>(row).At, row.ETag);
    }

    public static string Partition(OrganisationId organisation) => PartitionKey.Of(organisation.Value, PartitionPart);

    sealed record OpenRun(DateTimeOffset At);
}

/// <summary>A run as it stands among the open ones.</summary>
/// <param name="Run">The run.</param>
/// <param name="At">When it was listed.</param>
/// <param name="ETag">The row as it was read.</param>
sealed record ListedRun(RunId Run, DateTimeOffset At, ETag ETag);
