using Azure.Data.Tables;

namespace Interop.Platform.Storage.Tables;

/// <summary>How a row stands in the table: its body in one property, or the name of the blob that holds it; its due time in UTC ticks; the commit that wrote it.</summary>
static class TableRow
{
    /// <summary>The largest body that stands in the row itself: the most a property holds.</summary>
    public const int InlineBytes = 64 << 10;

    /// <summary>The most that the bodies in rows of one commit may be together: base64 makes four of three, and a transaction is at most 4 MiB.</summary>
    public const int InlineBytesOfCommit = 2 << 20;

    const string Body = "Body";
    const string Blob = "Blob";
    const string Due = "Due";
    const string Commit = "Commit";

    // In an ETag, what parts the service's own from the name of the blob.
    const char Separator = ' ';

    public static readonly string[] ForDue = [Due];

    public static readonly string[] ForCommit = [Commit, Blob];

    public static readonly string[] ForBlob = [Blob];

    public static TableEntity Of(string partition, Change change, PlacedBody body, DateTimeOffset? due, string commit)
    {
        var entity = new TableEntity(partition, change.Key) { [Commit] = commit };
        if (body.Blob is not null) entity[Blob] = body.Blob;
        else if (!body.Inline.IsEmpty) entity[Body] = body.Inline.ToArray();
        if (due is { } at) entity[Due] = at.UtcTicks;
        return entity;
    }

    public static Row Read(TableEntity entity, ReadOnlyMemory<byte> body) =>
        new(entity.PartitionKey, entity.RowKey, body, Tag(entity.ETag.ToString(), BlobOf(entity)), DueOf(entity));

    public static ReadOnlyMemory<byte> BodyOf(TableEntity entity) => entity.GetBinary(Body);

    public static string? BlobOf(TableEntity entity) => entity.GetString(Blob);

    public static string? CommitOf(TableEntity entity) => entity.GetString(Commit);

    public static DateTimeOffset? DueOf(TableEntity entity) => entity.GetInt64(Due) is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>The version of a row names its blob too, so that who replaces the row knows which to remove.</summary>
    public static ETag Tag(string service, string? blob) => new(blob is null ? service : service + Separator + blob);

    public static (Azure.ETag Service, string? Blob) Split(ETag tag)
    {
        var at = tag.Value.IndexOf(Separator, StringComparison.Ordinal);
        var service = at < 0 ? tag.Value : tag.Value[..at];

        // The service refuses what is not of its form, where a version never given must be a conflict.
        return (new Azure.ETag(service.StartsWith("W/\"datetime'", StringComparison.Ordinal) ? service : "W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\""), at < 0 ? null : tag.Value[(at + 1)..]);
    }
}

/// <summary>Where the body of a change goes: into the row, or into a blob that is already written.</summary>
readonly record struct PlacedBody(ReadOnlyMemory<byte> Inline, string? Blob);
