using Interop.Core.Json;

namespace Interop.Core.Schemas;

/// <summary>What is known of objects that were valid by a schema: where one document is made from another by a change in one place, only what is around that place is validated. Not thread-safe.</summary>
/// <remarks>By which schema an object is valid stands at the object itself, so that nothing is kept for those that nobody has any more.</remarks>
sealed class ValidParts
{
    readonly Dictionary<SchemaNode, JsonMembers> last = new(ReferenceEqualityComparer.Instance);

    /// <summary>The way into the value that is validated; empty between two.</summary>
    public List<(string? Name, int Index)> Path { get; } = [];

    public static bool Knows(SchemaNode schema, JsonMembers part) => ReferenceEquals(part.ValidBy, schema);

    /// <summary>How an object differs from the last one that was valid by the schema.</summary>
    public Changes ChangesOf(SchemaNode schema, JsonMembers part) => last.TryGetValue(schema, out var before) ? Changes.Between(before, part) : Changes.All;

    public void Add(SchemaNode schema, JsonMembers part)
    {
        part.ValidBy = schema;
        last[schema] = part;
    }
}
