using System.Text;

namespace Interop.Core.Formats;

/// <summary>Reads the elements of one name at one path of an XML document, each by itself. Of what stands beside them only the tags are looked at.</summary>
sealed class XmlRecordReader(XmlPath path, RecordLimits limits) : RecordReader(limits)
{
    readonly XmlMarkup markup = new();
    readonly XmlOuter outer = new(path);
    byte[] recordName = [];
    int sameName;
    bool inMarkup;
    bool isRecord;
    bool isRootClosed;
    bool isTextTold;

    private protected override (int Bytes, Scanned What) Scan(ReadOnlySpan<byte> bytes)
    {
        if (inMarkup)
        {
            var end = markup.Find(bytes);
            if (end < 0) return (bytes.Length, Scanned.Part);
            inMarkup = false;
            return (end, sameName > 0 ? Within() : Around());
        }

        var next = bytes.IndexOf((byte)'<');
        if (next == 0)
        {
            inMarkup = true;
            markup.Begin();
            if (sameName == 0) isRecord = false;
            return Scan(bytes);
        }

        var text = next < 0 ? bytes : bytes[..next];
        if (sameName > 0) return (text.Length, Scanned.Part);
        Text(text);
        return (text.Length, Scanned.Gap);
    }

    private protected override void Take(ReadOnlySpan<byte> record, Position start, bool last)
    {
        if (isRecord) Emit(start, "", XmlFormatReader.ReadRecord(record, path, outer.Context(), Limits.Record));
        else if (last) Stop(start, new Problem("syntax", FormatMessages.EndsTooSoon("XML")));
        else if (Outer(record, start) is { } problem) Stop(start, problem);
    }

    private protected override void Refuse(Position start, Problem problem)
    {
        if (isRecord) Emit(start, "", problem);
        else Stop(start, problem);
    }

    private protected override void Finish()
    {
        if (!isRootClosed) Stop(Here, new Problem("syntax", FormatMessages.EndsTooSoon("XML")));
    }

    // A record ends with its own end tag, whatever is left open within it: so one that is malformed does not take others with it.
    Scanned Within()
    {
        if (!markup.Name.SequenceEqual(recordName)) return Scanned.Part;
        if (markup.What == XmlMarkup.Kind.EndTag) sameName--;
        else if (markup is { What: XmlMarkup.Kind.StartTag, IsEmptyTag: false }) sameName++;
        return sameName == 0 ? Scanned.End : Scanned.Part;
    }

    Scanned Around()
    {
        isRecord = markup.What == XmlMarkup.Kind.StartTag && outer.IsRecord(markup.LocalName);
        if (!isRecord || markup.IsEmptyTag) return Scanned.End;
        recordName = markup.Name.ToArray();
        sameName = 1;
        return Scanned.Part;
    }

    Problem? Outer(ReadOnlySpan<byte> bytes, Position start)
    {
        switch (markup.What)
        {
            case XmlMarkup.Kind.Comment:
                return null;
            case XmlMarkup.Kind.Instruction:
                return bytes.StartsWith("<?xml "u8) ? XmlFormatReader.ReadDeclaration(bytes, start.Offset <= Encoding.UTF8.Preamble.Length) : null;
            case XmlMarkup.Kind.Declaration:
                return new Problem("dtd", FormatMessages.Doctype);
            case XmlMarkup.Kind.CharacterData:
                if (outer.OnPath) Text(bytes);
                return null;
            case XmlMarkup.Kind.EndTag:
                if (!outer.Close(Encoding.UTF8.GetString(bytes[2..^1]).TrimEnd(' ', '\t', '\r', '\n'))) return new Problem("syntax", FormatMessages.WrongEndTag);
                isRootClosed = outer.Count == 0;
                return null;
            default:
                return isRootClosed ? new Problem("syntax", FormatMessages.SecondRoot)
                    : outer.Count >= Limits.Record.MaxDepth ? new Problem("too-deep", FormatMessages.TooDeep(Limits.Record.MaxDepth))
                    : Open(bytes);
        }
    }

    Problem? Open(ReadOnlySpan<byte> tag)
    {
        var problem = outer.Open(Encoding.UTF8.GetString(tag), markup.IsEmptyTag);
        isRootClosed = outer.Count == 0;
        return problem;
    }

    // Told once: what follows is most likely of the same kind.
    void Text(ReadOnlySpan<byte> text)
    {
        if (isTextTold || !outer.OnPath || text.IndexOfAnyExcept(" \t\r\n"u8) is not (>= 0 and var first)) return;
        isTextTold = true;
        Emit(Here.After(text[..first]), "", outer.Count == 0 ? new Problem("syntax", FormatMessages.TextOutsideRoot) : new Problem("mixed-text", FormatMessages.TextBesideRecords));
    }
}
