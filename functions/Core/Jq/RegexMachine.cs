using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Interop.Core.Jq;

/// <summary>What an instruction of a regular expression does.</summary>
enum RegexOp
{
    /// <summary>Takes one character of the set.</summary>
    Take,

    /// <summary>Goes on at A, and if that fails at B; both relative.</summary>
    Split,

    /// <summary>Goes on at A, relative.</summary>
    Jump,

    /// <summary>Notes the position in slot A.</summary>
    Save,

    /// <summary>Goes on at B, relative, if nothing was taken since slot A was noted: a loop ends at an empty round.</summary>
    Empty,

    /// <summary>Takes what group A took; B is 1 if case does not matter.</summary>
    Again,

    /// <summary>Stands at a place: see <see cref="RegexPlace"/>.</summary>
    At,

    /// <summary>The next A instructions match here (<see cref="RegexLook"/> B); then it goes on after them.</summary>
    Look,

    /// <summary>The end of an expression, or of what a look is for.</summary>
    Accept,
}

/// <summary>Places between characters.</summary>
enum RegexPlace
{
    Start,
    LineStart,
    End,
    EndOrNewline,
    LineEnd,
    Word,
    NoWord,
    SearchStart,
}

/// <summary>What an instruction looks for.</summary>
enum RegexLook
{
    Ahead,
    NotAhead,
    Behind,
    NotBehind,

    /// <summary>Takes what matches, and never less.</summary>
    Atomic,
}

readonly record struct RegexInstruction(RegexOp Op, int A = 0, int B = 0, RegexSet? Set = null);

/// <summary>The characters that one instruction takes: as .NET understands the text that names them, asked once for each ASCII character.</summary>
sealed class RegexSet
{
    readonly Regex? named;
    readonly char only;
    readonly UInt128 ascii;

    /// <summary>The characters of words.</summary>
    public static RegexSet Word { get; } = new(@"\w", RegexOptions.CultureInvariant);

    public RegexSet(char only) => this.only = only;

    public RegexSet(string text, RegexOptions options)
    {
        named = new Regex($@"\A(?:{text})\z", options & ~RegexOptions.IgnorePatternWhitespace, Regex.InfiniteMatchTimeout);
        for (var at = 0; at < 128; at++)
            if (named.IsMatch([(char)at])) ascii |= UInt128.One << at;
    }

    public bool Has(char character) => named is null ? character == only : character < 128 ? (ascii >> character & 1) != 0 : named.IsMatch([character]);
}

/// <summary>A match: where the whole and each group begin and end, in pairs; -1 for a group that took no part.</summary>
readonly record struct RegexFound(ImmutableArray<int> Slots)
{
    public int Index => Slots[0];

    public int End => Slots[1];
}

/// <summary>
/// Runs an expression that looks around or back, by trying what may match and going back where it does not. Every instruction is a step of the evaluation, so that what never ends
/// does end, at the same place on a fast machine and a slow one. .NET's own matcher counts none.
/// </summary>
sealed class RegexMachine(Evaluator evaluator, RegexProgram program, string text)
{
    const int MostAlternatives = 2_000_000;
    const int StepsAtOnce = 256;
    const int StepsBeyondAscii = 15;
    const int CharactersAStep = 16;

    readonly int[] slots = new int[program.Slots];
    readonly List<(int Pc, int Position, int Slot)> alternatives = [];
    int steps;
    int searchStart;

    /// <summary>The first match from a position on; null when there is none, or a limit is met.</summary>
    /// <param name="from">Where to look first.</param>
    /// <param name="previous">Where the match before ended: the place of <c>\G</c>.</param>
    public RegexFound? Find(int from, int previous)
    {
        searchStart = previous;
        for (var start = from; start <= text.Length; start++)
        {
            Array.Fill(slots, -1);
            alternatives.Clear();
            if (Run(0, start, -1) is >= 0 and var end)
            {
                (slots[0], slots[1]) = (start, end);
                return new RegexFound([.. slots.AsSpan(0, program.Groups * 2)]);
            }

            if (evaluator.HasFailed || !Count()) return null;
        }

        evaluator.Spend(steps);
        return null;
    }

