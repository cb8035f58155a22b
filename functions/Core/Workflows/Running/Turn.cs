using System.Collections.Immutable;
using System.Globalization;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>One step under way: what is known of the run, and what the step has led to so far. Lives for one call of <see cref="Machine.Step"/>.</summary>
sealed class Turn(Workflow workflow, RunState before, DateTimeOffset at)
{
    /// <summary>The number of tasks one step may begin: a loop that waits for nothing ends here.</summary>
    public const int MostTasks = 10_000;

    static readonly JsonValue Runtime = JsonValue.Of(("name", "Interop.Cloud"), ("version", "1.0.3"), ("metadata", JsonValue.EmptyObject));

    readonly List<Effect> effects = [];
    readonly List<JournalEntry> journal = [];
    long lastEffect = before.Effects;
    long lastEntry = before.Entries;
    int tasks;
    JsonValue? described;
    ImmutableSortedDictionary<string, JsonValue>? startCorrelations;

    public Workflow Workflow => workflow;

    public DateTimeOffset At => at;

    public JsonValue Context { get; set; } = before.Context;

    public ImmutableArray<JsonValue> Inbox { get; set; } = before.Inbox;

    /// <summary>Whether some frame has taken what happened.</summary>
    public bool Taken { get; set; }

    /// <summary>Correlations set by the event that started the run.</summary>
    public ImmutableSortedDictionary<string, JsonValue> StartCorrelations => startCorrelations ??=
        workflow.Start is { } start && before.Input.Kind == JsonKind.Array && start.Starts(before.Input[0])
            ? start.Correlations(before.Input[0])
            : ImmutableSortedDictionary<string, JsonValue>.Empty;

    /// <summary>Whether one more task may begin in this step.</summary>
    public bool MayBegin() => ++tasks <= MostTasks;

    public long Request(string task, Func<EffectId, Effect> effect)
    {
        var asked = effect(new EffectId(before.Id, ++lastEffect));
        effects.Add(asked);
        Note(JournalKind.EffectRequested, task, asked.Id, Describe(asked));
        return lastEffect;
    }

    public PendingTimer Timer(string task, TimeSpan delay)
    {
        var due = at > DateTimeOffset.MaxValue - delay ? DateTimeOffset.MaxValue : at + delay;
        return new PendingTimer(Request(task, id => new Effect.Timer(id, task, due)), due);
    }

    /// <summary>An effect asked for in this same step is taken back; one already given out is followed by a cancelling one.</summary>
    public void Cancel(string task, long sequence, bool isTimer)
    {
        var target = new EffectId(before.Id, sequence);
        Note(JournalKind.EffectCancelled, task, target, JsonValue.Null);
        if (effects.RemoveAll(effect => effect.Id == target) > 0) return;
        var id = new EffectId(before.Id, ++lastEffect);
        effects.Add(isTimer ? new Effect.CancelTimer(id, task, target) : new Effect.CancelEffect(id, task, target));
    }

    /// <summary>Stops a task and all below it.</summary>
    public void Cancel(Frame frame)
    {
        if (frame.Timeout is { } timeout) Cancel(frame.Task, timeout.Effect, true);
        Cancel(frame.Task, frame.Work);
        if (frame.Task.Length > 0) Note(JournalKind.TaskCancelled, frame.Task, JsonValue.Null);
    }

    /// <summary>Stops what a task is in the middle of, and all below it.</summary>
    public void Cancel(string task, Work work)
    {
        foreach (var (effect, isTimer) in Pending.Own(work)) Cancel(task, effect, isTimer);
        foreach (var child in Pending.Children(work)) Cancel(child);
    }

    public void Note(JournalKind kind, string task, EffectId? effect, JsonValue detail) => journal.Add(new JournalEntry(++lastEntry, at, kind, task, effect, detail));

    public void Note(JournalKind kind, string task, JsonValue detail) => Note(kind, task, null, detail);

    public EffectId NextEffect => new(before.Id, lastEffect + 1);

    public EffectId IdOf(long effect) => new(before.Id, effect);

