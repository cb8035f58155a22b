using System.Buffers.Binary;
using System.Text;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A fixed set of texts, found by their bytes: which of them a text is. Open addressing, at most half full, made once.</summary>
sealed class TextTable
{
    readonly byte[][] texts;
    readonly int[] places;

    public TextTable(IEnumerable<string> texts)
    {
        this.texts = [.. texts.Select(Encoding.UTF8.GetBytes)];
        var size = 4;
        while (size < this.texts.Length * 2) size *= 2;
        places = new int[size];
        for (var at = 0; at < this.texts.Length; at++)
        {
            var place = (int)(Hash(this.texts[at]) & (uint)(size - 1));
            while (places[place] != 0) place = (place + 1) & (size - 1);
            places[place] = at + 1;
        }
    }

    public int Count => texts.Length;

    public ReadOnlySpan<byte> this[int at] => texts[at];

    /// <summary>The index of the text; -1 if it is none of them.</summary>
    public int IndexOf(ReadOnlySpan<byte> text)
    {
        var mask = places.Length - 1;
        for (var place = (int)(Hash(text) & (uint)mask); places[place] is > 0 and var found; place = (place + 1) & mask)
        {
            if (text.SequenceEqual(texts[found - 1])) return found - 1;
        }

        return -1;
    }

    // Both ends and the length tell codes and names apart; what is between them is compared.
    static uint Hash(ReadOnlySpan<byte> text)
    {
        ulong first, last;
        if (text.Length >= 8) (first, last) = (BinaryPrimitives.ReadUInt64LittleEndian(text), BinaryPrimitives.ReadUInt64LittleEndian(text[^8..]));
        else if (text.Length >= 4) (first, last) = (BinaryPrimitives.ReadUInt32LittleEndian(text), BinaryPrimitives.ReadUInt32LittleEndian(text[^4..]));
        else if (text.Length > 0) (first, last) = (text[0], ((ulong)text[text.Length / 2] << 8) | text[^1]);
        else return 0;
        return unchecked((uint)((((first * 0x9E3779B97F4A7C15) ^ last) * 0xC2B2AE3D27D4EB4F + ((ulong)text.Length * 0x165667B19E3779F9)) >> 32));
    }
}
