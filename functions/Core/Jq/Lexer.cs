using System.Globalization;
using System.Text;

namespace Interop.Core.Jq;

enum TokenKind
{
    End,
    Name,
    Keyword,
    Field,
    Variable,
    Format,
    Number,
    StringStart,
    Operator,
}

readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(string text) => Kind is TokenKind.Operator or TokenKind.Keyword && Text == text;

    public string Shown => Kind == TokenKind.End ? "the end of the expression" : $"'{Problem.Preview(Text)}'";
}

/// <summary>Cuts a program into tokens as the parser asks for them; a string is read part by part, since queries stand inside.</summary>
sealed class Lexer(string text)
{
    static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "as", "def", "module", "import", "include", "if", "then", "else", "elif", "end", "and", "or", "reduce", "foreach", "try", "catch", "label", "break",
    };

    // Longest first within one first character.
    static readonly string[] Operators =
    [
        "?//", "//=", "!=", "==", "//", "|=", "+=", "-=", "*=", "/=", "%=", "<=", ">=", "..",
        ".", "?", "=", ";", ",", ":", "|", "+", "-", "*", "/", "%", "<", ">", "[", "]", "{", "}", "(", ")",
    ];

    int position;

    public Token Next()
    {
        SkipSpace();
        var start = position;
        if (start >= text.Length) return new Token(TokenKind.End, "", start);
        var first = text[start];
        var second = start + 1 < text.Length ? text[start + 1] : '\0';
        if (IsNameStart(first)) return Name(start);
        if (first == '"') return Take(TokenKind.StringStart, start, start + 1, start);
        if (char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(second))) return Number(start);
        if (first == '.' && IsNameStart(second)) return Take(TokenKind.Field, start + 1, NameEnd(start + 1, modules: false), start);
        if (first == '$' && IsNameStart(second)) return Take(TokenKind.Variable, start + 1, NameEnd(start + 1, modules: true), start);
        if (first == '@' && (IsNameStart(second) || char.IsAsciiDigit(second))) return Take(TokenKind.Format, start + 1, NameEnd(start + 1, modules: false), start);
        foreach (var found in Operators)
            if (string.CompareOrdinal(text, start, found, 0, found.Length) == 0)
                return Take(TokenKind.Operator, start, start + found.Length, start);
        throw new JqSyntaxException(start, Errors.UnknownCharacter(first));
    }

    /// <summary>The text up to the closing quote (<paramref name="ended"/>) or up to a <c>\(</c>.</summary>
    public string StringPart(out bool ended)
    {
        var part = new StringBuilder();
        while (position < text.Length)
        {
            var next = text[position++];
            if (next == '"')
            {
                ended = true;
                return part.ToString();
            }

            if (next != '\\') part.Append(next);
            else if (position < text.Length && text[position] == '(')
            {
                position++;
                ended = false;
                return part.ToString();
            }
            else Escape(part);
        }

        throw new JqSyntaxException(text.Length, Errors.UnfinishedString);
    }

    void Escape(StringBuilder part)
    {
        var at = position - 1;
        var kind = position < text.Length ? text[position++] : '\0';
        const string names = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
        var known = names.IndexOf(kind, StringComparison.Ordinal);
        if (known >= 0) part.Append(values[known]);
        else if (kind == 'u' && position + 4 <= text.Length && ushort.TryParse(text.AsSpan(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            part.Append((char)unit);
            position += 4;
        }
        else throw new JqSyntaxException(at, Errors.UnknownEscape(kind));
    }

    Token Take(TokenKind kind, int from, int to, int at)
    {
        position = to;
        return new Token(kind, text[from..to], at);
    }

    Token Name(int start)
    {
        var end = NameEnd(start, modules: true);
        var kind = Keywords.Contains(text[start..end]) ? TokenKind.Keyword : TokenKind.Name;
        return Take(kind, start, end, start);
    }

    Token Number(int start)
    {
        var end = Digits(start);
        if (end < text.Length && text[end] == '.') end = Digits(end + 1);
        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var sign = end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0;
            var exponent = Digits(end + 1 + sign);
            if (exponent > end + 1 + sign) end = exponent;
        }

        return Take(TokenKind.Number, start, end, start);
    }

    int Digits(int from)
    {
        while (from < text.Length && char.IsAsciiDigit(text[from])) from++;
        return from;
    }

    int NameEnd(int from, bool modules)
    {
        while (from < text.Length)
        {
            if (IsNameStart(text[from]) || char.IsAsciiDigit(text[from])) from++;
            else if (modules && string.CompareOrdinal(text, from, "::", 0, 2) == 0 && from + 2 < text.Length && IsNameStart(text[from + 2])) from += 2;
            else break;
        }

        return from;
    }

    // In a comment an odd number of backslashes before the line's end continues it, as in jq and Tcl.
    void SkipSpace()
    {
        while (position < text.Length)
        {
            if (text[position] is ' ' or '\t' or '\r' or '\n') position++;
            else if (text[position] == '#') SkipComment();
            else break;
        }
    }

    void SkipComment()
    {
        for (; position < text.Length && text[position] != '\n'; position++)
        {
            if (text[position] != '\\' || position + 1 >= text.Length) continue;
            if (text[position + 1] is '\\' or '\n') position++;
            else if (string.CompareOrdinal(text, position + 1, "\r\n", 0, 2) == 0) position += 2;
        }
    }

    static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}

/// <summary>Leaves the parser from within; caught once, in <see cref="Parser.Parse"/>.</summary>
sealed class JqSyntaxException(int at, string message, string rule = "jq-syntax") : Exception(message)
{
    public int At => at;

    public string Rule => rule;
}
