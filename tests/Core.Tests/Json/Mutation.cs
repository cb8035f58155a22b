using CsCheck;

namespace Interop.Core.Tests.Json;

/// <summary>Random damage to a document: bytes set, put in, taken out, doubled, cut off.</summary>
static class Mutation
{
    static readonly byte[] Telling = [.. "{}[]\",:\\u0019eE+-.<>/!?=&;#'xml DOCTYPE"u8, 0x00, 0x0A, 0x0D, 0x80, 0xC3, 0xED, 0xEF, 0xF0, 0xFE, 0xFF];

    static readonly Gen<byte> Byte = Gen.OneOf(Gen.Byte, Gen.Int[0, Telling.Length - 1].Select(at => Telling[at]));

    static readonly Gen<Func<byte[], byte[]>> One = Gen.Select(Gen.Int[0, 4], Gen.Int[0, int.MaxValue], Byte, Change);

    public static readonly Gen<Func<byte[], byte[]>> Any =
        One.Array[1, 4].Select(changes => (Func<byte[], byte[]>)(bytes => changes.Aggregate(bytes, (now, change) => change(now))));

    static Func<byte[], byte[]> Change(int kind, int where, byte with) => bytes =>
    {
        var at = bytes.Length == 0 ? 0 : where % bytes.Length;
        var (before, after) = (bytes[..at], bytes[Math.Min(at + 1, bytes.Length)..]);
        return kind switch
        {
            0 => [.. before, with, .. after],
            1 => [.. before, with, .. bytes[at..]],
            2 => [.. before, .. after],
            3 => [.. bytes, .. bytes[at..]],
            _ => before,
        };
    };
}
