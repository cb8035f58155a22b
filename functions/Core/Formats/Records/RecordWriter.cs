using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Writes a file record by record: the bytes of <see cref="Begin"/>, of each record and of <see cref="End"/> after each other are the file.</summary>
public abstract class RecordWriter
{
    private protected RecordWriter()
    {
    }

    /// <summary>What stands before the first record.</summary>
    public abstract byte[] Begin();

    /// <summary>One record; problems if the format cannot hold it.</summary>
    /// <param name="member">The member of the whole document that holds such records; empty where the record is the document.</param>
    /// <param name="record">The record, as the whole document would hold it.</param>
    public abstract Outcome<byte[]> Write(string member, JsonValue record);

    /// <summary>What stands after the last record.</summary>
    public abstract byte[] End();
}
