using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>A piece of a program as it was written; <paramref name="At"/> is its offset in the text.</summary>
abstract record Node(int At);

sealed record IdentityNode(int At) : Node(At);

sealed record LiteralNode(int At, JsonValue Value) : Node(At);

/// <summary><c>"a \(b) c"</c>: each part gives a string.</summary>
sealed record TextNode(int At, ImmutableArray<Node> Parts) : Node(At);

sealed record FormatNode(int At, string Name) : Node(At);

sealed record IndexNode(int At, Node Target, Node Key, bool Optional) : Node(At);

sealed record SliceNode(int At, Node Target, Node? From, Node? To, bool Optional) : Node(At);

sealed record IterateNode(int At, Node Target, bool Optional) : Node(At);

sealed record TryNode(int At, Node Body, Node? Handler) : Node(At);

sealed record NegateNode(int At, Node Of) : Node(At);

sealed record ArrayNode(int At, Node? Items) : Node(At);

sealed record ObjectNode(int At, ImmutableArray<(Node Key, Node Value)> Members) : Node(At);

sealed record PipeNode(int At, Node Left, Node Right) : Node(At);

sealed record CommaNode(int At, Node Left, Node Right) : Node(At);

/// <summary>Arithmetic and comparison.</summary>
sealed record BinaryNode(int At, string Operator, Node Left, Node Right) : Node(At);

/// <summary><c>and</c>, <c>or</c>.</summary>
sealed record LogicNode(int At, string Operator, Node Left, Node Right) : Node(At);

/// <summary><c>=</c>, <c>|=</c>, <c>+=</c> and the like.</summary>
sealed record UpdateNode(int At, string Operator, Node Left, Node Right) : Node(At);

sealed record AlternativeNode(int At, Node Left, Node Right) : Node(At);

sealed record IfNode(int At, Node Condition, Node Then, Node Else) : Node(At);

sealed record ReduceNode(int At, Node Source, ImmutableArray<Pattern> Patterns, Node Initial, Node Update) : Node(At);

sealed record ForeachNode(int At, Node Source, ImmutableArray<Pattern> Patterns, Node Initial, Node Update, Node? Extract) : Node(At);

sealed record AsNode(int At, Node Source, ImmutableArray<Pattern> Patterns, Node Body) : Node(At);

sealed record LabelNode(int At, string Name, Node Body) : Node(At);

sealed record BreakNode(int At, string Name) : Node(At);

sealed record DefinitionNode(int At, Definition Definition, Node Rest) : Node(At);

sealed record CallNode(int At, string Name, ImmutableArray<Node> Arguments) : Node(At)
{
    public string Signature => $"{Name}/{Arguments.Length}";
}

sealed record VariableNode(int At, string Name) : Node(At);

/// <summary><c>def name(parameters): body;</c> A parameter that starts with <c>$</c> is also a variable.</summary>
sealed record Definition(int At, string Name, ImmutableArray<string> Parameters, Node Body)
{
    public string Signature => $"{Name}/{Parameters.Length}";
}

abstract record Pattern(int At);

sealed record VariablePattern(int At, string Name) : Pattern(At);

sealed record ArrayPattern(int At, ImmutableArray<Pattern> Items) : Pattern(At);

sealed record ObjectPattern(int At, ImmutableArray<MemberPattern> Members) : Pattern(At);

/// <summary>One member of an object pattern: <c>$a</c>, <c>$a: pattern</c>, <c>a: pattern</c>, <c>(key): pattern</c>.</summary>
sealed record MemberPattern(Node Key, string? Variable, Pattern? Inner);
