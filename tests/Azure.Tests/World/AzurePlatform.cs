using System.Collections.Immutable;
using System.Net;
using Azure.Messaging.ServiceBus;
using Interop.Functions.Hosting;
using Interop.Functions.Runs;
using Interop.Functions.Work;
using Interop.Local.Secrets;
using Interop.Local.Tests.Journeys;
using Interop.Platform;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Identity;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Interop.Azure.Tests.World;

/// <summary>How an <see cref="AzurePlatform"/> differs from the usual.</summary>
sealed record AzureWorld
{
    /// <summary>Business time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long a stretch of business time takes.</summary>
    public Func<TimeSpan, TimeSpan> ToReal { get; init; } = time => time;

    /// <summary>How long ago a row must have been due for the sweep to signal it; null for no sweep but a test's own, so that none counts or sees what a sweep adds where the machine is slow.</summary>
    public TimeSpan? Grace { get; init; }

    /// <summary>Where systems are reached.</summary>
    public Func<KeyFile, Task<ImmutableDictionary<string, Uri>>> Addresses { get; init; } = _ => Task.FromResult(ImmutableDictionary<string, Uri>.Empty);

    /// <summary>Workflows in place of the repository's; null for those.</summary>
    public IReadOnlyList<string>? Workflows { get; init; }

    /// <summary>What else is registered, or in another way.</summary>
    public Action<IServiceCollection> Services { get; init; } = _ => { };
}

/// <summary>The whole Azure host in this process: its own wiring, orchestrator and site; a real Durable worker and sidecar over gRPC, a bus and SQLite in the place of the services of Azure.</summary>
sealed class AzurePlatform : IAsyncDisposable
{
    // What is executed of what Azure would count as functions, but for those of the bus.
    sealed class Executions
    {
        public int Requests;
        public int Turns;
        public int Activities;
    }

    static readonly Lazy<ImmutableSortedDictionary<string, string>> Files = new(() => DefinitionFolder.Read(TestPlatform.Mappings).Value);

    /// <summary>The repository's definitions, read once.</summary>
    public static readonly Lazy<DefinitionSet> Shipped = new(() => DefinitionSet.Load(Files.Value).Value);

    // So often the timer moves to another instance, which knows nothing of what the one before told of: where business time stands still, nothing else would tell of a lost signal again.
    const int SweepsOfAnInstance = 10;

    readonly WebApplication web;
    readonly Executions executions;
    readonly SqliteStore sqlite;
    readonly DirectoryInfo folder;
    readonly CancellationTokenSource stopping = new();
    readonly Task sweeping;

    AzurePlatform(WebApplication web, Executions executions, SqliteStore sqlite, DirectoryInfo folder, DurableTaskTestHost durable, InProcessBus bus, CountingStore store, KeyFile keys, TimeSpan? grace) =>
        (this.web, this.executions, this.sqlite, this.folder, Durable, Bus, Store, Keys, sweeping) = (web, executions, sqlite, folder, durable, bus, store, keys, Sweep(web.Services, grace, stopping.Token));

    public DurableTaskTestHost Durable { get; }

    public InProcessBus Bus { get; }

    public CountingStore Store { get; }

    public KeyFile Keys { get; }

    /// <summary>How often a function was executed: for a request, for a message of the bus, as an activity, and as a turn of the orchestrator, replays and all.</summary>
    public (int Requests, int Signals, int Activities, int Turns) Executed => (Volatile.Read(ref executions.Requests), Bus.Seen.Count, Volatile.Read(ref executions.Activities), Volatile.Read(ref executions.Turns));

    public Uri Address => new(web.Urls.First());

    public T Get<T>()
        where T : notnull => web.Services.GetRequiredService<T>();

