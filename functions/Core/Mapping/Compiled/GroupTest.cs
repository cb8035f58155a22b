namespace Interop.Core.Mapping.Compiled;

/// <summary>A condition of a group of fields: what must hold of what is read.</summary>
/// <param name="From">Where the value stands that is asked about.</param>
/// <param name="Kind">What is asked.</param>
/// <param name="Values">The values it is compared with, each a condition of the value itself.</param>
sealed record GroupTest(Lookup From, ConditionKind Kind, ItemCondition[] Values)
{
    /// <summary>Whether all hold; null if the interpreter must decide.</summary>
    public static bool? Hold(GroupTest[] tests, Emitter emitter)
    {
        foreach (var test in tests)
        {
            if (test.Holds(emitter) is not true and var answer) return answer;
        }

        return true;
    }

    bool? Holds(Emitter emitter)
    {
        var token = From.Find(emitter);
        if (token == Lookup.Unclear) return null;
        var isAbsent = token == 0 || emitter.Tape.Tokens[token] is { Kind: TokenKind.Array, Length: 0 };
        return Kind switch
        {
            ConditionKind.Present => !isAbsent,
            ConditionKind.Absent => isAbsent,
            ConditionKind.Is => IsAny(token, emitter),
            ConditionKind.Not => !IsAny(token, emitter),
            _ => null,
        };
    }

    bool IsAny(int token, Emitter emitter)
    {
        foreach (var value in Values)
        {
            if (token != 0 && value.Matches(token, emitter) == true) return true;
        }

        return false;
    }
}

/// <summary>Fields under a condition: their group has the item of the group around if it holds, else none.</summary>
sealed class When(int scope, int outer, GroupTest[] tests) : Step
{
    public override bool Do(Emitter emitter)
    {
        emitter.Scopes[scope] = 0;
        if (emitter.Scopes[outer] == 0) return true;
        if (GroupTest.Hold(tests, emitter) is not { } does) return false;
        if (does) (emitter.Scopes[scope], emitter.Positions[scope]) = (emitter.Scopes[outer], emitter.Positions[outer]);
        return true;
    }
}
