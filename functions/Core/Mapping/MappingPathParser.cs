using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Interop.Core.Mapping;

// path      = "$" rest | "^" ("." "^")* rest | "." selector* | segments
// rest      = "" | "." segments
// segments  = name selector* ("." name selector*)*
// selector  = "[" digits "]" | "[=" value "]" | "[" condition ("," condition)* "]"
// condition = name ("." name)* "=" (path that begins with "$" or "^" | value)
// name      = (letter | digit | "_" "-" "@" "#" ":")+ | quoted
// value     = quoted | any characters but , ] and quotation marks
// quoted    = "\"" characters, \" and \\ "\""
sealed class MappingPathParser
{
    const int MaxCharacters = 500;
    const int MaxReferences = 3;

    readonly string text;
    int at;

    MappingPathParser(string text) => this.text = text;

    /// <summary>The path, or one problem <c>path</c>.</summary>
    public static Outcome<MappingPath> Parse(string text, Place? place)
    {
        if (text.Length > MaxCharacters) return new Problem("path", MappingMessages.PathTooLong(text.Length, MaxCharacters), Value: Problem.Preview(text), Place: place);
        var parser = new MappingPathParser(text);
        try
        {
            var path = parser.Path(upOfCaret: 1, MaxReferences);
            return parser.at == text.Length ? path : throw parser.Wrong("nothing more");
        }
        catch (FormatException wrong)
        {
            return new Problem("path", wrong.Message, Value: Problem.Preview(text), Place: place);
        }
    }

    /// <summary>A path one member longer, the name quoted where it must be.</summary>
    public static string Join(string path, string name)
    {
        var plain = name.Length > 0 && name.All(IsName);
        var written = plain ? name : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        return path.Length == 0 ? written : $"{path}.{written}";
    }

    static bool IsName(char letter) => char.IsLetterOrDigit(letter) || "_-@#:".Contains(letter, StringComparison.Ordinal);

    MappingPath Path(int upOfCaret, int referencesLeft)
    {
        var start = at;
        var steps = ImmutableArray.CreateBuilder<PathStep>();
        var up = 0;
        var more = true;
        if (Take('$')) (up, more) = (MappingPath.Document, Take('.'));
        else if (Take('^'))
        {
            up = upOfCaret;
            while ((more = Take('.')) && Take('^')) up++;
        }
        else if (Take('.')) more = false;

        if (!more) Selectors(steps, referencesLeft);
        while (more)
        {
            steps.Add(new PathStep.Member(Name()));
            Selectors(steps, referencesLeft);
            more = Take('.');
        }

        return new MappingPath(text[start..at], up, steps.ToImmutable());
    }

    void Selectors(ImmutableArray<PathStep>.Builder steps, int referencesLeft)
    {
        while (Take('['))
        {
            if (Take('=')) steps.Add(new PathStep.Holds(Value()));
            else if (Digits() is { } index) steps.Add(new PathStep.Index(index));
            else steps.Add(new PathStep.Where(Conditions(referencesLeft)));
            Expect(']');
        }
    }

    ImmutableArray<PathCondition> Conditions(int referencesLeft)
    {
        var conditions = ImmutableArray.CreateBuilder<PathCondition>();
        do
        {
            var names = ImmutableArray.CreateBuilder<string>();
            do names.Add(Name()); while (Take('.'));
            Expect('=');
            if (Peek is '$' or '^')
            {
                if (referencesLeft == 0) throw Wrong($"at most {MaxReferences} references within each other");

                // In a condition ^ is the item the field belongs to: no group further out.
                conditions.Add(new PathCondition(names.ToImmutable(), null, Path(upOfCaret: 0, referencesLeft - 1)));
            }
            else
            {
                conditions.Add(new PathCondition(names.ToImmutable(), Value(), null));
            }
        }
        while (Take(','));
        return conditions.ToImmutable();
    }

    // Digits alone are an index; "[0x=1]" is a condition.
    int? Digits()
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end == at || end == text.Length || text[end] != ']') return null;
        if (!int.TryParse(text.AsSpan(at, end - at), NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index > 9_999) throw Wrong("an index up to 9999");
        at = end;
        return index;
    }

    string Name()
    {
        if (Peek == '"') return Quoted();
        var start = at;
        while (at < text.Length && IsName(text[at])) at++;
        return at > start ? text[start..at] : throw Wrong("a name");
    }

    string Value()
    {
        if (Peek == '"') return Quoted();
        var start = at;
        while (at < text.Length && !",]\"".Contains(text[at], StringComparison.Ordinal)) at++;
        var value = text[start..at].Trim();
        return value.Length > 0 ? value : throw Wrong("a value");
    }

    string Quoted()
    {
        Expect('"');
        var value = new StringBuilder();
        while (at < text.Length && text[at] != '"')
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at++]);
        }

        Expect('"');
        return value.ToString();
    }

    char Peek => at < text.Length ? text[at] : '\0';

    bool Take(char wanted)
    {
        if (Peek != wanted || at == text.Length) return false;
        at++;
        return true;
    }

    void Expect(char wanted)
    {
        if (!Take(wanted)) throw Wrong($"{wanted}");
    }

    FormatException Wrong(string wanted) => new(MappingMessages.PathSyntax(text, at, wanted));
}
