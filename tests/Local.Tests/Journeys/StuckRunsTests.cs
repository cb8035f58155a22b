using Interop.Core.Messages;
using Interop.Core.Workflows;
using Interop.Local.Tests.Commands;
using Interop.Platform.Runs;
using Interop.Platform.Storage;

namespace Interop.Local.Tests.Journeys;

/// <summary>Runs that wait for nothing that can still happen are found, with the reason.</summary>
public sealed class StuckRunsTests
{
    const string Definition = """
        document: { dsl: '1.0.3', namespace: tests, name: ask, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do:
          - rest: { wait: { hours: 1 } }
        """;

    static readonly OrganisationId Force = new("northshire");

    [Theory]
    [InlineData(null, "whose row is missing")]
    [InlineData(EffectStatus.Done, "is done, and the run was not told")]
    [InlineData(EffectStatus.Cancelled, "was cancelled")]
    [InlineData(EffectStatus.Held, "is held: no agreement")]
    [InlineData(EffectStatus.InDoubt, "is in doubt: no agreement")]
    [InlineData(EffectStatus.Dropped, "is dropped, and the run was not told")]
    [InlineData(EffectStatus.Dead, "was given up: no agreement")]
    [InlineData(EffectStatus.Pending, "pending and due at no time")]
    public async Task Run_WhoseEffectIsNotAnsweredAnyMore_IsListedWithTheReason(EffectStatus? status, string reason)
    {
        await using var platform = await RunWorld.Start(Definition);
        var run = await RunWorld.Waiting(platform, "ask");
        Assert.Empty((await RunWorld.Get(platform, "/runs/stuck"))["runs"].Items);

        await Change(platform, run, status);
        var page = await RunWorld.Get(platform, "/runs/stuck");

        Assert.Equal((run, "1"), (page["runs"][0]["run"].AsString(), page["checked"].ToString()));
        Assert.Contains(reason, page["runs"][0]["reasons"][0].AsString(), StringComparison.Ordinal);
        var (code, lines, _) = await ChildProcess.Run("runs", "stuck", "--folder", platform.Folder, "--mappings", TestPlatform.Mappings);
        Assert.Equal(1, code);
        Assert.Contains(reason, lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatListensForWhatNothingBringsAnyMore_IsListed()
    {
        const string listening = """
            document: { dsl: '1.0.3', namespace: tests, name: hear, version: '1.0.0' }
            schedule: { on: { one: { with: { type: incident.reported } } } }
            do: [ { hear: { listen: { to: { one: { with: { type: tests.rung } } } } } } ]
            """;
        const string ringing = """
            document: { dsl: '1.0.3', namespace: tests, name: ring, version: '1.0.0' }
            do: [ { ring: { emit: { event: { with: { type: tests.rung, source: /tests } } } } } ]
            """;
        var folder = Directory.CreateTempSubdirectory("interop").FullName;
        var first = await RunWorld.Start(folder, listening, ringing);
        var run = await RunWorld.Waiting(first, "hear");
        Assert.Empty((await RunWorld.Get(first, "/runs/stuck"))["runs"].Items);
        await first.Stop();

        await using var second = await RunWorld.Start(folder, Definition);
        await second.SignIn("northshire", "integrator");
        var stuck = (await RunWorld.Get(second, "/runs/stuck"))["runs"].Items.Single();
        Assert.Equal(run, stuck["run"].AsString());
        Assert.Contains("listens for tests.rung alone", stuck["reasons"][0].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AboutNoIncident_ThatListensForWhatComesOfIncidents_IsListed()
    {
        const string round = """
            document: { dsl: '1.0.3', namespace: tests, name: round, version: '1.0.0' }
            schedule: { after: { seconds: 1 } }
            do: [ { start: { run: { workflow: { namespace: tests, name: hear, version: '1.0.0' } } } } ]
            """;
        const string hear = """
            document: { dsl: '1.0.3', namespace: tests, name: hear, version: '1.0.0' }
            do: [ { hear: { listen: { to: { one: { with: { type: incident.attended } } } } } } ]
            """;
        await using var platform = await RunWorld.Start(null, round, hear);
        var run = await RunWorld.Waiting(platform, "hear");
        var stuck = (await RunWorld.Get(platform, "/runs/stuck"))["runs"].Items.Single();
        Assert.Equal(run, stuck["run"].AsString());
        Assert.Contains("comes of incidents, and the run is about none", stuck["reasons"][0].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ThatEnds_LeavesTheListOfOpenRuns()
    {
        await using var platform = await RunWorld.Start(Definition);
        var run = await RunWorld.Waiting(platform, "ask");
        await RunWorld.Ask(platform, run, "cancel", new { reason = "not wanted" });
        Assert.Equal("0", (await RunWorld.Get(platform, "/runs/stuck"))["checked"].ToString());
    }

    [Theory]
    [InlineData("someone", 400)]
    public async Task After_WhatIsNoRun_IsRefused(string after, int status)
    {
        await using var platform = await RunWorld.Start(Definition);
        using var answer = await platform.Client.GetAsync(new Uri($"/api/organisations/northshire/runs/stuck?after={after}!", UriKind.Relative));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    static async Task Change(TestPlatform platform, string run, EffectStatus? status)
    {
        var store = RunWorld.Store(platform);
        var partition = RunKeys.Partition(Force, new RunId(run));
        var key = RunKeys.Effect(new EffectId(new RunId(run), 1).ToString());
        var effect = (await new RunList(store).Effect(Force, new EffectId(new RunId(run), 1), CancellationToken.None))!;
        Change change = status is { } given ? new Change.Upsert(key, Interop.Platform.Rows.RowBody.Of(effect with { Status = given, Reason = "no agreement." })) : new Change.Delete(key);
        await store.Commit(partition, [change], CancellationToken.None);
    }
}
