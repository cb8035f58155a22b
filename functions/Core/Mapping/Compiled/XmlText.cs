using System.Buffers;

namespace Interop.Core.Mapping.Compiled;

/// <summary>The characters that XML may hold, in UTF-8, and how those are written that mean something there.</summary>
static class XmlText
{
    static readonly SearchValues<byte> Forbidden = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(one => (byte)one).Except("\t\n\r"u8.ToArray())]);

    /// <summary>Whether valid UTF-8 holds no character that XML may not.</summary>
    public static bool IsWritable(ReadOnlySpan<byte> text) => !text.ContainsAny(Forbidden) && text.IndexOf("\uFFFE"u8) < 0 && text.IndexOf("\uFFFF"u8) < 0;

    public static ReadOnlySpan<byte> Escaped(byte one) => one switch
    {
        (byte)'&' => "&amp;"u8,
        (byte)'<' => "&lt;"u8,
        (byte)'>' => "&gt;"u8,
        (byte)'"' => "&quot;"u8,
        (byte)'\t' => "&#x9;"u8,
        (byte)'\n' => "&#xA;"u8,
        _ => "&#xD;"u8,
    };
}
