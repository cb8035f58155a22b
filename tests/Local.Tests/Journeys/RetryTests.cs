using System.Net;

namespace Interop.Local.Tests.Journeys;

/// <summary>Failed runs are taken up again over real HTTP, with corrected input.</summary>
public sealed class RetryTests
{
    const string Failing = """
        document: { dsl: '1.0.3', namespace: tests, name: divide, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do:
          - given: { set: { number: 12, by: 0 } }
          - divide: { set: { result: '${ .number / .by }' } }
          - say: { set: { said: '${ "It is \(.result)." }' } }
        """;

    [Fact]
    public async Task Retry_WithCorrectedInput_TakesTheRunUpAtTheTaskThatFailed()
    {
        await using var platform = await RunWorld.Start(Failing);
        var run = await RunWorld.Run(platform, "divide", "faulted");

        Assert.Equal(HttpStatusCode.Accepted, (await RunWorld.Ask(platform, run, "retry", new { reason = "see whether it goes away" })).Status);
        Assert.Equal("faulted", (await RunWorld.Get(platform, $"/runs/{run}"))["status"].AsString());
        Assert.Equal(HttpStatusCode.Accepted, (await RunWorld.Ask(platform, run, "retry", new { reason = "the divisor was wrong", input = new { number = 12, by = 4 } })).Status);

        var seen = await RunWorld.Get(platform, $"/runs/{run}");
        Assert.Equal(("completed", "It is 3."), (seen["status"].AsString(), seen["output"]["said"].AsString()));
        Assert.Equal(["retry: see whether it goes away", "retry: the divisor was wrong"], seen["operations"].Items.Select(done => $"{done["operation"].AsString()}: {done["why"].AsString()}"));
        Assert.Equal(2, seen["journal"].Items.Count(entry => entry["kind"] == "run-retried"));
    }

    [Theory]
    [InlineData("rerun", "already-rerun")]
    [InlineData("cancel", "finished")]
    public async Task Retry_OfARunOfWhichSomethingElseWasAsked(string first, string rule)
    {
        await using var platform = await RunWorld.Start(Failing);
        var run = await RunWorld.Run(platform, "divide", "faulted");
        var (status, answer) = await RunWorld.Ask(platform, run, first, new { reason = "first" });
        if (first == "rerun") (status, answer) = await RunWorld.Ask(platform, run, "retry", new { reason = "second" });
        Assert.Equal((HttpStatusCode.Conflict, rule), (status, answer["problems"][0]["rule"].AsString()));
    }

    [Fact]
    public async Task Operation_WithAnInputItDoesNotTake_IsRefused()
    {
        await using var platform = await RunWorld.Start(Failing);
        var run = await RunWorld.Run(platform, "divide", "faulted");
        Assert.Equal(HttpStatusCode.BadRequest, (await RunWorld.Ask(platform, run, "cancel", new { reason = "x", input = 1 })).Status);
    }
}
