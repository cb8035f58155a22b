namespace Interop.Core.Jq;

/// <summary>
/// How far a search must look, found by following all ways through an expression at once, as .NET's linear matcher does, and paying for each. A way goes on while it may still win over what was
/// found: with <c>a.*b|a</c>, to the end of the line for every <c>a</c>.
/// </summary>
sealed class RegexReach(Evaluator evaluator, RegexProgram program, string text)
{
    readonly RegexMachine places = new(evaluator, program, text);
    readonly int[] entered = new int[program.Code.Length];
    readonly Stack<int> open = new();
    List<int> ways = [];
    List<int> next = [];
    int round;

    /// <summary>Pays for the search from a place on; false when it is too much.</summary>
    public bool Pays(int from)
    {
        next.Clear();
        round++;
        var found = Enter(0, from, from);
        for (var at = from; at < text.Length && (!found || next.Count > 0); at++)
        {
            (ways, next) = (next, ways);
            next.Clear();
            round++;
            // The earlier start and the earlier alternative win: where one has matched, those behind it and later starts do not count.
            var matched = false;
            foreach (var way in ways)
            {
                if (!evaluator.Visit()) return false;
                if (program.Code[way].Set!.Has(text[at]) && (matched = Enter(way + 1, at + 1, from))) break;
            }

            found |= matched;
            if (!found) found = Enter(0, at + 1, from);
        }

        return evaluator.Visit();
    }

    // Follows a way to where it takes a character; true where it has matched.
    bool Enter(int start, int at, int from)
    {
        open.Push(start);
        while (open.TryPop(out var pc))
        {
            if (entered[pc] == round) continue;
            entered[pc] = round;
            evaluator.Visit();
            var step = program.Code[pc];
            switch (step.Op)
            {
                case RegexOp.Take: next.Add(pc); break;
                case RegexOp.Jump: open.Push(pc + step.A); break;
                case RegexOp.Split:
                    open.Push(pc + step.B);
                    open.Push(pc + step.A);
                    break;
                case RegexOp.At when !places.Stands((RegexPlace)step.A, at, from): break;
                case RegexOp.Accept:
                    open.Clear();
                    return true;
                default: open.Push(pc + 1); break;
            }
        }

        return false;
    }
}
