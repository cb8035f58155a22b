using System.Buffers;
using System.Runtime.InteropServices;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A text that is put together from runs of characters and from CDATA: a single run that is as it stands is left where it stands, all others are put behind the tape's bytes.</summary>
[StructLayout(LayoutKind.Auto)]
struct XmlValue(Tape tape, int at)
{
    static readonly SearchValues<byte> Changed = SearchValues.Create("&\r"u8);

    bool isCopy;

    /// <summary>Where it begins among the tape's bytes.</summary>
    public int Start { get; private set; } = at;

    public int Length { get; private set; }

    public readonly bool IsBlank => XmlSyntax.IsBlank(tape.Bytes.AsSpan(Start, Length));

    /// <summary>Puts a run to those before; false if it is refused.</summary>
    public bool Add(XmlPart run, bool isCdata)
    {
        if (run.Length == 0) return true;
        var text = run.Of(tape.Bytes);
        if (!isCdata && text.IndexOf("]]>"u8) >= 0) return false;
        var isChanged = isCdata ? text.Contains((byte)'\r') : text.ContainsAny(Changed);
        if (!isChanged && Length == 0)
        {
            (Start, Length, isCopy) = (run.Start, run.Length, false);
            return true;
        }

        if (!isCopy) (Start, isCopy) = (tape.Append(tape.Bytes.AsSpan(Start, Length)), true);
        if (!isChanged) return Put(text);
        return Decode(text, isCdata);
    }

    /// <summary>An attribute's value.</summary>
    public bool AddAttribute(XmlPart value)
    {
        if (!value.Of(tape.Bytes).Contains((byte)'&'))
        {
            (Start, Length) = (value.Start, value.Length);
            return true;
        }

        Start = tape.Append([]);
        return Decode(value.Of(tape.Bytes), isCdata: false);
    }

    // Entities and references as what they stand for, line ends as one character.
    bool Decode(ReadOnlySpan<byte> rest, bool isCdata)
    {
        Span<byte> bytes = stackalloc byte[4];
        while (true)
        {
            var stop = isCdata ? rest.IndexOf((byte)'\r') : rest.IndexOfAny(Changed);
            Put(stop < 0 ? rest : rest[..stop]);
            if (stop < 0) return true;
            rest = rest[stop..];
            if (rest[0] == '\r')
            {
                Put("\n"u8);
                rest = rest[(rest.Length > 1 && rest[1] == '\n' ? 2 : 1)..];
                continue;
            }

            var end = rest.IndexOf((byte)';');
            if (end < 2 || !XmlEntity.TryRead(rest[1..end], out var rune)) return false;
            Put(bytes[..rune.EncodeToUtf8(bytes)]);
            rest = rest[(end + 1)..];
        }
    }

    bool Put(scoped ReadOnlySpan<byte> bytes)
    {
        tape.Append(bytes);
        Length += bytes.Length;
        return true;
    }
}
