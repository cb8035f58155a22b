using Interop.Core.Messages;
using Interop.Platform.Connectors;
using Interop.Platform.Definitions;
using Interop.Platform.Delivery;
using Interop.Platform.Identity;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Tests.Definitions;
using Interop.Platform.Tests.Storage;
using Interop.Platform.Work;
using Microsoft.Extensions.DependencyInjection;

namespace Interop.Platform.Tests;

/// <summary>The platform's services on a real store, without a host: nothing is done but what a test does.</summary>
sealed class IdlePlatform : IAsyncDisposable
{
    static readonly Lazy<DefinitionSet> Shipped = new(() => DefinitionSet.Load(CatalogTests.Shipped).Value);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("interop");
    readonly SqliteStore sqlite;
    readonly ServiceProvider services;

    IdlePlatform(DefinitionSet definitions, TimeProvider clock, IStore? store)
    {
        sqlite = SqliteStore.Open(folder.FullName).Value;
        Unwatched = store ?? sqlite;
        Store = new WatchedStore(Unwatched);
        var host = new IdleHost(Secrets);
        services = new ServiceCollection().AddInteropPlatform(new DeliveryOptions(), new SignInOptions())
            .AddSingleton(definitions).AddSingleton<IStore>(Store).AddSingleton<ISecretStore>(host).AddSingleton<IWorkSignal>(host).AddSingleton(clock).BuildServiceProvider();
    }

    internal static OrganisationId Force { get; } = new("northshire");

    internal WatchedStore Store { get; }

    /// <summary>The secrets that the host keeps, by name; none at first.</summary>
    internal Dictionary<string, string> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>The store past those who watch it.</summary>
    internal IStore Unwatched { get; }

    /// <summary>Starts with the repository's definitions, and one more workflow when it is given; on a store of its own unless one is given.</summary>
    internal static async Task<IdlePlatform> Start(string? workflow = null, TimeProvider? clock = null, IStore? store = null)
    {
        var definitions = workflow is null ? Shipped.Value : DefinitionSet.Load(CatalogTests.Shipped.Add("workflows/of-the-test.yaml", workflow)).Value;
        var platform = new IdlePlatform(definitions, clock ?? TimeProvider.System, store);
        Assert.Empty(await platform.services.OpenInteropPlatform(CancellationToken.None));
        return platform;
    }

    internal T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await sqlite.DisposeAsync();
        folder.Delete(recursive: true);
    }

    sealed class IdleHost(Dictionary<string, string> secrets) : ISecretStore, IWorkSignal
    {
        public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult(secrets.GetValueOrDefault(name));

        public void Due(WorkItem item, DateTimeOffset at)
        {
        }
    }
}
