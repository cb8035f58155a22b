using System.Runtime.Intrinsics;
using System.Text.Encodings.Web;
using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>What a translation reads (a tape, and the items of the groups it is in) and the JSON it has written. Used again and again by one thread.</summary>
sealed class Emitter
{
    public const int MaxScopes = 64;

    const int MaxKept = 1 << 18;

    // A character beyond the basic plane, four bytes, becomes two escapes of six.
    const int MostPerByte = 6;

    byte[] output = new byte[8192];

    public Tape Tape { get; } = new();

    /// <summary>The token that each group stands at; 0 if it has none. The first is the document.</summary>
    public int[] Scopes { get; } = new int[MaxScopes];

    /// <summary>The position of each of them in the list in which it stands; -1 if it stands in none.</summary>
    public int[] Positions { get; } = new int[MaxScopes];

    /// <summary>How much is written; set back to take what was written after all.</summary>
    public int Length { get; set; }

    /// <summary>How often a field, and not a default or a condition, has written.</summary>
    public int Writes { get; set; }

    /// <summary>Where the items end of the list that is being written, if none may stand twice in it. One such list stands in no other that is compared.</summary>
    public int[] ItemEnds { get; } = new int[FormCheck.MaxCompared];

    public ReadOnlySpan<byte> Written => output.AsSpan(0, Length);

    public bool MayBeKept => output.Length <= MaxKept && Tape.MayBeKept;

    public void Begin(int root)
    {
        (Length, Writes) = (0, 0);
        Scopes.AsSpan().Clear();
        Scopes[0] = root;
        Positions[0] = -1;
    }

    public void Byte(byte one)
    {
        if (Length == output.Length) Grow(1);
        output[Length++] = one;
    }

    public void Replace(int at, byte one) => output[at] = one;

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (output.Length - Length < bytes.Length) Grow(bytes.Length);
        bytes.CopyTo(output.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Bytes that are known beforehand: the few there mostly are go as one block, and what stands behind them in it is written over.</summary>
    public void Word(Word word)
    {
        if (!word.IsShort)
        {
            Raw(word.Bytes);
            return;
        }

        if (output.Length - Length < Vector256<byte>.Count) Grow(Vector256<byte>.Count);
        word.Block.CopyTo(output, Length);
        Length += word.Length;
    }

    /// <summary>Room for that many bytes more, which then count as written.</summary>
    public Span<byte> Room(int length)
    {
        if (output.Length - Length < length) Grow(length);
        Length += length;
        return output.AsSpan(Length - length, length);
    }

    /// <summary>A text in quotation marks, escaped as <see cref="JsonValue"/> escapes.</summary>
    public void Text(ReadOnlySpan<byte> text, bool isPlain)
    {
        if (isPlain)
        {
            var room = Room(text.Length + 2);
            room[^1] = room[0] = (byte)'"';
            text.CopyTo(room[1..]);
            return;
        }

        var most = checked(text.Length * MostPerByte);
        if (output.Length - Length < most + 2) Grow(most + 2);
        output[Length++] = (byte)'"';
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, output.AsSpan(Length, most), out _, out var written);
        Length += written;
        output[Length++] = (byte)'"';
    }

    void Grow(int more)
    {
        var larger = new byte[Math.Max(checked(Length + more), checked(output.Length * 2))];
        Written.CopyTo(larger);
        output = larger;
    }
}

/// <summary>Bytes that are written again and again.</summary>
sealed class Word
{
    public Word(byte[] bytes)
    {
        Bytes = bytes;
        Span<byte> block = stackalloc byte[Vector256<byte>.Count];
        if (IsShort) bytes.CopyTo(block);
        Block = Vector256.Create<byte>(block);
    }

    public byte[] Bytes { get; }

    public int Length => Bytes.Length;

    public Vector256<byte> Block { get; }

    public bool IsShort => Bytes.Length <= Vector256<byte>.Count;
}
