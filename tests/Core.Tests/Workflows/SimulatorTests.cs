using Interop.Core.Json;
using Interop.Core.Workflows.Simulation;

namespace Interop.Core.Tests.Workflows;

public sealed class SimulatorTests
{
    const string Definition = """
        do:
          - ask: { call: lookup, with: { record: x } }
          - rest: { wait: PT1H }
          - hear: { listen: { to: { one: { with: { type: a } } } } }
          - again: { try: [ { send: { call: http, with: { method: get, endpoint: 'https://a.example' } } } ], catch: { errors: { with: { status: 503 } }, retry: { delay: PT5M } } }
        """;

    [Theory]
    [InlineData("[ { done: ask, output: 1 }, { type: a, data: 2 }, { failed: send, error: { status: 503 } }, { done: send, output: 3 } ]", "completed", "2026-03-30T18:05:00Z", 0)]
    [InlineData("[ { done: lookup }, { fire: rest }, { type: a }, { done: http }, { type: b } ]", "completed", "2026-03-30T18:00:00Z", 1)]
    [InlineData("[ { done: ask }, { type: a }, { failed: send, error: { status: 404, title: Gone } } ]", "faulted", "2026-03-30T18:00:00Z", 0)]
    [InlineData("[ { done: ask } ]", "waiting", "2026-03-30T18:00:00Z", 0)]
    [InlineData("[]", "waiting", "2026-03-30T17:00:00Z", 0)]
    public void A_run_is_played_as_the_script_tells(string script, string status, string last, int left)
    {
        var played = Simulator.Run(Play.Load(Yaml.Definition(Definition)), JsonValue.Null, [.. Yaml.Parse(script).Items], Play.Begin).Value;
        Assert.Equal((status, last, left), (played.State.Status.ToString().ToLowerInvariant(), played.Journal[^1].At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"), played.Left.Length));
    }

    [Theory]
    [InlineData("[ { done: hear } ]", "does not wait for entry 1")]
    [InlineData("[ { done: ask }, { type: unheard } ]", "No listen")]
    public void What_does_not_fit_is_told(string script, string part) =>
        Assert.Contains(part, Simulator.Run(Play.Load(Yaml.Definition(Definition)), JsonValue.Null, [.. Yaml.Parse(script).Items], Play.Begin).Problems.Single().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[ { doen: ask } ]", "Entry 1 of the script, {\"doen\":\"ask\"}, is no event and no answer. Did you mean \"done\"?")]
    [InlineData("[ { done: ask }, 5 ]", "Entry 2 of the script, 5, is no event and no answer. Give it one of: done, failed or fire with the name of a task, or type with that of an event.")]
    [InlineData("[ { done: resst } ]", "Entry 1 of the script, {\"done\":\"resst\"}, is about \"resst\", which is no task of case. Did you mean \"rest\"?")]
    [InlineData("[ { fire: lookup } ]", "Entry 1 of the script, {\"fire\":\"lookup\"}, is about \"lookup\", which is no task of case. Name a task as the definition does.")]
    [InlineData("[ { done: 5 } ]", "Entry 1 of the script, {\"done\":5}, has no text as \"done\". Write the name of a task, or of an event's type.")]
    [InlineData("[ { done: ask, fire: rest } ]", "Entry 1 of the script, {\"done\":\"ask\",\"fire\":\"rest\"}, has \"done\" and \"fire\". Make an entry of each.")]
    public void An_entry_that_is_none_is_told_before_anything_is_played(string script, string message) =>
        Assert.Equal(message, Simulator.Run(Play.Load(Yaml.Definition(Definition)), JsonValue.Null, [.. Yaml.Parse(script).Items], Play.Begin).Problems.Single().Message);

    const string One = "schedule: { on: { one: { with: { type: a } } } }\ndo: [ { keep: { set: { was: '${ .[0].data }', id: '${ .[0].id }' } } } ]";
    const string All = "schedule: { on: { all: [ { with: { type: a } }, { with: { type: b } } ] } }\ndo: [ { keep: { set: { was: '${ map(.data) }' } } } ]";
    const string Until = "schedule: { on: { any: [ { with: { type: a }, correlate: { k: { from: .data.k } } } ], until: { one: { with: { type: b }, correlate: { k: { from: .data.k } } } } } }\ndo: [ { keep: { set: { was: '${ map(.data.n) }' } } } ]";

    [Theory]
    [InlineData(One, "null", "[ { type: a, data: 5 } ]", "{\"was\":5,\"id\":\"event-1\"}")]
    [InlineData(One, "[ { id: x, data: 6 } ]", "[]", "{\"was\":6,\"id\":\"x\"}")]
    [InlineData(All, "null", "[ { type: b, data: 2 }, { type: a, data: 1 } ]", "{\"was\":[1,2]}")]
    [InlineData(Until, "null", "[ { type: a, data: { k: 1, n: 3 } }, { type: a, data: { k: 1, n: 4 } }, { type: b, data: { k: 1 } } ]", "{\"was\":[3,4]}")]
    public void The_events_at_the_head_of_the_script_begin_the_run(string definition, string input, string script, string output)
    {
        var played = Simulator.Run(Play.Load(Yaml.Definition(definition)), Yaml.Parse(input), [.. Yaml.Parse(script).Items], Play.Begin).Value;
        Assert.Equal(output, played.State.Output.ToString());
        Assert.Empty(played.Left);
    }

    [Theory]
    [InlineData(One, "[]", "Runs of case begin with events. Let the script begin with what starts it (a)")]
    [InlineData(One, "[ { type: other } ]", "Entry 1 of the script, {\"type\":\"other\"}, does not begin a run of case.")]
    [InlineData(All, "[ { type: b } ]", "1 of the events that begin a run of case have come, and others are missing.")]
    [InlineData(Until, "[ { type: a, data: { k: 1 } }, { type: b, data: { k: 2 } } ]", "Entry 2 of the script begins another run than the first: it has [2] where that has [1].")]
    public void What_begins_no_run_is_told(string definition, string script, string part) =>
        Assert.Contains(part, Simulator.Run(Play.Load(Yaml.Definition(definition)), JsonValue.Null, [.. Yaml.Parse(script).Items], Play.Begin).Problems.Single().Message, StringComparison.Ordinal);
}
