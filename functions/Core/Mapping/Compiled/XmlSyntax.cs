using System.Buffers;
using System.Runtime.InteropServices;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A part of a document.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct XmlPart(int Start, int Length)
{
    public int End => Start + Length;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> xml) => xml.Slice(Start, Length);
}

/// <summary>The smallest parts of XML. Where a method goes to the position behind what it has read, 0 says "refused".</summary>
static class XmlSyntax
{
    static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\n\r/>="u8);

    /// <summary>The name that begins at a position; its length is 0 if none does.</summary>
    public static XmlPart Name(ReadOnlySpan<byte> xml, int at) => new(at, Math.Max(xml[at..].IndexOfAny(NameEnds), 0));

    /// <summary>An attribute's value, behind its name. White space other than blanks would be changed, and "&lt;" may not stand there.</summary>
    public static int Value(ReadOnlySpan<byte> xml, int at, out XmlPart value)
    {
        value = default;
        at = Past(xml, at);
        if (at >= xml.Length || xml[at] != '=') return 0;
        at = Past(xml, at + 1);
        if (at >= xml.Length || xml[at] is not ((byte)'"' or (byte)'\'')) return 0;
        var length = xml[(at + 1)..].IndexOf(xml[at]);
        if (length < 0) return 0;
        value = new XmlPart(at + 1, length);
        return value.Of(xml).ContainsAny("<\t\n\r"u8) ? 0 : value.End + 1;
    }

    /// <summary>Only what everybody writes: version 1.0, and perhaps an encoding that these bytes are.</summary>
    public static int Declaration(ReadOnlySpan<byte> xml)
    {
        var end = xml.IndexOf("?>"u8);
        if (end < 0) return 0;
        var inside = xml["<?xml "u8.Length..end].Trim((byte)' ');
        if (!inside.StartsWith("version=\"1.0\""u8)) return 0;
        var rest = inside["version=\"1.0\""u8.Length..];
        var isRight = rest.IsEmpty || (rest.StartsWith(" encoding=\""u8) && rest[^1] == '"' && System.Text.Ascii.EqualsIgnoreCase(rest[" encoding=\""u8.Length..^1], "utf-8"u8));
        return isRight ? end + 2 : 0;
    }

    /// <summary>White space and comments outside the root.</summary>
    public static int PastAside(ReadOnlySpan<byte> xml, int at)
    {
        while (true)
        {
            at = Past(xml, at);
            if (!xml[at..].StartsWith("<!--"u8)) return at;
            if ((at = Comment(xml, at)) == 0) return 0;
        }
    }

    public static int Comment(ReadOnlySpan<byte> xml, int at)
    {
        at += "<!--"u8.Length;
        var end = xml[at..].IndexOf("--"u8);
        at += end + 2;
        return end < 0 || at >= xml.Length || xml[at] != '>' ? 0 : at + 1;
    }

    /// <summary>The first position from there that is no white space.</summary>
    public static int Past(ReadOnlySpan<byte> xml, int at)
    {
        while (at < xml.Length && xml[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }

    public static bool IsBlank(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \t\r\n"u8);
}
