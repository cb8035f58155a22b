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

    // Readers let go of the log after each page; this is how long a purge waits for them.
    const int PurgeMilliseconds = 5_000;

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

    internal ValueTask<CommitOutcome> Commit(string partition, Change[] changes, CancellationToken cancellation) => Enqueue(new Waiting(partition, changes, cancellation), cancellation);

    /// <summary>Moves the log into the database and empties it, after all that waits before.</summary>
    internal async ValueTask Purge(CancellationToken cancellation) => await Enqueue(new Waiting("", [], cancellation) { IsPurge = true }, cancellation);

    async ValueTask<CommitOutcome> Enqueue(Waiting waiting, CancellationToken cancellation)
    {
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
            var purges = group.FindAll(waiting => waiting.IsPurge);
            group.RemoveAll(waiting => waiting.IsPurge);
            Write(group);
            if (purges.Count > 0) Purge(purges);
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

    void Purge(List<Waiting> purges)
    {
        try
        {
            SqliteSchema.Run(connection, FormattableString.Invariant($"PRAGMA busy_timeout = {PurgeMilliseconds}"));
            var isBusy = SqliteSchema.Number(connection, "PRAGMA wal_checkpoint(TRUNCATE)") != 0;
            foreach (var purge in purges)
            {
                if (isBusy) purge.Ended.TrySetException(SqliteMessages.LogInUse());
                else purge.Ended.TrySetResult(new CommitOutcome.Done([]));
            }
        }
        catch (Exception failure)
        {
            foreach (var purge in purges) purge.Ended.TrySetException(SqliteMessages.Writing(failure));
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
        internal bool IsPurge { get; init; }

        internal TaskCompletionSource<CommitOutcome> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
