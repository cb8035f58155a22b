using System.Collections.Concurrent;
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
    static readonly ConcurrentDictionary<string, Lazy<DefinitionSet>> Loaded = new(StringComparer.Ordinal);

    readonly DirectoryInfo folder;
    readonly SqliteStore sqlite;
    readonly ServiceProvider services;

    IdlePlatform(DirectoryInfo folder, DefinitionSet definitions, TimeProvider clock, IStore? store)
    {
        this.folder = folder;
        sqlite = SqliteStore.Open(folder.FullName).Value;
        Unwatched = store ?? sqlite;
        Store = new WatchedStore(store is null ? sqlite : new Beside(store, sqlite));
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
        var definitions = Loaded.GetOrAdd(workflow ?? "", _ => new(() => DefinitionSet.Load(workflow is null ? CatalogTests.Shipped : CatalogTests.Shipped.Add("workflows/of-the-test.yaml", workflow)).Value)).Value;
        var scratch = Directory.CreateTempSubdirectory("interop");
        await PublishedStore.Put(scratch.FullName);
        var platform = new IdlePlatform(scratch, definitions, clock ?? TimeProvider.System, store);
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

    // A store that is given has all but the definitions, which are many and no test's subject: to publish them in an account takes longer than the tests.
    sealed class Beside(IStore given, IStore definitions) : IStore
    {
        public ValueTask<Row?> Read(string partition, string key, CancellationToken cancellation) => Of(partition).Read(partition, key, cancellation);

        public IAsyncEnumerable<Row> Range(string partition, string from, string? to, int limit, CancellationToken cancellation) => Of(partition).Range(partition, from, to, limit, cancellation);

        public ValueTask<CommitOutcome> Commit(string partition, IReadOnlyList<Change> changes, CancellationToken cancellation) => Of(partition).Commit(partition, changes, cancellation);

        public IAsyncEnumerable<Row> Due(DateTimeOffset until, int limit, CancellationToken cancellation) => given.Due(until, limit, cancellation);

        public ValueTask<DateTimeOffset?> NextDue(CancellationToken cancellation) => given.NextDue(cancellation);

        public ValueTask Purge(CancellationToken cancellation) => given.Purge(cancellation);

        IStore Of(string partition) => PartitionKey.Split(partition)[0] == "platform" ? definitions : given;
    }

    sealed class IdleHost(Dictionary<string, string> secrets) : ISecretStore, IWorkSignal
    {
        public ValueTask<string?> Read(string name, CancellationToken cancellation) => ValueTask.FromResult(secrets.GetValueOrDefault(name));

        public void Due(WorkItem item, DateTimeOffset at)
        {
        }
    }
}
