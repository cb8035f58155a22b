namespace Interop.Core.Formats;

/// <summary>Looks for a document type before anything is parsed: it can only stand after white space, comments and processing instructions.</summary>
static class XmlProlog
{
    const string DoctypeStart = "<!DOCTYPE";

    static readonly (string Start, string End)[] PassedOver = [("<!--", "-->"), ("<?", "?>")];

    /// <summary>Where the document type begins; null if there is none.</summary>
    public static Place? Doctype(string text)
    {
        var at = 0;
        while (true)
        {
            at += text.AsSpan(at).Length - text.AsSpan(at).TrimStart(" \t\r\n").Length;
            var rest = text.AsSpan(at);
            if (rest.StartsWith(DoctypeStart, StringComparison.OrdinalIgnoreCase)) return PlaceAt(text, at);
            var end = End(rest);
            if (end < 0) return null;
            at += end;
        }
    }

    static int End(ReadOnlySpan<char> rest)
    {
        foreach (var (start, end) in PassedOver)
        {
            if (!rest.StartsWith(start, StringComparison.Ordinal)) continue;
            var found = rest[start.Length..].IndexOf(end, StringComparison.Ordinal);
            return found < 0 ? -1 : start.Length + found + end.Length;
        }

        return -1;
    }

    static Place PlaceAt(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        return new Place("", before.Count('\n') + 1, offset - before.LastIndexOf('\n'));
    }
}
