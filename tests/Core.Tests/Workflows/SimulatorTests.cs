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
    [InlineData("[ { done: nothing } ]", "does not wait for entry 1")]
    [InlineData("[ { done: ask }, { type: unheard } ]", "No listen")]
    public void What_does_not_fit_is_told(string script, string part) =>
        Assert.Contains(part, Simulator.Run(Play.Load(Yaml.Definition(Definition)), JsonValue.Null, [.. Yaml.Parse(script).Items], Play.Begin).Problems.Single().Message, StringComparison.Ordinal);
}
