using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Running;

/// <summary>The work of each kind of task: what it does first, and what it does when something happened.</summary>
static class Bodies
{
    public static Advance<Work> Begin(Turn turn, View view, Scope scope) => view.Task switch
    {
        DoTask task => Leave(Sequence.Begin(turn, task.List, view.Input, scope)),
        CallTask or RemoteTask or CallOwnTask or RunWorkflowTask => Calls.Begin(turn, view, scope),
        RefusedTask task => new Failed<Work>(new WorkflowError(WorkflowError.Configuration, 501, "Not supported here", $"The task \"{task.Basics.Name}\" ({task.What}) is performed by no host.")),
        SetTask task => turn.Evaluate(task.Value, view.Input, view, scope, out var value) is { } wrong ? new Failed<Work>(wrong) : new Ended<Work>(value),
        SwitchTask task => Choose(turn, task, view, scope),
        RaiseTask task => Raises.Begin(turn, task, view, scope),
        EmitTask task => Emits.Begin(turn, task, view, scope),
        WaitTask task => turn.Length(task.Delay, view, scope, out var length) is { } wrong ? new Failed<Work>(wrong) : new Going<Work>(new Sleeping(turn.Timer(task.Pointer, length))),
        ForTask task => Loops.Begin(turn, task, view, scope),
        ForkTask task => Forks.Begin(turn, task, view, scope),
        TryTask task => Tries.Begin(turn, task, view, scope),
        ListenTask task => Listens.Begin(turn, task, view, scope),
        _ => throw new InvalidOperationException($"Unknown task {view.Task.GetType()}."),
    };

    public static Advance<Work> Resume(Turn turn, View view, Work work, Happening happening, Scope scope) => (view.Task, work) switch
    {
        (DoTask task, Listed listed) => Same(work, listed, Sequence.Resume(turn, task.List, listed, happening, scope), next => next, Leave),
        (_, Calling or InFunction) => Calls.Resume(turn, view, work, happening, scope),
        (WaitTask, Sleeping sleeping) => Awake(turn, view, sleeping, happening),
        (ForTask task, Looping looping) => Loops.Resume(turn, task, view, looping, happening, scope),
        (ForkTask task, Forking forking) => Forks.Resume(turn, task, view, forking, happening, scope),
        (TryTask task, _) => Tries.Resume(turn, task, view, work, happening, scope),
        (ListenTask task, Listening listening) => Listens.Resume(turn, task, view, listening, happening, scope),
        _ => throw new InvalidOperationException($"{work.GetType().Name} is no work of {view.Task.GetType().Name}."),
    };

    /// <summary>Whether a frame read from storage, and all below, can be of this workflow.</summary>
    public static bool Fits(Workflow workflow, Frame frame) =>
        workflow.Tasks.TryGetValue(frame.Task, out var task) && Matches(workflow, task, frame.Work) && Pending.Children(frame.Work).All(child => Fits(workflow, child));

    /// <summary>The advance of a list as that of the task around it; the same work if nothing changed, so that a frame that was not meant is not rebuilt.</summary>
    public static Advance<Work> Same(Work work, Listed before, Advance<Listed> advance, Func<Listed, Work> around, Func<Advance<Listed>, Advance<Work>> otherwise) => advance switch
    {
        Going<Listed> going when ReferenceEquals(going.State, before) => new Going<Work>(work),
        Going<Listed> going => new Going<Work>(around(going.State)),
        _ => otherwise(advance),
    };

    /// <summary>A list's end as the end of its task: an exit leaves this task and no other.</summary>
    public static Advance<Work> Leave(Advance<Listed> advance) => Leave(advance, listed => listed);

    /// <summary>The same for a task that keeps more than the place in its list.</summary>
    public static Advance<Work> Leave(Advance<Listed> advance, Func<Listed, Work> around) => advance is Ended<Listed> ended ? new Ended<Work>(ended.Output, EndOnly(ended.Flow)) : advance.Around(around);

    /// <summary>Of a flow that reached the task around, only the end of the workflow goes further.</summary>
    public static Flow? EndOnly(Flow? flow) => flow?.Kind == FlowKind.End ? flow : null;

    static Advance<Work> Choose(Turn turn, SwitchTask task, View view, Scope scope)
    {
        // A case without a condition stands for all others, wherever it is written.
        foreach (var one in task.Cases.OrderBy(one => one.When is null))
        {
            if (turn.Test(one.When, view.Input, view, scope, out var holds) is { } wrong) return new Failed<Work>(wrong);
            if (holds) return new Ended<Work>(view.Input, one.Then);
        }

        return new Ended<Work>(view.Input);
    }

    static Advance<Work> Awake(Turn turn, View view, Sleeping sleeping, Happening happening)
    {
        if (happening is not Answer answer || answer.Effect != sleeping.Timer.Effect) return new Going<Work>(sleeping);
        turn.Taken = true;
        return new Ended<Work>(view.Input);
    }

    static bool Matches(Workflow workflow, TaskDefinition task, Work work) => (task, work) switch
    {
        (_, Extending extending) => extending.At >= 0 && extending.At < workflow.Extensions.Length && Holds(extending.IsAfter ? workflow.Extensions[extending.At].After : workflow.Extensions[extending.At].Before, extending.Body),
        (DoTask one, Listed listed) => Holds(one.List, listed),
        (_, Broken) => true,
        (CallTask or RemoteTask or RunWorkflowTask, Calling) or (WaitTask, Sleeping) or (TryTask, Retrying) => true,
        (CallOwnTask one, InFunction function) => function.Child.Task == $"/use/functions/{JsonPointer.Escape(one.Function)}",
        (ForTask one, Looping looping) => looping.Items.Kind == JsonKind.Array && looping.At < looping.Items.Count && Holds(one.Body, looping.Body),
        (ForkTask one, Forking forking) => forking.Branches.Length == one.Branches.Count && forking.Branches.Select((branch, at) => (branch.Child, at)).All(pair => pair.Child is null || pair.Child.Task == one.Branches.Tasks[pair.at].Pointer),
        (TryTask one, Trying trying) => Holds(one.Body, trying.Body),
        (TryTask one, Catching catching) => Holds(one.Catch.Body, catching.Body),
        (ListenTask one, Listening listening) => (one.Foreach is null) == (listening.Iteration is null) && (listening.Iteration?.Body is not { } body || Holds(one.Foreach!.Body, body)),
        _ => false,
    };

    static bool Holds(TaskList list, Listed listed) => listed.At >= 0 && listed.At < list.Count && list.Tasks[listed.At].Pointer == listed.Child.Task;
}
