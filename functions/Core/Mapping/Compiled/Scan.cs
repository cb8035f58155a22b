using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Interop.Core.Mapping.Compiled;

/// <summary>Searches in the bytes of texts.</summary>
static class Scan
{
    /// <summary>What ends a text, or a part of it that stands for itself: a quotation mark, a backslash, a control character.</summary>
    public static SearchValues<byte> Ends { get; } = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(one => (byte)one), (byte)'"', (byte)'\\']);

    /// <summary>How many bytes at the beginning are ASCII and neither a control character (DEL among them) nor a quotation mark nor a backslash.</summary>
    public static int PlainLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (; bytes.Length - at >= Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var stops = Stops(Vector256.Create(bytes.Slice(at, Vector256<byte>.Count)));
            if (stops != Vector256<byte>.Zero) return at + BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits());
        }

        while (at < bytes.Length && bytes[at] is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\') at++;
        return at;
    }

    /// <summary>As <see cref="PlainLength"/>, and none of the characters that mean something in the content of XML.</summary>
    public static int PlainContentLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (; bytes.Length - at >= Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var block = Vector256.Create(bytes.Slice(at, Vector256<byte>.Count));
            var stops = Stops(block) | Vector256.Equals(block, Vector256.Create((byte)'<')) | Vector256.Equals(block, Vector256.Create((byte)'&')) | Vector256.Equals(block, Vector256.Create((byte)']'));
            if (stops != Vector256<byte>.Zero) return at + BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits());
        }

        while (at < bytes.Length && bytes[at] is >= 0x20 and < 0x7F and not ((byte)'"' or (byte)'\\' or (byte)'<' or (byte)'&' or (byte)']')) at++;
        return at;
    }

    // As signed numbers, control characters and all beyond ASCII are below the blank.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<byte> Stops(Vector256<byte> block) =>
        Vector256.LessThan(block.AsSByte(), Vector256.Create((sbyte)' ')).AsByte() | Vector256.Equals(block, Vector256.Create((byte)0x7F))
        | Vector256.Equals(block, Vector256.Create((byte)'"')) | Vector256.Equals(block, Vector256.Create((byte)'\\'));
}
