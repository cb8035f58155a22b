using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Interop.Platform.Tests.Intake;
using Interop.Platform.Tests.Runs;

namespace Interop.Platform.Tests.Storage.Sqlite;

/// <summary>A message's commits on disk.</summary>
public sealed class SqliteMessageTests : MessageCommits
{
    protected override ValueTask<(IStore Store, IAsyncDisposable? Closing)> Create() => new(Open());

    internal static (IStore Store, IAsyncDisposable? Closing) Open()
    {
        var folder = new TemporaryFolder();
        var store = SqliteStore.Open(folder.Path).Value;
        return (store, new Closing(store, folder));
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

/// <summary>A run's commits on disk.</summary>
public sealed class SqliteRunTests : RunCommits
{
    protected override ValueTask<(IStore Store, IAsyncDisposable? Closing)> Create() => new(SqliteMessageTests.Open());
}
