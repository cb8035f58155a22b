using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Journeys;

/// <summary>What happens to a run is told to the runs that listen and starts the workflows that begin on it.</summary>
public sealed class LifecycleTests
{
    const string Told = """
        document: { dsl: '1.0.3', namespace: tests, name: work, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do: [ { rest: { wait: { minutes: 1 } } }, { done: { set: { done: true } } } ]
        """;

    const string Listening = """
        document: { dsl: '1.0.3', namespace: tests, name: hear, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do: [ { hear: { listen: { to: { one: { with: { type: io.serverlessworkflow.task.completed.v1, source: /workflows/tests/work } } } } } }, { say: { set: { task: '${ .[0].task }' } } } ]
        """;

    const string Following = """
        document: { dsl: '1.0.3', namespace: tests, name: follow, version: '1.0.0' }
        schedule: { on: { one: { with: { type: io.serverlessworkflow.workflow.completed.v1, source: /workflows/tests/work } } } }
        do: [ { say: { set: { name: '${ $workflow.input[0].data.name }' } } } ]
        """;

    // Each hears every task of the other, so each event would lead to the next for ever.
    static string Echo(string name, string other) => $$"""
        document: { dsl: '1.0.3', namespace: tests, name: {{name}}, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do:
          - hear:
              listen: { to: { any: [ { with: { type: io.serverlessworkflow.task.completed.v1, source: /workflows/tests/{{other}} } } ], until: '${ false }' } }
              foreach: { item: event, do: [ { say: { set: { said: true } } } ] }
        """;

    // Whoever rests does so until all listen, however long that takes.
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 30, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Lifecycle_OfARun_IsHeardAndBeginsAnother()
    {
        await using var platform = await RunWorld.StartBy(clock, null, Told, Listening, Following);
        await RunWorld.Waiting(platform, "work");
        await RunWorld.Waiting(platform, "hear");
        clock.Advance(TimeSpan.FromMinutes(1));
        var work = await RunWorld.Run(platform, "work", "completed");
        var hear = await RunWorld.Get(platform, $"/runs/{await RunWorld.Run(platform, "hear", "completed")}");
        var follow = await RunWorld.Get(platform, $"/runs/{await RunWorld.Run(platform, "follow", "completed")}");
        Assert.Equal("/do/0/rest", hear["output"]["task"].AsString());
        Assert.Equal($"work-{work}.tests", follow["output"]["name"].AsString());
    }

    [Fact]
    public async Task Runs_ThatHearEachOther_ComeToRest()
    {
        const string first = """
            document: { dsl: '1.0.3', namespace: tests, name: left, version: '1.0.0' }
            schedule: { on: { one: { with: { type: incident.reported } } } }
            do: [ { rest: { wait: { minutes: 1 } } }, { hear: { listen: { to: { any: [ { with: { type: io.serverlessworkflow.task.completed.v1, source: /workflows/tests/right } } ], until: '${ false }' } }, foreach: { item: event, do: [ { say: { set: { said: true } } } ] } } } ]
            """;
        await using var platform = await RunWorld.StartBy(clock, null, first, Echo("right", "left"));
        await RunWorld.Waiting(platform, "left");
        var right = await RunWorld.Waiting(platform, "right");
        clock.Advance(TimeSpan.FromMinutes(1));
        var before = 0;
        var rested = 0;

        // Twenty events at most follow from the one; then nothing changes for a second.
        await RunWorld.Eventually("they rest", async () =>
        {
            var taken = (await RunWorld.Get(platform, $"/runs/{right}"))["journal"].Items.Count(entry => entry["kind"] == "event-taken");
            rested = taken == before && taken > 0 ? rested + 1 : 0;
            before = taken;
            return rested == 10 ? "rest" : null;
        });
        Assert.InRange(before, 1, 20);
    }
}
