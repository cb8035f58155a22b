using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>Applies commits within the transaction that is open on the writer's connection.</summary>
sealed class SqliteChanges(SqliteConnection writer) : IDisposable
{
    readonly SqliteStatement savepoint = new(writer, "SAVEPOINT one");
    readonly SqliteStatement undo = new(writer, "ROLLBACK TO one");
    readonly SqliteStatement release = new(writer, "RELEASE one");
    readonly SqliteStatement insert = new(writer, "INSERT INTO entry (partition, key, body, due, version) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
    readonly SqliteStatement replace = new(writer, "UPDATE entry SET body = ?3, due = ?4, version = ?5 WHERE partition = ?1 AND key = ?2 AND version = ?6");
    readonly SqliteStatement upsert = new(writer, """
        INSERT INTO entry (partition, key, body, due, version) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (partition, key) DO UPDATE SET body = excluded.body, due = excluded.due, version = excluded.version
        """);
    readonly SqliteStatement delete = new(writer, "DELETE FROM entry WHERE partition = ?1 AND key = ?2 AND (?3 IS NULL OR version = ?3)");
    readonly SqliteStatement exists = new(writer, "SELECT 1 FROM entry WHERE partition = ?1 AND key = ?2");
    readonly SqliteStatement count = new(writer, "UPDATE counter SET version = ?1");
    long version = SqliteSchema.Number(writer, "SELECT version FROM counter");

    public void Dispose()
    {
        foreach (var statement in new[] { savepoint, undo, release, insert, replace, upsert, delete, exists, count }) statement.Dispose();
    }

    /// <summary>Applies all changes, or none and says why.</summary>
    internal CommitOutcome Apply(string partition, Change[] changes)
    {
        savepoint.Run();
        var tag = new ETag((++version).ToString(CultureInfo.InvariantCulture));
        foreach (var change in changes)
        {
            if (Written(partition, change) == 1) continue;
            undo.Run();
            // The savepoint's own changes are undone, so what is found is the row as this commit met it.
            var reason = change is Change.Insert ? ConflictReason.Exists
                : exists.Scalar(partition, change.Key) is null ? ConflictReason.Missing
                : ConflictReason.Changed;
            release.Run();
            return new CommitOutcome.Conflict(change.Key, reason);
        }

        release.Run();
        return new CommitOutcome.Done([.. changes.Select(change => change is Change.Delete ? ETag.None : tag)]);
    }

    /// <summary>Keeps the counter; last in every transaction.</summary>
    internal void KeepCounter() => count.Run(version);

    int Written(string partition, Change change) => change switch
    {
        Change.Insert one => insert.Run(partition, one.Key, SqliteStatement.Bytes(one.Body), one.Due?.UtcTicks, version),
        Change.Replace one => replace.Run(partition, one.Key, SqliteStatement.Bytes(one.Body), one.Due?.UtcTicks, version, Number(one.ETag)),
        Change.Upsert one => upsert.Run(partition, one.Key, SqliteStatement.Bytes(one.Body), one.Due?.UtcTicks, version),
        Change.Delete one => delete.Run(partition, one.Key, one.ETag is { } tag ? Number(tag) : null),
        _ => throw new InvalidOperationException($"There is no change {change.GetType().Name}."),
    };

    // A tag that this store never gave fits no row.
    static long Number(ETag tag) => long.TryParse(tag.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
