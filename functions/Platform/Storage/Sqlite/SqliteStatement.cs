using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Interop.Platform.Storage.Sqlite;

/// <summary>One statement, prepared once and run often. Not thread-safe, as its connection is not.</summary>
sealed class SqliteStatement : IDisposable
{
    readonly SqliteCommand command;

    /// <param name="connection">Open, and the schema in place.</param>
    /// <param name="text">The parameters are named ?1, ?2 ... in the order in which the values are given.</param>
    internal SqliteStatement(SqliteConnection connection, string text)
    {
        command = connection.CreateCommand();
        command.CommandText = text;
    }

    public void Dispose() => command.Dispose();

    /// <summary>The number of rows changed.</summary>
    internal int Run(params ReadOnlySpan<object?> values) => Bind(values).ExecuteNonQuery();

    /// <summary>The first column of the first row; null when there is none.</summary>
    internal object? Scalar(params ReadOnlySpan<object?> values) => Bind(values).ExecuteScalar() is { } found and not DBNull ? found : null;

    /// <summary>The rows; dispose the reader before the next run.</summary>
    internal SqliteDataReader Rows(params ReadOnlySpan<object?> values) => Bind(values).ExecuteReader();

    internal static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var part) && part.Array!.Length == part.Count ? part.Array : body.ToArray();

    SqliteCommand Bind(ReadOnlySpan<object?> values)
    {
        for (var index = command.Parameters.Count; index < values.Length; index++)
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"?{index + 1}") });
        for (var index = 0; index < values.Length; index++) command.Parameters[index].Value = values[index] ?? DBNull.Value;
        return command;
    }
}
