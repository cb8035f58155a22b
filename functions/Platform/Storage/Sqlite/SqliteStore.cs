using System.Runtime.CompilerServices;
using Interop.Core;
using Microsoft.Data.Sqlite;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>The store on a local disk: one SQLite database in a folder that one process holds.</summary>
/// <remarks>A commit has reached the disk when it ends. Disposing writes what waits and empties the log into the database.</remarks>
public sealed class SqliteStore : IStore, IAsyncDisposable
{
    const string ReadingAlone = "This store was opened for reading alone.";

    readonly SqliteFolder? folder;
    readonly SqliteWriter? writer;
    readonly SqliteReaders readers;
    int disposals;

    SqliteStore(SqliteFolder? folder, SqliteWriter? writer, SqliteReaders readers) => (this.folder, this.writer, this.readers) = (folder, writer, readers);

    /// <summary>Opens the store in a folder, and creates both if they are not there.</summary>
    /// <returns>The store, or one problem: <c>store-folder</c>, <c>store-locked</c>, <c>store-foreign</c>, <c>store-newer</c>, <c>store-damaged</c>,
    /// <c>store-full</c>, <c>store-file-system</c> or <c>store-file</c>.</returns>
    public static Outcome<SqliteStore> Open(string folder) => Open(folder, maxPages: null, beforeCommit: null, afterCommit: null);

    /// <summary>Opens the store in a folder for reading alone: beside the process that holds it, if one does.</summary>
    public static Outcome<SqliteStore> OpenToRead(string folder)
    {
        var file = Path.Combine(Path.GetFullPath(folder), "store.db");
        if (!File.Exists(file)) return SqliteMessages.Missing(file);
        var text = Text(file, SqliteOpenMode.ReadOnly);
        try
        {
            using var connection = new SqliteConnection(text);
            connection.Open();
            if (SqliteSchema.Check(connection, file, isNew: false) is { } problem) return problem;
        }
        catch (SqliteException refused)
        {
            return SqliteMessages.Opening(Path.GetDirectoryName(file)!, file, refused);
        }

        return new SqliteStore(null, null, new SqliteReaders(text));
    }

    /// <summary>As <see cref="Open(string)"/>, with ways to make writing fail.</summary>
    internal static Outcome<SqliteStore> Open(string folder, int? maxPages, Action? beforeCommit, Action? afterCommit = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return SqliteFolder.Hold(folder).Then(held => Open(held, maxPages, beforeCommit, afterCommit));
    }

    /// <inheritdoc/>
    public ValueTask<Row?> Read(string partition, string key, CancellationToken cancellation)
    {
        StoreLimits.CheckKey(partition, nameof(partition));
        StoreLimits.CheckKey(key, nameof(key));
        return readers.Use(reader => reader.One(partition, key), cancellation);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Row> Range(string partition, string from, string? to, int limit, CancellationToken cancellation)
    {
        StoreLimits.CheckRange(partition, from, to, limit);
        return Pages((reader, after, left) => reader.Range(partition, from, to, after, left), limit, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<CommitOutcome> Commit(string partition, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Change[] kept = [.. changes];
        StoreLimits.CheckCommit(partition, kept);
        return writer is null ? throw new InvalidOperationException(ReadingAlone) : writer.Commit(partition, kept, cancellation);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Row> Due(DateTimeOffset until, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Pages((reader, after, left) => reader.Due(until, after, left), limit, cancellation);
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDue(CancellationToken cancellation) => readers.Use(reader => reader.NextDue(), cancellation);

    /// <inheritdoc/>
    /// <remarks>Within the database what is removed is overwritten at once; the log before it keeps old pages until it is emptied.</remarks>
    public ValueTask Purge(CancellationToken cancellation) => writer is null ? throw new InvalidOperationException(ReadingAlone) : writer.Purge(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposals, 1) == 1) return;
        await readers.DisposeAsync();
        if (writer is not null) await writer.DisposeAsync();
        folder?.Dispose();
    }

    static Outcome<SqliteStore> Open(SqliteFolder held, int? maxPages, Action? beforeCommit, Action? afterCommit)
    {
        var file = held.Database;
        var connection = new SqliteConnection(Text(file, SqliteOpenMode.ReadWrite));
        Problem? problem;
        try
        {
            connection.Open();
            problem = SqliteSchema.Prepare(connection, file);
            if (problem is null)
            {
                if (maxPages is { } most) SqliteSchema.Run(connection, FormattableString.Invariant($"PRAGMA max_page_count = {most}"));
                return new SqliteStore(held, new SqliteWriter(connection, beforeCommit, afterCommit), new SqliteReaders(Text(file, SqliteOpenMode.ReadOnly)));
            }
        }
        catch (SqliteException refused)
        {
            problem = SqliteMessages.Opening(Path.GetDirectoryName(file)!, file, refused);
        }

        connection.Dispose();
        held.Dispose();
        return problem;
    }

    // No pool of the library's: it would keep files open after this store is closed.
    static string Text(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString();

    async IAsyncEnumerable<Row> Pages(Func<SqliteReader, Row?, int, SqlitePage> read, int limit, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Row? last = null;
        for (var left = limit; left > 0;)
        {
            var (after, wanted) = (last, left);
            var page = await readers.Use(reader => read(reader, after, wanted), cancellation);
            foreach (var row in page.Rows) yield return row;
            if (!page.HasMore || page.Rows.Count == 0) break;
            last = page.Rows[^1];
            left -= page.Rows.Count;
        }
    }
}
