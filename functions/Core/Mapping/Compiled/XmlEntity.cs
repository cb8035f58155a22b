using System.Globalization;
using System.Text;

namespace Interop.Core.Mapping.Compiled;

/// <summary>What stands between an ampersand and a semicolon: the five entities of XML, and characters by their number.</summary>
static class XmlEntity
{
    public static bool TryRead(ReadOnlySpan<byte> name, out Rune rune)
    {
        rune = name switch
        {
            [(byte)'l', (byte)'t'] => new Rune('<'),
            [(byte)'g', (byte)'t'] => new Rune('>'),
            [(byte)'a', (byte)'m', (byte)'p'] => new Rune('&'),
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => new Rune('"'),
            [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => new Rune('\''),
            _ => default,
        };
        if (rune.Value != 0) return true;
        if (name[0] != '#' || name.Length is < 2 or > 8) return false;
        var isHex = name[1] == 'x';
        var digits = name[(isHex ? 2 : 1)..];
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (digits.IsEmpty || !int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code)) return false;
        return Rune.TryCreate(code, out rune) && (code >= 0x20 || code is '\t' or '\n' or '\r') && code is not (0xFFFE or 0xFFFF);
    }
}
