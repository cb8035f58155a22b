using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Interop.Core;
using Interop.Core.Json;
using Interop.Local.Demo;
using Interop.Local.Secrets;
using Interop.Local.Simulators;
using Interop.Local.Time;
using Interop.Platform.Definitions;
using Interop.Platform.Tests.Storage;
using Xunit.Abstractions;

namespace Interop.Local.Tests.Journeys;

/// <summary>The platform is killed at random points of the journey and started again: nothing is lost, and no system is asked for an effect twice.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    const string Force = "northshire";
    const int Kills = 30;
    const string SeedVariable = "INTEROP_KILL_SEED";
    const int SeedOfEveryDay = 20_261_128;
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);
    static readonly TimeSpan Day = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Memory = TimeSpan.FromDays(3_650);

    // When a kill comes: before the platform listens, at any time after, or just after a system was spoken to or spoke.
    enum Moment
    {
        Starting,
        AnyTime,
        Busy,
    }

    // A journey is quiet most of the time: what may go wrong lies where something happens.
    static readonly ImmutableArray<Moment> Moments = [Moment.Starting, Moment.AnyTime, Moment.Busy, Moment.Busy];

    [Fact]
    public async Task Journey_KilledThirtyTimes_HasEachEffectOnce()
    {
        var seed = Environment.GetEnvironmentVariable(SeedVariable) is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : SeedOfEveryDay;
        output.WriteLine($"{SeedVariable}={seed}");
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("interop");
        await PublishedStore.Put(folder.FullName);
        var mappings = DefinitionsCopy.To(folder.CreateSubdirectory("mappings").FullName);
        DefinitionsCopy.Change(mappings, "systems/notify.yaml", "remembers: P7D", $"remembers: P{Memory.Days}D");
        DefinitionsCopy.Change(mappings, "systems/notify.yaml", "remembers: P7D", $"remembers: P{Memory.Days}D");
        var clock = new ScaledTimeProvider(JourneyPlan.DefaultStart, TimeSpan.FromDays(1) / Day);
        await using var systems = await Systems(folder.FullName, clock);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var doomed = ChildPlatform.Start(folder.FullName, systems, clock, mappings);
            var moment = kill == 0 ? Moment.Busy : Moments[random.Next(Moments.Length)];
            if (moment != Moment.Starting) Connect(systems, await doomed.Listening(), isFirst: kill == 0);
            if (moment == Moment.Busy) await Activity(systems);
            var wait = TimeSpan.FromMilliseconds(random.Next(moment == Moment.Busy ? 30 : 600));
            await Task.Delay(wait);
            await doomed.Kill();
            output.WriteLine($"{moment}+{wait.TotalMilliseconds}ms: {string.Join(' ', systems.All.Select(system => $"{system.Id}={system.Received.Entries.Count}/{system.Sent.Entries.Count}"))}");
        }

        using var last = ChildPlatform.Start(folder.FullName, systems, clock, mappings);
        var address = await last.Listening();
        systems.Connect(address);
        var run = await RunEnds(address, clock);
        using var idle = new CancellationTokenSource(Longest);
        await systems.WhenIdleAsync(idle.Token);

        // A platform that is down for days of the fast clock may breach a limit; what counts here is that it does each thing, and once.
        var report = (await PlatformReports.Of(address, Force, run, CancellationToken.None)) with { BreachedClocks = [] };
        var reasons = JourneyCheck.Reasons(SystemsReport.Of(systems), report);
        foreach (var line in last.Lines) output.WriteLine(line);
        Assert.True(reasons.IsEmpty, $"{SeedVariable}={seed}\n{string.Join('\n', reasons)}");
        await last.Kill();
        folder.Delete(recursive: true);
    }

    // The real Notify tries a receipt six times in half an hour and answers for a message for seven days. On the fast clock those are fourteen seconds, less than a few starts on a busy machine take:
    // the simulated one has more patience and a longer memory here, and its definition says so.
    static async Task<SimulatedSystems> Systems(string folder, TimeProvider clock)
    {
        var keys = Demand(KeyFile.Open(folder, Demand(DefinitionFolder.Read(TestPlatform.Mappings).Then(DefinitionSet.Load))));
        return Demand(await SimulatedSystems.StartAsync(new SimulatedSystemsOptions { Keys = keys.All, Clock = clock, Notify = new() { CallbackRetries = 200, Retention = Memory } }));
    }

    static void Connect(SimulatedSystems systems, Uri platform, bool isFirst)
    {
        if (isFirst) systems.Play(platform);
        else systems.Connect(platform);
    }

    // Looks for up to a second, since there may be nothing to do for longer.
    static async Task Activity(SimulatedSystems systems)
    {
        var before = Count(systems);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var looks = 0; looks < 1_000 && Count(systems) == before; looks++) await timer.WaitForNextTickAsync();
    }

    static int Count(SimulatedSystems systems) => systems.All.Sum(system => system.Received.Entries.Sum(entry => entry.Requests) + system.Sent.Entries.Count);

    async Task<string> RunEnds(Uri address, TimeProvider clock)
    {
        var (seen, run) = (JsonValue.Null, default(string));
        using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = address };
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("organisation", Force), KeyValuePair.Create("role", "analyst")]);
        using (await client.PostAsync(new Uri("/signin", UriKind.Relative), form)) { }
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        var until = TimeProvider.System.GetUtcNow() + Longest;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            // A platform that is killed again and again begins late by the fast clock, on any of the days that have passed.
            for (var day = JourneyPlan.DefaultStart; run is null && day < clock.GetUtcNow().AddDays(1); day = day.AddDays(1))
                run = JsonValue.Parse(await client.GetByteArrayAsync(new Uri($"/api/organisations/{Force}/runs?day={day:yyyy-MM-dd}", UriKind.Relative)), JsonLimits.Stored).Value[0]["id"].StringOrNull;
            if (run is not null)
            {
                seen = JsonValue.Parse(await client.GetByteArrayAsync(new Uri($"/api/organisations/{Force}/runs/{run}", UriKind.Relative)), JsonLimits.Stored).Value;
                if (seen["status"].StringOrNull is "completed" or "faulted") return run;
            }

            await timer.WaitForNextTickAsync();
        }

        foreach (var entry in seen["timeline"].Items) output.WriteLine($"{entry["at"]} {entry["direction"]} {entry["system"]} {entry["type"]} {entry["kind"]} {entry["status"]} {entry["note"]} {entry["id"]}");
        foreach (var entry in seen["journal"].Items.TakeLast(40)) output.WriteLine(entry.ToString());
        throw new TimeoutException($"The run did not end; it waits for {seen["waiting"]}.");
    }

    static T Demand<T>(Outcome<T> outcome) => outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(string.Join('\n', outcome.Problems));
}
