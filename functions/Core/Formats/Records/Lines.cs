using Interop.Core.Json;

namespace Interop.Core.Formats;

/// <summary>Records that end with a line.</summary>
static class Lines
{
    /// <summary>The bytes without the LF or CR LF at their end.</summary>
    public static ReadOnlySpan<byte> WithoutEnd(ReadOnlySpan<byte> line)
    {
        if (line.EndsWith("\n"u8)) line = line[..^1];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    /// <summary>A problem at a byte of a record.</summary>
    public static Problem At(ReadOnlySpan<byte> record, int at, string rule, string message, string? value = null, string path = "") =>
        new(rule, message, path, value is null ? null : Problem.Preview(value), Utf8Text.PlaceAt(record, at)) { Offset = at };

    public static Problem Nul(ReadOnlySpan<byte> record, int at, string path) => At(record, at, "character", FormatMessages.Nul, path: path);
}
