using Interop.Platform.Storage;
using Interop.Platform.Storage.Tables;
using Interop.Platform.Tests.Intake;

namespace Interop.Platform.Tests.Storage.Tables;

/// <summary>A message's commits in a storage account.</summary>
[Collection(AzuriteTests.Name)]
public sealed class TablesMessageTests(Azurite azurite) : MessageCommits
{
    protected override async ValueTask<(IStore Store, IAsyncDisposable? Closing)> Create() => (await TablesStore.Open(azurite.New(new Fault(), out _), TimeProvider.System, CancellationToken.None), null);
}
