namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// JSON as a plan has written it, to XML in one pass. It can while attributes come before elements and texts are plain, as they mostly are; what else there is, <see cref="XmlTapeWriter"/> writes
/// from a tape.
/// </summary>
/// <remarks>Each method goes from a position to the one behind what it has written; 0 says that it is something else.</remarks>
readonly ref struct XmlPass(ReadOnlySpan<byte> json, Emitter emitter)
{
    readonly ReadOnlySpan<byte> json = json;

    /// <summary>Writes the root.</summary>
    /// <param name="document">The document as an element without a name.</param>
    /// <param name="declared">The attribute that declares the root's namespace; empty for none.</param>
    public bool TryWrite(XmlElement document, ReadOnlySpan<byte> declared)
    {
        var (at, root) = (2, document.Children[0]);
        if (!document.Names.IsNext(root.Slot, json[at..])) return false;
        at = Element(root, at + document.Names.LengthOf(root.Slot), 0, declared);
        return at > 0 && at == json.Length - 1;
    }

    int Element(XmlElement.Child child, int at, int depth, ReadOnlySpan<byte> declared)
    {
        var element = child.Element;
        if (depth == XmlTapeWriter.Indents.Length || json[at] != (element.IsObject ? '{' : '"')) return 0;
        emitter.Word(XmlTapeWriter.Indents[depth]);
        emitter.Word(child.Start);
        var slot = 0;
        if (element.IsObject && (at = Attributes(element, at + 1, ref slot)) == 0) return 0;
        emitter.Raw(declared);
        var before = emitter.Length;
        emitter.Byte((byte)'>');
        at = element.IsObject ? Elements(element, at, slot, depth + 1) : Text(at);
        if (at == 0) return 0;
        if (emitter.Length > before + 1)
        {
            if (element.IsObject) emitter.Word(XmlTapeWriter.Indents[depth]);
            emitter.Word(child.End);
        }
        else
        {
            emitter.Length = before;
            emitter.Raw(" />"u8);
        }

        return at;
    }

    // The members that are attributes, up to the first that is none.
    int Attributes(XmlElement element, int at, ref int slot)
    {
        if (element.Attributes.Length == 0) return at;
        while (json[at] != '}')
        {
            var member = Member(element, at, ref slot);
            if (member == 0 || element.AttributeOf[slot] is not { } attribute) return member == 0 ? 0 : at;
            emitter.Word(attribute.Start);
            at = json[member] == '"' ? Text(member) : 0;
            if (at == 0) return 0;
            emitter.Byte((byte)'"');
            slot++;
        }

        return at;
    }

    int Elements(XmlElement element, int at, int slot, int depth)
    {
        while (json[at] != '}')
        {
            at = Member(element, at, ref slot);
            if (at == 0 || element.ChildOf[slot++] is not { } child) return 0;
            if (!child.IsList) at = Element(child, at, depth, []);
            else if (json[at] != '[') return 0;
            else at = Items(child, at + 1, depth);
            if (at == 0) return 0;
        }

        return at + 1;
    }

    int Items(XmlElement.Child child, int at, int depth)
    {
        while (json[at] != ']')
        {
            at = Element(child, json[at] == ',' ? at + 1 : at, depth, []);
            if (at == 0) return 0;
        }

        return at + 1;
    }

    // From a comma or a quotation mark to the member's value; the slot becomes the member's.
    int Member(XmlElement element, int at, ref int slot)
    {
        at += json[at] == ',' ? 2 : 1;
        while (!element.Names.IsNext(slot, json[at..]))
        {
            if (++slot >= element.Names.Count) return 0;
        }

        return at + element.Names.LengthOf(slot);
    }

    int Text(int at)
    {
        var text = json.Slice(at + 1, Scan.PlainContentLength(json[(at + 1)..]));
        var end = at + 1 + text.Length;
        if (json[end] != '"' || text.Contains((byte)'>')) return 0;
        emitter.Raw(text);
        return end + 1;
    }
}
