using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>Reads XML by a form of the schema.</summary>
sealed class XmlTapeReader(XmlForm form) : TapeReader
{
    public override int Read(ReadOnlySpan<byte> document, int maxDepth, Tape tape) => XmlTokeniser.Read(document, form, maxDepth, tape);
}

/// <summary>
/// XML to a <see cref="Tape"/> that stands as its JSON would: elements, attributes without prefix, namespaces, text, CDATA, comments, the five entities and character references, in one pass
/// with the check against a form. What else there is (processing instructions, document types, names that the schema does not have, white space that attributes change) it refuses, as all
/// that is wrong; then the format's own reader decides. Every method answers 0 or false for "refused".
/// </summary>
ref struct XmlTokeniser
{
    const int MaxNamespaces = 16;

    static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\n\r/>="u8);
    static readonly SearchValues<byte> Changed = SearchValues.Create("&\r"u8);

    readonly Tape tape;
    readonly ReadOnlySpan<byte> xml;
    readonly Span<Declaration> declared;
    int declaredCount;
    int at;

    XmlTokeniser(Tape tape, int length, Span<Declaration> declared)
    {
        this.tape = tape;
        this.declared = declared;
        xml = tape.Bytes.AsSpan(0, length);
    }

    /// <summary>A part of the document.</summary>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct Part(int Start, int Length);

    /// <param name="Prefix">Empty for the default namespace.</param>
    /// <param name="Uri">The namespace.</param>
    /// <param name="Depth">How deep the element is that declares it.</param>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct Declaration(Part Prefix, Part Uri, int Depth);

    /// <summary>Reads a document.</summary>
    /// <returns>The token of its value, an object with the root element as its member; 0 if it is refused.</returns>
    public static int Read(ReadOnlySpan<byte> document, XmlForm form, int maxDepth, Tape tape)
    {
        if (document.StartsWith(Encoding.UTF8.Preamble)) document = document[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(document) || !XmlText.IsWritable(document)) return 0;
        tape.Begin(document);
        var tokeniser = new XmlTokeniser(tape, document.Length, stackalloc Declaration[MaxNamespaces]);
        return tokeniser.Document(form, maxDepth);
    }

    int Document(XmlForm form, int depthLeft)
    {
        if (xml.StartsWith("<?xml "u8) && !SkipDeclaration()) return 0;
        if (!SkipAside() || at >= xml.Length || xml[at] != '<') return 0;
        var document = tape.AddObject(form.Form.Names.Count, out _);
        if (document == 0 || !Child(form, document, form.Namespace, depthLeft - 1, 0)) return 0;
        return SkipAside() && at == xml.Length && IsComplete(form, document) ? document : 0;
    }

    // Only what everybody writes: version 1.0, and perhaps an encoding that these bytes are.
    bool SkipDeclaration()
    {
        var end = xml.IndexOf("?>"u8);
        if (end < 0) return false;
        var inside = xml["<?xml "u8.Length..end].Trim((byte)' ');
        at = end + 2;
        if (!inside.StartsWith("version=\"1.0\""u8)) return false;
        var rest = inside["version=\"1.0\""u8.Length..];
        return rest.IsEmpty || (rest.StartsWith(" encoding=\""u8) && rest[^1] == '"' && Ascii.EqualsIgnoreCase(rest[" encoding=\""u8.Length..^1], "utf-8"u8));
    }

    // White space and comments outside the root.
    bool SkipAside()
    {
        while (true)
        {
            SkipBlank();
            if (!xml[at..].StartsWith("<!--"u8)) return true;
            if (!SkipComment()) return false;
        }
    }

    bool SkipComment()
    {
        at += "<!--"u8.Length;
        var end = xml[at..].IndexOf("--"u8);
        at += end + 2;
        if (end < 0 || at >= xml.Length || xml[at] != '>') return false;
        at++;
        return true;
    }

    // At the "<" of an element; afterwards behind its end.
    bool Child(XmlForm parent, int parentToken, byte[]? inherited, int depthLeft, int depth)
    {
        at++;
        if (!Name(out var name) || depthLeft < 0) return false;
        var colon = Of(name).IndexOf((byte)':');
        var member = parent.ElementNames.IndexOf(Of(name)[(colon + 1)..]);
        if (member < 0 || (colon >= 0 && !IsPrefix(Of(name)[..colon]))) return false;
        var element = parent.Elements[member];
        var token = Element(element.Item, name, Math.Max(colon, 0), element.Item.Namespace ?? inherited, depthLeft, depth);
        if (token == 0) return false;
        ref var slot = ref tape.Slots[tape.Tokens[parentToken].Start + element.Slot];
        if (element.List is null)
        {
            if (slot != 0) return false;
            slot = token;
            return true;
        }

        if (slot == 0 && (slot = tape.Add(new Token { Kind = TokenKind.Array })) == 0) return false;
        tape.Attach(slot, token);
        return true;
    }

    int Element(XmlForm form, Part name, int prefixLength, byte[]? expected, int depthLeft, int depth)
    {
        if (!form.Form.Takes(form.IsObject ? JsonTypes.Object : JsonTypes.String)) return 0;
        var before = declaredCount;
        var token = form.IsObject ? tape.AddObject(form.Form.Names.Count, out _) : 0;
        if (form.IsObject && token == 0) return 0;
        if (!Attributes(form, token, depth, out var isEmpty) || !IsIn(expected, xml.Slice(name.Start, prefixLength))) return 0;
        var (start, length) = (at, 0);
        if (!isEmpty && (!Content(form, token, expected, depthLeft, depth, out start, out length) || !End(name))) return 0;
        declaredCount = before;
        if (!form.IsObject) return Text(form.Form, start, length);
        if (form.TextSlot >= 0 && length >= 0)
        {
            var text = Text(form.Form.Members[form.TextSlot], start, length);
            if (text == 0) return 0;
            tape.Slots[tape.Tokens[token].Start + form.TextSlot] = text;
        }

        return IsComplete(form, token) ? token : 0;
    }

    bool IsComplete(XmlForm form, int token)
    {
        var slots = tape.Tokens[token].Start;
        var seen = 0UL;
        for (var member = 0; member < form.Form.Names.Count; member++)
        {
            if (tape.Slots[slots + member] != 0) seen |= 1UL << member;
        }

        foreach (var element in form.Elements)
        {
            var list = element.List is null ? 0 : tape.Slots[slots + element.Slot];
            if (list != 0 && (!element.List!.Takes(JsonTypes.Array) || !FormCheck.Items(element.List, list, tape))) return false;
        }

        return form.Form.Takes(JsonTypes.Object) && form.Form.AcceptsMembers(seen);
    }

    int Text(Form form, int start, int length)
    {
        var text = tape.Bytes.AsSpan(start, length);
        var isPlain = Scan.PlainLength(text) == length;
        return form.Takes(JsonTypes.String) && (form.Text == TextRule.None || form.Text.Accepts(text, isPlain)) ? tape.AddText(start, length, isPlain) : 0;
    }

    bool Attributes(XmlForm form, int token, int depth, out bool isEmpty)
    {
        isEmpty = false;
        while (true)
        {
            var before = at;
            SkipBlank();
            if (at >= xml.Length) return false;
            if (xml[at] == '>')
            {
                at++;
                return true;
            }

            if (xml[at] == '/')
            {
                isEmpty = true;
                at += 2;
                return at <= xml.Length && xml[at - 1] == '>';
            }

            if (at == before || !Name(out var name) || !Value(out var value)) return false;
            if (Of(name).StartsWith("xmlns"u8) ? !Declare(name, value, depth) : !form.IsObject || !Attribute(form, token, name, value)) return false;
        }
    }

    bool Attribute(XmlForm form, int token, Part name, Part value)
    {
        var known = form.AttributeNames.IndexOf(Of(name));
        if (known < 0) return false;
        var slot = tape.Tokens[token].Start + form.Attributes[known].Slot;
        if (tape.Slots[slot] != 0) return false;
        var (start, length) = (value.Start, value.Length);
        if (Of(value).Contains((byte)'&') && !Decode(value, isContent: false, out start, out length)) return false;
        return (tape.Slots[slot] = Text(form.Form.Members[form.Attributes[known].Slot], start, length)) != 0;
    }

    bool Declare(Part name, Part uri, int depth)
    {
        var text = Of(name);
        var prefix = text.Length == 5 ? new Part(name.Start, 0) : new Part(name.Start + 6, name.Length - 6);
        if (text.Length > 5 && (text[5] != ':' || !IsPrefix(Of(prefix)) || uri.Length == 0)) return false;
        if (declaredCount == MaxNamespaces || Of(uri).Contains((byte)'&') || Of(uri).StartsWith("http://www.w3.org/XML"u8) && !Of(uri).SequenceEqual("http://www.w3.org/XMLSchema"u8)) return false;
        if (Of(uri).StartsWith("http://www.w3.org/2000/xmlns"u8)) return false;
        for (var other = declaredCount - 1; other >= 0 && declared[other].Depth == depth; other--)
        {
            if (Of(declared[other].Prefix).SequenceEqual(Of(prefix))) return false;
        }

        declared[declaredCount++] = new Declaration(prefix, uri, depth);
        return true;
    }

    // Whether the element, by its prefix, is in the namespace that the schema wants; a prefix must be declared in any case.
    readonly bool IsIn(byte[]? expected, ReadOnlySpan<byte> prefix)
    {
        for (var one = declaredCount - 1; one >= 0; one--)
        {
            if (Of(declared[one].Prefix).SequenceEqual(prefix)) return expected is null || Of(declared[one].Uri).SequenceEqual(expected);
        }

        return prefix.IsEmpty && (expected is null || expected.Length == 0);
    }

    // To the end tag. The text is that of an element without child elements; a length of -1 says that there are some. Beside them, or where no text belongs, there is only white space.
    bool Content(XmlForm form, int token, byte[]? expected, int depthLeft, int depth, out int start, out int length)
    {
        (start, length) = (at, 0);
        var (isCopy, hasElements) = (false, false);
        while (true)
        {
            var stop = xml[at..].IndexOf((byte)'<');
            if (stop < 0 || at + stop + 1 >= xml.Length) return false;
            var takesText = !hasElements && (!form.IsObject || form.TextSlot >= 0);
            if (takesText ? !Run(new Part(at, stop), isContent: true, ref start, ref length, ref isCopy) : !IsBlank(xml.Slice(at, stop))) return false;
            at += stop;
            switch (xml[at + 1])
            {
                case (byte)'/':
                    if (hasElements) length = -1;
                    return true;
                case (byte)'!' when xml[at..].StartsWith("<!--"u8):
                    if (!SkipComment()) return false;
                    break;
                case (byte)'!' when xml[at..].StartsWith("<![CDATA["u8):
                    at += "<![CDATA["u8.Length;
                    var end = xml[at..].IndexOf("]]>"u8);
                    if (end < 0 || !takesText || !Run(new Part(at, end), isContent: false, ref start, ref length, ref isCopy)) return false;
                    at += end + 3;
                    break;
                case (byte)'!' or (byte)'?':
                    return false;
                default:
                    hasElements = true;
                    if (!form.IsObject || !IsBlank(tape.Bytes.AsSpan(start, length)) || !Child(form, token, expected, depthLeft - 1, depth + 1)) return false;
                    break;
            }
        }
    }

    // One run of characters put to those before: a single one that is as it stands is left where it stands.
    bool Run(Part run, bool isContent, ref int start, ref int length, ref bool isCopy)
    {
        if (run.Length == 0) return true;
        var text = Of(run);
        if (isContent && text.IndexOf("]]>"u8) >= 0) return false;
        var isChanged = isContent ? text.ContainsAny(Changed) : text.Contains((byte)'\r');
        if (!isChanged && length == 0)
        {
            (start, length, isCopy) = (run.Start, run.Length, false);
            return true;
        }

        if (!isCopy) (start, isCopy) = (tape.Append(tape.Bytes.AsSpan(start, length)), true);
        if (!isChanged)
        {
            tape.Append(text);
            length += text.Length;
            return true;
        }

        var before = length;
        if (!Decode(run, isContent, out _, out var added, isCdata: !isContent)) return false;
        length = before + added;
        return true;
    }

    // Puts the text behind the tape's bytes: entities and references as what they stand for, line ends as one character.
    bool Decode(Part part, bool isContent, out int start, out int length, bool isCdata = false)
    {
        (start, length) = (tape.Append([]), 0);
        var rest = Of(part);
        Span<byte> bytes = stackalloc byte[4];
        while (true)
        {
            var stop = isCdata ? rest.IndexOf((byte)'\r') : rest.IndexOfAny(Changed);
            var plain = stop < 0 ? rest : rest[..stop];
            tape.Append(plain);
            length += plain.Length;
            if (stop < 0) return true;
            rest = rest[stop..];
            if (rest[0] == '\r')
            {
                if (!isContent && !isCdata) return false;
                tape.Append("\n"u8);
                length++;
                rest = rest[(rest.Length > 1 && rest[1] == '\n' ? 2 : 1)..];
                continue;
            }

            var end = rest.IndexOf((byte)';');
            if (end < 2 || !XmlEntity.TryRead(rest[1..end], out var rune)) return false;
            var written = rune.EncodeToUtf8(bytes);
            tape.Append(bytes[..written]);
            length += written;
            rest = rest[(end + 1)..];
        }
    }

    bool End(Part name)
    {
        at += 2;
        if (!xml[at..].StartsWith(Of(name))) return false;
        at += name.Length;
        SkipBlank();
        return at < xml.Length && xml[at++] == '>';
    }

    bool Name(out Part name)
    {
        var length = xml[at..].IndexOfAny(NameEnds);
        name = new Part(at, Math.Max(length, 0));
        at += name.Length;
        return length > 0;
    }

    // White space other than blanks would be changed, and "<" may not stand there.
    bool Value(out Part value)
    {
        value = default;
        SkipBlank();
        if (at >= xml.Length || xml[at++] != '=') return false;
        SkipBlank();
        if (at >= xml.Length || xml[at] is not ((byte)'"' or (byte)'\'')) return false;
        var length = xml[(at + 1)..].IndexOf(xml[at]);
        if (length < 0) return false;
        value = new Part(at + 1, length);
        at += length + 2;
        return !Of(value).ContainsAny("<\t\n\r"u8);
    }

    readonly ReadOnlySpan<byte> Of(Part part) => xml.Slice(part.Start, part.Length);

    static bool IsPrefix(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length >= 3 && Ascii.EqualsIgnoreCase(text[..3], "xml"u8) || !(char.IsAsciiLetter((char)text[0]) || text[0] == '_')) return false;
        foreach (var one in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)one) && one is not ((byte)'_' or (byte)'-' or (byte)'.')) return false;
        }

        return true;
    }

    static bool IsBlank(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \t\r\n"u8);

    void SkipBlank()
    {
        while (at < xml.Length && xml[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
    }
}
