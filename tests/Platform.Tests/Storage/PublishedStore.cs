using Interop.Core;
using Interop.Platform.Definitions;
using Interop.Platform.Storage.Sqlite;

namespace Interop.Platform.Tests.Storage;

/// <summary>A store in which the repository's mappings and code lists were published before, as after the first start: whoever starts on it need not check them all again, which takes longer than most tests.</summary>
static class PublishedStore
{
    const string File = "store.db";

    static readonly Lazy<Task<byte[]>> Made = new(Make);

    /// <summary>Puts one into a folder, unless there is a store.</summary>
    public static async Task Put(string folder)
    {
        var database = Path.Combine(Directory.CreateDirectory(folder).FullName, File);
        if (System.IO.File.Exists(database)) return;
        await System.IO.File.WriteAllBytesAsync(database, await Made.Value);
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(database, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    static async Task<byte[]> Make()
    {
        var folder = Directory.CreateTempSubdirectory("interop-published");
        await using (var store = SqliteStore.Open(folder.FullName).Value)
        {
            var problems = new ProblemList();
            await new PublishedTexts(store).Publish(Shipped().Texts, _ => [], problems, CancellationToken.None);
            Assert.Equal(0, problems.Count);
        }

        var made = await System.IO.File.ReadAllBytesAsync(Path.Combine(folder.FullName, File));
        folder.Delete(recursive: true);
        return made;
    }

    static DefinitionSet Shipped()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !System.IO.File.Exists(Path.Combine(at.FullName, "Interop.Cloud.sln"))) at = at.Parent;
        return DefinitionFolder.Read(Path.Combine(at?.FullName ?? throw new DirectoryNotFoundException("The tests do not stand in the repository."), "mappings")).Then(DefinitionSet.Load).Value;
    }
}
