namespace Interop.Platform.Storage;

/// <summary>One change of one row, as a part of a commit. A closed union.</summary>
/// <remarks>The store reads a body until the commit has ended; do not write to its buffer before that.</remarks>
public abstract record Change
{
    Change(string key) => Key = key;

    /// <summary>The key of the row changed.</summary>
    public string Key { get; init; }

    /// <summary>Adds a row; <see cref="ConflictReason.Exists"/> if there is one.</summary>
    public sealed record Insert(string Key, ReadOnlyMemory<byte> Body, DateTimeOffset? Due = null) : Change(Key);

    /// <summary>Replaces the row read as <paramref name="ETag"/>; <see cref="ConflictReason.Changed"/> or <see cref="ConflictReason.Missing"/> if that is no longer there.</summary>
    public sealed record Replace(string Key, ReadOnlyMemory<byte> Body, ETag ETag, DateTimeOffset? Due = null) : Change(Key);

    /// <summary>Adds the row or replaces whatever is there. Never conflicts.</summary>
    public sealed record Upsert(string Key, ReadOnlyMemory<byte> Body, DateTimeOffset? Due = null) : Change(Key);

    /// <summary>Removes the row read as <paramref name="ETag"/>, or with null whatever version there is; <see cref="ConflictReason.Missing"/> in both cases if there is none.</summary>
    public sealed record Delete(string Key, ETag? ETag = null) : Change(Key);
}
