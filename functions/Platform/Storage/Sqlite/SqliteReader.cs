using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>A part of the rows asked for, and whether there may be more.</summary>
readonly record struct SqlitePage(List<Row> Rows, bool HasMore);

/// <summary>One connection that only reads. Not thread-safe.</summary>
sealed class SqliteReader : IDisposable
{
    const int PageRows = 1_000;
    const int PageBytes = 4 << 20;

    // Greater than every key, whose characters are at most '~'.
    const string AfterAll = "\x7F";

    /// <summary>By the index of rows that are due: of what is done nothing is read.</summary>
    internal const string DueRows = """
        SELECT partition, key, version, due, body FROM entry
        WHERE due IS NOT NULL AND due <= ?1 AND (due, partition, key) > (?2, ?3, ?4) ORDER BY due, partition, key LIMIT ?5
        """;

    readonly SqliteConnection connection;
    readonly SqliteStatement one;
    readonly SqliteStatement range;
    readonly SqliteStatement due;
    readonly SqliteStatement nextDue;

    internal SqliteReader(string connectionText)
    {
        connection = new SqliteConnection(connectionText);
        connection.Open();
        one = new(connection, "SELECT partition, key, version, due, body FROM entry WHERE partition = ?1 AND key = ?2");
        range = new(connection, "SELECT partition, key, version, due, body FROM entry WHERE partition = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT ?4");
        due = new(connection, DueRows);
        nextDue = new(connection, "SELECT due FROM entry WHERE due IS NOT NULL ORDER BY due LIMIT 1");
    }

    public void Dispose()
    {
        foreach (var part in new IDisposable[] { one, range, due, nextDue, connection }) part.Dispose();
    }

    internal Row? One(string partition, string key)
    {
        using var rows = one.Rows(partition, key);
        return rows.Read() ? Read(rows) : null;
    }

    // The smallest key after another is that key with a space, the smallest character, behind it.
    internal SqlitePage Range(string partition, string from, string? to, Row? after, int limit) =>
        Page(Math.Min(limit, PageRows), rows => range.Rows(partition, after is null ? from : after.Key + ' ', to ?? AfterAll, rows));

    internal SqlitePage Due(DateTimeOffset until, Row? after, int limit) =>
        Page(Math.Min(limit, PageRows), rows => due.Rows(until.UtcTicks, after?.Due?.UtcTicks ?? -1, after?.Partition ?? "", after?.Key ?? "", rows));

    internal DateTimeOffset? NextDue() => nextDue.Scalar() is long ticks ? Time(ticks) : null;

    static SqlitePage Page(int limit, Func<int, SqliteDataReader> query)
    {
        var page = new List<Row>();
        using var rows = query(limit);
        for (var bytes = 0; bytes < PageBytes && rows.Read();)
        {
            page.Add(Read(rows));
            bytes += page[^1].Body.Length;
            if (bytes >= PageBytes) return new SqlitePage(page, HasMore: true);
        }

        return new SqlitePage(page, page.Count == limit);
    }

    static Row Read(SqliteDataReader rows) => new(
        rows.GetString(0),
        rows.GetString(1),
        rows.GetFieldValue<byte[]>(4),
        new ETag(rows.GetInt64(2).ToString(CultureInfo.InvariantCulture)),
        rows.IsDBNull(3) ? null : Time(rows.GetInt64(3)));

    static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
