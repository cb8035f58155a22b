using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Interop.Platform.Storage.Tables;

/// <summary>Bodies too large for their rows, each in a blob of its own that its row names (a claim check).</summary>
/// <remarks>
/// A blob is written once, before the row that names it, and removed after the row names another or is gone. A crash in between leaves a blob that nobody names: <see cref="Sweep"/> removes it.
/// Names hold hashes of the keys, for keys may hold references.
/// </remarks>
sealed class TableBodies(BlobContainerClient container)
{
    const int SweepAtOnce = 16;

    const string PartitionMetadata = "partition";
    const string KeyMetadata = "key";

    /// <summary>Writes the blobs that the changes need: of bodies larger than a property, and of the largest others while the rest is too large for one transaction.</summary>
    public async Task<PlacedBody[]> Place(string partition, Change[] changes, string commit, CancellationToken cancellation)
    {
        var placed = Array.ConvertAll(changes, change => new PlacedBody(StoreLimits.Body(change), null));
        var inline = placed.Sum(body => Math.Min(body.Inline.Length, TableRow.InlineBytes + 1));
        foreach (var at in Enumerable.Range(0, changes.Length).OrderByDescending(at => placed[at].Inline.Length))
        {
            if (placed[at].Inline.Length <= TableRow.InlineBytes && inline <= TableRow.InlineBytesOfCommit) break;
            inline -= Math.Min(placed[at].Inline.Length, TableRow.InlineBytes + 1);
            placed[at] = new PlacedBody(default, await Write(partition, changes[at].Key, placed[at].Inline, commit, cancellation));
        }

        return placed;
    }

    /// <summary>The row with its body; null if the blob is gone because the row was changed since.</summary>
    public async Task<Row?> Complete(TableEntity entity, CancellationToken cancellation)
    {
        if (TableRow.BlobOf(entity) is not { } blob) return TableRow.Read(entity, TableRow.BodyOf(entity));
        try
        {
            return TableRow.Read(entity, (await container.GetBlobClient(blob).DownloadContentAsync(cancellation)).Value.Content);
        }
        catch (RequestFailedException gone) when (gone.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Removes blobs that no row names any more. What cannot be removed now is left to <see cref="Sweep"/>.</summary>
    public async Task Remove(IEnumerable<string?> blobs)
    {
        foreach (var blob in blobs.OfType<string>())
        {
            try
            {
                await container.GetBlobClient(blob).DeleteIfExistsAsync();
            }
            catch (RequestFailedException)
            {
                return;
            }
        }
    }

    /// <summary>Removes blobs older than <paramref name="before"/> whose row does not name them.</summary>
    public async Task<int> Sweep(TableClient rows, DateTimeOffset before, CancellationToken cancellation)
    {
        var removed = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = SweepAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix: null, cancellation), options, async (blob, token) =>
        {
            if (blob.Properties.CreatedOn is not { } created || created >= before || !blob.Metadata.TryGetValue(PartitionMetadata, out var partition) || !blob.Metadata.TryGetValue(KeyMetadata, out var key)) return;
            var row = await rows.GetEntityIfExistsAsync<TableEntity>(Decoded(partition), Decoded(key), TableRow.ForBlob, token);
            if (row.HasValue && TableRow.BlobOf(row.Value!) == blob.Name) return;
            await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: token);
            Interlocked.Increment(ref removed);
        });
        return removed;
    }

    async Task<string> Write(string partition, string key, ReadOnlyMemory<byte> body, string commit, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{RowKey.Hash(partition)}/{RowKey.Hash(key)}/{commit}");
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [PartitionMetadata] = Encoded(partition), [KeyMetadata] = Encoded(key) };
        await container.GetBlobClient(name).UploadAsync(new BinaryData(body), new BlobUploadOptions { Metadata = metadata }, cancellation);
        return name;
    }

    // Metadata are HTTP headers, which lose blanks at their ends.
    static string Encoded(string key) => Convert.ToBase64String(Encoding.ASCII.GetBytes(key));

    static string Decoded(string text) => Encoding.ASCII.GetString(Convert.FromBase64String(text));
}
