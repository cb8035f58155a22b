using System.Text;

namespace Interop.Core.Formats;

/// <summary>How characters are bytes. One with a byte a character has a table; in UTF-8 a character is a code point.</summary>
sealed class CharacterSet
{
    const int FirstHigh = 0x80;

    // What Windows put where ISO 8859-1 has control characters; five places it left empty.
    const string Windows1252 = "\u20AC\0\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\0\u017D\0\0\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\0\u017E\u0178";

    readonly string? high;

    CharacterSet(string name, string? high) => (Name, this.high) = (name, high);

    /// <summary>Every character set, by the name a schema gives.</summary>
    public static IReadOnlyDictionary<string, CharacterSet> All { get; } = new[]
    {
        new CharacterSet("utf-8", null),
        new CharacterSet("us-ascii", ""),
        new CharacterSet("iso-8859-1", string.Concat(Enumerable.Range(FirstHigh, 128).Select(code => (char)code))),
        new CharacterSet("windows-1252", Windows1252 + string.Concat(Enumerable.Range(FirstHigh + Windows1252.Length, 128 - Windows1252.Length).Select(code => (char)code))),
    }.ToDictionary(set => set.Name, StringComparer.Ordinal);

    public string Name { get; }

    public bool IsUtf8 => high is null;

    /// <summary>The first byte that is no character; -1 if all are. UTF-8 is checked where a record is taken.</summary>
    public int Strange(ReadOnlySpan<byte> bytes)
    {
        for (var at = IsUtf8 ? -1 : bytes.IndexOfAnyInRange((byte)FirstHigh, (byte)0xFF); at >= 0 && at < bytes.Length; at++)
            if (bytes[at] >= FirstHigh && (bytes[at] - FirstHigh >= high!.Length || high[bytes[at] - FirstHigh] == '\0')) return at;
        return -1;
    }

    public string Text(ReadOnlySpan<byte> bytes)
    {
        if (IsUtf8 || Ascii.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        foreach (var code in bytes) text.Append(code < FirstHigh ? (char)code : high![code - FirstHigh]);
        return text.ToString();
    }

    /// <summary>Adds a character's bytes; false if the set does not have it.</summary>
    public bool TryAdd(Rune rune, List<byte> bytes)
    {
        if (rune.IsAscii)
        {
            bytes.Add((byte)rune.Value);
            return true;
        }

        if (IsUtf8)
        {
            Span<byte> utf8 = stackalloc byte[4];
            bytes.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
            return true;
        }

        var at = rune.IsBmp ? high!.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
        if (at >= 0) bytes.Add((byte)(FirstHigh + at));
        return at >= 0;
    }
}
