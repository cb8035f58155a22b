using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Interop.Core.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit.Abstractions;

namespace Interop.Local.Tests.Journeys;

/// <summary>The platform is killed at random points while many runs work side by side: each call of each run reaches the other side under one key, and no run is lost.</summary>
public sealed class ManyRunsKillTests(ITestOutputHelper output) : IAsyncLifetime
{
    const int Runs = 50;
    const string KillsVariable = "INTEROP_KILLS";
    const string SeedVariable = "INTEROP_KILL_SEED";
    const int SeedOfEveryDay = 20_261_128;
    const int KillsOfEveryDay = 12;
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    static readonly int Kills = Environment.GetEnvironmentVariable(KillsVariable) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : KillsOfEveryDay;

    // So many that the runs are still at work when the last kill comes.
    static readonly int Rounds = 2 * Kills;

    // By run and round, the keys under which it was asked for, and how often.
    readonly ConcurrentDictionary<(string Run, int Round), ConcurrentDictionary<string, int>> asked = new();
    WebApplication other = null!;
    string definitions = "";

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        other = builder.Build();
        other.MapPost("/", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var note = JsonValue.Parse(body.ToArray()).Value;
            asked.GetOrAdd((note["run"].AsString(), (int)note["round"].AsNumber()), _ => new()).AddOrUpdate(context.Request.Headers["Idempotency-Key"].ToString(), 1, (_, times) => times + 1);
            await context.Response.WriteAsJsonAsync(new { noted = true });
        });
        await other.StartAsync();
        definitions = RunWorld.Definitions(
            $$"""
            document: { dsl: '1.0.3', namespace: tests, name: many, version: '1.0.0' }
            schedule: { on: { one: { with: { type: incident.reported } } } }
            do:
              - begin:
                  for: { each: number, in: '${ [range({{Runs}})] }' }
                  do: [ { one: { run: { await: false, workflow: { namespace: tests, name: one, version: '1.0.0', input: { rounds: {{Rounds}} } } } } } ]
            """,
            $$"""
            document: { dsl: '1.0.3', namespace: tests, name: one, version: '1.0.0' }
            do:
              - rounds:
                  for: { each: round, in: '${ [range(.rounds)] }' }
                  do:
                    - note: { call: http, with: { method: post, endpoint: '{{other.Urls.First()}}/', body: { run: '${ $workflow.id }', round: '${ $round }' } } }
                    - rest: { wait: { milliseconds: 100 } }
            """);
    }

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        Directory.Delete(definitions, recursive: true);
    }

    [Fact]
    public async Task FiftyRuns_KilledAgainAndAgain_LoseNothingAndAskOnce()
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : SeedOfEveryDay;
        output.WriteLine($"{SeedVariable}={seed} {KillsVariable}={Kills}");
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("interop").FullName;
        var first = await TestPlatform.Start(mappings: definitions, folder: folder);
        using (var answer = await first.Post("online-contact", "incident-report", TestPlatform.Example("online-contact-incident-report", "burglary.source.json"))) answer.EnsureSuccessStatusCode();
        await first.Stop();

        for (var kill = 0; kill < Kills; kill++)
        {
            using var doomed = ChildPlatform.Start(folder, definitions);

            // One in four is killed while it starts.
            if (random.Next(4) > 0) await doomed.Listening();
            await Task.Delay(random.Next(600));
            await doomed.Kill();
            if (kill % 20 == 19) output.WriteLine($"after {kill + 1} kills: {asked.Count} of {Runs * Rounds} calls");
        }

        output.WriteLine($"after the last kill: {asked.Count} of {Runs * Rounds} calls");
        using var last = ChildPlatform.Start(folder, definitions);
        var runs = await AllEnd(await last.Listening());
        await last.Kill();
        Assert.Equal(Runs + 1, runs.Count);
        Directory.Delete(folder, recursive: true);

        var again = asked.Values.Sum(keys => keys.Values.Sum(times => times - 1));
        output.WriteLine($"{asked.Count} calls, {again} of them sent again under their key");
        Assert.Equal(Runs * Rounds, asked.Count);
        Assert.All(asked, call => Assert.Single(call.Value));
        Assert.Equal(asked.Count, asked.Values.SelectMany(keys => keys.Keys).Distinct(StringComparer.Ordinal).Count());
    }

    static async Task<List<JsonValue>> AllEnd(Uri address)
    {
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("organisation", "northshire"), KeyValuePair.Create("role", "analyst")]);
        using (await client.PostAsync(new Uri("/signin", UriKind.Relative), form)) { }
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var until = TimeProvider.System.GetUtcNow() + Longest;
        List<JsonValue> runs = [];
        while (TimeProvider.System.GetUtcNow() < until)
        {
            // Of this day and the one before: midnight may have passed since they began.
            runs = [];
            foreach (var day in new[] { TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow().AddDays(-1) })
                runs.AddRange(JsonValue.Parse(await client.GetByteArrayAsync(new Uri($"/api/organisations/northshire/runs?day={day:yyyy-MM-dd}", UriKind.Relative)), JsonLimits.Stored).Value.Items);
            if (runs.Count > Runs && runs.TrueForAll(run => run["status"] == "completed")) return runs;
            await timer.WaitForNextTickAsync();
        }

        throw new TimeoutException($"The runs did not end: {string.Join(", ", runs.CountBy(run => run["status"].ToString()).Select(pair => $"{pair.Value} {pair.Key}"))}.");
    }
}
