using System.Globalization;
using System.Net.Http.Json;
using Interop.Core.Json;
using Interop.Local.Time;
using Interop.Platform.Schedules;
using Interop.Platform.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Interop.Local.Tests.Journeys;

/// <summary>Runs that start runs, and runs that begin by the clock, on the real runner.</summary>
public sealed class RunnerTests
{
    const string Runs = "/api/organisations/northshire/runs";

    const string Parent = """
        document: { dsl: '1.0.3', namespace: tests, name: parent, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do:
          - child: { run: { workflow: { namespace: tests, name: child, version: '1.0.0', input: { a: 20 } } } }
          - add: { set: { sum: '${ .double + 2 }' } }
        """;

    const string Child = """
        document: { dsl: '1.0.3', namespace: tests, name: child, version: '1.0.0' }
        do:
          - rest: { wait: { seconds: 1 } }
          - double: { set: { double: '${ .a * 2 }' } }
        """;

    const string Failing = """
        document: { dsl: '1.0.3', namespace: tests, name: child, version: '1.0.0' }
        do:
          - fail: { raise: { error: { type: 'https://example.org/errors/broken', status: 418, title: Broken } } }
        """;

    const string Catching = """
        document: { dsl: '1.0.3', namespace: tests, name: parent, version: '1.0.0' }
        schedule: { on: { one: { with: { type: incident.reported } } } }
        do:
          - attempt:
              try:
                - child: { run: { workflow: { namespace: tests, name: child, version: '1.0.0' } } }
              catch:
                as: failure
                do:
                  - say: { set: { said: '${ $failure.title }' } }
        """;

    const string Waiting = """
        document: { dsl: '1.0.3', namespace: tests, name: child, version: '1.0.0' }
        do:
          - listen: { listen: { to: { one: { with: { type: incident.attended } } } } }
        """;

    [Fact]
    public async Task Run_ThatStartsAnother_GoesOnWithItsOutput()
    {
        await using var platform = await Start(Parent, Child);
        Assert.Equal("42", (await Seen(platform, "parent", "completed"))["output"]["sum"].ToString());
        await Seen(platform, "child", "completed");
    }

    [Fact]
    public async Task Run_WhoseChildFails_CatchesItsError()
    {
        await using var platform = await Start(Catching, Failing);
        Assert.Equal("Broken", (await Seen(platform, "parent", "completed"))["output"]["said"].AsString());
    }

