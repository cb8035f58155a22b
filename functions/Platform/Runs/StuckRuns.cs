using System.Collections.Immutable;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Rows;
using Interop.Platform.Storage;

namespace Interop.Platform.Runs;

/// <summary>A run that waits for nothing that can still happen.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Workflow">Name and version.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Since">Its last step, in business time.</param>
/// <param name="Reasons">One for each thing that it waits for in vain.</param>
public sealed record StuckRun(string Run, string Workflow, string Subject, DateTimeOffset Since, ImmutableArray<string> Reasons);

/// <summary>What a look at the open runs has found.</summary>
/// <param name="Runs">Those that are stuck.</param>
/// <param name="Checked">How many were looked at.</param>
/// <param name="Next">The run to look on after; null when all were looked at.</param>
public sealed record StuckPage(ImmutableArray<StuckRun> Runs, int Checked, string? Next);

/// <summary>Finds runs that wait for nothing that can still happen. One that a person suspended is not among them: it waits for that person.</summary>
public sealed class StuckRuns
{
    /// <summary>The most runs that one look checks.</summary>
    public const int MostChecked = 1_000;

    readonly IStore store;
    readonly RunList runs;
    readonly OpenRuns open;
    readonly DefinitionRegistry definitions;

    /// <summary>Reads only, so it works beside a running platform.</summary>
    public StuckRuns(IStore store, DefinitionRegistry definitions) => (this.store, this.definitions, runs, open) = (store, definitions, new RunList(store), new OpenRuns(store));

    /// <summary>Checks up to <see cref="MostChecked"/> open runs after the one given.</summary>
    public async Task<StuckPage> Find(OrganisationId organisation, RunId? after, CancellationToken cancellation)
    {
        var found = ImmutableArray.CreateBuilder<StuckRun>();
        var (checks, last) = (0, default(RunId?));
        var brought = new BroughtEvents(definitions.Current.Systems, definitions.Current.Workflows);
        await foreach (var listed in open.Read(organisation, after, MostChecked, cancellation))
        {
            (checks, last) = (checks + 1, listed.Run);
            if (await Check(organisation, listed.Run, brought, cancellation) is { } stuck) found.Add(stuck);
        }

        return new StuckPage(found.ToImmutable(), checks, checks < MostChecked ? null : last?.Value);
    }

    async Task<StuckRun?> Check(OrganisationId organisation, RunId run, BroughtEvents brought, CancellationToken cancellation)
    {
        var partition = RunKeys.Partition(organisation, run);
        if (await store.Read(partition, RunKeys.State, cancellation) is not { } row) return null;
        var record = RowBody.Read<RunRecord>(row);
        var state = RunState.FromJson(record.State).Value;
        if (state.Status != RunStatus.Waiting) return null;
        var workflow = await definitions.Workflow(record.Workflow, record.Version, cancellation);
        var reasons = ImmutableArray.CreateBuilder<string>();
        foreach (var waiting in state.Waiting)
        {
            var reason = waiting.Effect is { } effect ? await Vain(organisation, partition, effect, waiting, cancellation) : brought.Vain(workflow, waiting, await IsOfIncident(organisation, record, cancellation));
            if (reason is null) return null;
            reasons.Add(reason);
        }

        if (reasons.Count == 0) reasons.Add("The run waits for nothing at all.");

        // What has come and is not yet taken may take it on, and so may a step made while we looked.
        await foreach (var _ in store.Prefix(partition, RowKey.Of(RunKeys.InboxPart, ""), 1, cancellation)) return null;
        if (await store.Read(partition, RunKeys.State, cancellation) is not { } still || still.ETag != row.ETag) return null;
        return new StuckRun(run.Value, $"{record.Workflow} {record.Version}", record.Subject, record.UpdatedAt, reasons.ToImmutable());
    }

    // A run that a schedule began is about itself, and so are the runs that it starts.
    async ValueTask<bool> IsOfIncident(OrganisationId organisation, RunRecord record, CancellationToken cancellation) =>
        record.Subject != record.Id && await store.Read(RunKeys.Partition(organisation, new RunId(record.Subject)), RunKeys.State, cancellation) is null;

    // Why an effect will not be answered by itself; null when it can still be.
    async Task<string?> Vain(OrganisationId organisation, string partition, EffectId id, Waiting waiting, CancellationToken cancellation)
    {
        var what = $"The task {waiting.Task} waits for the {waiting.Kind.ToString().ToLowerInvariant()} {id} ({waiting.What})";
        if (await store.Read(partition, RunKeys.Effect(id.ToString()), cancellation) is not { } row) return $"{what}, whose row is missing. Cancel the run, or start it again.";
        var effect = RowBody.Read<EffectRecord>(row);
        return effect.Status switch
        {
            EffectStatus.Done or EffectStatus.Failed or EffectStatus.Dropped => $"{what}, which is {Kebab.Of(effect.Status)}, and the run was not told. Cancel the run, or start it again.",
            EffectStatus.Cancelled => $"{what}, which was cancelled. Cancel the run, or start it again.",
            EffectStatus.Held => $"{what}, which is held: {effect.Reason} Mend the cause and resubmit it.",
            EffectStatus.InDoubt => $"{what}, which is in doubt: {effect.Reason} Send it again, or drop it.",
            EffectStatus.Dead => $"{what}, which was given up: {effect.Reason} Mend the cause and resubmit it.",
            _ when row.Due is not null => null,
            _ when effect.Kind == Outbox.StartRun => await VainChild(organisation, what, effect, cancellation),
            _ => $"{what}, which is pending and due at no time. Cancel the run, or start it again.",
        };
    }

    // The end of the child answers; until that is told, a row of the child says so.
    async Task<string?> VainChild(OrganisationId organisation, string what, EffectRecord effect, CancellationToken cancellation)
    {
        var child = ChildRuns.IdOf(organisation, effect);
        if (await store.Read(RunKeys.Partition(organisation, child), RunKeys.Ended, cancellation) is not null) return null;
        if (await runs.Find(organisation, child, cancellation) is not { } record) return $"{what}, whose run {child} is missing. Cancel the run, or start it again.";
        return RunState.FromJson(record.State).Value.IsFinished ? $"{what}, whose run {child} has ended and told nobody. Cancel the run, or start it again." : null;
    }
}