    public static async Task<AzurePlatform> Start(AzureWorld? world = null)
    {
        world ??= new AzureWorld();
        var scratch = Directory.CreateTempSubdirectory("interop");
        var definitions = world.Workflows is { } workflows ? With(workflows) : Shipped.Value;
        await PublishedStore.Put(scratch.FullName);
        var opened = SqliteStore.Open(scratch.FullName).Value;
        var (store, bus, keys) = (new CountingStore(opened), new InProcessBus(), KeyFile.Open(scratch.FullName, definitions).Value);
        var counts = new Executions();
        var app = await Build(world, definitions, store, bus, keys, counts);
        var perform = app.Services.GetRequiredService<PerformRow>();
        var durable = await OnAFreePort(port => DurableTaskTestHost.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc<RunNews, string>(nameof(WorkflowRun), (context, news) => Counted(ref counts.Turns, new WorkflowRun().RunAsync(context, news)))
                .AddActivityFunc<DueRow, RunNews>(nameof(PerformRow), (_, row) => Counted(ref counts.Activities, perform.Perform(row))),
            new DurableTaskTestHostOptions { Port = port }));
        var work = app.Services.GetRequiredService<BusWork>();
        bus.Taker = (message, settlements) => work.Take(message, settlements, durable.Client, CancellationToken.None);
        Assert.Empty(await app.Services.OpenInteropPlatform(CancellationToken.None));
        await app.StartAsync();
        return new AzurePlatform(app, counts, opened, scratch, durable, bus, store, keys, world.Grace);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await sweeping;
        stopping.Dispose();
        await web.StopAsync();
        await Durable.DisposeAsync();
        await web.DisposeAsync();
        await sqlite.DisposeAsync();
        folder.Delete(recursive: true);
    }

    // The sidecar of the Durable host would log each of its calls to the console.
    [System.Runtime.CompilerServices.ModuleInitializer]
    internal static void Quiet() => Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Error");

    static async Task<WebApplication> Build(AzureWorld world, DefinitionSet definitions, IStore store, InProcessBus bus, KeyFile keys, Executions counts)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Interop.Functions", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(definitions).AddSingleton(store).AddSingleton<ISecretStore>(keys).AddSingleton<ServiceBusSender>(bus).AddSingleton(world.Clock);
        builder.Services.AddSingleton(new WallClock(world.Clock, TimeProvider.System, world.ToReal));
        builder.Services.AddInteropPlatform(new DeliveryOptions { Addresses = await world.Addresses(keys), AllowPrivateNetworks = true }, new SignInOptions()).AddInteropWork();
        world.Services(builder.Services);
        var app = builder.Build();
        var site = app.Services.GetRequiredService<Site>();
        app.Run(async context => await (await Counted(ref counts.Requests, site.Answer(context))).ExecuteAsync(context));
        return app;
    }

    // As the timer does, but more often.
    static async Task Sweep(IServiceProvider services, TimeSpan? grace, CancellationToken stopping)
    {
        if (grace is not { } ago) return;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        var sweep = services.GetRequiredService<DueSweep>();
        try
        {
            for (var sweeps = 1; await timer.WaitForNextTickAsync(stopping); sweeps++)
            {
                await sweep.Signal(ago, stopping);
                if (sweeps % SweepsOfAnInstance == 0) sweep = ActivatorUtilities.CreateInstance<DueSweep>(services);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    static DefinitionSet With(IReadOnlyList<string> workflows) => DefinitionSet.Load(Files.Value.RemoveRange(Files.Value.Keys.Where(file => file.StartsWith("workflows/", StringComparison.Ordinal)))
        .AddRange(workflows.Select((workflow, number) => KeyValuePair.Create($"workflows/{number}.yaml", workflow)))).Value;

    static T Counted<T>(ref int count, T called)
    {
        Interlocked.Increment(ref count);
        return called;
    }

    // The Durable host asks for a port by its number, and whoever binds one in between may have it: then it is another.
    static async Task<DurableTaskTestHost> OnAFreePort(Func<int, Task<DurableTaskTestHost>> start)
    {
        const int most = 20;
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await start(FreePort());
            }
            catch (IOException taken) when (taken.InnerException is AddressInUseException && tries < most)
            {
                // Another has it by now.
            }
        }
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
