using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Loading;

/// <summary>Checks where lists of tasks go on to: no directive to nowhere, no task that no way leads to, no function that calls itself.</summary>
sealed class FlowCheck(ProblemList problems)
{
    const int DeepestCall = 20;

    public void Sequence(TaskList list)
    {
        if (list.Count == 0) return;
        var reached = new bool[list.Count];
        var open = new Stack<int>([0]);
        while (open.TryPop(out var at))
        {
            if (reached[at]) continue;
            reached[at] = true;
            foreach (var next in After(list, at)) open.Push(next);
        }

        for (var at = 0; at < list.Count; at++)
            if (!reached[at]) problems.Unreachable(list.Tasks[at].Basics.Place, list.Tasks[at].Basics.Name);
        foreach (var task in list.Tasks) Below(task);
    }

    public void Below(TaskDefinition task)
    {
        if (task is ForkTask fork) Branches(fork);
        else foreach (var list in task.Lists) Sequence(list);
    }

    /// <summary>Reports each function that calls itself, or begins a chain of calls that is too long.</summary>
    public void Calls(IReadOnlyDictionary<string, TaskDefinition> functions)
    {
        var calls = functions.ToDictionary(pair => pair.Key, pair => All(pair.Value).OfType<CallOwnTask>().Select(call => call.Function).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        foreach (var (name, task) in functions)
        {
            var (seen, level, depth) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(calls[name], StringComparer.Ordinal), 0);
            for (; level.Count > 0 && depth <= DeepestCall && !seen.Contains(name); depth++)
            {
                seen.UnionWith(level);
                level = [.. level.SelectMany(called => calls.GetValueOrDefault(called, []))];
            }

            if (seen.Contains(name)) problems.CallsItself(task.Basics.Place, name);
            else if (depth > DeepestCall) problems.CallsTooDeep(task.Basics.Place, name, DeepestCall);
        }
    }

    /// <summary>A task and all below it.</summary>
    public static IEnumerable<TaskDefinition> All(TaskDefinition task) => task.Lists.SelectMany(list => list.Tasks).SelectMany(All).Prepend(task);

    void Branches(ForkTask fork)
    {
        foreach (var branch in fork.Branches.Tasks)
        {
            if (Directives(branch).Any(flow => flow.Kind == FlowKind.To)) problems.ThenInFork(branch.Basics.Place, branch.Basics.Name);
            Below(branch);
        }
    }

    IEnumerable<int> After(TaskList list, int at)
    {
        var task = list.Tasks[at];
        if (task is UnreadTask)
        {
            for (var other = 0; other < list.Count; other++) yield return other;
            yield break;
        }

        if (task.Basics.If is not null && at + 1 < list.Count) yield return at + 1;
        foreach (var flow in Directives(task))
        {
            var next = flow.Kind switch
            {
                FlowKind.Continue => at + 1,
                FlowKind.To => list.IndexOf(flow.Target),
                _ => list.Count,
            };
            if (next < 0) problems.NowhereToGo(task.Basics.Place, task.Basics.Name, flow.Target, list.Tasks.Select(other => other.Basics.Name));
            else if (next < list.Count) yield return next;
        }
    }

    static IEnumerable<Flow> Directives(TaskDefinition task) => task switch
    {
        RaiseTask => [],
        SwitchTask choice when choice.Cases.Any(one => one.When is null) => choice.Cases.Select(one => one.Then),
        SwitchTask choice => choice.Cases.Select(one => one.Then).Append(choice.Basics.Then),
        _ => [task.Basics.Then],
    };
}
