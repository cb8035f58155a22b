using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Drawing;

/// <summary>Makes blocks of a definition.</summary>
static class BlockBuilder
{
    const int LongestLine = 64;

    public static Block Workflow(Workflow workflow)
    {
        var groups = ImmutableArray.Create(Group("", workflow.Main.List));
        foreach (var extension in workflow.Extensions)
            groups = [.. groups, .. Named($"extension {extension.Name}: before {extension.Extends}", extension.Before), .. Named($"extension {extension.Name}: after {extension.Extends}", extension.After)];
        foreach (var function in workflow.Functions.OrderBy(pair => pair.Key, StringComparer.Ordinal)) groups = groups.Add(new BlockGroup($"function {function.Key}", [Task(function.Value)], false));
        return new Block("", workflow.Title, $"{workflow.Name} {workflow.Version}", [.. Common(workflow.Main.Basics), .. Begins(workflow)], groups);
    }

    static Block Task(TaskDefinition task)
    {
        var (kind, lines, groups) = Parts(task);
        return new Block(task.Pointer, task.Basics.Name, kind, [.. Common(task.Basics).Concat(lines).Concat(Then(task)).Select(Short)], [.. groups.Where(group => !group.Blocks.IsEmpty)], GoesOn(task));
    }

    static bool GoesOn(TaskDefinition task) => task.Basics.If is not null || task switch
    {
        RaiseTask => false,
        SwitchTask choice when choice.Cases.Any(one => one.When is null) => choice.Cases.Any(one => one.Then.Kind == FlowKind.Continue),
        SwitchTask choice => choice.Basics.Then.Kind == FlowKind.Continue || choice.Cases.Any(one => one.Then.Kind == FlowKind.Continue),
        _ => task.Basics.Then.Kind == FlowKind.Continue,
    };

    static (string Kind, string[] Lines, BlockGroup[] Groups) Parts(TaskDefinition task) => task switch
    {
        DoTask one => ("do", [], [Group("", one.List)]),
        CallTask one => ("call", [Call(one.Function, one.Basics.Source["with"])], []),
        CallHttpTask one => ("call", [$"{one.Basics.Source["with"]["method"].StringOrNull} {Address(one.Basics.Source["with"]["endpoint"])}"], []),
        CallOpenApiTask one => ("call", [$"openapi {one.Basics.Source["with"]["operationId"].StringOrNull}"], []),
        CallOwnTask one => ("call", [one.Function], []),
        RunWorkflowTask one => ("run", [$"{one.Namespace}/{one.Name} {one.Version}{(one.Awaits ? "" : ", not waited for")}"], []),
        RefusedTask one => (one.What.Split(':')[0], [one.What], []),
        SetTask one => ("set", [one.Basics.Source["set"] is { Kind: JsonKind.Object } map ? string.Join(", ", map.Members.Select(member => member.Key)) : one.Basics.Source["set"].StringOrNull ?? ""], []),
        EmitTask one => ("emit", [one.Basics.Source["emit"]["event"]["with"]["type"].StringOrNull ?? ""], []),
        RaiseTask one => ("raise", [one.Basics.Source["raise"]["error"] is { Kind: JsonKind.Object } error ? error["title"].StringOrNull ?? error["type"].StringOrNull ?? "" : one.Basics.Source["raise"]["error"].StringOrNull ?? ""], []),
        WaitTask one => ("wait", [Plain(one.Basics.Source["wait"])], []),
        SwitchTask one => ("switch", [.. one.Cases.Select(choice => $"{(choice.When is null ? "else" : $"{choice.Name}: {choice.When}")} → {Text(choice.Then)}")], []),
        ForTask one => ("for", [$"each {one.Each} in {one.In}", .. one.While is { } condition ? new[] { $"while {condition}" } : []], [Group("", one.Body)]),
        ForkTask one => ("fork", one.Competes ? ["the first to end wins"] : [], [new BlockGroup("", [.. one.Branches.Tasks.Select(Task)], true)]),
        TryTask one => ("try", [.. Caught(one)], [Group("", one.Body), Group($"if it fails ({one.Catch.As})", one.Catch.Body)]),
        ListenTask one => ("listen", [.. Heard(one.To)], one.Foreach is null ? [] : [Group($"for each {one.Foreach.Item}", one.Foreach.Body)]),
        _ => throw new InvalidOperationException($"Unknown task {task.GetType()}."),
    };

    static IEnumerable<string> Common(TaskBasics basics)
    {
        if (basics.If is { } condition) yield return $"if {condition}";
        if (basics.Timeout is { } limit) yield return $"at most {Plain(limit)}";
    }

    static IEnumerable<string> Begins(Workflow workflow)
    {
        foreach (var line in workflow.Start is { } start ? Heard(start.To) : []) yield return $"begins with {line}";
        if (workflow.Schedule?.Every is { } every) yield return $"begins every {every}";
        if (workflow.Schedule?.Cron is { } cron) yield return $"begins at {cron}";
        if (workflow.Schedule?.After is { } after) yield return $"begins {after} after it ended";
    }

    static IEnumerable<string> Then(TaskDefinition task)
    {
        if (task.Basics.Then.Kind != FlowKind.Continue) yield return $"→ {Text(task.Basics.Then)}";
    }

    static IEnumerable<string> Caught(TryTask task)
    {
        if (task.Catch.Retry is not { } retry) yield break;
        var most = retry.MostRetries is { } count ? $" up to {count} {(count == 1 ? "time" : "times")}" : "";
        var delay = retry.Delay is { } length ? $" after {Plain(length)}" : "";
        yield return $"tries again{most}{delay}{(retry.Backoff == Backoff.Constant ? "" : $", {retry.Backoff.ToString().ToLowerInvariant()}")}";
    }

    static IEnumerable<string> Heard(Consumption to)
    {
        yield return to.Kind == ConsumptionKind.One ? to.TypesShown : $"{to.Kind.ToString().ToLowerInvariant()}: {to.TypesShown}";
        if (to.Until is { } condition) yield return $"until {condition}";
        if (!to.UntilEvents.IsEmpty) yield return $"until {string.Join(to.UntilAll ? " and " : " or ", to.UntilEvents.Select(filter => filter.TypeShown))}";
    }

    static BlockGroup[] Named(string label, TaskList list) => list.Count == 0 ? [] : [Group(label, list)];

    static BlockGroup Group(string label, TaskList list) => new(label, [.. list.Tasks.Select(Task)], false);

    static string Call(string function, JsonValue with) => $"{function} {string.Join(", ", with.Members.Where(member => member.Value.StringOrNull is { } text && !text.Contains("${", StringComparison.Ordinal)).Select(member => member.Value.AsString()))}".TrimEnd();

    static string Address(JsonValue endpoint) => endpoint.StringOrNull ?? endpoint["uri"].StringOrNull ?? "";

    static string Text(Flow flow) => flow.Kind == FlowKind.To ? flow.Target : flow.Kind.ToString().ToLowerInvariant();

    static string Plain(Delay delay) => delay.Computed is { } computed ? computed.ToString() : System.Xml.XmlConvert.ToString(delay.Fixed);

    static string Plain(JsonValue value) => value.StringOrNull ?? string.Join(" ", value.Members.Select(member => $"{member.Value} {member.Key}"));

    static string Short(string line)
    {
        var plain = string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return plain.Length <= LongestLine ? plain : string.Concat(plain.AsSpan(0, LongestLine - 1), "…");
    }
}
