using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Interop.Core.Schemas;

namespace Interop.Core.Mapping.Compiled;

/// <summary>
/// JSON to a <see cref="Tape"/>, in one pass with the check against a form. It takes nothing that <see cref="Json.JsonValue.Parse(ReadOnlySpan{byte}, Json.JsonLimits?)"/> or the
/// schema refuses; it refuses a few rare things that they take (names with escapes, very many values), which the interpreter then reads.
/// </summary>
/// <remarks>Each method goes from a position to the one behind what it has read; 0 says "refused". A value's token is the first that is put on the tape for it.</remarks>
readonly ref struct JsonTokeniser
{
    readonly Tape tape;
    readonly ReadOnlySpan<byte> json;

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
        return Utf8.IsValid(document) ? ReadValid(document, form, maxDepth, tape) : 0;
    }

    /// <summary>As <see cref="Read"/>, of what is known to be UTF-8 without a byte order mark.</summary>
    public static int ReadValid(ReadOnlySpan<byte> document, Form form, int maxDepth, Tape tape)
    {
        tape.Begin(document);
        var tokeniser = new JsonTokeniser(tape, document.Length);
        var root = tape.Count;
        var end = tokeniser.Value(form, 0, maxDepth);
        return end > 0 && tokeniser.Past(end) == document.Length ? root : 0;
    }

    int Value(Form form, int at, int depthLeft)
    {
        at = Past(at);
        if (at >= json.Length) return 0;
        switch (json[at])
        {
            case (byte)'"': return Text(form, at + 1);
            case (byte)'{': return Object(form, at + 1, depthLeft - 1);
            case (byte)'[': return Array(form, at + 1, depthLeft - 1);
            case (byte)'t': return Word("true"u8, TokenKind.True, JsonTypes.Boolean, form, at);
            case (byte)'f': return Word("false"u8, TokenKind.False, JsonTypes.Boolean, form, at);
            case (byte)'n': return Word("null"u8, TokenKind.Null, JsonTypes.Null, form, at);
            default: return Number(form, at);
        }
    }

    int Word(ReadOnlySpan<byte> word, TokenKind kind, JsonTypes type, Form form, int at) =>
        json[at..].StartsWith(word) && form.Takes(type) && tape.Add(new Token { Kind = kind }) > 0 ? at + word.Length : 0;

    int Number(Form form, int at)
    {
        var end = JsonNumber.EndOf(json, at);
        return end > 0 && form.AcceptsNumber(json[at..end]) && tape.Add(new Token { Kind = TokenKind.Number, Start = at, Length = end - at }) > 0 ? end : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Text(Form form, int at)
    {
        var length = Scan.PlainLength(json[at..]);
        var end = at + length;
        if (end >= json.Length || !form.Takes(JsonTypes.String)) return 0;
        if (json[end] != '"') return JsonText.Rest(json, tape, form, at, end);
        if (form.Text != TextRule.None && !form.Text.Accepts(json.Slice(at, length), isPlain: true)) return 0;
        return tape.AddText(at, length, isPlain: true) > 0 ? end + 1 : 0;
    }

    int Object(Form form, int at, int depthLeft)
    {
        var names = form.Names;
        if (depthLeft < 0 || !form.Takes(JsonTypes.Object)) return 0;
        var token = tape.AddObject(names.Count, out var slots);
        if (token == 0) return 0;
        var (seen, next, start, firstUnknown, hasMore) = (0UL, 0, at - 1, tape.UnknownCount, false);
        at = Past(at);
        if (at < json.Length && json[at] == '}') return form.AcceptsMembers(0) ? at + 1 : 0;
        while (true)
        {
            if (at >= json.Length || json[at] != '"') return 0;
            at++;
            var member = next;
            if (names.IsNext(next, json[at..])) at += names.LengthOf(next);
            else (at, member) = Name(names, firstUnknown, at);
            if (at == 0) return 0;
            if (member >= 0)
            {
                if ((seen >> member & 1) != 0) return 0;
                var (value, of) = (tape.Count, form.Members[member]);
                at = at < json.Length && json[at] == '"' ? Text(of, at + 1) : Value(of, at, depthLeft);
                tape.Slots[slots + member] = value;
                seen |= 1UL << member;
                next = member + 1;
            }
            else
            {
                hasMore = true;
                at = form.Additional is { } additional ? Value(additional, at, depthLeft) : 0;
            }

            if (at == 0) return 0;
            at = Past(at);
            if (at >= json.Length) return 0;
            if (json[at] == ',') at = Past(at + 1);
            else if (json[at] == '}') break;
            else return 0;
        }

        tape.UnknownCount = firstUnknown;
        if (hasMore) tape.Incomplete(token, start, at + 1);
        return form.AcceptsMembers(seen) ? at + 1 : 0;
    }

    // A name that is not the next of the schema's, with its colon. Those the schema does not have are kept, so that one that stands twice is seen.
    (int At, int Member) Name(MemberNames names, int firstUnknown, int at)
    {
        var length = json[at..].IndexOfAny(Scan.Ends);
        if (length < 0 || json[at + length] != '"') return default;
        var name = json.Slice(at, length);
        var colon = Past(at + length + 1);
        if (colon >= json.Length || json[colon] != ':') return default;
        var member = names.IndexOf(name);
        return member >= 0 || tape.AddUnknown(at, length, firstUnknown) ? (colon + 1, member) : default;
    }

    int Array(Form form, int at, int depthLeft)
    {
        if (depthLeft < 0 || !form.Takes(JsonTypes.Array)) return 0;
        var (token, item) = (tape.Add(new Token { Kind = TokenKind.Array }), form.Item!);
        if (token == 0) return 0;
        at = Past(at);
        if (at < json.Length && json[at] == ']') return FormCheck.Items(form, token, tape) ? at + 1 : 0;
        while (true)
        {
            var value = tape.Count;
            at = Value(item, at, depthLeft);
            if (at == 0) return 0;
            tape.Attach(token, value);
            at = Past(at);
            if (at >= json.Length) return 0;
            var mark = json[at++];
            if (mark == ']') return FormCheck.Items(form, token, tape) ? at : 0;
            if (mark != ',') return 0;
        }
    }

    /// <summary>The first position from there that is no white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Past(int at)
    {
        while (at < json.Length && json[at] <= ' ' && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }
}
