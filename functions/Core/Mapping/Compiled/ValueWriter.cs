using System.Text;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A converter over bytes: one scalar of the tape to the JSON of what it becomes, checked against the target's form. False: the interpreter must decide.</summary>
/// <remarks>What becomes null is written as nothing.</remarks>
abstract class ValueWriter
{
    public abstract bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain);

    protected static ReadOnlySpan<byte> LiteralOf(TokenKind kind, ReadOnlySpan<byte> text) => kind switch
    {
        TokenKind.True => "true"u8,
        TokenKind.False => "false"u8,
        _ => text,
    };

    /// <summary>Writes a text if the form takes it.</summary>
    protected static bool Write(Emitter emitter, ReadOnlySpan<byte> text, bool isPlain, TextRule rule)
    {
        if (rule != TextRule.None && !rule.Accepts(text, isPlain)) return false;
        emitter.Text(text, isPlain);
        return true;
    }
}

/// <summary>The value as it is.</summary>
sealed class ExactWriter(Form source, Form target) : ValueWriter
{
    readonly TextRule rule = target.Text.Beyond(source.Text);
    readonly bool takesText = target.Takes(JsonTypes.String);
    readonly bool takesBoolean = target.Takes(JsonTypes.Boolean);

    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        switch (kind)
        {
            case TokenKind.String:
                return takesText && Write(emitter, text, isPlain, rule);
            case TokenKind.Number:
                emitter.Raw(text);
                return target.AcceptsNumber(text);
            default:
                emitter.Raw(LiteralOf(kind, text));
                return takesBoolean;
        }
    }
}

/// <summary>A table: text, or literal, to the JSON it becomes.</summary>
sealed class TableWriter : ValueWriter
{
    readonly TextTable keys;
    readonly Word[] values;
    readonly bool fromText;
    readonly bool fromOther;

    /// <param name="table">The table; what the target's form does not take is left out, and so left to the interpreter.</param>
    /// <param name="target">The target's form.</param>
    /// <param name="fromText">Whether texts are looked up.</param>
    /// <param name="fromOther">Whether numbers and booleans are, as they are written.</param>
    public TableWriter(IEnumerable<KeyValuePair<string, JsonValue>> table, Form target, bool fromText, bool fromOther)
    {
        var taken = table.Where(pair => FormValue.Accepts(target, pair.Value)).ToList();
        (keys, values) = (new TextTable(taken.Select(pair => pair.Key)), [.. taken.Select(pair => new Word(pair.Value.ToUtf8()))]);
        (this.fromText, this.fromOther) = (fromText, fromOther);
    }

    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        if (kind == TokenKind.String ? !fromText : !fromOther) return false;
        var at = keys.IndexOf(LiteralOf(kind, text));
        if (at < 0) return false;
        emitter.Word(values[at]);
        return true;
    }
}

/// <summary>Any converter, run as the interpreter runs it. The only one that makes objects.</summary>
sealed class DelegateWriter(Func<JsonValue, Converted> convert, Form target) : ValueWriter
{
    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        var value = kind switch
        {
            TokenKind.String => JsonValue.Of(Encoding.UTF8.GetString(text)),
            TokenKind.Number => JsonValue.OfNumber(text),
            _ => JsonValue.Of(kind == TokenKind.True),
        };
        var converted = convert(value);
        if (converted.Rule is not null) return false;
        if (converted.Value.IsNull) return true;
        if (!FormValue.Accepts(target, converted.Value)) return false;
        emitter.Raw(converted.Value.ToUtf8());
        return true;
    }
}

/// <summary>One writer for the usual spellings; what it does not take is given to another.</summary>
sealed class FirstWriter(ValueWriter usual, ValueWriter other) : ValueWriter
{
    public override bool Write(Emitter emitter, TokenKind kind, ReadOnlySpan<byte> text, bool isPlain)
    {
        var before = emitter.Length;
        if (usual.Write(emitter, kind, text, isPlain)) return true;
        emitter.Length = before;
        return other.Write(emitter, kind, text, isPlain);
    }
}