    /// <summary>Evaluates a part of a task's definition; a failure is an error of the standard type.</summary>
    public WorkflowError? Evaluate(Template template, JsonValue input, View view, Scope scope, out JsonValue value, JsonValue output = default)
    {
        var outcome = template.Evaluate(input, Variables(view, scope, output));
        value = outcome.Succeeded ? outcome.Value : JsonValue.Null;
        return outcome.Succeeded ? null : Wrong(view, outcome.Problems);
    }

    /// <summary>Evaluates a condition; one that is not there is true.</summary>
    public WorkflowError? Test(Expression? condition, JsonValue input, View view, Scope scope, out bool holds)
    {
        holds = true;
        if (condition is null) return null;
        var outcome = condition.IsTrue(input, Variables(view, scope, JsonValue.Null));
        holds = outcome.Succeeded && outcome.Value;
        return outcome.Succeeded ? null : Wrong(view, outcome.Problems);
    }

    /// <summary>A duration; the computed may be wrong only now.</summary>
    public WorkflowError? Length(Delay delay, View view, Scope scope, out TimeSpan length)
    {
        length = delay.Fixed;
        if (delay.Computed is null) return null;
        var value = delay.Computed.Evaluate(view.Input, Variables(view, scope, JsonValue.Null));
        if (!value.Succeeded) return Wrong(view, value.Problems);
        var read = Delay.Read(value.Value);
        length = read.Succeeded ? read.Value : TimeSpan.Zero;
        return read.Succeeded ? null : new WorkflowError(WorkflowError.Configuration, 400, "Wrong duration", read.Problems[0].Message, view.Task.Pointer);
    }

    public Func<string, JsonValue> Variables(View view, Scope scope, JsonValue output = default) => name => name switch
    {
        _ when scope.Locals.TryGetValue(name, out var local) => local,
        "context" => Context,
        "input" => view.Input,
        "output" => output,
        "task" => Describe(view),
        "workflow" => described ??= DescribeWorkflow(),
        "runtime" => Runtime,
        "authorization" => Authorizations.Describe(this, view, scope),
        "now" => at.ToUnixTimeMilliseconds() / 1000.0,
        _ => JsonValue.Null,
    };

    /// <summary>What the step led to.</summary>
    public Transition End(Func<RunState, RunState> change) =>
        new(change(before) with { Context = Context, Inbox = Inbox, Effects = lastEffect, Entries = lastEntry }, [.. effects], [.. journal]);

    static WorkflowError Wrong(View view, ImmutableArray<Problem> problems) =>
        new(WorkflowError.Expression, 400, "An expression failed", string.Join(" ", problems.Select(problem => problem.Message)), view.Task.Pointer);

    /// <summary>The task descriptor of the specification.</summary>
    public JsonValue Describe(View view) => JsonValue.Of(
        ("name", view.Task.Basics.Name),
        ("reference", view.Task.Pointer),
        ("definition", view.Task.Basics.Source),
        ("input", view.RawInput),
        ("output", view.RawOutput),
        ("startedAt", Time(view.StartedAt)));

    JsonValue DescribeWorkflow() => JsonValue.Of(
        ("id", before.Id.Value), ("definition", workflow.Definition), ("input", before.Input), ("startedAt", Time(before.StartedAt)));

    static JsonValue Describe(Effect effect) => effect switch
    {
        Effect.CallFunction call => JsonValue.Of(("call", call.Name), ("with", call.Arguments)),
        Effect.CallHttp call => JsonValue.Of(("call", "http"), ("with", call.Arguments)),
        Effect.CallOpenApi call => JsonValue.Of(("call", "openapi"), ("with", call.Arguments)),
        Effect.StartRun run => JsonValue.Of(("run", $"{run.Namespace}/{run.Name}:{run.Version}"), ("input", run.Input)),
        Effect.Timer timer => JsonValue.Of(("due", Rfc3339(timer.Due))),
        Effect.Emit emit => JsonValue.Of(("emit", emit.CloudEvent)),
        _ => JsonValue.Null,
    };

    static JsonValue Time(DateTimeOffset time) => JsonValue.Of(
        ("iso8601", Rfc3339(time)),
        ("epoch", JsonValue.Of(("seconds", time.ToUnixTimeSeconds()), ("milliseconds", time.ToUnixTimeMilliseconds()))));

    public static string Rfc3339(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
