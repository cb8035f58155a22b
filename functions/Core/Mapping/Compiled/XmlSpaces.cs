using System.Runtime.InteropServices;
using System.Text;

namespace Interop.Core.Mapping.Compiled;

/// <summary>The namespaces that are declared where a reader stands.</summary>
/// <param name="xml">The document.</param>
/// <param name="declared">Room for as many as there may be.</param>
ref struct XmlSpaces(ReadOnlySpan<byte> xml, Span<XmlSpaces.Declaration> declared)
{
    readonly ReadOnlySpan<byte> xml = xml;
    readonly Span<Declaration> declared = declared;

    /// <param name="Prefix">Empty for the default namespace.</param>
    /// <param name="Uri">The namespace.</param>
    /// <param name="Depth">How deep the element is that declares it.</param>
    [StructLayout(LayoutKind.Auto)]
    public readonly record struct Declaration(XmlPart Prefix, XmlPart Uri, int Depth);

    /// <summary>How many are declared; set back at the end of the element that declares some.</summary>
    public int Count { get; set; }

    /// <summary>Takes an attribute whose name begins with <c>xmlns</c>; false if it is refused.</summary>
    public bool Declare(XmlPart name, XmlPart uri, int depth)
    {
        var text = name.Of(xml);
        var value = uri.Of(xml);
        var prefix = text.Length == 5 ? name with { Length = 0 } : new XmlPart(name.Start + 6, name.Length - 6);
        if (text.Length > 5 && (text[5] != ':' || !IsPrefix(prefix.Of(xml)) || uri.Length == 0)) return false;
        if (Count == declared.Length || value.Contains((byte)'&') || (value.StartsWith("http://www.w3.org/XML"u8) && !value.SequenceEqual("http://www.w3.org/XMLSchema"u8))) return false;
        if (value.StartsWith("http://www.w3.org/2000/xmlns"u8)) return false;
        for (var other = Count - 1; other >= 0 && declared[other].Depth == depth; other--)
        {
            if (declared[other].Prefix.Of(xml).SequenceEqual(prefix.Of(xml))) return false;
        }

        declared[Count++] = new Declaration(prefix, uri, depth);
        return true;
    }

    /// <summary>Whether an element, by its prefix, is in the namespace that the schema wants, if it wants one; a prefix must be declared in any case.</summary>
    public readonly bool IsIn(byte[]? expected, ReadOnlySpan<byte> prefix)
    {
        for (var one = Count - 1; one >= 0; one--)
        {
            if (declared[one].Prefix.Of(xml).SequenceEqual(prefix)) return expected is null || declared[one].Uri.Of(xml).SequenceEqual(expected);
        }

        return prefix.IsEmpty && (expected is null || expected.Length == 0);
    }

    public static bool IsPrefix(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || (text.Length >= 3 && Ascii.EqualsIgnoreCase(text[..3], "xml"u8)) || !(char.IsAsciiLetter((char)text[0]) || text[0] == '_')) return false;
        foreach (var one in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)one) && one is not ((byte)'_' or (byte)'-' or (byte)'.')) return false;
        }

        return true;
    }
}
