using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Subjects;

namespace Interop.Platform.Runs;

/// <summary>The runs that runs start (<c>run: workflow</c>). A child is about the same incident, and has an id that follows from the effect that asked for it.</summary>
sealed class ChildRuns(RunStepper stepper, RunList runs, SubjectStore subjects, DefinitionRegistry definitions, TimeProvider clock)
{
    /// <summary>The number of runs within each other: workflows that start each other end here, and not when the store is full.</summary>
    public const int Deepest = 20;

    /// <summary>Starts the child, once. Why not, when no such workflow is known, or too many runs stand above it.</summary>
    public async Task<string?> Start(OrganisationId organisation, RunRecord parent, EffectRecord effect, EffectId id, CancellationToken cancellation)
    {
        var version = effect.Arguments["version"].StringOrNull ?? DefinitionRegistry.Latest;
        if (parent.Depth >= Deepest) return $"{Deepest} runs stand above this one, each started by the one before. Let the workflows not start each other.";
        if (await definitions.Find(effect.Name, version, cancellation) is not { } workflow) return $"There is no workflow {effect.Name} {version}. Publish it and resubmit.";
        var (child, subject) = (IdOf(organisation, effect), new SubjectId(parent.Subject));
        await subjects.AddChild(organisation, subject, new SubjectRun(child.Value, workflow.Name, workflow.Version, effect.RequestedAt, effect.Id), cancellation);
        await stepper.Start(organisation, child, new RunStart(subject, workflow, effect.Arguments["input"]) { Parent = Awaits(effect) ? id : null, Depth = parent.Depth + 1 }, cancellation);
        await runs.List(organisation, child, effect.RequestedAt, cancellation);
        return null;
    }

    /// <summary>Cancels the child of an effect whose run no longer waits for it.</summary>
    public Task Cancel(OrganisationId organisation, EffectRecord effect, CancellationToken cancellation) =>
        stepper.Ask(organisation, IdOf(organisation, effect), new Cancelled(clock.GetUtcNow()), [], cancellation);

    /// <summary>Whether the run waits for the child's end.</summary>
    public static bool Awaits(EffectRecord effect) => effect.Arguments["awaits"] == JsonValue.True;

    /// <summary>The id that follows from the effect.</summary>
    public static RunId IdOf(OrganisationId organisation, EffectRecord effect) => RunId.For(organisation, effect.Name, $"for {effect.Id}");
}
