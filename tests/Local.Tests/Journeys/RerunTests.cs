using System.Net;

namespace Interop.Local.Tests.Journeys;

/// <summary>Runs that no event began are run again as all others are: their input is no list of events.</summary>
public sealed class RerunTests
{
    const string Parent = """
        document: { dsl: '1.0.3', namespace: tests, name: parent, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do: [ { child: { run: { workflow: { namespace: tests, name: work, version: '1.0.0', input: { a: 21 } } } } } ]
        """;

    const string Child = """
        document: { dsl: '1.0.3', namespace: tests, name: work, version: '1.0.0' }
        do: [ { double: { set: { double: '${ (.a // 21) * 2 }' } } } ]
        """;

    const string Scheduled = """
        document: { dsl: '1.0.3', namespace: tests, name: work, version: '1.0.0' }
        schedule: { every: { seconds: 1 } }
        do: [ { double: { set: { double: '${ (.a // 21) * 2 }' } } } ]
        """;

    [Theory]
    [InlineData(Parent, Child)]
    [InlineData(Scheduled)]
    public async Task Rerun_OfARunThatNoEventBegan_GivesTheSame(params string[] workflows)
    {
        await using var platform = await RunWorld.Start(null, workflows);
        var (status, answer) = await RunWorld.Ask(platform, await RunWorld.Run(platform, "work", "completed"), "rerun", new { reason = "the test wants it" });
        Assert.Equal(HttpStatusCode.Accepted, status);
        var again = await RunWorld.Eventually("the other run ends", async () => await RunWorld.Get(platform, $"/runs/{answer["run"].AsString()}") is var seen && seen["status"] == "completed" ? seen["output"].ToString() : null);
        Assert.Equal("""{"double":42}""", again);
    }
}
