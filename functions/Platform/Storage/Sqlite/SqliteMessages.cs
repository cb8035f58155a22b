using Interop.Core;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>Every sentence that a user can read about the store on disk.</summary>
static class SqliteMessages
{
    internal static Problem Folder(string folder, Exception cause) =>
        new("store-folder", $"The store's folder {folder} cannot be used: {cause.Message} Choose a folder that this user may write to with --folder.");

    // Some file systems say no more than that there is no such file.
    internal static Problem NoFolder(string folder, Exception cause) =>
        new("store-folder", $"The store's folder {folder} cannot be created{(cause is FileNotFoundException or DirectoryNotFoundException ? "." : $": {cause.Message}")} Choose another with --folder.");

    internal static Problem Locked(string folder) =>
        new("store-locked", $"The store in {folder} is in use by another process. Stop that one first, or choose another folder.");

    internal static Problem Missing(string file) =>
        new("store-missing", $"There is no store {file}. Serve the platform first, or name the store's folder with --folder.");

    internal static Problem Foreign(string file) =>
        new("store-foreign", $"The file {file} is not a store of this program. Move it away, or choose another folder.");

    internal static Problem Newer(string file, long found, long known) =>
        new("store-newer", $"The store {file} has schema {found}, written by a newer version of this program, which knows up to schema {known}. Start the newer version.");

    internal static Problem NoWriteAheadLog(string file) =>
        new("store-file-system", $"The store {file} cannot keep a write-ahead log, probably since its folder is on a network drive. Choose a folder on a local disk.");

    internal static Problem Opening(string folder, string file, SqliteException cause) => cause.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => Foreign(file),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Locked(folder),
        raw.SQLITE_CORRUPT => new("store-damaged", $"The store {file} is damaged. Restore it from a backup."),
        raw.SQLITE_FULL => new("store-full", $"The disk of {folder} is full. Free some space."),
        _ => new("store-file", $"The store {file} cannot be opened: {cause.Message}"),
    };

    internal static StoreException Writing(Exception cause) =>
        new((cause as SqliteException)?.SqliteErrorCode switch
        {
            raw.SQLITE_FULL => "The disk is full: nothing of this commit was written. Free some space and try again.",
            _ => $"The store could not be written, and this commit with it: {cause.Message} Read the rows before trying again.",
        }, cause);

    internal static StoreException LogInUse() =>
        new("What was removed still stands in the store's log, since another program reads the store all the time. Stop that one, and ask again.");

    internal static StoreException Broken(Exception cause) =>
        new($"The store stopped writing, since an earlier failure could not be undone. Restart the program. {cause.Message}", cause);

    internal static StoreException Reading(SqliteException cause) => new($"The store could not be read. {cause.Message}", cause);
}
