using Interop.Local.Tests.Commands;

namespace Interop.Local.Tests.Journeys;

/// <summary>Waiting runs are moved to a new version by the command, while no platform runs.</summary>
public sealed class MoveTests
{
    const string Old = """
        document: { dsl: '1.0.3', namespace: tests, name: ask, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do: [ { rest: { wait: { hours: 1 } } } ]
        """;

    [Theory]
    [InlineData("[ { new: { set: { a: 1 } } }, { rest: { wait: { hours: 2 } } } ]", 0, "1 moved to 2.0.0, 0 cannot.")]
    [InlineData("[ { other: { wait: { hours: 2 } } } ]", 1, "2.0.0 has none of that name there")]
    public async Task Move_OfAWaitingRun_MovesItOrSaysWhyNot(string tasks, int code, string said)
    {
        var folder = Directory.CreateTempSubdirectory("interop").FullName;
        var first = await RunWorld.Start(folder, Old);
        var run = await RunWorld.Waiting(first, "ask");
        var (busy, _, reasons) = await Command(folder, Old, "--dry-run");
        Assert.Equal(1, busy);
        Assert.Contains(reasons, line => line.Contains("in use", StringComparison.Ordinal) || line.Contains("store-locked", StringComparison.Ordinal) || line.Contains("another", StringComparison.Ordinal));
        await first.Stop();

        var next = Old.Replace("1.0.0", "2.0.0", StringComparison.Ordinal).Replace("[ { rest: { wait: { hours: 1 } } } ]", tasks, StringComparison.Ordinal);
        var (trial, tried, _) = await Command(folder, next, "--dry-run");
        var (ended, output, errors) = await Command(folder, next, "--reason", "the new form");

        Assert.Equal((code, code), (trial, ended));
        Assert.Contains(code == 0 ? "can be moved" : "cannot be moved", tried, StringComparison.Ordinal);
        Assert.True(output.Contains(said, StringComparison.Ordinal), $"{output}\n{string.Join('\n', errors)}");
        await using var second = await RunWorld.Start(folder, next);
        var seen = await RunWorld.Get(second, $"/runs/{run}");
        Assert.EndsWith(code == 0 ? "2.0.0" : "1.0.0", seen["workflow"].AsString(), StringComparison.Ordinal);
        Assert.Equal(code == 0 ? ["move: the new form"] : [], seen["operations"].Items.Select(done => $"{done["operation"].AsString()}: {done["why"].AsString()}"));
    }

    static async Task<(int Code, string Output, string[] Errors)> Command(string folder, string workflow, params string[] words)
    {
        var definitions = RunWorld.Definitions(workflow);
        var ended = await ChildProcess.Run(["runs", "move", "--workflow", "ask", "--to", "2.0.0", "--folder", folder, "--mappings", definitions, .. words]);
        Directory.Delete(definitions, recursive: true);
        return ended;
    }
}
