using System.Text.RegularExpressions;

namespace Interop.Core.Jq;

/// <summary>What stands in parentheses: groups, what looks ahead or behind, remarks and flags.</summary>
sealed partial class RegexReader
{
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
}
