using Interop.Platform.Storage;
using Interop.Platform.Storage.Tables;

namespace Interop.Platform.Tests.Storage.Tables;

/// <summary>The contract, kept by the store in a storage account.</summary>
[Collection(AzuriteTests.Name)]
public sealed class TablesStoreTests(Azurite azurite) : StoreContract
{
    string name = "";

    public override Task DisposeAsync() => Task.CompletedTask;

    protected override async ValueTask<IStore> Create() => await TablesStore.Open(azurite.New(Fault, out name), TimeProvider.System, None);

    protected override async ValueTask<IStore> Reopen(IStore store) => await TablesStore.Open(azurite.Of(name, Fault), TimeProvider.System, None);
}
