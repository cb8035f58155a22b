using Interop.Platform.Storage;
using Interop.Platform.Storage.Tables;
using Interop.Platform.Tests.Intake;
using Interop.Platform.Tests.Runs;

namespace Interop.Platform.Tests.Storage.Tables;

/// <summary>A message's commits in a storage account.</summary>
[Collection(AzuriteTests.Name)]
public sealed class TablesMessageTests(Azurite azurite) : MessageCommits
{
    protected override async ValueTask<(IStore Store, IAsyncDisposable? Closing)> Create() => (await Open(azurite), null);

    internal static Task<TablesStore> Open(Azurite azurite) => TablesStore.Open(azurite.New(new Fault(), out _), TimeProvider.System, CancellationToken.None);
}

/// <summary>A run's commits in a storage account.</summary>
[Collection(AzuriteTests.Name)]
public sealed class TablesRunTests(Azurite azurite) : RunCommits
{
    protected override async ValueTask<(IStore Store, IAsyncDisposable? Closing)> Create() => (await TablesMessageTests.Open(azurite), null);
}
