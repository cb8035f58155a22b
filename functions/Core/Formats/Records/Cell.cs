using System.Text;
using Interop.Core.Json;
using Interop.Core.Schemas;

namespace Interop.Core.Formats;

/// <summary>The value of one cell, typed by its schema. What is no number or boolean where one belongs stays a text, which the schema then refuses with its reason.</summary>
static class Cell
{
    const JsonTypes Numbers = JsonTypes.Integer | JsonTypes.Number;

    /// <summary>The value of a cell that is not empty; null if it can only be a text.</summary>
    public static JsonValue? Typed(ReadOnlySpan<byte> text, JsonTypes types)
    {
        if (types.HasFlag(JsonTypes.String)) return null;
        if ((types & Numbers) != JsonTypes.None && IsNumber(text)) return JsonValue.OfNumber(text);
        if (!types.HasFlag(JsonTypes.Boolean)) return null;
        if (text.SequenceEqual("true"u8)) return JsonValue.True;
        if (text.SequenceEqual("false"u8)) return JsonValue.False;
        return null;
    }

    public static JsonValue Read(ReadOnlySpan<byte> utf8, JsonTypes types) => Typed(utf8, types) ?? Encoding.UTF8.GetString(utf8);

    public static bool IsNumeric(JsonTypes types) => (types & Numbers) != JsonTypes.None && !types.HasFlag(JsonTypes.String);

    /// <summary>The text of a value; empty for none. Null after a problem.</summary>
    public static string? Text(JsonValue value, string path, ProblemList problems)
    {
        if (value.IsNull) return "";
        if (value.Kind is JsonKind.Array or JsonKind.Object)
        {
            problems.Add(null, "type", FormatMessages.CellHasParts, path);
            return null;
        }

        var text = value.StringOrNull ?? value.ToString();
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && char.IsSurrogate(text[at]))
            {
                problems.Add(null, "character", FormatMessages.HalfACharacter(text[at]), path, text);
                return null;
            }

            at += rune.Utf16SequenceLength;
        }

        if (!text.Contains('\0', StringComparison.Ordinal)) return text;
        problems.Add(null, "character", FormatMessages.Nul, path, text);
        return null;
    }

    // The grammar of JSON's numbers, on bytes: a cell is looked at without making a text of it.
    static bool IsNumber(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("-"u8)) text = text[1..];
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0')) return false;
        text = text[whole..];
        if (text.StartsWith("."u8))
        {
            var decimals = Digits(text[1..]);
            if (decimals == 0) return false;
            text = text[(decimals + 1)..];
        }

        if (text.IsEmpty) return true;
        if (text[0] is not ((byte)'e' or (byte)'E')) return false;
        text = text.Length > 1 && text[1] is (byte)'+' or (byte)'-' ? text[2..] : text[1..];
        return Digits(text) is var exponent and > 0 && exponent == text.Length;
    }

    static int Digits(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
