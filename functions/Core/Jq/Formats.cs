using System.Text;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>The <c>@formats</c>.</summary>
static class Formats
{
    const string HexDigits = "0123456789ABCDEF";
    const string Base32Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const string Base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    static readonly Dictionary<string, Func<Evaluator, JsonValue, JsonValue>> Table = new(StringComparer.Ordinal)
    {
        ["text"]    = (e, v) => Texts.ToText(e, v),
        ["json"]    = (e, v) => JsonText.Write(e, v),
        ["csv"]     = (e, v) => Row(e, v, "csv", ",", text => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""),
        ["tsv"]     = (e, v) => Row(e, v, "tsv", "\t", text => Escape(text, ('\\', "\\\\"), ('\t', "\\t"), ('\n', "\\n"), ('\r', "\\r"))),
        ["html"]    = (e, v) => Escape(Text(e, v), ('<', "&lt;"), ('>', "&gt;"), ('&', "&amp;"), ('\'', "&apos;"), ('"', "&quot;")),
        ["uri"]     = (e, v) => Uri(Text(e, v)),
        ["urid"]    = (e, v) => FromUri(e, Text(e, v)),
        ["sh"]      = Shell,
        ["base32"]  = (e, v) => Base32(Encoding.UTF8.GetBytes(Text(e, v))),
        ["base32d"] = (e, v) => FromBase32(e, Text(e, v)),
        ["base64"]  = (e, v) => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(e, v))),
        ["base64d"] = (e, v) => FromBase64(e, Text(e, v)),
    };

    public static bool IsKnown(string name) => Table.ContainsKey(name);

    public static IEnumerable<Builtin> Entries() => Table
        .Select(entry => new Builtin("@" + entry.Key, 0, (e, v, a) => Format(e, v, entry.Value)))
        .Append(new Builtin("format", 1, (e, v, a) => a[0].StringOrNull is { } name && Table.TryGetValue(name, out var format)
            ? Format(e, v, format)
            : e.Fail(Errors.UnknownFormat(Texts.ToText(e, a[0])))));

    static JsonValue Format(Evaluator e, JsonValue value, Func<Evaluator, JsonValue, JsonValue> format)
    {
        var text = format(e, value);
        return e.HasFailed || !e.Charge(2L * text.TextLength) ? default : text;
    }

    // A character is a step: it may become six.
    static string Text(Evaluator e, JsonValue value)
    {
        var text = Texts.ToText(e, value);
        return e.Spend(text.Length) ? text : "";
    }

    static JsonValue Row(Evaluator e, JsonValue value, string name, string separator, Func<string, string> quote)
    {
        if (value.Kind != JsonKind.Array) return e.Fail(Errors.Type(value, $"cannot be {name}-formatted, only an array can be"));
        var cells = new List<string>();
        foreach (var item in value.Items)
        {
            if (item.Kind is JsonKind.Array or JsonKind.Object) return e.Fail(Errors.Type(item, $"is not valid in a {name} row"));
            if (!Pays(e, item)) return default;
            cells.Add(item.Kind switch { JsonKind.Null => "", JsonKind.String => quote(item.AsString()), _ => JsonText.Write(e, item) });
        }

        return string.Join(separator, cells);
    }

    // One long string may stand in many places.
    static bool Pays(Evaluator e, JsonValue item) => e.Charge(16 + (4L * item.TextLength)) && e.Spend(Prices.CellSteps + (item.TextLength / Prices.CharactersAStep));

    static JsonValue Shell(Evaluator e, JsonValue value)
    {
        var words = new List<string>();
        foreach (var item in value.Kind == JsonKind.Array ? value.Items : [value])
        {
            if (item.Kind is JsonKind.Array or JsonKind.Object) return e.Fail(Errors.Type(item, "can not be escaped for shell"));
            if (!Pays(e, item)) return default;
            words.Add(item.StringOrNull is { } text ? $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'" : JsonText.Write(e, item));
        }

        return string.Join(' ', words);
    }

    static string Escape(string text, params (char From, string To)[] table)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var at = 0;
            while (at < table.Length && table[at].From != c) at++;
            if (at == table.Length) escaped.Append(c);
            else escaped.Append(table[at].To);
        }

        return escaped.ToString();
    }

    static string Uri(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)unit) || unit is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~') escaped.Append((char)unit);
            else escaped.Append('%').Append(HexDigits[unit >> 4]).Append(HexDigits[unit & 15]);
        }

        return escaped.ToString();
    }

    static JsonValue FromUri(Evaluator e, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var decoded = new List<byte>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%') decoded.Add(bytes[i]);
            else if (i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                decoded.Add(Convert.ToByte(Encoding.ASCII.GetString(bytes, i + 1, 2), 16));
                i += 2;
            }
            else return e.Fail(Errors.Type(text, "is not a valid uri encoding"));
        }

        try
        {
            return Strict.GetString(decoded.ToArray());
        }
        catch (DecoderFallbackException)
        {
            return e.Fail(Errors.Type(text, "is not a valid uri encoding"));
        }
    }

    // Five bits a digit, padded to groups of eight.
    static string Base32(byte[] bytes)
    {
        var text = new StringBuilder();
        int bits = 0, held = 0;
        foreach (var unit in bytes)
        {
            bits = ((bits << 8) | unit) & 0xFFFF;
            for (held += 8; held >= 5; held -= 5) text.Append(Base32Digits[(bits >> (held - 5)) & 31]);
        }

        if (held > 0) text.Append(Base32Digits[(bits << (5 - held)) & 31]);
        return text.Append('=', (8 - (text.Length % 8)) % 8).ToString();
    }

    static JsonValue FromBase32(Evaluator e, string text)
    {
        var bytes = new List<byte>(text.Length);
        int bits = 0, held = 0;
        foreach (var c in text.TrimEnd('='))
        {
            var digit = Base32Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return e.Fail(Errors.Type(text, "is not valid base32 data"));
            bits = ((bits << 5) | digit) & 0xFFFF;
            held += 5;
            if (held < 8) continue;
            held -= 8;
            bytes.Add((byte)((bits >> held) & 0xFF));
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    // Padding is optional, as in jq; one digit left over is no byte.
    static JsonValue FromBase64(Evaluator e, string text)
    {
        var digits = text.TrimEnd('=');
        var bytes = new List<byte>(digits.Length);
        int bits = 0, held = 0;
        foreach (var c in digits)
        {
            var digit = Base64Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0) return e.Fail(Errors.Type(text, "is not valid base64 data"));
            bits = ((bits << 6) | digit) & 0xFFFF;
            held += 6;
            if (held < 8) continue;
            held -= 8;
            bytes.Add((byte)((bits >> held) & 0xFF));
        }

        return digits.Length % 4 == 1 ? e.Fail(Errors.Type(text, "trailing base64 byte found")) : Encoding.UTF8.GetString(bytes.ToArray());
    }
}
