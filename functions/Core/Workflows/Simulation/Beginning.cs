using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Workflows.Simulation;

/// <summary>How a simulated run begins.</summary>
/// <param name="Input">The workflow's input.</param>
/// <param name="Taken">How many entries of the script it took.</param>
sealed record Beginning(JsonValue Input, int Taken)
{
    /// <summary>With the input given; without one, a workflow that events begin takes them from the head of the script, as the platform would.</summary>
    public static Outcome<Beginning> Of(Workflow workflow, JsonValue input, ImmutableArray<JsonValue> script)
    {
        if (workflow.Start is not { } rule || !input.IsNull) return new Beginning(input, 0);
        var gathered = ImmutableArray<JsonValue>.Empty;
        for (var number = 0; number < script.Length; number++)
        {
            var entry = ScriptEvent.Of(script[number], number);
            if (!rule.Starts(entry)) return No($"Entry {number + 1} of the script, {Problem.Preview(script[number].ToString())}, does not begin a run of {workflow.Name}", rule);
            if (!rule.Gathers) return new Beginning(JsonValue.Of(entry), 1);
            if (!gathered.IsEmpty && Key(rule, entry) != Key(rule, gathered[0])) return No($"Entry {number + 1} of the script begins another run than the first: it has {Key(rule, entry)} where that has {Key(rule, gathered[0])}", rule);
            gathered = rule.With(gathered, entry);
            if (rule.Input(gathered) is { } begun) return new Beginning(begun, number + 1);
        }

        return No(gathered.IsEmpty ? $"Runs of {workflow.Name} begin with events" : $"{gathered.Length} of the events that begin a run of {workflow.Name} have come, and others are missing", rule);
    }

    static string Key(StartRule rule, JsonValue entry) => rule.GatheringKey(entry, entry["subject"].ToString());

    static Problem No(string what, StartRule rule) =>
        new("script", $"{what}. Let the script begin with what starts it ({rule.TypesShown}), or give the run an input: an array of these events.");
}
