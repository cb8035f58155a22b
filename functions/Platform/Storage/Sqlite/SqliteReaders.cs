using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>The connections that read, opened as needed and lent to one caller at a time; more callers than connections wait.</summary>
sealed class SqliteReaders(string connectionText) : IAsyncDisposable
{
    const int Connections = 8;

    readonly SemaphoreSlim free = new(Connections, Connections);
    readonly ConcurrentBag<SqliteReader> idle = [];
    volatile bool closed;

    internal async ValueTask<T> Use<T>(Func<SqliteReader, T> read, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        SqliteReader? reader = null;
        try
        {
            ObjectDisposedException.ThrowIf(closed, typeof(SqliteStore));
            if (!idle.TryTake(out reader)) reader = new SqliteReader(connectionText);
            var found = read(reader);
            idle.Add(reader);
            reader = null;
            return found;
        }
        catch (SqliteException failure)
        {
            throw SqliteMessages.Reading(failure);
        }
        finally
        {
            // Only after a failure is there still one here: such a connection is not lent again.
            reader?.Dispose();
            free.Release();
        }
    }

    /// <summary>Waits for the readings under way, then closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        for (var taken = 0; taken < Connections; taken++) await free.WaitAsync();
        while (idle.TryTake(out var reader)) reader.Dispose();
        // Whoever waits for a connection wakes and learns that the store is closed.
        free.Release(Connections);
    }
}
