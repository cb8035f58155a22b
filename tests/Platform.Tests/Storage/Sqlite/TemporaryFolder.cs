namespace Interop.Platform.Tests.Storage.Sqlite;

/// <summary>A folder of a test's own, deleted with it.</summary>
sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("interop-store-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
