using Interop.Azure.Tests.World;
using Interop.Local.Secrets;
using Interop.Local.Work;
using Interop.Platform;
using Interop.Platform.Connectors;
using Interop.Platform.Delivery;
using Interop.Platform.Identity;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Tests.Storage;
using Interop.Platform.Work;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Interop.Azure.Tests.Shells;

/// <summary>A host of the platform, for a script to be played on.</summary>
interface IShell : IAsyncDisposable
{
    T Get<T>()
        where T : notnull;
}

/// <summary>The Azure host; its timers are set so far off that only the clock of the script lets one fire.</summary>
sealed class DurableShell(AzurePlatform platform) : IShell
{
    public static async Task<IShell> Start(TimeProvider clock, Action<IServiceCollection> services) =>
        new DurableShell(await AzurePlatform.Start(new AzureWorld { Clock = clock, Grace = TimeSpan.Zero, ToReal = wait => wait > TimeSpan.Zero ? TimeSpan.FromDays(1) : wait, Services = services }));

    public T Get<T>()
        where T : notnull => platform.Get<T>();

    public ValueTask DisposeAsync() => platform.DisposeAsync();
}

/// <summary>The host of one machine, with its own worker.</summary>
sealed class LocalShell(IHost host, SqliteStore store, DirectoryInfo folder) : IShell
{
    public static async Task<IShell> Start(TimeProvider clock, Action<IServiceCollection> services)
    {
        var folder = Directory.CreateTempSubdirectory("interop");
        var definitions = AzurePlatform.Shipped.Value;
        await PublishedStore.Put(folder.FullName);
        var store = SqliteStore.Open(folder.FullName).Value;
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(definitions).AddSingleton<IStore>(store).AddSingleton<ISecretStore>(KeyFile.Open(folder.FullName, definitions).Value).AddSingleton(clock);
        builder.Services.AddSingleton<Worker>().AddSingleton<IWorkSignal>(provider => provider.GetRequiredService<Worker>()).AddHostedService(provider => provider.GetRequiredService<Worker>());
        builder.Services.AddInteropPlatform(new DeliveryOptions { AllowPrivateNetworks = true }, new SignInOptions());
        services(builder.Services);
        var host = builder.Build();
        Assert.Empty(await host.Services.OpenInteropPlatform(CancellationToken.None));
        await host.StartAsync();
        return new LocalShell(host, store, folder);
    }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
