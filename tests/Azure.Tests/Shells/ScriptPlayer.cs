using Interop.Azure.Tests.World;
using Interop.Core.Json;
using Interop.Core.Messages;
using Interop.Core.Tests.Workflows;
using Interop.Core.Workflows;
using Interop.Platform.Definitions;
using Interop.Platform.Runs;
using Interop.Platform.Storage;
using Interop.Platform.Subjects;

namespace Interop.Azure.Tests.Shells;

/// <summary>Plays the event script of a case on a shell: what a script says of calls, the functions answer; what it says of time, the clock; of people, what people's requests do.</summary>
sealed class ScriptPlayer(IShell shell, ScriptClock clock, ScriptedFunctions functions)
{
    static readonly SubjectId Subject = new("theincidentofallscenarios2");
    static readonly CancellationToken None = CancellationToken.None;

    OrganisationId organisation;
    int events;

    string Partition => RunKeys.Partition(organisation, Play.Run);

    /// <summary>Plays a case, and gives the journal, what the machine refused, and the state that all came to.</summary>
    public async Task<string> Outcome(JsonValue one, int number)
    {
        (organisation, events) = (new OrganisationId($"case-{number}"), 0);
        clock.Set(Play.Begin);
        await Begin(one, number);
        foreach (var step in one["script"].Items)
        {
            await Settled();
            await Perform(step);
        }

        await Settled();
        return await Told();
    }

    // A version is published once, so each case has its own; the case's organisation keeps its run apart, although all have the same id.
    async Task Begin(JsonValue one, int number)
    {
        var text = Yaml.Definition(one["workflow"].AsString()).Replace("version: '1.0.0' }\n", $"version: '1.0.{number}' }}\n", StringComparison.Ordinal);
        var workflow = Play.Load(text, one["everything"] == true ? Play.Everything : WorkflowHost.Platform);
        Assert.Null(await shell.Get<DefinitionRegistry>().Publish(workflow, None));
        await shell.Get<SubjectStore>().AddChild(organisation, Subject, new SubjectRun(Play.Run.Value, workflow.Name, workflow.Version, clock.GetUtcNow(), ""), None);
        await shell.Get<RunStepper>().Start(organisation, Play.Run, new RunStart(Subject, workflow, one["input"]), None);
    }

    async Task Perform(JsonValue step)
    {
        var (what, value) = step.Members.First();
        var now = clock.GetUtcNow();
        await (what switch
        {
            "done" => Answer(value.AsString(), id => new EffectDone(now, id, step["output"]), new FunctionOutcome.Done(step["output"])),
            "failed" => Answer(value.AsString(), id => new EffectFailed(now, id, WorkflowError.FromJson(step["error"])), new FunctionOutcome.Failed(WorkflowError.FromJson(step["error"]))),
            "fire" => Fire(value.AsString()),
            "event" => Arrive(value),
            "answer" => Step(new EffectDone(now, EffectId.TryParse(value.AsString(), out var id) ? id : default, step["output"])),
            "suspend" => Ask(new Suspended(now)),
            "resume" => Ask(new Resumed(now)),
            "cancel" => Ask(new Cancelled(now)),
            "start" => Step(new Started(now, value)),
            _ => throw new InvalidOperationException($"Unknown step {what}."),
        });
    }

    // What no function answers, such as another workflow, is told to the run itself.
    async Task Answer(string what, Func<EffectId, RunEvent> happened, FunctionOutcome outcome)
    {
        var waiting = (await State()).Waiting.First(waiting => waiting.Kind == WaitingKind.Call && (waiting.What == what || waiting.Task.EndsWith("/" + what, StringComparison.Ordinal)));
        var effect = await shell.Get<RunList>().Effect(organisation, waiting.Effect!.Value, None);
        if (effect!.Kind == Outbox.StartRun)
        {
            await Step(happened(waiting.Effect.Value));
            return;
        }

        functions.Answer(organisation.Value, effect.Id, outcome);
        Assert.True(await shell.Get<EffectPerformer>().Resubmit(organisation, waiting.Effect.Value, None));
    }

    async Task Fire(string task)
    {
        var timer = (await State()).Waiting.First(waiting => waiting.Kind is WaitingKind.Timer or WaitingKind.Retry or WaitingKind.Timeout && waiting.Task.EndsWith("/" + task, StringComparison.Ordinal));

        // One machine's worker and Azure's sweep look by themselves for what is due.
        clock.Set(DateTimeOffset.Parse(timer.What, System.Globalization.CultureInfo.InvariantCulture));
    }

    Task Arrive(JsonValue cloudEvent)
    {
        events++;
        var filled = JsonValue.Of(("specversion", "1.0"), ("id", $"event-{events}"), ("source", "/tests"));
        return shell.Get<EventRouter>().Route(organisation, Subject, cloudEvent.Members.Aggregate(filled, (so, member) => so.With(member.Key, member.Value)), None);
    }

    Task Step(RunEvent happened) => shell.Get<RunStepper>().Step(organisation, Play.Run, happened, [], None);

    Task Ask(RunEvent happened) => shell.Get<RunStepper>().Ask(organisation, Play.Run, happened, [], None);

    async Task<RunState> State() => RunState.FromJson((await shell.Get<RunList>().Find(organisation, Play.Run, None))!.State).Value;

    // Nothing of the case is due.
    async Task Settled()
    {
        var left = "";
        await Eventually.Holds(() => $"the run settles ({shell.GetType().Name}, due is {left})", async () =>
        {
            left = "";
            await foreach (var row in shell.Get<IStore>().Due(clock.GetUtcNow(), 1_000, None))
                if (row.Partition.StartsWith($"{organisation}|", StringComparison.Ordinal)) left += $"{row.Partition} {row.Key} {System.Text.Encoding.UTF8.GetString(row.Body.Span)} ";
            return left.Length == 0;
        });
    }

    async Task<string> Told()
    {
        var journal = (await shell.Get<RunList>().Journal(organisation, Play.Run, None)).Select(entry => $"{entry.Sequence} {entry.At:O} {entry.Kind} {entry.Task} {entry.Effect} {entry.Detail}");
        var refusals = new List<string>();
        await foreach (var row in shell.Get<IStore>().Prefix(Partition, RowKey.Of(RunKeys.RefusalPart, ""), 100, None)) refusals.Add($"{row.Key} {System.Text.Encoding.UTF8.GetString(row.Body.Span)}");
        var effects = (await shell.Get<RunList>().Effects(organisation, Play.Run, None)).Select(effect => $"{effect.Id} {effect.Kind} {effect.Status} {effect.Answer}");
        return string.Join('\n', [.. journal, .. refusals, .. effects, (await State()).ToJson().ToString()]);
    }
}
