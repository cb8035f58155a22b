using System.Text;
using Interop.Platform.Storage;
using Interop.Platform.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Interop.Platform.Tests.Storage.Sqlite;

public sealed class SqliteOpeningTests : IDisposable
{
    readonly TemporaryFolder temporary = new();

    string Folder => Path.Combine(temporary.Path, "store");

    string Database => Path.Combine(Folder, "store.db");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task Open_InUse_IsRefusedUntilTheFirstIsClosed()
    {
        var first = SqliteStore.Open(Folder).Value;
        var refused = Assert.Single(SqliteStore.Open(Folder).Problems);
        Assert.Equal("store-locked", refused.Rule);
        Assert.Contains(Folder, refused.Message, StringComparison.Ordinal);

        // The refused opener must not have taken the first one's locks away.
        Assert.IsType<CommitOutcome.Done>(await first.Commit("a", [new Change.Insert("b", default)], default));
        await first.DisposeAsync();
        await using var second = SqliteStore.Open(Folder).Value;
        Assert.NotNull(await second.Read("a", "b", default));
    }

    [Fact]
    public void Open_WhereNoFolderCanBe_SaysThatItCannotBeCreated()
    {
        File.WriteAllText(Folder, "");

        Assert.Contains("cannot be created", Assert.Single(SqliteStore.Open(Path.Combine(Folder, "below")).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 2", "store-newer", "schema 2")]
    [InlineData("PRAGMA application_id = 7", "store-foreign", "not a store of this program")]
    public async Task Open_OfAnotherVersionOrProgram_IsRefusedAndLeftAsItWas(string change, string rule, string message)
    {
        await SqliteStore.Open(Folder).Value.DisposeAsync();
        Execute("PRAGMA journal_mode = DELETE; " + change);
        var before = await File.ReadAllBytesAsync(Database);

        var refused = Assert.Single(SqliteStore.Open(Folder).Problems);
        Assert.Equal(rule, refused.Rule);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Database));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(5_000)]
    public async Task Open_OfGarbage_IsRefusedAndLeftAsItWas(int length)
    {
        Directory.CreateDirectory(Folder);
        var garbage = Enumerable.Repeat((byte)'x', length).ToArray();
        await File.WriteAllBytesAsync(Database, garbage);
        Assert.Equal("store-foreign", Assert.Single(SqliteStore.Open(Folder).Problems).Rule);
        Assert.Equal(garbage, await File.ReadAllBytesAsync(Database));
    }

    [Fact]
    public void Open_OfAnotherProgramsDatabase_IsRefused()
    {
        Directory.CreateDirectory(Folder);
        Execute("CREATE TABLE theirs (it TEXT)");
        Assert.Equal("store-foreign", Assert.Single(SqliteStore.Open(Folder).Problems).Rule);
    }

    [Fact]
    public async Task Open_WhereAFileStands_IsRefused()
    {
        await File.WriteAllTextAsync(Folder, "");
        foreach (var folder in new[] { Folder, Path.Combine(Folder, "below") })
        {
            var refused = Assert.Single(SqliteStore.Open(folder).Problems);
            Assert.Equal("store-folder", refused.Rule);
            Assert.Contains(folder, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_WhereTheDatabaseIsAFolder_IsRefusedAndLetsGo()
    {
        Directory.CreateDirectory(Database);
        Assert.Equal("store-folder", Assert.Single(SqliteStore.Open(Folder).Problems).Rule);
        Assert.Equal("store-folder", Assert.Single(SqliteStore.Open(Folder).Problems).Rule);
    }

    [SkippableFact]
    public async Task Open_OfANewStore_IsTheOwnersOnly()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no such permissions.");
        await using var store = SqliteStore.Open(Folder).Value;
        await store.Commit("a", [new Change.Insert("b", default)], default);
        Assert.Equal(["store.db", "store.db-shm", "store.db-wal", "store.lock"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in Directory.GetFiles(Folder))
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Dispose_LeavesOneDatabaseWithoutALog_AndTheStoreClosed()
    {
        var store = SqliteStore.Open(Folder).Value;
        await store.Commit("a", [new Change.Insert("b", default)], default);
        await store.DisposeAsync();
        await store.DisposeAsync();

        Assert.Equal(["store.db", "store.lock"], Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.Read("a", "b", default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await store.Commit("a", [new Change.Delete("b")], default));
    }

    [Fact]
    public async Task Dispose_AfterADeletion_LeavesNothingOfTheRowInTheFiles()
    {
        const string content = "what was to be erased";
        var store = SqliteStore.Open(Folder).Value;
        await store.Commit("a", [new Change.Insert("b", Encoding.ASCII.GetBytes(content)), new Change.Insert("c", Encoding.ASCII.GetBytes(content))], default);
        await store.Commit("a", [new Change.Delete("b"), new Change.Upsert("c", default)], default);
        await store.DisposeAsync();

        foreach (var file in Directory.GetFiles(Folder)) Assert.DoesNotContain(content, Encoding.ASCII.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenToRead_BesideTheWriter_SeesItsCommitsAndWritesNothing()
    {
        await using var writer = SqliteStore.Open(Folder).Value;
        await using var reader = SqliteStore.OpenToRead(Folder).Value;
        await writer.Commit("a", [new Change.Insert("b", default)], default);

        Assert.NotNull(await reader.Read("a", "b", default));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await reader.Commit("a", [new Change.Delete("b")], default));
    }

    [Fact]
    public async Task OpenToRead_OfNothingOrAnotherProgramsFile_IsRefused()
    {
        Assert.Equal("store-missing", Assert.Single(SqliteStore.OpenToRead(Folder).Problems).Rule);
        Assert.False(Directory.Exists(Folder));
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Database, new string('x', 5_000));
        Assert.Equal("store-foreign", Assert.Single(SqliteStore.OpenToRead(Folder).Problems).Rule);
    }

    void Execute(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        SqliteSchema.Run(connection, text);
    }
}
