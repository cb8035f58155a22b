using Interop.Core.Json;

namespace Interop.Core.Mapping.Compiled;

/// <summary>A path compiled for a tape: from the item of a group down by slots.</summary>
/// <param name="Scope">The group whose item it begins at; see <see cref="Emitter.Scopes"/>.</param>
/// <param name="Steps">The steps.</param>
sealed record Lookup(int Scope, LookupStep[] Steps)
{
    /// <summary>What is found where the interpreter must decide, for example if several items match.</summary>
    public const int Unclear = -1;

    // Most paths are a member or two: then these are their slots, and there are no other steps.
    readonly int[]? members = Array.TrueForAll(Steps, step => step is LookupStep.Member) ? Array.ConvertAll(Steps, step => ((LookupStep.Member)step).At) : null;

    /// <summary>The token there; 0 if nothing or null is; <see cref="Unclear"/>.</summary>
    public int Find(Emitter emitter)
    {
        var token = emitter.Scopes[Scope];
        var tape = emitter.Tape;
        if (members is null) token = Step(token, tape, emitter);
        else
        {
            var tokens = tape.Tokens;
            foreach (var at in members)
            {
                ref readonly var here = ref tokens[token];
                if (here.Kind != TokenKind.Object) return 0;
                token = tape.Slots[here.Start + at];
            }
        }

        return token > 0 && tape.Tokens[token].Kind == TokenKind.Null ? 0 : token;
    }

    int Step(int token, Tape tape, Emitter emitter)
    {
        foreach (var step in Steps)
        {
            if (token <= 0) return token;
            token = step.From(token, tape, emitter);
        }

        return token;
    }
}

abstract record LookupStep
{
    LookupStep()
    {
    }

    public abstract int From(int token, Tape tape, Emitter emitter);

    public sealed record Member(int At) : LookupStep
    {
        public override int From(int token, Tape tape, Emitter emitter)
        {
            ref readonly var here = ref tape.Tokens[token];
            return here.Kind == TokenKind.Object ? tape.Slots[here.Start + At] : 0;
        }
    }

    public sealed record Index(int At) : LookupStep
    {
        public override int From(int token, Tape tape, Emitter emitter)
        {
            ref readonly var here = ref tape.Tokens[token];
            if (here.Kind == TokenKind.Null) return 0;
            if (here.Kind != TokenKind.Array) return Lookup.Unclear;
            if (At >= here.Length) return 0;
            var item = here.Start;
            for (var at = 0; at < At; at++) item = tape.Tokens[item].Next;
            return item;
        }
    }

    /// <summary>The one item that matches, or of several the one picked.</summary>
    public sealed record Where(Filter Filter, int? Pick) : LookupStep
    {
        public override int From(int token, Tape tape, Emitter emitter)
        {
            ref readonly var here = ref tape.Tokens[token];
            if (here.Kind == TokenKind.Null) return 0;
            if (here.Kind != TokenKind.Array) return Lookup.Unclear;
            var (matches, first) = (0, 0);
            for (var item = here.Start; item != 0; item = tape.Tokens[item].Next)
            {
                if (Filter.Matches(item, emitter) is not { } does) return Lookup.Unclear;
                if (!does) continue;
                if (matches++ == Pick) return item;
                if (matches == 1) first = item;
            }

            return Pick is not null ? 0 : matches > 1 ? Lookup.Unclear : first;
        }
    }
}

/// <summary>The conditions of a discriminator.</summary>
sealed record Filter(ItemCondition[] Conditions)
{
    /// <summary>Whether an item meets all; null if the interpreter must decide.</summary>
    public bool? Matches(int item, Emitter emitter)
    {
        foreach (var condition in Conditions)
        {
            if (condition.Matches(item, emitter) is not true and var answer) return answer;
        }

        return true;
    }
}

/// <summary>A condition of a discriminator.</summary>
/// <param name="Path">The member's way from the item, by slots.</param>
/// <param name="Text">The text it must be; null if it is a boolean or a reference.</param>
/// <param name="Kind">The boolean it must be.</param>
/// <param name="Reference">Where the text stands that it must be.</param>
sealed record ItemCondition(int[] Path, byte[]? Text, TokenKind Kind, Lookup? Reference)
{
    public bool? Matches(int item, Emitter emitter)
    {
        var tape = emitter.Tape;
        foreach (var at in Path)
        {
            ref readonly var here = ref tape.Tokens[item];
            item = here.Kind == TokenKind.Object ? tape.Slots[here.Start + at] : 0;
            if (item == 0) return false;
        }

        if (tape.Tokens[item].Kind == TokenKind.Null) return false;
        if (Reference is null) return Is(item, Text, Kind, tape);
        var wanted = Reference.Find(emitter);
        if (wanted <= 0) return wanted == 0 ? false : null;
        ref readonly var text = ref tape.Tokens[wanted];
        return text.Kind == TokenKind.String ? Is(item, tape.Text(text), TokenKind.String, tape) : null;
    }

    static bool Is(int item, ReadOnlySpan<byte> text, TokenKind kind, Tape tape)
    {
        ref readonly var here = ref tape.Tokens[item];
        if (here.Kind != TokenKind.Array) return here.Kind == kind && (kind != TokenKind.String || tape.Text(here).SequenceEqual(text));
        for (var one = here.Start; one != 0; one = tape.Tokens[one].Next)
        {
            ref readonly var entry = ref tape.Tokens[one];
            if (entry.Kind == kind && (kind != TokenKind.String || tape.Text(entry).SequenceEqual(text))) return true;
        }

        return false;
    }

    /// <summary>A condition whose value is stated; null if it is a number, which is compared by its value and not as written.</summary>
    public static ItemCondition? Of(int[] path, JsonValue literal) => literal.Kind switch
    {
        JsonKind.String => new ItemCondition(path, System.Text.Encoding.UTF8.GetBytes(literal.AsString()), TokenKind.String, null),
        JsonKind.Boolean => new ItemCondition(path, null, literal.AsBoolean() ? TokenKind.True : TokenKind.False, null),
        _ => null,
    };
}
