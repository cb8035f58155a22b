namespace Interop.Core.Jq;

/// <summary>
/// Assignments as calls of the prelude. Where the left side's shape shows that it gives one path, or every item's, the update goes
/// straight there; else all paths are gathered and set one after another, which is slower and what the language defines.
/// </summary>
static class Updates
{
    // '*' keeps the variable apart from any an author can write.
    const string Value = "*value";

    // The right side of all but '|=' sees the whole input, so it is evaluated first.
    public static Node ToCalls(UpdateNode node)
    {
        if (node.Operator == "|=") return Modify(node.Left, node.Right);
        var value = new VariableNode(node.At, Value);
        var here = new IdentityNode(node.At);
        var change = node.Operator switch
        {
            "="   => Assign(node.Left, value),
            "//=" => Modify(node.Left, new AlternativeNode(node.At, here, value)),
            _     => Modify(node.Left, new BinaryNode(node.At, node.Operator[..^1], here, value)),
        };
        return new AsNode(node.At, node.Right, [new VariablePattern(node.At, Value)], change);
    }

    static Node Assign(Node target, VariableNode value) =>
        GivesOne(target) ? Call("*assign_one", target, value)
        : Each(target, value) ?? Call("*assign", target, value);

    static Node Modify(Node target, Node change) =>
        GivesOne(target) ? Call("*modify_one", target, change)
        : Each(target, change) ?? Call("*modify", target, change);

    // A part that is deleted as a whole gives nothing, so that what it is part of can leave it out.
    static Node ModifyPart(Node target, Node change) => target is IdentityNode ? change
        : GivesOne(target) ? Call("*modify_one", target, change)
        : Each(target, change) ?? Call("*modify_inside", target, change);

    // 'a[].b |= f' is 'a |= (each item: .b |= f)'.
    static Node? Each(Node target, Node change) => target switch
    {
        IterateNode { Optional: false } each when GivesOne(each.Target) => Within(each.Target, new CallNode(each.At, "*modify_each", [change])),
        IterateNode { Optional: false } each => Each(each.Target, new CallNode(each.At, "*modify_each", [change])),
        IndexNode { Optional: false, Key: LiteralNode or VariableNode } index => Each(index.Target, ModifyPart(index with { Target = new IdentityNode(index.At) }, change)),
        PipeNode pipe when GivesOne(pipe.Left) && Each(pipe.Right, change) is { } inner => Within(pipe.Left, inner),
        PipeNode pipe => Each(pipe.Left, ModifyPart(pipe.Right, change)),
        _ => null,
    };

    // What gives exactly one value needs no setting of the whole.
    static Node Within(Node target, Node change) => target is IdentityNode ? change : Call("*modify_one", target, change);

    static bool GivesOne(Node target) => target switch
    {
        IdentityNode => true,
        IndexNode { Optional: false, Key: LiteralNode or VariableNode } index => GivesOne(index.Target),
        SliceNode { Optional: false, From: null or LiteralNode or VariableNode, To: null or LiteralNode or VariableNode } slice => GivesOne(slice.Target),
        PipeNode pipe => GivesOne(pipe.Left) && GivesOne(pipe.Right),
        _ => false,
    };

    static CallNode Call(string name, Node target, Node change) => new(target.At, name, [target, change]);
}
