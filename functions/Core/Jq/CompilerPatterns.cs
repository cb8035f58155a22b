using System.Collections.Immutable;

namespace Interop.Core.Jq;

/// <summary>Taking values apart.</summary>
sealed partial class Compiler
{
    // The value to be taken apart is current. With several patterns, all their variables exist, null where a pattern does not set them.
    void Match(ImmutableArray<Pattern> patterns, bool aside, Action inner)
    {
        var outer = scope;
        if (patterns is [VariablePattern { Name: var name }])
        {
            Add(new Instruction(Op.Store, 0, Bind(name)));
            inner();
        }
        else
        {
            if (aside) Add(new Instruction(Op.AsideUp));
            if (patterns.Length == 1)
            {
                Destructure(patterns[0], Bind);
                if (aside) Add(new Instruction(Op.AsideDown));
                inner();
            }
            else
            {
                Alternatives(patterns, aside, inner);
            }
        }

        scope = outer;
    }

    void Alternatives(ImmutableArray<Pattern> patterns, bool aside, Action inner)
    {
        var slots = patterns.SelectMany(Variables).Distinct(StringComparer.Ordinal).ToDictionary(name => name, Bind, StringComparer.Ordinal);
        var value = body.Slot();
        var ends = new List<int>();
        Add(new Instruction(Op.Store, 0, value));
        for (var i = 0; i < patterns.Length; i++)
        {
            var last = i == patterns.Length - 1;
            var attempt = body.Slot();
            var begin = last ? -1 : Add(new Instruction(Op.TryBegin, 0, attempt));
            foreach (var slot in slots.Values) Add(new Instruction(Op.Forget, 0, slot));
            Destructure(patterns[i], name => slots[name]);
            if (aside) Add(new Instruction(Op.AsideDown));
            inner();
            if (last) break;
            Add(new Instruction(Op.TryEnd, 0, attempt));
            ends.Add(Add(new Instruction(Op.Jump)));
            Here(begin);
            Add(new Instruction(Op.Load, 0, value));
        }

        ends.ForEach(Here);
    }

    void Destructure(Pattern pattern, Func<string, int> slot)
    {
        switch (pattern)
        {
            case VariablePattern variable:
                Add(new Instruction(Op.Store, 0, slot(variable.Name)));
                break;
            case ArrayPattern array:
                for (var i = 0; i < array.Items.Length; i++)
                {
                    Add(new Instruction(Op.Push));
                    Add(new Instruction(Op.IndexConstant, Value: i));
                    Destructure(array.Items[i], slot);
                    Add(new Instruction(Op.Pop));
                }

                break;
            case ObjectPattern members:
                foreach (var member in members.Members) Destructure(member, slot);
                break;
        }
    }

    void Destructure(MemberPattern member, Func<string, int> slot)
    {
        Add(new Instruction(Op.Push));
        if (member.Key is LiteralNode { Value: var key }) Constant(key, optional: false);
        else
        {
            Aside(member.Key, Op.AsideSwap);
            Add(new Instruction(Op.Index));
        }

        if (member.Variable is { } name) Add(new Instruction(Op.Store, 0, slot(name)));
        if (member.Inner is { } inner) Destructure(inner, slot);
        Add(new Instruction(Op.Pop));
    }

    static IEnumerable<string> Variables(Pattern pattern) => pattern switch
    {
        VariablePattern variable => [variable.Name],
        ArrayPattern array => array.Items.SelectMany(Variables),
        ObjectPattern members => members.Members.SelectMany(member =>
            (member.Variable is { } name ? [name] : Enumerable.Empty<string>()).Concat(member.Inner is { } inner ? Variables(inner) : [])),
        _ => [],
    };
}
