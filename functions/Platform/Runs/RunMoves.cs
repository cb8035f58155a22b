using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;

namespace Interop.Platform.Runs;

/// <summary>How the move of one run ended.</summary>
/// <param name="Organisation">Whose run it is.</param>
/// <param name="Run">The run.</param>
/// <param name="From">The version it had.</param>
/// <param name="Reasons">Why it could not be moved; empty if it was, or in a trial, would be.</param>
public sealed record RunMove(OrganisationId Organisation, RunId Run, string From, ImmutableArray<Problem> Reasons);

/// <summary>Moves the runs of a workflow that go on to another of its versions. A run that has ended is left alone.</summary>
public sealed class RunMoves
{
    /// <summary>The longest reason that is kept, in characters.</summary>
    public const int LongestReason = RunOperations.LongestReason;

    readonly RunStepper stepper;
    readonly RunList runs;
    readonly OpenRuns open;
    readonly DefinitionRegistry definitions;
    readonly TimeProvider clock;

    internal RunMoves(RunStepper stepper, RunList runs, OpenRuns open, DefinitionRegistry definitions, TimeProvider clock) =>
        (this.stepper, this.runs, this.open, this.definitions, this.clock) = (stepper, runs, open, definitions, clock);

    /// <summary>The version to move to; a problem when it was never published here.</summary>
    public async Task<Outcome<Workflow>> Find(string name, string version, CancellationToken cancellation) =>
        await definitions.Find(name, version, cancellation) is { } found ? found : new Problem("unknown-workflow", $"The workflow {name} {version} was never published here. Put it among the definitions and start the platform once.", Value: name);

    /// <summary>Moves every run of the workflow that has another version, one after the other.</summary>
    public async IAsyncEnumerable<RunMove> Do(Workflow to, string by, string why, bool isTrial, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var organisation in definitions.Organisations)
        {
            // Moving changes no place in the list, so all of it is gone through.
            await foreach (var listed in open.Read(organisation, null, int.MaxValue, cancellation))
            {
                if (await runs.Find(organisation, listed.Run, cancellation) is not { } record || record.Workflow != to.Name || record.Version == to.Version) continue;
                if (RunState.FromJson(record.State).Value.IsFinished) continue;
                var note = new OperationRecord(clock.GetUtcNow(), "move", by, why);
                yield return new RunMove(organisation, listed.Run, record.Version, await stepper.Move(organisation, listed.Run, to, note, isTrial, cancellation));
            }
        }
    }
}
