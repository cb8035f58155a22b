using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Interop.Core.Jq;

/// <summary>An expression as <see cref="RegexMachine"/> runs it.</summary>
/// <param name="Code">Its instructions.</param>
/// <param name="Groups">The number of groups, the whole included.</param>
/// <param name="Slots">Two for each group, then one for each loop.</param>
/// <param name="Sets">How many sets of characters had to be made.</param>
sealed record RegexProgram(ImmutableArray<RegexInstruction> Code, int Groups, int Slots, int Sets)
{
    /// <summary>Whether a match may be of any length, so that a search may look far beyond the one it finds.</summary>
    public bool IsEndless { get; } = Code.Any(step => step.Op == RegexOp.Jump && step.A < 0);

    /// <summary>How much there is to know of the groups: each, at every instruction.</summary>
    public int Grouped => (Groups - 1) * Code.Length;

    /// <summary>Reads a pattern that .NET has found well-formed, in the words that <see cref="RegexPatterns"/> writes.</summary>
    /// <exception cref="NotSupportedException">It is too large, or has a part that jq's patterns have not.</exception>
    public static RegexProgram Of(Evaluator evaluator, string pattern, RegexOptions options, int groups) => new RegexReader(evaluator, pattern, options, groups + 1).Read();
}

/// <summary>Writes the instructions of a pattern. Jumps are relative, so that a part that is repeated a number of times is written that number of times.</summary>
sealed class RegexReader(Evaluator evaluator, string pattern, RegexOptions given, int groups)
{
    const int MostInstructions = 20_000;
    const int Deepest = 200;
    const int Endless = -1;

    /// <summary>What the 128 questions of a set take.</summary>
    public const int StepsASet = 1_500;

    readonly Dictionary<(string Text, RegexOptions Options), RegexSet> sets = [];
    RegexOptions options = given;
    int at;
    int group;
    int depth;
    int loops;

    public RegexProgram Read()
    {
        var code = Alternatives();
        if (at < pattern.Length) throw NotSupported();
        return new RegexProgram([.. code, new RegexInstruction(RegexOp.Accept)], groups, (groups * 2) + loops, sets.Count);
    }

    // alternatives: sequence ('|' sequence)*
    List<RegexInstruction> Alternatives()
    {
        if (++depth > Deepest) throw NotSupported();
        var before = options;
        var parts = new List<List<RegexInstruction>> { Sequence() };
        while (Takes("|")) parts.Add(Sequence());
        options = before;
        depth--;
        return Either(parts);
    }

    // a|b|c: try a, else (try b, else c); each ends with a jump behind the last.
    List<RegexInstruction> Either(List<List<RegexInstruction>> parts)
    {
        var left = parts.Sum(part => part.Count + 2) - 2;
        if (left > MostInstructions) throw NotSupported();
        var code = new List<RegexInstruction>(left);
        foreach (var part in parts.SkipLast(1))
        {
            left -= part.Count + 2;
            code.Add(new(RegexOp.Split, 1, part.Count + 2));
            code.AddRange(part);
            code.Add(new(RegexOp.Jump, left + 1));
        }

        code.AddRange(parts[^1]);
        return code;
    }

    List<RegexInstruction> Sequence()
    {
        var code = new List<RegexInstruction>();
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            if (IsBlank()) continue;
            code.AddRange(Quantified(Part()));
        }

