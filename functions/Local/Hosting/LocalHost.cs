using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Interop.Core;
using Interop.Local.Secrets;
using Interop.Local.Work;
using Interop.Platform;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Identity;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Work;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;

namespace Interop.Local.Hosting;

/// <summary>The platform on one machine: Kestrel on 127.0.0.1, SQLite, a worker in this process.</summary>
sealed class LocalHost : IAsyncDisposable
{
    readonly WebApplication web;
    readonly SqliteStore store;

    LocalHost(WebApplication web, SqliteStore store, KeyFile keys) => (this.web, this.store, Keys) = (web, store, keys);

    public IServiceProvider Services => web.Services;

    public KeyFile Keys { get; }

    /// <summary>Where it listens, once started.</summary>
    public Uri Address => new(web.Urls.First());

    /// <summary>Opens everything and starts listening; or every reason why that cannot be, each in one line.</summary>
    public static async Task<Outcome<LocalHost>> Start(LocalOptions options, CancellationToken cancellation)
    {
        var definitions = options.Read(options.Mappings);
        if (!definitions.Succeeded) return definitions.Problems;
        var opened = SqliteStore.Open(options.Folder);
        if (!opened.Succeeded) return opened.Problems;
        var keys = KeyFile.Open(options.Folder, definitions.Value);
        if (!keys.Succeeded) return await Refuse(opened.Value, keys.Problems);
        var addresses = await options.Addresses(keys.Value, cancellation);
        if (!addresses.Succeeded) return await Refuse(opened.Value, addresses.Problems);
        if (Unknown(addresses.Value, definitions.Value) is { IsEmpty: false } unknown) return await Refuse(opened.Value, unknown);

        var app = Build(options, definitions.Value, opened.Value, keys.Value, addresses.Value);
        var problems = await Start(app, options, cancellation);
        if (problems.IsEmpty) return new LocalHost(app, opened.Value, keys.Value);
        await app.DisposeAsync();
        return await Refuse(opened.Value, problems);
    }

    /// <summary>Opens everything, as <see cref="Start(LocalOptions, CancellationToken)"/> does, and neither listens nor works: for what is done to a store while no platform runs on it.</summary>
    public static async Task<int> Beside(LocalOptions options, Func<IServiceProvider, Task<int>> act, Func<ImmutableArray<Problem>, int> refuse, CancellationToken cancellation)
    {
        var definitions = options.Read(options.Mappings);
        if (!definitions.Succeeded) return refuse(definitions.Problems);
        var opened = SqliteStore.Open(options.Folder);
        if (!opened.Succeeded) return refuse(opened.Problems);
        await using var held = opened.Value;
        var keys = KeyFile.Open(options.Folder, definitions.Value);
        if (!keys.Succeeded) return refuse(keys.Problems);
        await using var app = Build(options, definitions.Value, held, keys.Value, ImmutableDictionary<string, Uri>.Empty);
        return await app.Services.OpenInteropPlatform(cancellation) is { IsEmpty: false } problems ? refuse(problems) : await act(app.Services);
    }

    static async Task<ImmutableArray<Problem>> Start(WebApplication app, LocalOptions options, CancellationToken cancellation)
    {
        try
        {
            if (await app.Services.OpenInteropPlatform(cancellation) is { IsEmpty: false } problems) return problems;
            await app.StartAsync(cancellation);
            return [];
        }
        catch (StoreException failed)
        {
            return [new Problem("store", failed.Message)];
        }
        catch (IOException failed) when (failed.InnerException is AddressInUseException)
        {
            return [new Problem("port", $"Port {options.Port} of 127.0.0.1 is in use. Stop what uses it, or choose another with --port.")];
        }
        catch (SocketException failed)
        {
            return [new Problem("port", $"Port {options.Port} of 127.0.0.1 cannot be listened on: {failed.Message}. Choose another with --port.")];
        }
    }

    static ImmutableArray<Problem> Unknown(ImmutableDictionary<string, Uri> addresses, DefinitionSet definitions)
    {
        var known = definitions.Systems.Select(system => system.Id.Value).Order(StringComparer.Ordinal).ToArray();
        return [.. addresses.Keys.Except(known).Select(id => new Problem("unknown-system", $"--system {id} names a system that no definition has. Known are: {string.Join(", ", known)}.", Value: id))];
    }

    /// <summary>Until Ctrl+C, or the end of the process.</summary>
    public Task WaitForShutdown(CancellationToken cancellation) => web.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
        await store.DisposeAsync();
    }

    static WebApplication Build(LocalOptions options, DefinitionSet definitions, SqliteStore store, KeyFile keys, ImmutableDictionary<string, Uri> addresses)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Interop.Local", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(options.IsQuiet ? LogLevel.Error : LogLevel.Warning)
            // A failed start is told in a line of its own. The sign-in keys stand in a folder that only its owner reads, as all other keys do.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddSingleton(definitions).AddSingleton<IStore>(store).AddSingleton<ISecretStore>(keys).AddSingleton(options.Clock);
        builder.Services.AddSingleton<Worker>().AddSingleton<IWorkSignal>(services => services.GetRequiredService<Worker>());
        builder.Services.AddHostedService(services => services.GetRequiredService<Worker>());
        builder.Services.AddDataProtection().SetApplicationName("Interop.Local").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.Folder, "sign-in")));
        builder.Services.AddInteropPlatform(new DeliveryOptions { Addresses = addresses, AllowPrivateNetworks = true }, new SignInOptions());
        var app = builder.Build();
        app.UseInteropPlatform();
        return app;
    }

    static async Task<ImmutableArray<Problem>> Refuse(SqliteStore store, ImmutableArray<Problem> problems)
    {
        await store.DisposeAsync();
        return problems;
    }
}
