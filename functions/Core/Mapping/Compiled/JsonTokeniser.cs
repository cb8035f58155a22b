using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// JSON to a <see cref="Tape"/>, in one pass with the check against a form. It takes nothing that <see cref="Json.JsonValue.Parse(ReadOnlySpan{byte}, Json.JsonLimits?)"/> or the
/// schema refuses; it refuses a few rare things that they take (names with escapes, very many values), which the interpreter then reads. Every method answers 0 or false for "refused".
/// </summary>
ref struct JsonTokeniser
{
    const int MaxUnknown = 32;

    readonly Tape tape;
    readonly ReadOnlySpan<byte> json;
    int at;

    JsonTokeniser(Tape tape, int length)
    {
        this.tape = tape;
        json = tape.Bytes.AsSpan(0, length);
    }

    /// <summary>Reads a document.</summary>
    /// <returns>The token of its value; 0 if it is refused.</returns>
    public static int Read(ReadOnlySpan<byte> document, Form form, int maxDepth, Tape tape)
    {
        if (document.StartsWith(Encoding.UTF8.Preamble)) document = document[Encoding.UTF8.Preamble.Length..];
        if (!Utf8.IsValid(document)) return 0;
        tape.Begin(document);
        var tokeniser = new JsonTokeniser(tape, document.Length);
        var root = tokeniser.Value(form, maxDepth);
        tokeniser.SkipBlank();
        return tokeniser.at == document.Length ? root : 0;
    }

    int Value(Form form, int depthLeft)
    {
        SkipBlank();
        if (at >= json.Length) return 0;
        switch (json[at])
        {
            case (byte)'"': return String(form);
            case (byte)'{': return Object(form, depthLeft - 1);
            case (byte)'[': return Array(form, depthLeft - 1);
            case (byte)'t': return Word("true"u8, TokenKind.True, JsonTypes.Boolean, form);
            case (byte)'f': return Word("false"u8, TokenKind.False, JsonTypes.Boolean, form);
            case (byte)'n': return Word("null"u8, TokenKind.Null, JsonTypes.Null, form);
            default: return Number(form);
        }
    }

    int Word(ReadOnlySpan<byte> word, TokenKind kind, JsonTypes type, Form form)
    {
        if (!json[at..].StartsWith(word) || !form.Takes(type)) return 0;
        at += word.Length;
        return tape.Add(new Token { Kind = kind });
    }

    int Object(Form form, int depthLeft)
    {
        if (depthLeft < 0 || !form.Takes(JsonTypes.Object)) return 0;
        var names = form.Names;
        var token = tape.AddObject(names.Count);
        if (token == 0) return 0;
        var slots = tape.Tokens[token].Start;
        var (seen, next, firstUnknown) = (0UL, 0, tape.UnknownCount);
        at++;
        SkipBlank();
        if (at < json.Length && json[at] == '}') at++;
        else
        {
            while (true)
            {
                if (at >= json.Length || json[at] != '"') return 0;
                at++;
                var member = next;
                if (names.IsNext(next, json[at..])) at += names.LengthOf(next) + 1;
                else if (!Name(names, firstUnknown, out member)) return 0;
                SkipBlank();
                if (at >= json.Length || json[at] != ':') return 0;
                at++;
                if (member >= 0)
                {
                    var value = Value(form.Members[member], depthLeft);
                    if (value == 0 || (seen >> member & 1) != 0) return 0;
                    seen |= 1UL << member;
                    tape.Slots[slots + member] = value;
                    next = member + 1;
                }
                else if (form.Additional is null || Value(form.Additional, depthLeft) == 0) return 0;

                SkipBlank();
                if (at >= json.Length) return 0;
                if (json[at] == ',')
                {
                    at++;
                    SkipBlank();
                }
                else if (json[at++] == '}') break;
                else return 0;
            }
        }

        tape.UnknownCount = firstUnknown;
        return form.AcceptsMembers(seen) ? token : 0;
    }

    // A name that is not the next of the schema's. Those the schema does not have are kept, so that one that stands twice is seen.
    bool Name(MemberNames names, int firstUnknown, out int member)
    {
        member = -1;
        var rest = json[at..];
        var length = rest.IndexOfAny(Scan.Ends);
        if (length < 0 || rest[length] != '"') return false;
        var name = rest[..length];
        var start = at;
        at += length + 1;
        member = names.IndexOf(name);
        if (member >= 0) return true;
        for (var other = firstUnknown; other < tape.UnknownCount; other++)
        {
            var (otherStart, otherLength) = tape.Unknown(other);
            if (json.Slice(otherStart, otherLength).SequenceEqual(name)) return false;
        }

        return tape.UnknownCount - firstUnknown < MaxUnknown && tape.AddUnknown(start, length);
    }

    int Array(Form form, int depthLeft)
    {
        if (depthLeft < 0 || !form.Takes(JsonTypes.Array)) return 0;
        var token = tape.Add(new Token { Kind = TokenKind.Array });
        if (token == 0) return 0;
        at++;
        SkipBlank();
        if (at < json.Length && json[at] == ']') at++;
        else
        {
            while (true)
            {
                var item = Value(form.Item!, depthLeft);
                if (item == 0) return 0;
                tape.Attach(token, item);
                SkipBlank();
                if (at >= json.Length) return 0;
                var mark = json[at++];
                if (mark == ']') break;
                if (mark != ',') return 0;
            }
        }

        return FormCheck.Items(form, token, tape) ? token : 0;
    }

    int String(Form form)
    {
        var start = ++at;
        var length = Scan.PlainLength(json[start..]);
        var end = start + length;
        if (end >= json.Length || !form.Takes(JsonTypes.String)) return 0;
        if (json[end] != '"') return Rest(form, start, end);
        at = end + 1;
        if (form.Text != TextRule.None && !form.Text.Accepts(json.Slice(start, length), isPlain: true)) return 0;
        return tape.AddText(start, length, isPlain: true);
    }

    // A text that is not plain: from the first byte that says so.
    int Rest(Form form, int start, int from)
    {
        at = from;
        Span<byte> bytes = stackalloc byte[4];
        var (copied, isCopy, textStart, textLength) = (start, false, start, 0);
        while (true)
        {
            var stop = json[at..].IndexOfAny(Scan.Ends);
            if (stop < 0) return 0;
            at += stop;
            if (json[at] < 0x20) return 0;
            if (json[at] == '"') break;
            var added = tape.Append(json[copied..at]);
            if (!isCopy) (isCopy, textStart) = (true, added);
            textLength += at - copied;
            if (!Escape(out var rune)) return 0;
            var written = rune.EncodeToUtf8(bytes);
            tape.Append(bytes[..written]);
            textLength += written;
            copied = at;
        }

        if (isCopy)
        {
            tape.Append(json[copied..at]);
            textLength += at - copied;
        }
        else textLength = at - start;

        at++;
        if (form.Text != TextRule.None && !form.Text.Accepts(tape.Bytes.AsSpan(textStart, textLength), isPlain: false)) return 0;
        return tape.AddText(textStart, textLength, isPlain: false);
    }

    // At a backslash; afterwards behind the escape. Halves of a pair are one escape.
    bool Escape(out Rune rune)
    {
        rune = default;
        if (at + 1 >= json.Length) return false;
        var letter = json[at + 1];
        at += 2;
        if (letter != 'u')
        {
            var meant = letter switch { (byte)'"' => '"', (byte)'\\' => '\\', (byte)'/' => '/', (byte)'b' => '\b', (byte)'f' => '\f', (byte)'n' => '\n', (byte)'r' => '\r', (byte)'t' => '\t', _ => '\0' };
            rune = new Rune(meant);
            return meant != '\0';
        }

        if (!Unit(out var first)) return false;
        if (!char.IsSurrogate(first)) return Rune.TryCreate(first, out rune);
        if (at + 1 >= json.Length || json[at] != '\\' || json[at + 1] != 'u') return false;
        at += 2;
        return Unit(out var second) && Rune.TryCreate(first, second, out rune);
    }

    bool Unit(out char unit)
    {
        unit = '\0';
        if (at + 4 > json.Length || !ushort.TryParse(json.Slice(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) return false;
        (unit, at) = ((char)code, at + 4);
        return true;
    }

    int Number(Form form)
    {
        var start = at;
        if (at < json.Length && json[at] == '-') at++;
        var first = at;
        if (!SkipDigits() || (json[first] == '0' && at > first + 1)) return 0;
        if (at < json.Length && json[at] == '.')
        {
            at++;
            if (!SkipDigits()) return 0;
        }

        if (at < json.Length && json[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < json.Length && json[at] is (byte)'+' or (byte)'-') at++;
            if (!SkipDigits()) return 0;
        }

        return form.AcceptsNumber(json[start..at]) ? tape.Add(new Token { Kind = TokenKind.Number, Start = start, Length = at - start }) : 0;
    }

    bool SkipDigits()
    {
        var start = at;
        while (at < json.Length && char.IsAsciiDigit((char)json[at])) at++;
        return at > start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void SkipBlank()
    {
        while (at < json.Length && json[at] <= ' ' && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
    }
}

/// <summary>Searches in the bytes of texts.</summary>
static class Scan
{
    /// <summary>What ends a text, or a part of it that stands for itself: a quotation mark, a backslash, a control character.</summary>
    public static SearchValues<byte> Ends { get; } = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(one => (byte)one), (byte)'"', (byte)'\\']);

    /// <summary>How many bytes at the beginning are ASCII and neither a control character (DEL among them) nor a quotation mark nor a backslash.</summary>
    public static int PlainLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (; bytes.Length - at >= Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            // As signed numbers, control characters and all beyond ASCII are below the blank.
            var block = Vector128.Create(bytes.Slice(at, Vector128<byte>.Count));
            var stops = Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | Vector128.Equals(block, Vector128.Create((byte)0x7F))
                | Vector128.Equals(block, Vector128.Create((byte)'"')) | Vector128.Equals(block, Vector128.Create((byte)'\\'));
            if (stops != Vector128<byte>.Zero) return at + System.Numerics.BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits());
        }

        while (at < bytes.Length && bytes[at] is >= 0x20 and < 0x7F and not (byte)'"' and not (byte)'\\') at++;
        return at;
    }
}
