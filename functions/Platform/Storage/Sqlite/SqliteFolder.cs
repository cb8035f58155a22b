using Interop.Core;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>The folder of one store, held for one process: while this lives, no other host opens the folder.</summary>
sealed class SqliteFolder : IDisposable
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // errno EAGAIN on Linux and on macOS, and ERROR_SHARING_VIOLATION: the three ways .NET says that a file is held.
    static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    readonly FileStream held;

    SqliteFolder(FileStream held, string database) => (this.held, Database) = (held, database);

    /// <summary>The path of the database, which exists, though it may be empty.</summary>
    internal string Database { get; }

    internal static Outcome<SqliteFolder> Hold(string path)
    {
        var folder = Path.GetFullPath(path);
        FileStream? taken = null;
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);

            taken = Open(Path.Combine(folder, "store.lock"), FileShare.None);
            var database = Path.Combine(folder, "store.db");
            Open(database, FileShare.ReadWrite).Dispose();
            return new SqliteFolder(taken, database);
        }
        catch (IOException busy) when (taken is null && Held.Contains(busy.HResult))
        {
            return SqliteMessages.Locked(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            taken?.Dispose();
            return Directory.Exists(folder) ? SqliteMessages.Folder(folder, refused) : SqliteMessages.NoFolder(folder, refused);
        }
    }

    // The lock is the operating system's and ends with the process, however it ends; the file stays.
    public void Dispose() => held.Dispose();

    // SQLite gives its log and its shared memory the permissions of the database.
    static FileStream Open(string file, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new FileStream(file, options);
    }
}
