using System.Text.Json;

namespace Interop.Core.Json;

public readonly partial struct JsonValue
{
    /// <summary>Whether a number keeps its literal because a double's text differs from it.</summary>
    internal bool KeepsLiteral => node is NumberNode { KeepsLiteral: true };

    /// <summary>Whether this is a parsed document's element, whose nesting its parser has limited.</summary>
    internal bool IsUnread => node is JsonElement;

    /// <summary>Whether both are one and the same value in memory, or equal booleans or numbers; never looks into arrays and objects.</summary>
    internal bool IsSame(JsonValue other) => ReferenceEquals(node, other.node) || (node, other.node) switch
    {
        (bool left, bool right) => left == right,
        (NumberNode left, NumberNode right) => left.Value.Equals(right.Value),
        _ => false,
    };
}
