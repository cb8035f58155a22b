namespace Interop.Core.Formats;

/// <summary>What an untrusted file of records may be at the most.</summary>
/// <param name="Record">The limits of one record.</param>
/// <param name="MaxFileBytes">Bytes of the file.</param>
/// <param name="MaxRecords">Records, bad ones counted.</param>
public sealed record RecordLimits(FormatLimits Record, long MaxFileBytes, long MaxRecords)
{
    /// <summary>The limits of a file: records as large as a message, 1 GiB, 10 million records.</summary>
    public static RecordLimits File { get; } = new(FormatLimits.Message, 1L << 30, 10_000_000);

    /// <summary>The limits of one document that is read record by record.</summary>
    internal static RecordLimits Of(FormatLimits document) => new(document, document.MaxBytes, File.MaxRecords);
}
