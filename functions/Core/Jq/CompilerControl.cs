using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Conditions, loops, handlers and labels.</summary>
sealed partial class Compiler
{
    void If(IfNode node)
    {
        var otherwise = Condition(node.Condition);
        Emit(node.Then);
        var end = Add(new Instruction(Op.Jump));
        Here(otherwise);
        Emit(node.Else);
        Here(end);
    }

    void Logic(LogicNode node)
    {
        var yes = new LiteralNode(node.At, true);
        var no = new LiteralNode(node.At, false);
        var right = new IfNode(node.At, node.Right, yes, no);
        If(node.Operator == "and" ? new IfNode(node.At, node.Left, right, no) : new IfNode(node.At, node.Left, yes, right));
    }

    int Condition(Node condition)
    {
        if (Test(Written(condition)) is { } test) return Add(new Instruction(Op.JumpUnlessMember, Detail: test));
        Add(new Instruction(Op.AsideBegin));
        EmitAside(condition);
        return Add(new Instruction(Op.JumpUnless));
    }

    // '.a.b' and '.a.b == 1': what most conditions are is looked at without leaving the input.
    static MemberTest? Test(Node condition) => condition switch
    {
        IndexNode when Names(condition) is { } names => new MemberTest(names, null, default),
        BinaryNode { Right: LiteralNode right } binary when Names(binary.Left) is { } names => new MemberTest(names, Operations.Table[binary.Operator], right.Value),
        _ => null,
    };

    static JsonName[]? Names(Node node)
    {
        var names = new Stack<JsonName>();
        for (; node is IndexNode { Optional: false, Key: LiteralNode { Value.StringOrNull: { } name } } part; node = part.Target) names.Push(new JsonName(name));
        return node is IdentityNode ? names.ToArray() : null;
    }

    // The argument that a function of the prelude has in place of its parameter.
    Node Written(Node node)
    {
        var outer = scope;
        while (node is CallNode { Arguments.IsEmpty: true } call && Resolve(call) is InlineName inline) (node, scope) = (inline.Node, inline.Scope);
        scope = outer;
        return node;
    }

    void Alternative(AlternativeNode node)
    {
        var flag = body.Slot();
        Add(new Instruction(Op.FlagClear, 0, flag));
        var fork = Add(new Instruction(Op.Fork));
        Emit(node.Left);
        Add(new Instruction(Op.FlagIfTrue, 0, flag));
        var end = Add(new Instruction(Op.Jump));
        Here(fork);
        Add(new Instruction(Op.FlagElse, 0, flag));
        Emit(node.Right);
        Here(end);
    }

    void Try(TryNode node)
    {
        var slot = body.Slot();
        var begin = Add(new Instruction(Op.TryBegin, 0, slot));
        Emit(node.Body);
        Add(new Instruction(Op.TryEnd, 0, slot));
        var end = Add(new Instruction(Op.Jump));
        Here(begin);
        if (node.Handler is null) Add(new Instruction(Op.Backtrack));
        else Emit(node.Handler);
        Here(end);
    }

    void Reduce(ReduceNode node)
    {
        var (state, fork) = State(node.Initial);
        Emit(node.Source);
        Match(node.Patterns, aside: true, () =>
        {
            Add(new Instruction(Op.LoadAway, 0, state));
            Emit(node.Update);
            Add(new Instruction(Op.Store, 0, state));
            Add(new Instruction(Op.Backtrack));
        });
        Here(fork);
        Add(new Instruction(Op.LoadAway, 0, state));
    }

    void Foreach(ForeachNode node)
    {
        var state = State(node.Initial, fork: false).State;
        Emit(node.Source);
        Match(node.Patterns, aside: true, () =>
        {
            Add(new Instruction(Op.LoadAway, 0, state));
            Emit(node.Update);
            Add(new Instruction(Op.Store, 0, state));
            if (node.Extract is not null) Emit(node.Extract);
        });
    }

    (int State, int Fork) State(Node initial, bool fork = true)
    {
        var state = body.Slot();
        Add(new Instruction(Op.Push));
        Emit(initial);
        Add(new Instruction(Op.Store, 0, state));
        Add(new Instruction(Op.Pop));
        return (state, fork ? Add(new Instruction(Op.Fork)) : -1);
    }

    void As(AsNode node)
    {
        Add(new Instruction(Op.AsideBegin));
        Emit(node.Source);
        Match(node.Patterns, aside: false, () =>
        {
            Add(new Instruction(Op.AsidePop));
            Emit(node.Body);
        });
    }

    void Label(LabelNode node)
    {
        var outer = scope;
        var slot = body.Slot();
        Add(new Instruction(Op.Label, 0, slot));
        scope = new Scope(new LabelName(node.Name, body.Level, slot), outer);
        Emit(node.Body);
        scope = outer;
    }

    void Break(BreakNode node)
    {
        if (Find<LabelName>(name => name.Name == node.Name) is { } label) Add(new Instruction(Op.Break, body.Level - label.Level, label.Slot));
        else problems.Add(node.At, Errors.UndefinedLabel(node.Name), "jq-undefined");
    }
}
