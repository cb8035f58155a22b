using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace Interop.Platform.Storage.Tables;

/// <summary>Where in a storage account the store is: two tables and a blob container.</summary>
/// <remarks>
/// Reading is repeated by the library: up to <see cref="Retries"/> times, exponentially with jitter, on 408, 429, 500, 502, 503, 504 and lost connections. A commit must not be repeated blindly,
/// so its client repeats nothing: see <see cref="TableCommits"/>.
/// </remarks>
public sealed class TablesAccount
{
    const int Retries = 6;
    static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(30);

    TablesAccount(TableClient rows, TableClient rowsOnce, TableClient due, BlobContainerClient bodies) => (Rows, RowsOnce, Due, Bodies) = (rows, rowsOnce, due, bodies);

    internal TableClient Rows { get; }

    internal TableClient RowsOnce { get; }

    internal TableClient Due { get; }

    internal BlobContainerClient Bodies { get; }

    /// <summary>The store in an account, reached with an identity of Entra ID; no keys.</summary>
    /// <param name="tables">The account's table endpoint, such as <c>https://name.table.core.windows.net</c>.</param>
    /// <param name="blobs">The account's blob endpoint.</param>
    /// <param name="identity">Who reaches it: Storage Table Data Contributor and Storage Blob Data Contributor.</param>
    /// <param name="name">The prefix of the tables and the container; letters and digits, so that stages may share an account.</param>
    public static TablesAccount Of(Uri tables, Uri blobs, TokenCredential identity, string name = "interop") => Of(
        options => new TableServiceClient(tables, identity, options), options => new BlobServiceClient(blobs, identity, options), name);

    /// <summary>As above, with the clients made by the caller: for the emulator, which has keys.</summary>
    internal static TablesAccount Of(Func<TableClientOptions, TableServiceClient> tables, Func<BlobClientOptions, BlobServiceClient> blobs, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var (repeating, once) = (tables(With(new TableClientOptions(), Retries)), tables(With(new TableClientOptions(), 0)));
        return new(
            repeating.GetTableClient($"{name}rows"), once.GetTableClient($"{name}rows"), repeating.GetTableClient($"{name}due"),
            blobs(With(new BlobClientOptions(), Retries)).GetBlobContainerClient($"{name}-bodies"));
    }

    static T With<T>(T options, int retries)
        where T : ClientOptions
    {
        (options.Retry.Mode, options.Retry.MaxRetries, options.Retry.Delay, options.Retry.MaxDelay, options.Retry.NetworkTimeout) = (RetryMode.Exponential, retries, FirstDelay, LongestDelay, LongestCall);
        return options;
    }
}
