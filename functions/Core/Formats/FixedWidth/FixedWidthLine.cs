using System.Text;

namespace Interop.Core.Formats;

/// <summary>The characters of one record, over its bytes; nothing is copied.</summary>
readonly ref struct FixedWidthLine
{
    readonly ReadOnlySpan<byte> bytes;
    readonly bool isWide;

    /// <summary>A record of valid characters, without its line end.</summary>
    public FixedWidthLine(ReadOnlySpan<byte> bytes, CharacterSet characters)
    {
        this.bytes = bytes;
        isWide = characters.IsUtf8 && !Ascii.IsValid(bytes);
        Length = isWide ? Count(bytes) : bytes.Length;
    }

    /// <summary>The number of characters.</summary>
    public int Length { get; }

    /// <summary>The bytes of the characters from one to another; fewer, or none, where the record ends before.</summary>
    public ReadOnlySpan<byte> Between(int at, int end) => bytes[ByteAt(at)..ByteAt(end)];

    /// <summary>The byte where a character begins; the end where there are fewer.</summary>
    public int ByteAt(int character)
    {
        if (!isWide) return Math.Min(character, bytes.Length);
        var at = 0;
        for (; at < bytes.Length; at++)
            if (IsFirst(bytes[at]) && character-- == 0) break;
        return at;
    }

    static int Count(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        foreach (var one in bytes)
            if (IsFirst(one)) count++;
        return count;
    }

    static bool IsFirst(byte one) => (one & 0xC0) != 0x80;
}
