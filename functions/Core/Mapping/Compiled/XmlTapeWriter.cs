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

    // A line end and the blanks of the deepest element.
    static readonly byte[] Indent = [(byte)'\n', .. Enumerable.Repeat((byte)' ', 2 * FormatLimits.Message.MaxDepth)];

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
        emitter.Raw(Indent.AsSpan(0, 1 + (2 * depth)));
        emitter.Word(child.Start);
        var slots = element.IsObject ? emitter.Tape.Slots.AsSpan(value.Start) : default;
        foreach (var attribute in element.Attributes)
        {
            var text = slots[attribute.Slot];
            if (text == 0) continue;
            emitter.Word(attribute.Start);
            if (!Text(emitter, emitter.Tape.Tokens[text], InAttribute)) return false;
            emitter.Byte((byte)'"');
        }

        emitter.Raw(declared);
        var before = emitter.Length;
        emitter.Byte((byte)'>');
        var inside = emitter.Length;
        var own = !element.IsObject ? token : element.TextSlot < 0 ? 0 : slots[element.TextSlot];
        if (own != 0 && !Text(emitter, emitter.Tape.Tokens[own], InText)) return false;
        var hasElements = false;
        foreach (var below in element.Children)
        {
            var first = slots[below.Slot];
            if (first == 0) continue;
            if (own != 0) return false;
            if (!below.IsList)
            {
                if (!Element(emitter, below, first, depth + 1, [])) return false;
                hasElements = true;
                continue;
            }

            if (emitter.Tape.Tokens[first].Kind != TokenKind.Array) return false;
            for (var item = emitter.Tape.Tokens[first].Start; item != 0; item = emitter.Tape.Tokens[item].Next)
            {
                if (!Element(emitter, below, item, depth + 1, [])) return false;
                hasElements = true;
            }
        }

        if (emitter.Length == inside)
        {
            emitter.Length = before;
            emitter.Raw(" />"u8);
            return true;
        }

        if (hasElements) emitter.Raw(Indent.AsSpan(0, 1 + (2 * depth)));
        emitter.Word(child.End);
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
