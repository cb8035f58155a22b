using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;

namespace Interop.Platform.Tests.Storage.Sqlite;

/// <summary>The contract, kept by the store on disk.</summary>
public sealed class SqliteStoreTests : StoreContract, IDisposable
{
    readonly TemporaryFolder folder = new();
    SqliteStore? store;

    public override async Task DisposeAsync()
    {
        if (store is not null) await store.DisposeAsync();
    }

    public void Dispose() => folder.Dispose();

    protected override ValueTask<IStore> Create() => new(store = SqliteStore.Open(folder.Path, null, Fault.Before, Fault.After).Value);

    protected override async ValueTask<IStore> Reopen(IStore store)
    {
        await ((SqliteStore)store).DisposeAsync();
        return await Create();
    }
}
