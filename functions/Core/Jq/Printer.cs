using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>Syntax as text on one line, with the parentheses it needs: what is printed parses to the same syntax.</summary>
static class Printer
{
    // How closely a construct binds. Operators stand between, in the parser's own order.
    const int Query = 0;
    const int Comma = 1;
    const int Prefix = 20;
    const int Term = 21;

    public static string Print(Node node) => Print(node, Query);

    static string Print(Node node, int least)
    {
        var (text, level) = Construct(node);
        return level < least ? $"({text})" : text;
    }

    static (string Text, int Level) Construct(Node node) => node switch
    {
        IdentityNode          => (".", Term),
        LiteralNode n         => (JsonText.Write(n.Value), Term),
        TextNode n            => (Text(n), Term),
        FormatNode n          => ($"@{n.Name}", Term),
        VariableNode n        => ($"${n.Name}", Term),
        CallNode n            => (n.Arguments.IsEmpty ? n.Name : $"{n.Name}({string.Join("; ", n.Arguments.Select(Print))})", Term),
        IndexNode n           => (Target(n.Target, Key(n.Key)) + Optional(n.Optional), Term),
        SliceNode n           => (Target(n.Target, $"[{Part(n.From)}:{Part(n.To)}]") + Optional(n.Optional), Term),
        IterateNode n         => (Target(n.Target, "[]") + Optional(n.Optional), Term),
        ArrayNode n           => ($"[{Part(n.Items)}]", Term),
        ObjectNode n          => ($"{{{string.Join(", ", n.Members.Select(member => $"{MemberKey(member.Key)}: {Print(member.Value, Comma + 1)}"))}}}", Term),
        IfNode n              => ($"if {Print(n.Condition)} then {Print(n.Then)} else {Print(n.Else)} end", Term),
        ReduceNode n          => ($"reduce {Print(n.Source, Term)} as {Patterns(n.Patterns)} ({Print(n.Initial)}; {Print(n.Update)})", Term),
        ForeachNode n         => ($"foreach {Print(n.Source, Term)} as {Patterns(n.Patterns)} ({Print(n.Initial)}; {Print(n.Update)}{(n.Extract is null ? "" : "; " + Print(n.Extract))})", Term),
        BreakNode n           => ($"break ${n.Name}", Prefix),
        NegateNode n          => ($"-{Print(n.Of, Term)}", Prefix),
        TryNode n             => ($"try {Print(n.Body, Term)}{(n.Handler is null ? "" : " catch " + Print(n.Handler, Term))}", Prefix),
        BinaryNode n          => Operation(n.Operator, n.Left, n.Right),
        LogicNode n           => Operation(n.Operator, n.Left, n.Right),
        UpdateNode n          => Operation(n.Operator, n.Left, n.Right),
        AlternativeNode n     => Operation("//", n.Left, n.Right),
        CommaNode n           => ($"{Print(n.Left, Comma)}, {Print(n.Right, Comma + 1)}", Comma),
        PipeNode n            => ($"{Print(n.Left, Comma)} | {Print(n.Right)}", Query),
        AsNode n              => ($"{Print(n.Source, Term)} as {Patterns(n.Patterns)} | {Print(n.Body)}", Query),
        LabelNode n           => ($"label ${n.Name} | {Print(n.Body)}", Query),
        DefinitionNode n      => ($"{Definition(n.Definition)} {Print(n.Rest)}", Query),
        _                     => throw new InvalidOperationException($"Unknown node {node.GetType()}."),
    };

    static (string Text, int Level) Operation(string symbol, Node left, Node right)
    {
        var (level, isRight, isAlone) = Parser.Operators[symbol];
        var own = Comma + level;
        return ($"{Print(left, isRight || isAlone ? own + 1 : own)} {symbol} {Print(right, isRight ? own : own + 1)}", own);
    }

    // '..a' would be recursion, and '1.a' a number with a point.
    static string Target(Node target, string suffix) => target switch
    {
        IdentityNode => suffix[0] == '.' ? suffix : "." + suffix,
        LiteralNode { Value.Kind: JsonKind.Number } => $"({Print(target)}){suffix}",
        _ => Print(target, Term) + suffix,
    };

    static string Key(Node key) => key is LiteralNode { Value.StringOrNull: { } name } && IsName(name) ? "." + name : $"[{Print(key)}]";

    static string Optional(bool optional) => optional ? "?" : "";

    static string Part(Node? node) => node is null ? "" : Print(node);

    static string MemberKey(Node key) => key is LiteralNode ? Print(key) : $"({Print(key)})";

    // One format serves the whole string: the parser gave each part the one before the quote.
    static string Text(TextNode node)
    {
        var format = node.Parts.OfType<PipeNode>().Select(part => ((FormatNode)part.Right).Name).First();
        var parts = node.Parts.Select(part => part is PipeNode pipe ? $"\\({Print(pipe.Left)})" : JsonText.Write(((LiteralNode)part).Value)[1..^1]);
        return $"{(format == "text" ? "" : $"@{format} ")}\"{string.Concat(parts)}\"";
    }

    static string Definition(Definition definition)
    {
        var parameters = definition.Parameters.IsEmpty ? "" : $"({string.Join("; ", definition.Parameters)})";
        return $"def {definition.Name}{parameters}: {Print(definition.Body)};";
    }

    static string Patterns(ImmutableArray<Pattern> patterns) => string.Join(" ?// ", patterns.Select(Pattern));

    static string Pattern(Pattern pattern) => pattern switch
    {
        VariablePattern variable => $"${variable.Name}",
        ArrayPattern array       => $"[{string.Join(", ", array.Items.Select(Pattern))}]",
        ObjectPattern members    => $"{{{string.Join(", ", members.Members.Select(Member))}}}",
        _                        => throw new InvalidOperationException($"Unknown pattern {pattern.GetType()}."),
    };

    static string Member(MemberPattern member)
    {
        var key = member.Variable is { } name ? $"${name}" : MemberKey(member.Key);
        return member.Inner is null ? key : $"{key}: {Pattern(member.Inner)}";
    }

    static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
