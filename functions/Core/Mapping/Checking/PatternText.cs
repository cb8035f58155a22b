using System.Globalization;
using System.Text;

namespace Interop.Core.Mapping.Checking;

/// <summary>Texts that match a schema's <c>pattern</c>: literals, classes, groups, alternatives and repetitions. What cannot be made out gives no text; every text is tried on the schema before it is used.</summary>
sealed class PatternText
{
    const int MaxDepth = 16;
    const int MaxText = 200;
    const int MaxLong = 6_000;
    const string Ordinary = "A0a1 -./_@+:";

    readonly string pattern;

    // Which character of a class, which alternative, how many more than the least: what makes one text differ from another.
    readonly int turn;

    // How many more than the least are repeated, where a long text is wanted.
    readonly int? stretch;
    int at;
    bool isBeyond;

    PatternText(string pattern, int turn, int? stretch = null) => (this.pattern, this.turn, this.stretch) = (pattern, turn, stretch);

    /// <summary>A text for the pattern, or null; different turns give different texts where the pattern allows.</summary>
    public static string? Make(string pattern, int turn) => new PatternText(pattern, turn).Whole();

    /// <summary>The longest text that could be made for the pattern, of no more than so many characters; null if there is none.</summary>
    public static string? Longest(string pattern, int length)
    {
        if (new PatternText(pattern, 0, 0).Whole() is not { } shortest) return null;
        var (longest, least, most) = (shortest.Length <= length ? shortest : null, 1, Math.Min(length, MaxLong));
        while (least <= most)
        {
            var middle = (least + most) / 2;
            var text = new PatternText(pattern, 0, middle).Whole();
            if (text is not null && text.Length <= length) (longest, least) = (text, middle + 1);
            else most = middle - 1;
        }

        return longest;
    }

    string? Whole()
    {
        var text = Alternatives(MaxDepth);
        return !isBeyond && at == pattern.Length && text.Length <= Most ? text : null;
    }

    // What follows is not looked at: no text is made.
    string Beyond()
    {
        (isBeyond, at) = (true, pattern.Length);
        return "";
    }

    int Most => stretch is null ? MaxText : MaxLong;

    char Peek => at < pattern.Length ? pattern[at] : '\0';

    string Alternatives(int depthLeft)
    {
        if (depthLeft == 0) return Beyond();
        var all = new List<string> { Sequence(depthLeft) };
        while (Peek == '|')
        {
            at++;
            all.Add(Sequence(depthLeft));
        }

        return stretch > 0 ? all.MaxBy(one => one.Length)! : all[turn % all.Count];
    }

    string Sequence(int depthLeft)
    {
        var text = new StringBuilder();
        while (at < pattern.Length && Peek is not ('|' or ')'))
        {
            if (Peek is '^' or '$')
            {
                at++;
                continue;
            }

            var one = Atom(depthLeft);
            for (var times = Times(); times > 0 && text.Length <= Most; times--) text.Append(one);
        }

        return text.ToString();
    }

    string Atom(int depthLeft)
    {
        var here = pattern[at++];
        switch (here)
        {
            case '(':
                if (Peek == '?')
                {
                    if (at + 1 >= pattern.Length || pattern[at + 1] != ':') return Beyond();
                    at += 2;
                }

                var inner = Alternatives(depthLeft - 1);
                if (Peek != ')') return Beyond();
                at++;
                return inner;
            case '[':
                return Class();
            case '.':
                return "x";
            case '\\':
                return Escaped(pattern[at++]) is { } letters ? Pick(letters) : Beyond();
            case '*' or '+' or '?' or '{':
                return Beyond();
            default:
                return here.ToString();
        }
    }

    static string? Escaped(char letter) => letter switch
    {
        'd' => "0123456789",
        'w' => "abcABC019_",
        's' => " ",
        'D' or 'S' or 'W' or 'p' or 'P' or 'b' or 'B' => null,
        't' => "\t",
        'n' => "\n",
        _ => letter.ToString(),
    };

    string Pick(string letters) => letters[turn % letters.Length].ToString();

    string Class()
    {
        var negated = Peek == '^';
        if (negated) at++;
        var letters = new StringBuilder();
        for (var first = true; first || Peek != ']'; first = false)
        {
            if (at >= pattern.Length) return Beyond();
            var here = pattern[at++];
            if (here == '\\')
            {
                if (Escaped(pattern[at++]) is not { } known) return Beyond();
                letters.Append(known);
                continue;
            }

            if (Peek == '-' && at + 1 < pattern.Length && pattern[at + 1] != ']')
            {
                at++;
                for (var (letter, count) = (here, 0); letter <= Peek && count < 128; letter++, count++) letters.Append(letter);
                at++;
                continue;
            }

            letters.Append(here);
        }

        at++;
        return Pick(negated ? new string([.. Ordinary.Where(letter => !letters.ToString().Contains(letter, StringComparison.Ordinal))]) : letters.ToString());
    }

    int Times()
    {
        var (least, most) = (1, 1);
        switch (Peek)
        {
            case '*': (least, most, at) = (0, Some(3), at + 1); break;
            case '+': (least, most, at) = (1, Some(3), at + 1); break;
            case '?': (least, most, at) = (0, 1, at + 1); break;
            case '{':
                var end = pattern.IndexOf('}', at);
                var bounds = end < 0 ? [""] : pattern[(at + 1)..end].Split(',');
                if (!int.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out least))
                {
                    Beyond();
                    return 0;
                }

                most = bounds.Length == 1 ? least : int.TryParse(bounds[1], NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : Some(least + 3);
                at = end + 1;
                break;
        }

        if (Peek == '?') at++;
        return stretch is { } more ? Math.Min(most, Math.Min(least, MaxLong) + more) : Math.Min(least + (turn % (most - least + 1)), MaxText);
    }

    // How often what may be repeated without end is.
    int Some(int few) => stretch is null ? few : MaxLong;
}
