using System.Collections.Immutable;
using Interop.Core.Json;

namespace Interop.Core.Jq;

/// <summary>The numbers and texts that stand in a program as values: what it compares with, adds or gives. Names of members (<c>.a</c>, <c>{ a: 1 }</c>) are none, patterns are apart.</summary>
/// <param name="Values">Each number and text once.</param>
/// <param name="Names">The names of members that it asks for: <c>.a</c>, <c>. as {a: $b}</c>.</param>
/// <param name="Patterns">The first arguments of <c>test</c>, <c>match</c>, <c>capture</c>, <c>scan</c>, <c>sub</c> and the like.</param>
sealed record Literals(ImmutableArray<JsonValue> Values, ImmutableArray<string> Patterns, string[] Names)
{
    static readonly string[] OfPatterns = ["test", "match", "capture", "scan", "splits", "sub", "gsub"];

    /// <summary>Those of a program.</summary>
    public static Literals Of(Node program)
    {
        var (values, patterns, names) = (new List<JsonValue>(), new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        Collect(program);
        return new Literals([.. values.Distinct()], [.. patterns.Distinct(StringComparer.Ordinal)], [.. names]);

        void Collect(Node node)
        {
            switch (node)
            {
                case LiteralNode { Value: { Kind: JsonKind.Number or JsonKind.String } value }:
                    values.Add(value);
                    break;
                case NegateNode { Of: LiteralNode { Value: { Kind: JsonKind.Number } number } }:
                    values.Add(JsonValue.OfNumber("-" + number.NumberText));
                    break;
                case CallNode { Arguments: [LiteralNode { Value.StringOrNull: { } pattern }, ..] } call when OfPatterns.Contains(call.Name):
                    patterns.Add(pattern);
                    break;
                case { } other:
                    if (other is IndexNode { Key: LiteralNode { Value.StringOrNull: { } name } }) names.Add(name);
                    foreach (var below in Below(other)) Collect(below);
                    foreach (var pattern in PatternsOf(other)) Asked(pattern);
                    break;
            }
        }

        void Asked(Pattern pattern)
        {
            if (pattern is ArrayPattern list)
                foreach (var item in list.Items) Asked(item);
            foreach (var member in pattern is ObjectPattern known ? known.Members : [])
            {
                if (member.Key is LiteralNode { Value.StringOrNull: { } name }) names.Add(name);
                else Collect(member.Key);
                if (member.Inner is { } inner) Asked(inner);
            }
        }
    }

    static ImmutableArray<Pattern> PatternsOf(Node node) => node switch
    {
        AsNode one => one.Patterns,
        ReduceNode one => one.Patterns,
        ForeachNode one => one.Patterns,
        _ => [],
    };

    static IEnumerable<Node> Below(Node node) => node switch
    {
        IndexNode one => one.Key is LiteralNode ? [one.Target] : [one.Target, one.Key],
        SliceNode one => [one.Target],
        IterateNode one => [one.Target],
        TryNode one => new[] { one.Body, one.Handler }.OfType<Node>(),
        NegateNode one => [one.Of],
        ArrayNode one => new[] { one.Items }.OfType<Node>(),
        ObjectNode one => one.Members.Select(member => member.Value),
        PipeNode one => [one.Left, one.Right],
        CommaNode one => [one.Left, one.Right],
        BinaryNode one => [one.Left, one.Right],
        LogicNode one => [one.Left, one.Right],
        UpdateNode one => [one.Left, one.Right],
        AlternativeNode one => [one.Left, one.Right],
        IfNode one => [one.Condition, one.Then, one.Else],
        ReduceNode one => [one.Source, one.Initial, one.Update],
        ForeachNode one => new[] { one.Source, one.Initial, one.Update, one.Extract }.OfType<Node>(),
        AsNode one => [one.Source, one.Body],
        LabelNode one => [one.Body],
        DefinitionNode one => [one.Definition.Body, one.Rest],
        CallNode one => one.Arguments,
        TextNode one => one.Parts.Where(part => part is not LiteralNode),
        _ => [],
    };
}
