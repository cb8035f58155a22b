namespace Interop.Core.Formats;

/// <summary>Reads newline-delimited JSON: one document a line. An empty line is no record.</summary>
sealed class JsonLineReader(RecordLimits limits) : RecordReader(limits)
{
    private protected override (int Bytes, Scanned What) Scan(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        return end < 0 ? (bytes.Length, Scanned.Part) : (end + 1, Scanned.End);
    }

    private protected override void Take(ReadOnlySpan<byte> record, Position start, bool last)
    {
        record = Lines.WithoutEnd(record);
        if (record.IndexOfAnyExcept(" \t"u8) >= 0) Emit(start, "", JsonFormat.Read(record, null, Limits.Record));
    }

    private protected override void Refuse(Position start, Problem problem) => Emit(start, "", problem);
}
