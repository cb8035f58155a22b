using System.Collections.Immutable;
using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Writes records of JSON: one a line, or as the items of a list where a path leads.</summary>
sealed class JsonRecordWriter(ImmutableArray<string>? path) : RecordWriter
{
    bool isFirst = true;

    public override byte[] Begin() =>
        path is { } names ? Encoding.UTF8.GetBytes(string.Concat(names.Select(name => $"{{{JsonValue.Of(name)}:")) + "[") : [];

    public override Outcome<byte[]> Write(string member, JsonValue record)
    {
        if (member.Length > 0) return new Problem("unknown-name", FormatMessages.NoSuchRecord(""), $"/{JsonPointer.Escape(member)}");
        var written = JsonFormat.Write(record, null);
        if (!written.Succeeded) return written;
        var before = path is null ? "" : isFirst ? "\n" : ",\n";
        isFirst = false;
        return (byte[])[.. Encoding.UTF8.GetBytes(before), .. written.Value, .. path is null ? "\n"u8 : default];
    }

    public override byte[] End() => path is { } names ? Encoding.UTF8.GetBytes($"\n]{new string('}', names.Length)}\n") : [];
}
