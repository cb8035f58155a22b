using System.Buffers;
using System.Text;
using Interop.Core.Formats;

namespace Interop.Core.Mapping.Compiled;

/// <summary>Writes XML as <see cref="XmlFormatWriter"/> does, byte for byte: members in the order of the schema, indented by two blanks, the namespace declared at the root.</summary>
sealed class XmlTapeWriter : TapeWriter
{
    static readonly SearchValues<byte> InText = SearchValues.Create("&<>\r"u8);
    static readonly SearchValues<byte> InAttribute = SearchValues.Create("&<>\"\t\n\r"u8);
    static readonly Word Declaration = new([.. "<?xml version=\"1.0\" encoding=\"utf-8\"?>"u8]);

    // By depth: a line end and its blanks.
    public static readonly Word[] Indents = [.. Enumerable.Range(0, FormatLimits.Message.MaxDepth).Select(depth => new Word([(byte)'\n', .. Enumerable.Repeat((byte)' ', 2 * depth)]))];

    readonly XmlElement document;
    readonly byte[] space;

    XmlTapeWriter(Form form, XmlElement document, byte[] space)
        : base(form) => (this.document, this.space) = (document, space);

    /// <summary>The writer of documents of that form; null if they are not written compiled.</summary>
    public static XmlTapeWriter? Of(XmlForm form)
    {
        if (XmlElement.Of(form) is not { } document) return null;
        var declared = form.Elements[0].Item.Hint is { Namespace: { Length: > 0 } uri } hint ? $" xmlns{(hint.Prefix is { Length: > 0 } prefix ? $":{prefix}" : "")}=\"{uri}\"" : "";
        return declared.AsSpan().ContainsAny("&<\t\n\r") ? null : new XmlTapeWriter(form.Form, document, Encoding.UTF8.GetBytes(declared));
    }

    protected override bool TryWrite(Emitter emitter, ReadOnlySpan<byte> json)
    {
        emitter.Word(Declaration);
        return new XmlPass(json, emitter).TryWrite(document, space);
    }

    protected override bool TryWrite(Emitter emitter, int root)
    {
        var slots = emitter.Tape.Tokens[root].Start;
        var top = document.Children[0];
        emitter.Word(Declaration);
        return emitter.Tape.Slots[slots + top.Slot] is > 0 and var token && Element(emitter, top, token, 0, space);
    }

    static bool Element(Emitter emitter, XmlElement.Child child, int token, int depth, ReadOnlySpan<byte> declared)
    {
        if (depth >= FormatLimits.Message.MaxDepth) return false;
        ref readonly var value = ref emitter.Tape.Tokens[token];
        var element = child.Element;
        if (value.Kind is TokenKind.Null or TokenKind.Array || value.Kind == TokenKind.Object != element.IsObject) return false;
        emitter.Word(Indents[depth]);
        emitter.Word(child.Start);
        if (!element.IsObject && declared.IsEmpty) return Leaf(emitter, child, value);
        var slots = element.IsObject ? emitter.Tape.Slots.AsSpan(value.Start) : default;
        if (element.Attributes.Length > 0 && !Attributes(emitter, element, slots)) return false;
        emitter.Raw(declared);
        var before = emitter.Length;
        emitter.Byte((byte)'>');
        var hasElements = false;
        if (!element.IsObject ? !Text(emitter, value, InText) : !Content(emitter, element, slots, depth, out hasElements)) return false;
        if (emitter.Length == before + 1)
        {
            emitter.Length = before;
            emitter.Raw(" />"u8);
            return true;
        }

        if (hasElements) emitter.Word(Indents[depth]);
        emitter.Word(child.End);
        return true;
    }

    static bool Leaf(Emitter emitter, XmlElement.Child child, in Token value)
    {
        var before = emitter.Length;
        emitter.Byte((byte)'>');
        if (!Text(emitter, value, InText)) return false;
        if (emitter.Length > before + 1) emitter.Word(child.End);
        else
        {
            emitter.Length = before;
            emitter.Raw(" />"u8);
        }

        return true;
    }

    static bool Attributes(Emitter emitter, XmlElement element, ReadOnlySpan<int> slots)
    {
        foreach (var attribute in element.Attributes)
        {
            var text = slots[attribute.Slot];
            if (text == 0) continue;
            emitter.Word(attribute.Start);
            if (!Text(emitter, emitter.Tape.Tokens[text], InAttribute)) return false;
            emitter.Byte((byte)'"');
        }

        return true;
    }

    static bool Content(Emitter emitter, XmlElement element, ReadOnlySpan<int> slots, int depth, out bool hasElements)
    {
        hasElements = false;
        var own = element.TextSlot < 0 ? 0 : slots[element.TextSlot];
        if (own != 0 && !Text(emitter, emitter.Tape.Tokens[own], InText)) return false;
        foreach (var child in element.Children)
        {
            var token = slots[child.Slot];
            if (token == 0) continue;
            if (own != 0) return false;
            if (child.IsList)
            {
                if (emitter.Tape.Tokens[token].Kind != TokenKind.Array) return false;
                token = emitter.Tape.Tokens[token].Start;
            }

            for (; token != 0; token = child.IsList ? emitter.Tape.Tokens[token].Next : 0)
            {
                if (!Element(emitter, child, token, depth + 1, [])) return false;
                hasElements = true;
            }
        }

        return true;
    }

    static bool Text(Emitter emitter, in Token value, SearchValues<byte> special)
    {
        if (value.Kind is TokenKind.True or TokenKind.False) emitter.Raw(value.Kind == TokenKind.True ? "true"u8 : "false"u8);
        if (value.Kind is not (TokenKind.String or TokenKind.Number)) return value.Kind is TokenKind.True or TokenKind.False;
        var text = emitter.Tape.Text(value);
        if (value.Kind == TokenKind.String && !value.IsPlain && !XmlText.IsWritable(text)) return false;
        while (text.IndexOfAny(special) is >= 0 and var at)
        {
            emitter.Raw(text[..at]);
            emitter.Raw(XmlText.Escaped(text[at]));
            text = text[(at + 1)..];
        }

        emitter.Raw(text);
        return true;
    }
}
