using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Work;

namespace Interop.Platform.Runs;

/// <summary>Repairs the list of open runs once a day: what has ended is taken off, and at the first sweep every run of the store that goes on is listed.</summary>
sealed class OpenRunsSweep(IStore store, OpenRuns open, RunList runs, DefinitionRegistry definitions, TimeProvider clock)
{
    public const string Key = "sweep";
    const int MostRuns = 1_000;
    static readonly TimeSpan Rest = TimeSpan.FromDays(1);

    // A run that is listed and not there is being started, or a crash came between: which, a day tells.
    static readonly TimeSpan LongestStart = TimeSpan.FromDays(1);

    // Where the sweep stands. Until all runs are listed, a cursor of the list of starts; then the last open run looked at.
    sealed record Sweep(bool AllListed = false, string? After = null);

    /// <summary>Sets the time of the first sweep of each force.</summary>
    public async Task Open(CancellationToken cancellation)
    {
        foreach (var organisation in definitions.Forces)
            await store.Commit(OpenRuns.Partition(organisation), [new Change.Insert(Key, RowBody.Of(new Sweep()), clock.GetUtcNow())], cancellation);
    }

    /// <summary>Looks at the next runs. The row stays due while there are more.</summary>
    public async Task<WorkOutcome> Perform(OrganisationId organisation, CancellationToken cancellation)
    {
        if (await store.Read(OpenRuns.Partition(organisation), Key, cancellation) is not { Due: { } due } row || due > clock.GetUtcNow()) return WorkOutcome.Finished;
        var sweep = RowBody.Read<Sweep>(row);
        var next = sweep.AllListed ? sweep with { After = await TakeOff(organisation, sweep.After, cancellation) } : await List(organisation, sweep, cancellation);
        var again = clock.GetUtcNow() + (next is { AllListed: true, After: null } && sweep.AllListed ? Rest : TimeSpan.Zero);
        await store.Commit(OpenRuns.Partition(organisation), [new Change.Replace(Key, RowBody.Of(next), row.ETag, again)], cancellation);
        return WorkOutcome.Finished;
    }

    async Task<Sweep> List(OrganisationId organisation, Sweep sweep, CancellationToken cancellation)
    {
        Listed? last = null;
        var seen = 0;
        await foreach (var (place, run) in runs.Newest(organisation, null, null, Listed.Parse(sweep.After), MostRuns, cancellation))
        {
            (last, seen) = (place, seen + 1);
            if (!RunState.FromJson(run.State).Value.IsFinished) await open.Add(organisation, new RunId(run.Id), clock.GetUtcNow(), cancellation);
        }

        return last is { } at && seen > 0 ? new Sweep(false, at.Cursor) : new Sweep(true);
    }

    async Task<string?> TakeOff(OrganisationId organisation, string? after, CancellationToken cancellation)
    {
        var (last, seen) = (after, 0);
        await foreach (var listed in open.Read(organisation, after is null ? null : new RunId(after), MostRuns, cancellation))
        {
            (last, seen) = (listed.Run.Value, seen + 1);
            var isOver = await runs.Find(organisation, listed.Run, cancellation) is { } record ? RunState.FromJson(record.State).Value.IsFinished : listed.At + LongestStart < clock.GetUtcNow();
            if (isOver) await open.Remove(organisation, listed, cancellation);
        }

        return seen < MostRuns ? null : last;
    }
}
