using System.Text;
using System.Text.Unicode;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// XML to a <see cref="Tape"/> that stands as its JSON would: elements, attributes without prefix, namespaces, text, CDATA, comments, the five entities and character references, in one pass
/// with the check against a form. What else there is (processing instructions, document types, names that the schema does not have, white space that attributes change) it refuses, as all
/// that is wrong; then the format's own reader decides.
/// </summary>
/// <remarks>Each method goes from a position to the one behind what it has read; 0 says "refused".</remarks>
ref struct XmlTokeniser
{
    const int MaxNamespaces = 16;

    readonly Tape tape;
    readonly ReadOnlySpan<byte> xml;
    XmlSpaces spaces;

    XmlTokeniser(Tape tape, int length, Span<XmlSpaces.Declaration> declared)
    {
        this.tape = tape;
        xml = tape.Bytes.AsSpan(0, length);
        spaces = new XmlSpaces(xml, declared);
    }

    /// <summary>Reads a document.</summary>
    /// <returns>The token of its value, an object with the root element as its member; 0 if it is refused.</returns>
    public static int Read(ReadOnlySpan<byte> document, XmlForm form, int maxDepth, Tape tape)
    {
        if (document.StartsWith(Encoding.UTF8.Preamble)) document = document[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(document) || !XmlText.IsWritable(document)) return 0;
        tape.Begin(document);
        var tokeniser = new XmlTokeniser(tape, document.Length, stackalloc XmlSpaces.Declaration[MaxNamespaces]);
        return tokeniser.Document(form, maxDepth);
    }

    int Document(XmlForm form, int depthLeft)
    {
        var at = xml.StartsWith("<?xml "u8) ? XmlSyntax.Declaration(xml) : 0;
        if (at == 0 && xml.StartsWith("<?xml "u8)) return 0;
        at = XmlSyntax.PastAside(xml, at);
        if (at >= xml.Length || xml[at] != '<') return 0;
        var document = tape.AddObject(form.Form.Names.Count, out var slots);
        var (seen, next) = (0UL, 0);
        if (document == 0 || (at = Child(form, slots, form.Namespace, at, depthLeft - 1, 0, ref seen, ref next)) == 0) return 0;
        return XmlSyntax.PastAside(xml, at) == xml.Length && IsComplete(form, slots, seen) ? document : 0;
    }

    // From the "<" of an element. Most documents have the elements in the order of the schema, without a prefix or an attribute: that is tried first.
    int Child(XmlForm parent, int slots, byte[]? inherited, int at, int depthLeft, int depth, ref ulong seen, ref int next)
    {
        if (depthLeft < 0) return 0;
        at++;
        var member = parent.StartTags.IsNext(next, xml[at..]) ? next : next > 0 && parent.StartTags.IsNext(next - 1, xml[at..]) ? next - 1 : -1;
        var isPlain = member >= 0;
        var (name, prefixLength) = isPlain ? (new XmlPart(at, parent.StartTags.LengthOf(member) - 1), 0) : Name(parent, at, out member);
        if (member < 0) return 0;
        var element = parent.Elements[member];
        var list = tape.Slots[slots + element.Slot];
        if (element.List is null ? list != 0 : list == 0 && (list = tape.Slots[slots + element.Slot] = tape.Add(new Token { Kind = TokenKind.Array })) == 0) return 0;
        var token = tape.Count;
        var expected = element.Item.Namespace ?? inherited;
        var end = isPlain && !element.Item.IsObject && spaces.IsIn(expected, []) ? Leaf(element.Item.Form, parent.EndTags, member, name.End + 1) : 0;
        if (end == 0) end = Element(element.Item, name, prefixLength, expected, depthLeft, depth);
        if (end == 0) return 0;
        if (element.List is null) tape.Slots[slots + element.Slot] = token;
        else tape.Attach(list, token);
        seen |= 1UL << element.Slot;
        next = member + 1;
        return end;
    }

    (XmlPart Name, int PrefixLength) Name(XmlForm parent, int at, out int member)
    {
        var part = XmlSyntax.Name(xml, at);
        var name = part.Of(xml);
        var colon = name.IndexOf((byte)':');
        member = colon < 0 || XmlSpaces.IsPrefix(name[..colon]) ? parent.ElementNames.IndexOf(name[(colon + 1)..]) : -1;
        return (part, Math.Max(colon, 0));
    }

    // A plain text and the end tag; 0 if it is something else, of which nothing is on the tape then.
    int Leaf(Form form, MemberNames endTags, int member, int at)
    {
        var length = Scan.PlainContentLength(xml[at..]);
        var end = at + length;
        if (end + 1 >= xml.Length || xml[end] != '<' || !endTags.IsNext(member, xml[(end + 1)..]) || !form.Takes(JsonTypes.String)) return 0;
        if (form.Text != TextRule.None && !form.Text.Accepts(xml.Slice(at, length), isPlain: true)) return 0;
        return tape.AddText(at, length, isPlain: true) > 0 ? end + 1 + endTags.LengthOf(member) : 0;
    }

    int Element(XmlForm form, XmlPart name, int prefixLength, byte[]? expected, int depthLeft, int depth)
    {
        if (!form.Form.Takes(form.IsObject ? JsonTypes.Object : JsonTypes.String)) return 0;
        var (before, seen, slots) = (spaces.Count, 0UL, 0);
        if (form.IsObject && tape.AddObject(form.Form.Names.Count, out slots) == 0) return 0;
        var at = Attributes(form, slots, name.End, depth, ref seen, out var isEmpty);
        if (at == 0 || !spaces.IsIn(expected, xml.Slice(name.Start, prefixLength))) return 0;
        var (text, hasElements) = (new XmlValue(tape, at), false);
        if (!isEmpty && ((at = Content(form, slots, expected, at, depthLeft, depth, ref text, ref seen, out hasElements)) == 0 || (at = End(name, at)) == 0)) return 0;
        spaces.Count = before;
        if (!form.IsObject) return Text(form.Form, text) > 0 ? at : 0;
        if (form.TextSlot >= 0 && !hasElements)
        {
            if ((tape.Slots[slots + form.TextSlot] = Text(form.Form.Members[form.TextSlot], text)) == 0) return 0;
            seen |= 1UL << form.TextSlot;
        }

        return IsComplete(form, slots, seen) ? at : 0;
    }

    readonly bool IsComplete(XmlForm form, int slots, ulong seen)
    {
        foreach (var (slot, list) in form.Lists)
        {
            var token = tape.Slots[slots + slot];
            if (token != 0 && (!list.Takes(JsonTypes.Array) || !FormCheck.Items(list, token, tape))) return false;
        }

        return form.Form.Takes(JsonTypes.Object) && form.Form.AcceptsMembers(seen);
    }

    readonly int Text(Form form, XmlValue value)
    {
        var text = tape.Bytes.AsSpan(value.Start, value.Length);
        var isPlain = Scan.PlainLength(text) == text.Length;
        return form.Takes(JsonTypes.String) && (form.Text == TextRule.None || form.Text.Accepts(text, isPlain)) ? tape.AddText(value.Start, value.Length, isPlain) : 0;
    }

    int Attributes(XmlForm form, int slots, int at, int depth, ref ulong seen, out bool isEmpty)
    {
        isEmpty = false;
        while (true)
        {
            var before = at;
            at = XmlSyntax.Past(xml, at);
            if (at >= xml.Length) return 0;
            if (xml[at] == '>') return at + 1;
            if (xml[at] == '/')
            {
                isEmpty = true;
                return at + 1 < xml.Length && xml[at + 1] == '>' ? at + 2 : 0;
            }

            var name = XmlSyntax.Name(xml, at);
            if (at == before || name.Length == 0 || (at = XmlSyntax.Value(xml, name.End, out var value)) == 0) return 0;
            if (name.Of(xml).StartsWith("xmlns"u8) ? !spaces.Declare(name, value, depth) : !form.IsObject || !Attribute(form, slots, name, value, ref seen)) return 0;
        }
    }

    readonly bool Attribute(XmlForm form, int slots, XmlPart name, XmlPart value, ref ulong seen)
    {
        var known = form.AttributeNames.IndexOf(name.Of(xml));
        if (known < 0) return false;
        var slot = form.Attributes[known].Slot;
        var text = new XmlValue(tape, value.Start);
        if (tape.Slots[slots + slot] != 0 || !text.AddAttribute(value)) return false;
        seen |= 1UL << slot;
        return (tape.Slots[slots + slot] = Text(form.Form.Members[slot], text)) != 0;
    }

    // To the end tag. Beside elements, or where no text belongs, there is only white space.
    int Content(XmlForm form, int slots, byte[]? expected, int at, int depthLeft, int depth, ref XmlValue text, ref ulong seen, out bool hasElements)
    {
        hasElements = false;
        var next = 0;
        while (true)
        {
            var takesText = !hasElements && (!form.IsObject || form.TextSlot >= 0);
            var stop = takesText ? xml[at..].IndexOf((byte)'<') : XmlSyntax.Past(xml, at) - at;
            if (stop < 0 || at + stop + 1 >= xml.Length || xml[at + stop] != '<') return 0;
            if (takesText && !text.Add(new XmlPart(at, stop), isCdata: false)) return 0;
            at += stop;
            switch (xml[at + 1])
            {
                case (byte)'/': return at;
                case (byte)'!' when xml[at..].StartsWith("<!--"u8):
                    at = XmlSyntax.Comment(xml, at);
                    break;
                case (byte)'!' when takesText && xml[at..].StartsWith("<![CDATA["u8):
                    at += "<![CDATA["u8.Length;
                    var end = xml[at..].IndexOf("]]>"u8);
                    if (end < 0 || !text.Add(new XmlPart(at, end), isCdata: true)) return 0;
                    at += end + 3;
                    break;
                case (byte)'!' or (byte)'?': return 0;
                default:
                    hasElements = true;
                    at = form.IsObject && text.IsBlank ? Child(form, slots, expected, at, depthLeft - 1, depth + 1, ref seen, ref next) : 0;
                    break;
            }

            if (at == 0) return 0;
        }
    }

    readonly int End(XmlPart name, int at)
    {
        at += 2;
        if (!xml[at..].StartsWith(name.Of(xml))) return 0;
        at = XmlSyntax.Past(xml, at + name.Length);
        return at < xml.Length && xml[at] == '>' ? at + 1 : 0;
    }
}