    // Where the expression ends; -1 if it does not match. What it leaves to try is above the mark.
    int Run(int pc, int position, int target)
    {
        var mark = alternatives.Count;
        while (true)
        {
            if (!Count()) return -1;
            var step = program.Code[pc];
            var goesOn = true;
            switch (step.Op)
            {
                case RegexOp.Take: goesOn = position < text.Length && Has(step.Set!, text[position++]); pc++; break;
                case RegexOp.Jump: pc += step.A; break;
                case RegexOp.Save: Set(step.A, position); pc++; break;
                case RegexOp.Empty: pc += slots[step.A] == position ? step.B : 1; break;
                case RegexOp.At: goesOn = Stands((RegexPlace)step.A, position, searchStart); pc++; break;
                case RegexOp.Again: goesOn = Repeats(step, ref position); pc++; break;
                case RegexOp.Look: goesOn = Looks(step, pc + 1, ref position); pc += 1 + step.A; break;
                case RegexOp.Split:
                    if (!Push((pc + step.B, position, -1))) return -1;
                    pc += step.A;
                    break;
                default:
                    if (target < 0 || target == position) return position;
                    goesOn = false;
                    break;
            }

            if (!goesOn && !Back(mark, out pc, out position)) return -1;
        }
    }

    bool Has(RegexSet set, char character)
    {
        if (character >= 128) steps += StepsBeyondAscii;
        return set.Has(character);
    }

    bool Count()
    {
        if (++steps < StepsAtOnce) return true;
        (var spent, steps) = (steps, 0);
        return evaluator.Spend(spent);
    }

    bool Push((int Pc, int Position, int Slot) alternative)
    {
        alternatives.Add(alternative);
        if (alternatives.Count <= MostAlternatives) return true;
        evaluator.Stop(Errors.Limit("depth", $"{MostAlternatives} alternatives of a regular expression"));
        return false;
    }

    // The alternatives keep what stood in the slot before.
    void Set(int slot, int position)
    {
        Push((slots[slot], 0, slot));
        slots[slot] = position;
    }

    bool Back(int mark, out int pc, out int position)
    {
        while (alternatives.Count > mark)
        {
            var last = alternatives[^1];
            alternatives.RemoveAt(alternatives.Count - 1);
            (pc, position) = (last.Pc, last.Position);
            if (last.Slot < 0) return !evaluator.HasFailed;
            slots[last.Slot] = last.Pc;
        }

        (pc, position) = (0, 0);
        return false;
    }

    // What a look has taken stays known, unless it was for what must not be; what else it might have taken is no longer tried.
    bool Looks(RegexInstruction step, int pc, ref int position)
    {
        var (mark, look) = (alternatives.Count, (RegexLook)step.B);
        var end = look is RegexLook.Behind or RegexLook.NotBehind ? Behind(pc, position) : Run(pc, position, -1);
        if (look is RegexLook.NotAhead or RegexLook.NotBehind)
        {
            while (Back(mark, out _, out _))
            {
            }

            return end < 0;
        }

        if (end < 0) return false;
        var kept = mark;
        for (var at = mark; at < alternatives.Count; at++)
            if (alternatives[at].Slot >= 0) alternatives[kept++] = alternatives[at];
        alternatives.RemoveRange(kept, alternatives.Count - kept);
        if (look == RegexLook.Atomic) position = end;
        return true;
    }

    int Behind(int pc, int position)
    {
        for (var start = position; start >= 0; start--)
            if (Run(pc, start, position) is >= 0 and var end) return end;
        return -1;
    }

    bool Repeats(RegexInstruction step, ref int position)
    {
        var (start, end) = (slots[step.A * 2], slots[(step.A * 2) + 1]);
        if (start < 0 || end < start) return false;
        var taken = text.AsSpan(start, end - start);
        steps += taken.Length / CharactersAStep;
        if (!text.AsSpan(position).StartsWith(taken, step.B == 1 ? StringComparison.InvariantCultureIgnoreCase : StringComparison.Ordinal)) return false;
        position += taken.Length;
        return true;
    }

    /// <summary>Whether a position is such a place.</summary>
    public bool Stands(RegexPlace place, int position, int searchStart) => place switch
    {
        RegexPlace.Start => position == 0,
        RegexPlace.LineStart => position == 0 || text[position - 1] == '\n',
        RegexPlace.End => position == text.Length,
        RegexPlace.EndOrNewline => position == text.Length || (position == text.Length - 1 && text[position] == '\n'),
        RegexPlace.LineEnd => position == text.Length || text[position] == '\n',
        RegexPlace.SearchStart => position == searchStart,
        _ => (IsWord(position - 1) != IsWord(position)) == (place == RegexPlace.Word),
    };

    bool IsWord(int at) => at >= 0 && at < text.Length && RegexSet.Word.Has(text[at]);
}
