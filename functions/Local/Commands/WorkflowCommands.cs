using Interop.Core;
using Interop.Core.Json;
using Interop.Core.Sources;
using Interop.Core.Workflows;
using Interop.Core.Workflows.Drawing;
using Interop.Core.Workflows.Simulation;

namespace Interop.Local.Commands;

/// <summary>What can be done with the file of a workflow without running the platform: check it, draw it, play it.</summary>
static class WorkflowCommands
{
    const int LongestDetail = 200;

    // What the platform refuses may still be drawn and played.
    static readonly WorkflowHost Anything = WorkflowHost.Everything;

    public static int Check(string[] files)
    {
        var problems = files.SelectMany(file => Text(file).Then(text => Workflow.Load(text, file, WorkflowHost.Platform)).Problems).ToArray();
        if (problems.Length > 0) return Failures.Show([.. problems]);
        Console.WriteLine($"{files.Length} {(files.Length == 1 ? "workflow" : "workflows")}: no problems.");
        return 0;
    }

    public static int Draw(string file)
    {
        var workflow = Text(file).Then(text => Workflow.Read(text, file, Anything));
        if (!workflow.Succeeded) return Failures.Show(workflow.Problems);
        Console.Write(WorkflowDrawing.Svg(workflow.Value));
        return 0;
    }

    public static int Simulate(string file, string? input, string? events)
    {
        var workflow = Text(file).Then(text => Workflow.Read(text, file, Anything));
        var (given, script) = (Data(input), Data(events));
        var problems = new ProblemList();
        foreach (var outcome in new[] { workflow.Problems, given.Problems, script.Problems }) problems.AddRange(outcome);
        if (script is { Succeeded: true, Value.Kind: not (JsonKind.Array or JsonKind.Null) }) problems.Add(null, "script", $"{events} must be a list of events and answers.");
        if (!problems.IsEmpty) return Failures.Show(problems.ToImmutable());
        var played = Simulator.Run(workflow.Value, given.Value, [.. script.Value.Items], TimeProvider.System.GetUtcNow());
        if (!played.Succeeded) return Failures.Show(played.Problems);
        foreach (var entry in played.Value.Journal) Console.WriteLine($"{entry.At:yyyy-MM-dd HH:mm:ss}  {entry.KindName,-17} {entry.Task}  {Detail(entry)}".TrimEnd());
        Console.WriteLine(End(played.Value));
        return played.Value.State.Status == RunStatus.Faulted ? 1 : 0;
    }

    static string End(Simulated played)
    {
        var left = played.Left.IsEmpty ? "" : $" {played.Left.Length} entries of the script were not needed.";
        var waits = string.Join("; ", played.State.Waiting.Select(waiting => $"{waiting.Kind.ToString().ToLowerInvariant()} {waiting.What} at {waiting.Task}"));
        return played.State.IsFinished ? $"The run is {played.State.Status.ToString().ToLowerInvariant()}.{left}" : $"The run waits for: {waits}. Tell the simulation of it with --events.";
    }

    static string Detail(JournalEntry entry)
    {
        var text = entry.Detail.IsNull ? "" : entry.Detail.ToString();
        return text.Length <= LongestDetail ? text : string.Concat(text.AsSpan(0, LongestDetail - 1), "…");
    }

    static Outcome<JsonValue> Data(string? file) =>
        file is null ? JsonValue.Null : Text(file).Then(text => SourceReader.Read(text, file)).Then<JsonValue>(node => node.ToJson());

    static Outcome<string> Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new Problem("file", $"{file} cannot be read: {wrong.Message}", Value: file);
        }
    }
}
