using System.Collections.Immutable;
using Interop.Core;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Identity;
using Interop.Platform.Rows;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;

namespace Interop.Platform.Runs;

/// <summary>What a person did to a run, who, and why: row <c>operation|time</c> of the run's partition.</summary>
/// <param name="At">In business time.</param>
/// <param name="Operation">suspend, resume, cancel, retry, rerun, move.</param>
/// <param name="By">The user.</param>
/// <param name="Why">In the user's words; holds no personal data.</param>
/// <param name="Other">The run that takes this one's place, or the one whose place it takes; null for most.</param>
public sealed record OperationRecord(DateTimeOffset At, string Operation, string By, string Why, string? Other = null);

/// <summary>How an operation ended.</summary>
abstract record OperationOutcome
{
    /// <summary>Done; the run that it led to: the same, or the new one of a rerun.</summary>
    public sealed record Done(RunId Run) : OperationOutcome;

    /// <summary>It makes no sense for this run now; nothing was changed.</summary>
    public sealed record Refused(Problem Problem) : OperationOutcome;

    /// <summary>There is no such run.</summary>
    public sealed record Unknown : OperationOutcome;
}

/// <summary>What people do to runs. Each operation is written beside the step that it causes, in the same transaction.</summary>
sealed class RunOperations(RunStepper stepper, RunList runs, OpenRuns open, SubjectStore subjects, DefinitionRegistry definitions, TimeProvider clock)
{
    public const string Rerun = "rerun";
    public const string Retry = "retry";

    /// <summary>The longest reason that is kept, in characters.</summary>
    public const int LongestReason = 500;

    static readonly ImmutableDictionary<string, Func<DateTimeOffset, RunEvent>> Events = ImmutableDictionary.CreateRange(StringComparer.Ordinal,
    [
        KeyValuePair.Create<string, Func<DateTimeOffset, RunEvent>>("suspend", at => new Suspended(at)),
        KeyValuePair.Create<string, Func<DateTimeOffset, RunEvent>>("resume", at => new Resumed(at)),
        KeyValuePair.Create<string, Func<DateTimeOffset, RunEvent>>("cancel", at => new Cancelled(at)),
    ]);

    /// <summary>The operations, by the names they have in the API.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Events.Keys.Order(StringComparer.Ordinal), Rerun, Retry];

    /// <summary>Does it; problems <c>operation</c>, <c>reason</c>, or what the machine refuses with.</summary>
    public async Task<OperationOutcome> Do(InteropUser user, string run, string operation, string? why, JsonValue input, CancellationToken cancellation)
    {
        if (!Names.Contains(operation)) return Refuse("operation", $"\"{Problem.Preview(operation)}\" is no operation. There are: {string.Join(", ", Names)}.");
        if (string.IsNullOrWhiteSpace(why) || why.Length > LongestReason) return Refuse("reason", $"Say why, in 1 to {LongestReason} characters: it is kept with the run.");
        if (!RunId.Parse(run).Succeeded || await runs.Find(user.Organisation, new RunId(run), cancellation) is not { } known) return new OperationOutcome.Unknown();
        if (operation != Retry && !input.IsNull) return Refuse("operation", $"\"{operation}\" takes no input; \"{Retry}\" does.");
        var note = new OperationRecord(clock.GetUtcNow(), operation, user.Id, why);
        return operation switch
        {
            Rerun => await Again(user.Organisation, known, note, cancellation),
            Retry => await TakeUp(user.Organisation, known, input, note, cancellation),
            _ => await Tell(user.Organisation, new RunId(run), Events[operation](note.At), note, cancellation),
        };
    }

    // Listed before the step, as at its start: see OpenRuns.
    async Task<OperationOutcome> TakeUp(OrganisationId organisation, RunRecord known, JsonValue input, OperationRecord note, CancellationToken cancellation)
    {
        if (known.Parent is { } parent) return Refuse("parent-told", $"The run {(EffectId.TryParse(parent, out var effect) ? effect.Run : parent)} waited for this one and was told that it failed. Take up that one.");
        var again = RerunOf(organisation, known);
        if (await runs.Find(organisation, again, cancellation) is not null) return Refuse("already-rerun", $"The run was started again before, as {again}.");
        if (RunState.FromJson(known.State).Value.Status == RunStatus.Faulted) await open.Add(organisation, new RunId(known.Id), note.At, cancellation);
        return await Tell(organisation, new RunId(known.Id), new Retried(note.At, input.IsNull ? null : input), note, cancellation);
    }

    async Task<OperationOutcome> Tell(OrganisationId organisation, RunId run, RunEvent happened, OperationRecord note, CancellationToken cancellation) =>
        await stepper.Ask(organisation, run, happened, [Row(note)], cancellation) is { } refusal ? new OperationOutcome.Refused(refusal) : new OperationOutcome.Done(run);

    // The new run has an id derived from the old one's: asking twice starts one, and asking again mends what a crash between the steps left.
    async Task<OperationOutcome> Again(OrganisationId organisation, RunRecord old, OperationRecord note, CancellationToken cancellation)
    {
        var state = RunState.FromJson(old.State).Value;
        if (state.Input.IsNull) return Refuse("no-input", "The run's data was removed, so there is nothing to start again with.");
        var again = RerunOf(organisation, old);
        if (!state.IsFinished && await Tell(organisation, new RunId(old.Id), new Cancelled(note.At), note with { Other = again.Value }, cancellation) is OperationOutcome.Refused refused) return refused;
        var workflow = definitions.Current.Workflows.FirstOrDefault(known => known.Name == old.Workflow) ?? await definitions.Workflow(old.Workflow, old.Version, cancellation);
        var subject = new SubjectId(old.Subject);
        var events = RunStart.EventsOf(state.Input);
        var outcome = await stepper.Start(organisation, again, new RunStart(subject, workflow, state.Input) { Events = events, Note = note with { Other = old.Id } }, cancellation);
        var begun = (await runs.Find(organisation, again, cancellation))!;
        foreach (var about in RunStart.SubjectsOf(state.Input).Append(subject).Distinct())
            await subjects.ReplaceRun(organisation, about, old.Id, new SubjectRun(again.Value, begun.Workflow, begun.Version, begun.StartedAt, events.FirstOrDefault() ?? ""), cancellation);
        await runs.List(organisation, again, begun.StartedAt, cancellation);
        return outcome == StepOutcome.AlreadyDone ? Refuse("already-rerun", $"The run was started again before, as {again}.") : new OperationOutcome.Done(again);
    }

    /// <summary>The row that keeps an operation.</summary>
    public static Change.Upsert Row(OperationRecord note) => new(RunKeys.Operation(note.At), RowBody.Of(note));

    static RunId RerunOf(OrganisationId organisation, RunRecord old) => RunId.For(organisation, old.Workflow, $"after {old.Id}");

    static OperationOutcome.Refused Refuse(string rule, string message) => new(new Problem(rule, message));
}
