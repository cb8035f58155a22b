using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>Group commit: one thread takes all commits that wait and makes them durable by one transaction, hence one wait for the disk.</summary>
/// <remarks>
/// Each commit has its own savepoint, so a conflict hurts no other. A failure of the medium fails the whole group: its transaction is rolled back
/// and each caller told. No caller hears of success before COMMIT has returned.
/// </remarks>
sealed class SqliteWriter : IAsyncDisposable
{
    const int QueuedCommits = 1_024;
    const int GroupCommits = 256;
    const int GroupBytes = 4 * StoreLimits.CommitBytes;

    readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(QueuedCommits) { SingleReader = true });
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly SqliteConnection connection;
    readonly SqliteChanges changes;
    readonly SqliteStatement begin;
    readonly SqliteStatement commit;
    readonly SqliteStatement rollback;
    readonly Action? beforeCommit;
    readonly Action? afterCommit;
    Exception? broken;

    internal SqliteWriter(SqliteConnection connection, Action? beforeCommit, Action? afterCommit)
    {
        (this.connection, this.beforeCommit, this.afterCommit) = (connection, beforeCommit, afterCommit);
        changes = new SqliteChanges(connection);
        begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        commit = new SqliteStatement(connection, "COMMIT");
        rollback = new SqliteStatement(connection, "ROLLBACK");
        new Thread(Work) { IsBackground = true, Name = "store writer" }.Start();
    }

    internal async ValueTask<CommitOutcome> Commit(string partition, Change[] changes, CancellationToken cancellation)
    {
        var waiting = new Waiting(partition, changes, cancellation);
        try
        {
            await queue.Writer.WriteAsync(waiting, cancellation);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The store is closed.", closed);
        }

        return await waiting.Ended.Task;
    }

    /// <summary>Writes what waits, moves the log into the database and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await ended.Task;
        foreach (var statement in new IDisposable[] { changes, begin, commit, rollback }) statement.Dispose();
        try
        {
            SqliteSchema.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // Nothing is lost: the next opening reads the log.
        }

        await connection.DisposeAsync();
    }

    // A thread of its own, because SQLite blocks while the disk works and the pool's threads have callers to serve.
    void Work()
    {
        var group = new List<Waiting>(GroupCommits);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Take(group);
            Write(group);
            group.Clear();
        }

        ended.SetResult();
    }

    void Take(List<Waiting> group)
    {
        for (var bytes = 0; group.Count < GroupCommits && bytes < GroupBytes && queue.Reader.TryRead(out var waiting);)
        {
            if (waiting.Cancellation.IsCancellationRequested)
            {
                waiting.Ended.SetCanceled(waiting.Cancellation);
                continue;
            }

            group.Add(waiting);
            bytes += waiting.Changes.Sum(change => StoreLimits.Body(change).Length);
        }
    }

    void Write(List<Waiting> group)
    {
        if (group.Count == 0) return;
        try
        {
            if (broken is not null) throw SqliteMessages.Broken(broken);
            begin.Run();
            var outcomes = group.ConvertAll(waiting => changes.Apply(waiting.Partition, waiting.Changes));
            changes.KeepCounter();
            beforeCommit?.Invoke();
            commit.Run();
            afterCommit?.Invoke();
            for (var index = 0; index < group.Count; index++) group[index].Ended.SetResult(outcomes[index]);
        }
        catch (Exception failure)
        {
            // Whatever failed, a bug included, the thread must live on and every caller be answered.
            Undo();
            foreach (var waiting in group) waiting.Ended.TrySetException(failure as StoreException ?? SqliteMessages.Writing(failure));
        }
    }

    // SQLite has rolled back by itself after some failures, such as a full disk.
    void Undo()
    {
        try
        {
            if (raw.sqlite3_get_autocommit(connection.Handle) == 0) rollback.Run();
        }
        catch (Exception failure)
        {
            broken ??= failure;
        }
    }

    sealed record Waiting(string Partition, Change[] Changes, CancellationToken Cancellation)
    {
        internal TaskCompletionSource<CommitOutcome> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
