namespace Interop.Core.Mapping.Compiled;

enum TokenKind : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// <summary>One value of the document that is translated.</summary>
struct Token
{
    /// <summary>Of a text or number: where it begins among the tape's bytes, unescaped. Of an object: its first slot. Of an array: its first item, 0 if it is empty.</summary>
    public int Start;

    /// <summary>Of a text or number: its bytes. Of an array: its items. Of an object that was read from JSON: where it ends.</summary>
    public int Length;

    /// <summary>The next item of the array it belongs to; 0 for the last.</summary>
    public int Next;

    /// <summary>Of an array: its last item so far. Of an object that was read from JSON: where it begins.</summary>
    public int Last;

    public TokenKind Kind;

    /// <summary>Of a text: it is ASCII and stands in JSON as it is.</summary>
    public bool IsPlain;

    /// <summary>Of an object: it has members that its form does not name.</summary>
    public bool HasMore;
}

/// <summary>
/// A document in tokens. Token 0 is none: what is absent. The members that an object's form names have a slot each, in the form's order; the slot holds the member's token.
/// Texts stand in <see cref="Bytes"/>: the document itself, and behind it what had to be unescaped. Used again and again by one thread; what grew large is given up.
/// </summary>
sealed class Tape
{
    /// <summary>More values than this are left to the interpreter, whose validation has a limit of steps.</summary>
    public const int MaxTokens = 1 << 16;

    const int MaxKept = 1 << 18;
    const int MaxUnknown = 512;
    const int MaxUnknownOfObject = 32;

    readonly (int Start, int Length)[] unknown = new (int, int)[MaxUnknown];
    int slotCount;
    int byteCount;

    public Token[] Tokens { get; private set; } = new Token[512];

    public int[] Slots { get; private set; } = new int[1024];

    public byte[] Bytes { get; private set; } = new byte[8192];

    public int Count { get; private set; }

    /// <summary>How many names are kept of members that no form has, in the objects that are being read.</summary>
    public int UnknownCount { get; set; }

    /// <summary>Whether it is small enough to be kept for the next document.</summary>
    public bool MayBeKept => Bytes.Length <= MaxKept && Tokens.Length <= MaxTokens && Slots.Length <= MaxKept;

    public void Begin(ReadOnlySpan<byte> document)
    {
        (Count, UnknownCount, slotCount, byteCount) = (1, 0, 0, 0);
        Append(document);
    }

    /// <summary>The number of the new token; 0 if there are too many.</summary>
    public int Add(Token token)
    {
        if (Count == Tokens.Length)
        {
            if (Count >= MaxTokens) return 0;
            var more = new Token[Count * 2];
            Tokens.CopyTo(more, 0);
            Tokens = more;
        }

        Tokens[Count] = token;
        return Count++;
    }

    public int AddText(int start, int length, bool isPlain) => Add(new Token { Kind = TokenKind.String, Start = start, Length = length, IsPlain = isPlain });

    /// <param name="members">How many slots it has.</param>
    /// <param name="first">The first of them.</param>
    public int AddObject(int members, out int first)
    {
        first = slotCount;
        slotCount += members;
        if (slotCount > Slots.Length)
        {
            var more = new int[Math.Max(slotCount, Slots.Length * 2)];
            Slots.CopyTo(more, 0);
            Slots = more;
        }

        Slots.AsSpan(first, members).Clear();
        return Add(new Token { Kind = TokenKind.Object, Start = first });
    }

    /// <summary>Keeps the name of a member that a form has not; false if there are too many, or if it stands among those of its object already.</summary>
    /// <param name="start">Where it stands among the bytes.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="first">The first that was kept of its object.</param>
    public bool AddUnknown(int start, int length, int first)
    {
        if (UnknownCount == MaxUnknown || UnknownCount - first >= MaxUnknownOfObject) return false;
        for (var other = first; other < UnknownCount; other++)
        {
            if (Bytes.AsSpan(unknown[other].Start, unknown[other].Length).SequenceEqual(Bytes.AsSpan(start, length))) return false;
        }

        unknown[UnknownCount++] = (start, length);
        return true;
    }

    /// <summary>Notes that members of an object are not on the tape, and where in the document it stands.</summary>
    public void Incomplete(int token, int start, int end)
    {
        ref var found = ref Tokens[token];
        (found.HasMore, found.Last, found.Length) = (true, start, end);
    }

    /// <summary>Makes the token the last item of the array.</summary>
    public void Attach(int array, int item)
    {
        ref var list = ref Tokens[array];
        if (list.Length++ == 0) list.Start = item;
        else Tokens[list.Last].Next = item;
        list.Last = item;
    }

    /// <summary>Puts bytes behind those there are.</summary>
    /// <returns>Where they begin.</returns>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        var start = byteCount;
        byteCount += bytes.Length;
        if (byteCount > Bytes.Length)
        {
            var more = new byte[Math.Max(byteCount, Bytes.Length * 2)];
            Bytes.AsSpan(0, start).CopyTo(more);
            Bytes = more;
        }

        bytes.CopyTo(Bytes.AsSpan(start));
        return start;
    }

    public ReadOnlySpan<byte> Text(in Token token) => Bytes.AsSpan(token.Start, token.Length);
}
