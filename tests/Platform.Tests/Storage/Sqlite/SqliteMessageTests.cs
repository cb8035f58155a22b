using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Tests.Intake;

namespace Interop.Platform.Tests.Storage.Sqlite;

/// <summary>A message's commits on disk.</summary>
public sealed class SqliteMessageTests : MessageCommits
{
    protected override ValueTask<(IStore Store, IAsyncDisposable? Closing)> Create()
    {
        var folder = new TemporaryFolder();
        var store = SqliteStore.Open(folder.Path).Value;
        return new((store, new Closing(store, folder)));
    }

    sealed class Closing(SqliteStore store, TemporaryFolder folder) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await store.DisposeAsync();
            folder.Dispose();
        }
    }
}
