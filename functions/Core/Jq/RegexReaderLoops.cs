using System.Globalization;

namespace Interop.Core.Jq;

/// <summary>Quantifiers.</summary>
sealed partial class RegexReader
{
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
}
