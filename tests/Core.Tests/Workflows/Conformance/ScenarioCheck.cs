using System.Globalization;
using System.Text.RegularExpressions;
using Interop.Core.Json;
using Interop.Core.Sources;

namespace Interop.Core.Tests.Workflows.Conformance;

/// <summary>How a run ended.</summary>
/// <param name="Status">completed or faulted.</param>
/// <param name="Output">Its output.</param>
/// <param name="Error">Its error, if it faulted.</param>
/// <param name="Tasks">The names of the tasks that ran, in the order they began.</param>
public sealed record Ended(string Status, JsonValue Output, JsonValue Error, IReadOnlyList<string> Tasks);

/// <summary>Plays a scenario: finds the definition and the input, has them run, and checks what the scenario says of the end.</summary>
static partial class ScenarioCheck
{
    static readonly (Regex Sentence, Func<Ended, Match, JsonValue, bool> Holds)[] Sentences =
    [
        (Of("the workflow should complete"),                                    (ended, _, _) => ended.Status == "completed"),
        (Of("the workflow should complete with output"),                        (ended, _, below) => ended.Status == "completed" && ended.Output == below),
        (Of("the workflow should fault"),                                       (ended, _, _) => ended.Status == "faulted"),
        (Of("the workflow should fault with error"),                            (ended, _, below) => ended.Status == "faulted" && ended.Error == below),
        (Of("the workflow output should have properties (.*)"),                 (ended, match, _) => Quoted().Matches(match.Groups[1].Value).All(name => At(ended.Output, name.Groups[1].Value) is not null)),
        (Of("the workflow output should have a '(.*)' property with value"),    (ended, match, below) => At(ended.Output, match.Groups[1].Value) == below),
        (Of("the workflow output should have a '(.*)' property containing (.*) items"), (ended, match, _) => At(ended.Output, match.Groups[1].Value)?.Count == int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)),
        (Of("(.*) should run first"),                                           (ended, match, _) => ended.Tasks[0] == match.Groups[1].Value),
        (Of("(.*) should run last"),                                            (ended, match, _) => ended.Tasks[^1] == match.Groups[1].Value),
        (Of("(.*) should run after (.*)"),                                      (ended, match, _) => ended.Tasks.ToList().IndexOf(match.Groups[1].Value) > ended.Tasks.ToList().IndexOf(match.Groups[2].Value)),
    ];

    /// <summary>Every sentence that does not hold; empty if the scenario passes.</summary>
    public static async Task<IReadOnlyList<string>> Play(Scenario scenario, Func<string, JsonValue, Task<Ended>> run)
    {
        var (definition, input) = ("", JsonValue.Null);
        var (wrong, ended) = (new List<string>(), default(Ended?));
        foreach (var step in scenario.Steps)
        {
            if (step.Text == "a workflow with definition") definition = step.Below;
            else if (step.Text == "the workflow input is") input = Yaml(step.Below);
            else if (step.Text == "the workflow is executed") ended = await run(definition, input);
            else if (!Holds(step, ended!)) wrong.Add($"{scenario}: {step.Text} {step.Below} (but {ended})");
        }

        return wrong;
    }

    static bool Holds(Step step, Ended ended)
    {
        var (sentence, holds) = Sentences.FirstOrDefault(one => one.Sentence.IsMatch(step.Text));
        if (sentence is null) throw new InvalidOperationException($"The sentence \"{step.Text}\" is not known.");
        return holds(ended, sentence.Match(step.Text), step.Below.Length == 0 ? JsonValue.Null : Yaml(step.Below));
    }

    static JsonValue? At(JsonValue value, string path)
    {
        foreach (var name in path.Split('.'))
            if (!value.TryGet(name, out value)) return default(JsonValue?);
        return value;
    }

    static JsonValue Yaml(string text) => SourceReader.Read(text, "scenario").Value.ToJson();

    static Regex Of(string sentence) => new($"^{sentence}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex("'([^']*)'", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();
}
