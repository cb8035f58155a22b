using System.Collections.Immutable;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows.Definition;

namespace Interop.Core.Workflows.Simulation;

/// <summary>Says of a script, before it is played, which entries are neither an event nor an answer, and which are about a task that the workflow does not have.</summary>
static class ScriptCheck
{
    static readonly string[] Answers = ["done", "failed", "fire"];

    static readonly string[] Known = [.. Answers, "type"];

    static readonly string[] WhatCallsAreNamed = ["http", "openapi"];

    public static ImmutableArray<Problem> Of(Workflow workflow, ImmutableArray<JsonValue> script)
    {
        var tasks = workflow.Tasks.Values.Select(task => task.Basics.Name).Concat(workflow.Tasks.Keys).ToHashSet(StringComparer.Ordinal);
        var functions = workflow.Tasks.Values.Select(Function).OfType<string>().Concat(WhatCallsAreNamed).ToHashSet(StringComparer.Ordinal);
        return [.. script.Select((entry, at) => Of(entry, at + 1, tasks, functions, workflow)).OfType<Problem>()];
    }

    static Problem? Of(JsonValue entry, int number, HashSet<string> tasks, HashSet<string> functions, Workflow workflow)
    {
        var keys = entry.Kind == JsonKind.Object ? Known.Where(known => !entry[known].IsNull).ToArray() : [];
        if (keys is [])
        {
            var meant = entry.Kind == JsonKind.Object ? entry.Members.Select(member => Spelling.Nearest(member.Key, Known)).FirstOrDefault(name => name is not null) : null;
            return No(number, entry, $"is no event and no answer. {(meant is null ? "Give it one of: done, failed or fire with the name of a task, or type with that of an event." : $"Did you mean \"{meant}\"?")}");
        }

        if (keys.FirstOrDefault(key => entry[key].StringOrNull is null) is { } wrong) return No(number, entry, $"has no text as \"{wrong}\". Write the name of a task, or of an event's type.");
        if (keys.FirstOrDefault(Answers.Contains) is not { } answer) return null;
        if (keys.Length > 1) return No(number, entry, $"has {string.Join(" and ", keys.Select(key => $"\"{key}\""))}. Make an entry of each.");
        var name = entry[answer].AsString();
        if (tasks.Contains(name) || tasks.Any(task => task.EndsWith("/" + name, StringComparison.Ordinal)) || (answer != "fire" && functions.Contains(name))) return null;
        var nearest = Spelling.Nearest(name, answer == "fire" ? tasks : tasks.Concat(functions));
        return No(number, entry, $"is about \"{Problem.Preview(name)}\", which is no task of {workflow.Name}. {(nearest is null ? "Name a task as the definition does." : $"Did you mean \"{nearest}\"?")}");
    }

    // A call may be meant by what it calls.
    static string? Function(TaskDefinition task) => task switch
    {
        CallTask call => call.Function,
        RunWorkflowTask run => $"{run.Namespace}/{run.Name}:{run.Version}",
        _ => null,
    };

    static Problem No(int number, JsonValue entry, string what) => new("script", $"Entry {number} of the script, {Problem.Preview(entry.ToString())}, {what}", Value: entry.ToString());
}
