namespace Interop.Core.Formats;

/// <summary>Finds where a tag, comment, CDATA section or processing instruction ends, from its &lt;. The state lives across pieces.</summary>
sealed class XmlMarkup
{
    /// <summary>A longer name is none that is looked for.</summary>
    const int LongestName = 256;

    readonly byte[] name = new byte[LongestName];
    int nameLength;
    bool isNameWhole;
    byte quote;
    long count;
    uint tail;

    public enum Kind
    {
        Unknown,
        StartTag,
        EndTag,
        Comment,
        CharacterData,
        Instruction,
        Declaration,
    }

    public Kind What { get; private set; }

    /// <summary>Whether it is the one tag of an element that is empty.</summary>
    public bool IsEmptyTag => What == Kind.StartTag && (tail & 0xFF00) == '/' << 8;

    /// <summary>The name of a tag as it is written, with its prefix; empty if it is too long to be looked for.</summary>
    public ReadOnlySpan<byte> Name => nameLength <= LongestName ? name.AsSpan(0, nameLength) : default;

    /// <summary>The name without its prefix.</summary>
    public ReadOnlySpan<byte> LocalName => Name[(Name.IndexOf((byte)':') + 1)..];

    /// <summary>Forgets what was, for the markup that comes next.</summary>
    public void Begin() => (What, nameLength, isNameWhole, quote, count, tail) = (Kind.Unknown, 0, false, 0, 0, 0);

    /// <summary>The number of bytes up to and with the end; -1 if it does not end in these.</summary>
    public int Find(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
            if (Ends(bytes[at])) return at + 1;
        return -1;
    }

    bool Ends(byte one)
    {
        count++;
        tail = (tail << 8) | one;
        if (count == 2) What = one switch { (byte)'?' => Kind.Instruction, (byte)'!' => Kind.Declaration, (byte)'/' => Kind.EndTag, _ => Kind.StartTag };
        if (count == 3 && What == Kind.Declaration) What = one switch { (byte)'-' => Kind.Comment, (byte)'[' => Kind.CharacterData, _ => Kind.Declaration };
        if (What is Kind.StartTag or Kind.EndTag) return TagEnds(one);
        if (one != '>') return false;
        return What switch
        {
            Kind.Comment => count > "<!-->"u8.Length + 1 && (tail & 0xFFFFFF) == 0x2D2D3E,
            Kind.CharacterData => count > "<![CDATA["u8.Length && (tail & 0xFFFFFF) == 0x5D5D3E,
            Kind.Instruction => count > "<?>"u8.Length && (tail & 0xFFFF) == 0x3F3E,
            _ => true,
        };
    }

    bool TagEnds(byte one)
    {
        if (count == 2 && What == Kind.EndTag) return false;
        if (!isNameWhole)
        {
            isNameWhole = one is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'/' or (byte)'>';
            if (!isNameWhole && nameLength < LongestName) name[nameLength] = one;
            if (!isNameWhole && nameLength <= LongestName) nameLength++;
        }

        if (quote != 0)
        {
            if (one == quote) quote = 0;
            return false;
        }

        if (isNameWhole && What == Kind.StartTag && (one is (byte)'"' or (byte)'\'')) quote = one;
        return one == '>';
    }
}
