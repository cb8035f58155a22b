namespace Interop.Platform.Storage;

/// <summary>The version of a row as the store gave it: compare it, never read it.</summary>
/// <param name="Value">Opaque; another for every change of a row, and never used again for the same key.</param>
public readonly record struct ETag(string Value)
{
    /// <summary>The version of a row that is no longer there: what a deletion answers.</summary>
    public static ETag None { get; } = new("");

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}

/// <summary>A row as it was when it was read.</summary>
/// <param name="Partition">See <see cref="PartitionKey"/>.</param>
/// <param name="Key">See <see cref="RowKey"/>.</param>
/// <param name="Body">The bytes written.</param>
/// <param name="ETag">Its version; a <see cref="Change.Replace"/> or <see cref="Change.Delete"/> that names it succeeds only while the row is unchanged.</param>
/// <param name="Due">When somebody must act on this row; null when there is nothing to do.</param>
public sealed record Row(string Partition, string Key, ReadOnlyMemory<byte> Body, ETag ETag, DateTimeOffset? Due);