        return Within(code);
    }

    // With the flag x, white space and remarks between parts are none.
    bool IsBlank()
    {
        if (!options.HasFlag(RegexOptions.IgnorePatternWhitespace)) return false;
        if (char.IsWhiteSpace(pattern[at]))
        {
            at++;
            return true;
        }

        if (pattern[at] != '#') return false;
        at = pattern.IndexOf('\n', at) is >= 0 and var end ? end + 1 : pattern.Length;
        return true;
    }

    List<RegexInstruction> Part() => pattern[at] switch
    {
        '(' => Group(),
        '[' => Class(),
        '\\' => Escape(),
        '^' => Place(1, options.HasFlag(RegexOptions.Multiline) ? RegexPlace.LineStart : RegexPlace.Start),
        '$' => Place(1, options.HasFlag(RegexOptions.Multiline) ? RegexPlace.LineEnd : RegexPlace.EndOrNewline),
        '.' => Set(1),
        _ => Set(1, pattern[at]),
    };

    List<RegexInstruction> Place(int read, RegexPlace place)
    {
        at += read;
        return [new(RegexOp.At, (int)place)];
    }

    List<RegexInstruction> Set(int read)
    {
        at += read;
        return [new(RegexOp.Take, Set: Named(pattern.Substring(at - read, read)))];
    }

    List<RegexInstruction> Set(int read, char only)
    {
        at += read;
        return [new(RegexOp.Take, Set: options.HasFlag(RegexOptions.IgnoreCase) ? Named(Regex.Escape(only.ToString())) : new RegexSet(only))];
    }

    RegexSet Named(string text)
    {
        if (sets.TryGetValue((text, options), out var known)) return known;
        if (!evaluator.Spend(StepsASet)) throw NotSupported();
        return sets[(text, options)] = new RegexSet(text, options);
    }

    List<RegexInstruction> Class()
    {
        var end = at + 1;
        if (end < pattern.Length && pattern[end] == '^') end++;
        if (end < pattern.Length && pattern[end] == ']') end++;
        while (pattern[end] != ']') end += pattern[end] == '\\' ? 2 : 1;
        return Set(end + 1 - at);
    }

    List<RegexInstruction> Escape()
    {
        var kind = pattern[at + 1];
        switch (kind)
        {
            case 'A': return Place(2, RegexPlace.Start);
            case 'z': return Place(2, RegexPlace.End);
            case 'Z': return Place(2, RegexPlace.EndOrNewline);
            case 'b': return Place(2, RegexPlace.Word);
            case 'B': return Place(2, RegexPlace.NoWord);
            case 'G': return Place(2, RegexPlace.SearchStart);
            case 'p' or 'P': return Set(pattern.IndexOf('}', at) + 1 - at);
            case 'u': return Set(6);
            case 'x': return Set(4);
            case 'c': return Set(3);
            case '0': return Set(1 + Octal());
            case 'k': return Named();
            case >= '1' and <= '9': return Numbered();
            default: return Set(2);
        }
    }

    int Octal() => pattern.Skip(at + 1).Take(3).TakeWhile(digit => digit is >= '0' and <= '7').Count();

    List<RegexInstruction> Named()
    {
        var end = pattern.IndexOf('>', at);
        var number = int.Parse(pattern.AsSpan(at + 3, end - at - 3).TrimStart('_'), NumberStyles.None, CultureInfo.InvariantCulture);
        at = end + 1;
        return Again(number);
    }

    List<RegexInstruction> Numbered()
    {
        var number = 0;
        for (at++; at < pattern.Length && char.IsAsciiDigit(pattern[at]) && (number * 10) + pattern[at] - '0' < groups; at++) number = (number * 10) + pattern[at] - '0';
        return number == 0 ? throw NotSupported() : Again(number);
    }

    List<RegexInstruction> Again(int number) => [new(RegexOp.Again, number, options.HasFlag(RegexOptions.IgnoreCase) ? 1 : 0)];

    List<RegexInstruction> Group()
    {
        at++;
        if (Takes("?=")) return Look(RegexLook.Ahead);
        if (Takes("?!")) return Look(RegexLook.NotAhead);
        if (Takes("?<=")) return Look(RegexLook.Behind);
        if (Takes("?<!")) return Look(RegexLook.NotBehind);
        if (Takes("?>")) return Look(RegexLook.Atomic);
        if (Takes("?:")) return Closed(Alternatives());
        if (Takes("?#")) return Remark();
        if (Takes("?<")) at = pattern.IndexOf('>', at) + 1;
        else if (Takes("?")) return Flags();
        var number = ++group;
        return [new(RegexOp.Save, number * 2), .. Closed(Alternatives()), new(RegexOp.Save, (number * 2) + 1)];
    }

    List<RegexInstruction> Look(RegexLook look)
    {
        var code = Closed(Alternatives());
        return [new(RegexOp.Look, code.Count + 1, (int)look), .. code, new(RegexOp.Accept)];
    }

    List<RegexInstruction> Remark()
    {
        at = pattern.IndexOf(')', at) + 1;
        return [];
    }

    // (?i-s) for the rest of the group it stands in, (?i-s:...) for what stands within.
    List<RegexInstruction> Flags()
    {
        var before = options;
        for (var isOff = false; pattern[at] is not (':' or ')'); at++)
        {
            if (pattern[at] == '-') isOff = true;
            else options = isOff ? options & ~Flag(pattern[at]) : options | Flag(pattern[at]);
        }

        if (pattern[at++] == ')') return [];
        var code = Closed(Alternatives());
        options = before;
        return code;
    }

    RegexOptions Flag(char letter) => letter switch
    {
        'i' => RegexOptions.IgnoreCase,
        'm' => RegexOptions.Multiline,
        's' => RegexOptions.Singleline,
        'x' => RegexOptions.IgnorePatternWhitespace,
        _ => throw NotSupported(),
    };

    List<RegexInstruction> Closed(List<RegexInstruction> code) => Takes(")") ? code : throw NotSupported();

    List<RegexInstruction> Quantified(List<RegexInstruction> part)
    {
        while (at < pattern.Length && IsBlank())
        {
        }

        if (at == pattern.Length || Quantifier() is not var (least, most)) return part;
        var isLazy = Takes("?");
        var code = new List<RegexInstruction>();
        for (var times = 0; times < least; times++)
        {
            code.AddRange(part);
            Within(code);
        }

        if (most == Endless) code.AddRange(Loop(part, isLazy));
        for (var times = least; times < most; times++)
        {
            // Each further time is within the one before: a(a(a)?)?
            var left = most - times;
            var rest = (left * (part.Count + 1)) - (part.Count + 1);
            code.Add(Either(isLazy, 1, part.Count + 1 + rest));
            code.AddRange(part);
            Within(code);
        }

        return Within(code);
    }

    List<RegexInstruction> Loop(List<RegexInstruction> part, bool isLazy)
    {
        if (part is [{ Op: RegexOp.Take }]) return [Either(isLazy, 1, 3), part[0], new(RegexOp.Jump, -2)];
        var slot = (groups * 2) + loops++;
        return [Either(isLazy, 1, part.Count + 4), new(RegexOp.Save, slot), .. part, new(RegexOp.Empty, slot, 2), new(RegexOp.Jump, -(part.Count + 3))];
    }

    static RegexInstruction Either(bool isLazy, int within, int past) => isLazy ? new(RegexOp.Split, past, within) : new(RegexOp.Split, within, past);

    (int Least, int Most)? Quantifier()
    {
        if (Takes("*")) return (0, Endless);
        if (Takes("+")) return (1, Endless);
        if (Takes("?")) return (0, 1);
        if (pattern[at] != '{' || pattern.IndexOf('}', at) is not (> 0 and var end)) return null;
        var parts = pattern[(at + 1)..end].Split(',');
        if (parts.Length > 2 || parts[0].Length == 0 || !parts.All(part => part.All(char.IsAsciiDigit))) return null;
        at = end + 1;
        var least = Number(parts[0]);
        return (least, parts is [_, ""] ? Endless : parts is [_, var most] ? Number(most) : least);
    }

    static int Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostInstructions ? number : throw NotSupported();

    List<RegexInstruction> Within(List<RegexInstruction> code) => code.Count <= MostInstructions ? code : throw NotSupported();

    bool Takes(string text)
    {
        if (string.CompareOrdinal(pattern, at, text, 0, text.Length) != 0) return false;
        at += text.Length;
        return true;
    }

    static NotSupportedException NotSupported() => new("it is too large, or of a kind that is not known here");
}
