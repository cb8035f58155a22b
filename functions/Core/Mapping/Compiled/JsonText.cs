using System.Globalization;
using System.Text;

namespace Interop.Core.Mapping.Compiled;

/// <summary>Texts of JSON that are not plain: other characters than ASCII, and escapes, which are put behind the tape's bytes as what they stand for.</summary>
static class JsonText
{
    /// <summary>Reads a text on from the first byte that is not plain.</summary>
    /// <returns>The position behind it; 0 if it is refused.</returns>
    public static int Rest(ReadOnlySpan<byte> json, Tape tape, Form form, int start, int from)
    {
        var (at, copied, isCopy, textStart, textLength) = (from, start, false, start, 0);
        Span<byte> bytes = stackalloc byte[4];
        while (true)
        {
            var stop = json[at..].IndexOfAny(Scan.Ends);
            if (stop < 0) return 0;
            at += stop;
            if (json[at] < 0x20) return 0;
            if (json[at] == '"') break;
            var added = tape.Append(json[copied..at]);
            if (!isCopy) (isCopy, textStart) = (true, added);
            textLength += at - copied;
            at = Escape(json, at, out var rune);
            if (at == 0) return 0;
            var written = rune.EncodeToUtf8(bytes);
            tape.Append(bytes[..written]);
            textLength += written;
            copied = at;
        }

        if (isCopy) tape.Append(json[copied..at]);
        textLength += at - copied;
        if (form.Text != TextRule.None && !form.Text.Accepts(tape.Bytes.AsSpan(textStart, textLength), isPlain: false)) return 0;
        return tape.AddText(textStart, textLength, isPlain: false) > 0 ? at + 1 : 0;
    }

    // From a backslash to behind the escape; 0 if it is none. Halves of a pair are one escape.
    static int Escape(ReadOnlySpan<byte> json, int at, out Rune rune)
    {
        rune = default;
        if (at + 1 >= json.Length) return 0;
        var letter = json[at + 1];
        at += 2;
        if (letter != 'u')
        {
            var meant = letter switch { (byte)'"' => '"', (byte)'\\' => '\\', (byte)'/' => '/', (byte)'b' => '\b', (byte)'f' => '\f', (byte)'n' => '\n', (byte)'r' => '\r', (byte)'t' => '\t', _ => '\0' };
            rune = new Rune(meant);
            return meant == '\0' ? 0 : at;
        }

        if (!Unit(json, at, out var first)) return 0;
        at += 4;
        if (!char.IsSurrogate(first)) return Rune.TryCreate(first, out rune) ? at : 0;
        if (at + 1 >= json.Length || json[at] != '\\' || json[at + 1] != 'u' || !Unit(json, at + 2, out var second)) return 0;
        return Rune.TryCreate(first, second, out rune) ? at + 6 : 0;
    }

    static bool Unit(ReadOnlySpan<byte> json, int at, out char unit)
    {
        unit = '\0';
        if (at + 4 > json.Length || !ushort.TryParse(json.Slice(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return false;
        unit = (char)code;
        return true;
    }
}