    [Fact]
    public async Task Runs_ThatStartEachOtherWithoutEnd_EndAtALimit()
    {
        await using var platform = await Start(Waiting.Replace("- listen: { listen: { to: { one: { with: { type: incident.attended } } } } }", "- again: { run: { workflow: { namespace: tests, name: child, version: '1.0.0' } } }", StringComparison.Ordinal), Parent);
        var runs = await Eventually(async () => await Listed(platform, "child") is { Count: >= 20 } enough ? enough : null);
        Assert.Equal(20, runs.Count);
        Assert.Contains("20 runs stand above this one", await Eventually(async () => await platform.Client.GetStringAsync(new Uri("/api/organisations/northshire/held", UriKind.Relative)) is var held && held.Contains("stand above", StringComparison.Ordinal) ? held : null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_OfARunThatWaitsForAChild_CancelsTheChild()
    {
        await using var platform = await Start(Parent, Waiting);
        await Seen(platform, "child", "waiting");
        var parent = (await Seen(platform, "parent", "waiting"))["id"].AsString();
        using var answer = await platform.Client.PostAsJsonAsync($"{Runs}/{parent}/cancel", new { reason = "no longer wanted" });
        answer.EnsureSuccessStatusCode();
        await Seen(platform, "child", "cancelled");
    }

    [Theory]
    [InlineData("every: { minutes: 10 }")]
    [InlineData("cron: '*/10 * * * *'")]
    [InlineData("after: { minutes: 10 }")]
    public async Task Schedule_OfTenMinutes_BeginsRunsTenMinutesApart(string schedule)
    {
        var definition = $"document: {{ dsl: '1.0.3', namespace: tests, name: round, version: '1.0.0' }}\nschedule: {{ {schedule} }}\ndo: [ {{ one: {{ set: {{ a: 1 }} }} }} ]";
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 30, 0, 5, 0, TimeSpan.Zero));
        await using var platform = await Start(clock, definition);
        for (var more = 0; more < 3; more++)
        {
            // The time of the next is in the book when the one before has ended; until the clock comes there nothing begins.
            await Eventually(async () => await Next(platform) > clock.GetUtcNow() ? "it is" : null);
            var begun = (await Listed(platform, "round")).Count;
            clock.Advance(TimeSpan.FromMinutes(10));
            await Eventually(async () => (await Listed(platform, "round")).Count > begun ? "another began" : null);
        }

        var times = (await Listed(platform, "round")).Select(run => DateTimeOffset.Parse(run["startedAt"].AsString(), CultureInfo.InvariantCulture)).Order().ToArray();
        Assert.InRange(times.Length, 3, 4);
        Assert.Equal(Enumerable.Range(0, times.Length).Select(run => times[0].AddMinutes(10 * run)), times);
    }

    static async Task<DateTimeOffset?> Next(TestPlatform platform) =>
        (await RunWorld.Store(platform).Read(PartitionKey.Of("northshire", ScheduleBook.PartitionPart), RowKey.Of(ScheduleBook.NextPart, "round"), CancellationToken.None))?.Due;

    [Fact]
    public async Task Run_ThatAScheduleBegan_HearsWhatTheRunsThatItStartedEmit()
    {
        const string round = """
            document: { dsl: '1.0.3', namespace: tests, name: round, version: '1.0.0' }
            schedule: { every: { minutes: 10 } }
            do:
              - both:
                  fork:
                    branches:
                      - hear: { listen: { to: { one: { with: { type: tests.rung } } } } }
                      - start: { run: { workflow: { namespace: tests, name: ring, version: '1.0.0' } } }
            """;
        const string ring = """
            document: { dsl: '1.0.3', namespace: tests, name: ring, version: '1.0.0' }
            do: [ { rest: { wait: { seconds: 30 } } }, { ring: { emit: { event: { with: { type: tests.rung, source: /tests, data: { a: 1 } } } } } } ]
            """;
        await using var platform = await Start(new ScaledTimeProvider(new DateTimeOffset(2026, 3, 30, 0, 5, 0, TimeSpan.Zero), 1_200), round, ring);
        Assert.Contains("\"a\":1", (await Seen(platform, "round", "completed"))["output"].ToString(), StringComparison.Ordinal);
    }

    static async Task<JsonValue> Seen(TestPlatform platform, string workflow, string status)
    {
        try
        {
            var run = await Eventually(async () => (await Listed(platform, workflow)).FirstOrDefault(run => run["status"] == status) is { IsNull: false } found ? found["id"].AsString() : null);
            return JsonValue.Parse(await platform.Client.GetStringAsync(new Uri($"{Runs}/{run}", UriKind.Relative))).Value;
        }
        catch (TimeoutException late)
        {
            foreach (var run in await Listed(platform, workflow)) throw new TimeoutException(await platform.Client.GetStringAsync(new Uri($"{Runs}/{run["id"].AsString()}", UriKind.Relative)), late);
            throw;
        }
    }

    static async Task<List<JsonValue>> Listed(TestPlatform platform, string workflow) =>
        [.. (await platform.List("/runs")).Items.Where(run => run["workflow"].AsString().StartsWith($"{workflow} ", StringComparison.Ordinal))];

    static Task<T> Eventually<T>(Func<Task<T?>> look)
        where T : class => TestPlatform.Eventually("it comes about", look);

    static Task<TestPlatform> Start(params string[] workflows) => Start(TimeProvider.System, workflows);

    static async Task<TestPlatform> Start(TimeProvider clock, params string[] workflows)
    {
        var definitions = DefinitionsCopy.To(Directory.CreateTempSubdirectory("interop-definitions").FullName);
        foreach (var shipped in Directory.GetFiles(Path.Combine(definitions, "workflows"))) File.Delete(shipped);
        for (var number = 0; number < workflows.Length; number++) await File.WriteAllTextAsync(Path.Combine(definitions, "workflows", $"{number}.yaml"), workflows[number]);
        var platform = await TestPlatform.Start(clock, definitions);
        Directory.Delete(definitions, recursive: true);
        await platform.Post("online-contact", "incident-report", TestPlatform.Example("online-contact-incident-report", "burglary.source.json"));
        await platform.SignIn("northshire", "integrator");
        return platform;
    }
}
