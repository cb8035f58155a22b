namespace Interop.Platform.Storage;

/// <summary>What every store can do by what <see cref="IStore"/> has.</summary>
public static class StoreExtensions
{
    /// <summary>Rows of one partition whose key begins with <paramref name="prefix"/>, in the order of their keys; an empty prefix is all.</summary>
    public static IAsyncEnumerable<Row> Prefix(this IStore store, string partition, string prefix, int limit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return store.Range(partition, prefix, prefix.Length == 0 ? null : After(prefix), limit, cancellation);
    }

    // The last character of a key is at most '~', so its successor is still ASCII.
    static string After(string prefix) => string.Concat(prefix.AsSpan(0, prefix.Length - 1), [(char)(prefix[^1] + 1)]);
}
