using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Interop.Benchmarks.Mapping.Hand;

/// <summary>A text of the document that is read: its token with the quotation marks. Start 0 is none, for a document begins with a bracket.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct HandText(int Start, int Length, bool IsEscaped)
{
    public bool IsNone => Start == 0;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json.Slice(Start + 1, Length - 2);

    /// <summary>The token that the reader stands at; none if it is no text or its length, in code points, is another.</summary>
    public static HandText Of(ref Utf8JsonReader reader, int least, int most)
    {
        if (reader.TokenType != JsonTokenType.String || !IsOfLength(ref reader, least, most)) return default;
        var start = (int)reader.TokenStartIndex;
        return new HandText(start, (int)reader.BytesConsumed - start, reader.ValueIsEscaped);
    }

    // What has no more bytes than it may have characters is not counted.
    static bool IsOfLength(ref Utf8JsonReader reader, int least, int most)
    {
        var text = reader.ValueSpan;
        if (text.Length <= most && least <= 1 && !reader.ValueIsEscaped) return text.Length >= least;
        if (!reader.ValueIsEscaped && Ascii.IsValid(text)) return text.Length >= least && text.Length <= most;
        var length = reader.GetString()!.EnumerateRunes().Count();
        return length >= least && length <= most;
    }
}
