using Interop.Core;
using Microsoft.Data.Sqlite;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>The tables of the store and their version.</summary>
static class SqliteSchema
{
    internal const long Version = 1;

    // "InCl" in ASCII: tells a store of this program from another program's database.
    const long ApplicationId = 0x496E436C;

    // Not WITHOUT ROWID: a body is often larger than a page, and such tables keep whole rows in the nodes of their index.
    // due is in UTC ticks. The counter outlives rows, so that a version is not given again after a deletion.
    static readonly string Create = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE entry (
          partition TEXT NOT NULL,
          key TEXT NOT NULL,
          version INTEGER NOT NULL,
          due INTEGER,
          body BLOB NOT NULL,
          UNIQUE (partition, key)
        ) STRICT;
        CREATE INDEX entry_due ON entry (due, partition, key) WHERE due IS NOT NULL;
        CREATE TABLE counter (version INTEGER NOT NULL) STRICT;
        INSERT INTO counter VALUES (0);
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    // FULL: the log reaches the disk before a commit returns. fullfsync: on macOS nothing less does; elsewhere it has no effect.
    // secure_delete: what is erased is overwritten with zeros, and does not linger in free pages.
    const string Settings = """
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA trusted_schema = OFF;
        """;

    /// <summary>Creates or checks the tables and makes the connection the durable writer.</summary>
    /// <returns>The reason why the file cannot be used, if there is one; then it is unchanged.</returns>
    internal static Problem? Prepare(SqliteConnection writer, string file)
    {
        var isNew = Number(writer, "SELECT count(*) FROM sqlite_schema") == 0;
        if (Check(writer, file, isNew) is { } problem) return problem;

        if (!string.Equals(Value(writer, "PRAGMA journal_mode = WAL") as string, "wal", StringComparison.Ordinal)) return SqliteMessages.NoWriteAheadLog(file);
        Run(writer, Settings);
        if (isNew) Run(writer, Create);
        return null;
    }

    /// <summary>Null when the file is a store of this program, or, if new, may become one.</summary>
    internal static Problem? Check(SqliteConnection connection, string file, bool isNew)
    {
        var found = Number(connection, "PRAGMA user_version");
        if (isNew ? found != 0 : Number(connection, "PRAGMA application_id") != ApplicationId) return SqliteMessages.Foreign(file);
        return found > Version ? SqliteMessages.Newer(file, found, Version) : null;
    }

    internal static long Number(SqliteConnection connection, string text) => (long)Value(connection, text)!;

    internal static void Run(SqliteConnection connection, string text)
    {
        using var statement = new SqliteStatement(connection, text);
        statement.Run();
    }

    static object? Value(SqliteConnection connection, string text)
    {
        using var statement = new SqliteStatement(connection, text);
        return statement.Scalar();
    }
}
