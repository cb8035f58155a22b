using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Interop.Core.Jq;

/// <summary>
/// Writes a pattern as jq's engine (Oniguruma, Perl syntax) reads it in .NET's words: groups counted from left to right whether named or not,
/// POSIX brackets, <c>\h</c>, and in a text beyond the basic plane characters instead of their halves.
/// </summary>
sealed class RegexPatterns
{
    const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    static readonly FrozenDictionary<string, string> Classes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["alnum"]  = @"\p{L}\p{M}\p{Nd}",
        ["alpha"]  = @"\p{L}\p{M}",
        ["ascii"]  = @"\x00-\x7F",
        ["blank"]  = @"\t\p{Zs}",
        ["cntrl"]  = @"\p{Cc}",
        ["digit"]  = @"\p{Nd}",
        ["graph"]  = @"\p{L}\p{M}\p{N}\p{P}\p{S}",
        ["lower"]  = @"\p{Ll}",
        ["print"]  = @"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}",
        ["punct"]  = @"\p{P}\p{S}",
        ["space"]  = @"\s\x85",
        ["upper"]  = @"\p{Lu}",
        ["word"]   = @"\w",
        ["xdigit"] = "0-9a-fA-F",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    readonly string source;
    readonly bool extended;
    readonly bool wide;
    readonly string anyCharacter;
    readonly StringBuilder written = new();
    readonly List<string?> groups = [];
    readonly bool hasNames;
    int at;

    RegexPatterns(string source, string flags, bool wide)
    {
        (this.source, this.wide) = (source, wide);
        extended = flags.Contains('x', StringComparison.Ordinal);
        anyCharacter = flags.Contains('p', StringComparison.Ordinal) ? @"[^\uD800-\uDFFF]" : @"[^\n\uD800-\uDFFF]";
        hasNames = System.Text.RegularExpressions.Regex.IsMatch(source, @"\(\?<[A-Za-z_]", System.Text.RegularExpressions.RegexOptions.NonBacktracking);
    }

    /// <summary>The pattern and the name, or null, of each group.</summary>
    /// <param name="source">The pattern as jq has it.</param>
    /// <param name="flags">jq's flags.</param>
    /// <param name="wide">Whether the text has characters beyond the basic plane.</param>
    public static (string Pattern, ImmutableArray<string?> Groups) Translate(string source, string flags, bool wide)
    {
        var patterns = new RegexPatterns(source, flags, wide);
        while (patterns.at < source.Length) patterns.Next();
        return (patterns.written.ToString(), [.. patterns.groups]);
    }

    void Next()
    {
        switch (source[at])
        {
            case '\\': Escape(inClass: false, written); break;
            case '[': Class(); break;
            case '(': Group(); break;
            case '.' when wide: Write($"(?:{anyCharacter}|{Pair})", 1); break;
            case '#' when extended: Comment(); break;
            default: Write(source[at].ToString(), 1); break;
        }
    }

    void Write(string text, int read)
    {
        written.Append(text);
        at += read;
    }

    void Comment()
    {
        var end = source.IndexOf('\n', at);
        at = end < 0 ? source.Length : end + 1;
    }

    // Where names are used, .NET counts the named groups last and takes two of one name for one: so each gets a name of its own.
    void Group()
    {
        var isNamed = hasNames && Follows("(?<") && at + 3 < source.Length && source[at + 3] is not ('=' or '!');
        var end = isNamed ? source.IndexOf('>', at) : -1;
        if (end > 0)
        {
            groups.Add(source[(at + 3)..end]);
            Write($"(?<_{groups.Count}>", end + 1 - at);
        }
        else if (!Follows("(?"))
        {
            groups.Add(null);
            Write(hasNames ? $"(?<_{groups.Count}>" : "(", 1);
        }
        else Write("(", 1);
    }

    void Escape(bool inClass, StringBuilder into)
    {
        var kind = at + 1 < source.Length ? source[at + 1] : '\0';
        var (text, read) = kind switch
        {
            'h' => (inClass ? "0-9a-fA-F" : "[0-9a-fA-F]", 2),
            'H' when !inClass => ("[^0-9a-fA-F]", 2),
            'R' when !inClass => (@"(?:\r\n|[\n-\r\x85\u2028\u2029])", 2),
            'x' when Follows(@"\x{") => CodePoint(),
            'k' when Follows(@"\k<") && !inClass => Named(),
            >= '1' and <= '9' when hasNames && !inClass => ($@"\k<_{kind}>", 2),
            'p' or 'P' when Follows($@"\{kind}{{") => Property(inClass, kind == 'P'),
            '\0' => ("\\", 1),
            _ => ($"\\{kind}", 2),
        };
        into.Append(text);
        at += read;
    }

    (string Text, int Read) CodePoint()
    {
        var end = source.IndexOf('}', at);
        return end > 0 && int.TryParse(source.AsSpan(at + 3, end - at - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) && Rune.IsValid(point)
            ? (string.Concat(new Rune(point).ToString().Select(unit => $"\\u{(int)unit:X4}")), end + 1 - at)
            : (@"\x", 2);
    }

    (string Text, int Read) Named()
    {
        var end = source.IndexOf('>', at);
        var group = end < 0 ? -1 : groups.LastIndexOf(source[(at + 3)..end]);
        return group < 0 ? (@"\k", 2) : ($@"\k<_{group + 1}>", end + 1 - at);
    }

    (string Text, int Read) Property(bool inClass, bool negated)
    {
        var end = source.IndexOf('}', at);
        var name = end < 0 ? "" : source[(at + 3)..end];
        if (name.StartsWith('^')) (name, negated) = (name[1..], !negated);
        if (!Classes.TryGetValue(name, out var members) || (inClass && negated)) return ($"\\{source[at + 1]}", 2);
        return (inClass ? members : $"[{(negated ? "^" : "")}{members}]", end + 1 - at);
    }

    void Class()
    {
        var members = new StringBuilder();
        var start = at++;
        var negated = at < source.Length && source[at] == '^';
        if (negated) at++;
        for (var first = at; at < source.Length && (source[at] != ']' || at == first);)
        {
            if (source[at] == '\\') Escape(inClass: true, members);
            else if (Follows("[:")) Posix(members);
            else
            {
                members.Append(source[at] is '[' or ']' ? $"\\{source[at]}" : source[at].ToString());
                at++;
            }
        }

        if (at == source.Length)
        {
            // Not closed: .NET says so.
            written.Append(source, start, at - start);
            return;
        }

        at++;
        var plain = $"[{(negated ? "^" : "")}{members}{(negated && wide ? @"\uD800-\uDFFF" : "")}]";
        written.Append(negated && wide ? $"(?:{plain}|{Pair})" : plain);
    }

    void Posix(StringBuilder members)
    {
        var end = source.IndexOf(":]", at, StringComparison.Ordinal);
        var name = end < 0 ? "" : source[(at + 2)..end];
        if (Classes.TryGetValue(name, out var known) || name.StartsWith('^'))
        {
            // A negated one has no words in .NET: it is written so that .NET refuses it.
            members.Append(known ?? $"\\p{{{name}}}");
            at = end + 2;
        }
        else
        {
            members.Append(@"\[");
            at++;
        }
    }

    bool Follows(string text) => string.CompareOrdinal(source, at, text, 0, text.Length) == 0;
}
