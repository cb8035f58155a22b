using System.Buffers;
using System.Text;

namespace Interop.Core.Json;

/// <summary>Places in a UTF-8 text.</summary>
static class Utf8Text
{
    /// <summary>The line and column at a byte, columns in characters as an editor counts them.</summary>
    public static Place PlaceAt(ReadOnlySpan<byte> utf8, int offset)
    {
        var before = utf8[..Math.Clamp(offset, 0, utf8.Length)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return new Place("", before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }

    /// <summary>The number of bytes before the first that is not UTF-8.</summary>
    public static int ValidPrefix(ReadOnlySpan<byte> utf8)
    {
        var valid = 0;
        while (valid < utf8.Length && Rune.DecodeFromUtf8(utf8[valid..], out _, out var length) == OperationStatus.Done) valid += length;
        return valid;
    }
}
