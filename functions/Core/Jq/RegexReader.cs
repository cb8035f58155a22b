using System.Globalization;
using System.Text.RegularExpressions;

namespace Interop.Core.Jq;

/// <summary>Writes the instructions of a pattern. Jumps are relative, so that a part that is repeated a number of times is written that number of times.</summary>
sealed partial class RegexReader(Evaluator evaluator, string pattern, RegexOptions given, int groups)
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

    List<RegexInstruction> Closed(List<RegexInstruction> code) => Takes(")") ? code : throw NotSupported();

    List<RegexInstruction> Within(List<RegexInstruction> code) => code.Count <= MostInstructions ? code : throw NotSupported();

    bool Takes(string text)
    {
        if (string.CompareOrdinal(pattern, at, text, 0, text.Length) != 0) return false;
        at += text.Length;
        return true;
    }

    static NotSupportedException NotSupported() => new("it is too large, or of a kind that is not known here");
}
